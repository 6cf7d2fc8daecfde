"""The review of a warning, as words: how late it is, and who must act."""

from __future__ import annotations

from datetime import date

from waypost.access.roles import roles
from waypost.domain.reviews import STEPS, days_late, who_must_act
from waypost.records.casework.models import Warning
from waypost.web import words


def review_words(warning: Warning, *, today: date) -> str:
    """When it is or was to be reviewed, and how late that is."""
    if warning.ended_on:
        return f"Shown until the end of {words.day(warning.ended_on)}"
    late = days_late(warning.review_on, today=today)
    if late:
        return f"Review was due on {words.day(warning.review_on)}, {words.plural(late, 'day', 'days')} ago"
    return f"Review by {words.day(warning.review_on)}"


def must_act(warning: Warning, *, today: date) -> str:
    """The role that must review it now; nothing where it is not overdue."""
    role = None if warning.ended_on else who_must_act(warning.review_on, today=today)
    return roles()[role].name if role else ""


def steps_words() -> str:
    """To whom a review goes up, and when."""
    _, *later = STEPS
    said = words.listed([f"from {each.days_late} days late to the {roles()[each.role].name.lower()}" for each in later])
    return f"A review that is not done goes up: {said}."
