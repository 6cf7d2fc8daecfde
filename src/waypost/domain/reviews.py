"""A review that was not held by its day goes up, step by step, until somebody holds it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Step:
    """From so many days late on, this role must act."""

    days_late: int
    role: str


STEPS = (Step(1, "team_manager"), Step(15, "head_of_service"), Step(29, "director"))
"""A starting point of Waypost's own, for an authority to change: a fortnight at each step."""


def days_late(review_on: date, *, today: date) -> int:
    """How long ago a review was due. Nought where it is not overdue."""
    return max((today - review_on).days, 0)


def who_must_act(review_on: date, *, today: date) -> str | None:
    """The role that must act on a review that is overdue; None where it is not."""
    late = days_late(review_on, today=today)
    reached = [step.role for step in STEPS if late >= step.days_late]
    return reached[-1] if reached else None
