"""What is asked before two records are joined, taken apart, or told apart."""

from __future__ import annotations

from typing import Any

from waypost.web.fields import LongTextField, OneOfField
from waypost.web.forms import Form

JOIN, APART = "join", "apart"


class MergeForm(Form):
    """Whether two records are of one person, and which is kept."""

    choice = OneOfField(
        label="Are they the same person?",
        choices=((JOIN, "Yes, join the two records"), (APART, "No, they are two people")),
        error_messages={"required": "Select if they are the same person"},
    )
    kept = OneOfField(label="Which record is kept?", required=False)
    because = LongTextField(label="How do you know?", rows=3, error_messages={"required": "Say how you know"})

    def __init__(self, *given: Any, records: list[tuple[str, str]], **named: Any):
        super().__init__(*given, **named)
        self.offer("kept", records)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("choice") == JOIN and not given.get("kept"):
            self.add_error("kept", "Select which record is kept")
        return given


class UndoForm(Form):
    """Why two records are taken apart again."""

    because = LongTextField(
        label="Why are they taken apart?", rows=3, error_messages={"required": "Say why they are taken apart"}
    )
