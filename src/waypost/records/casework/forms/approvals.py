"""What is asked of whoever approves."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from waypost.access.reasons import a_sentence
from waypost.web.fields import LongTextField, OneOfField
from waypost.web.forms import Form

APPROVE, RETURN = "approve", "return"


class DecideForm(Form):
    """Yes; or no, and what must change."""

    decision = OneOfField(
        label="What do you decide?",
        choices=((APPROVE, "Approve it as it is"), (RETURN, "Return it for changes")),
        error_messages={"required": "Select if you approve it or return it"},
    )
    because = LongTextField(
        label="What must change?",
        help_text="Only if you return it. Whoever asked reads this.",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("decision") == RETURN:
            try:
                a_sentence(given.get("because", ""))
            except ValidationError:
                self.add_error("because", "Say what must change in a full sentence, so that it can be done")
        return given
