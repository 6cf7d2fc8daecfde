"""Reasons that people give. A reason that is too short tells nobody anything."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from waypost.web.fields import LongTextField
from waypost.web.forms import Form

FEWEST_WORDS = 5


def a_sentence(text: str) -> None:
    """
    Raises:
        ValidationError: it is too short to tell anyone anything.
    """
    if len(text.split()) < FEWEST_WORDS:
        raise ValidationError("Say why in a full sentence, so that someone else can judge it")


def reason(label: str = "Why?", **given: Any) -> LongTextField:
    """A field for a reason, which must be given."""
    hint = given.pop("help_text", "Kept in the history")
    missing = {"required": given.pop("missing", "Enter why")}
    return LongTextField(label=label, help_text=hint, validators=[a_sentence], error_messages=missing, **given)


class ReasonForm(Form):
    """A reason and nothing else."""

    because = reason()
