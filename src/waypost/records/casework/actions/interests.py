"""Workers' own statements that they know a family."""

from __future__ import annotations

from waypost.access.acting import action
from waypost.access.actor import Actor
from waypost.records.casework.guard import may_declare_interest
from waypost.records.casework.models import DeclaredInterest, Person


@action("declare interest", may=may_declare_interest)
def declare_interest(person: Person, *, how: str, by: Actor) -> DeclaredInterest:
    """Closes the records of a person and of their family to whoever says that they know them, at once."""
    interest = DeclaredInterest(user=by.user, person=person, how=how, started_on=by.today)
    interest.save()
    return interest
