"""What is asked of a warning."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from waypost.records.casework.models import Warning
from waypost.web.fields import DateField, ListField, LongTextField, OneOfField
from waypost.web.forms import Form, RecordForm

STANDS, ENDS = "stands", "ends"
EVIDENCE: dict[str, Any] = {
    "label": "What it rests on",
    "help_text": "What happened or was said, when, and who says so",
}
TOLD: dict[str, Any] = {
    "label": "Who has been told",
    "help_text": "For example, the health visitor on 3 March",
    "required": False,
}


def a_year_on() -> date:
    return timezone.localdate() + timedelta(days=366)


class NextReview(DateField):
    """A day to come, at most a year away."""

    def __init__(self, **given: Any):
        super().__init__(called="The review date", not_after=a_year_on, **given)

    def clean(self, value: Any) -> date | None:
        found = super().clean(value)
        if found is not None and found <= timezone.localdate():
            raise ValidationError("The review date must be after today", code="past")
        return found


class WarningForm(Form):
    """A new warning."""

    kind = ListField(
        label="What it warns of",
        choices=(("", "Select one"), *Warning.KINDS),
        error_messages={"required": "Select what it warns of"},
    )
    evidence = LongTextField(**EVIDENCE, error_messages={"required": "Enter what the warning rests on"})
    told = LongTextField(**TOLD, rows=2)
    review_on = NextReview(label="When will it be reviewed?", help_text="Within a year. For example, 27 3 2027")


class ReviewForm(RecordForm):
    """A review: the warning stands until another day, or ends."""

    outcome = OneOfField(
        label="What was decided?",
        choices=((STANDS, "The warning stands"), (ENDS, "The warning ends")),
        hints={ENDS: "It is shown until the end of today, and stays in the history"},
        error_messages={"required": "Select whether the warning stands or ends"},
    )
    evidence = LongTextField(**EVIDENCE, error_messages={"required": "Enter what the warning rests on"})
    told = LongTextField(**TOLD, rows=2)
    review_on = NextReview(
        label="If it stands, when will it be reviewed next?",
        help_text="Within a year. For example, 27 3 2027",
        required=False,
    )
    because = LongTextField(label="If it ends, why?", rows=2, required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("outcome") == STANDS and not given.get("review_on") and "review_on" not in self.errors:
            self.add_error("review_on", "Enter the day on which it will be reviewed next")
        if given.get("outcome") == ENDS:
            # A day for the next review means nothing to a warning that ends.
            self.errors.pop("review_on", None)
            if not given.get("because"):
                self.add_error("because", "Enter why the warning ends")
        return given
