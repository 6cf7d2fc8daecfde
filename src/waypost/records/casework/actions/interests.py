"""Workers' own statements that they know a family."""

from __future__ import annotations

from datetime import date

from waypost.access.acting import action
from waypost.access.actor import Actor
from waypost.records.casework.guard import may_declare_interest, may_end_interest
from waypost.records.casework.models import DeclaredInterest, Person


@action("declare interest", may=may_declare_interest)
def declare_interest(person: Person, *, how: str, by: Actor) -> DeclaredInterest:
    """Closes the records of a person and of their family to whoever says that they know them, at once."""
    interest = DeclaredInterest(user=by.user, person=person, how=how, started_on=by.today)
    interest.save()
    return interest


@action("end interest", may=may_end_interest)
def end_interest(interest: DeclaredInterest, *, because: str, by: Actor) -> DeclaredInterest:
    """It was declared by mistake, and closes nothing from now on: its last day is the day before."""
    yesterday = by.today - date.resolution
    interest.ended_on = yesterday
    interest.started_on = min(interest.started_on or yesterday, yesterday)
    interest.save()
    return interest
