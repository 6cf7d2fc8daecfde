"""Seals on records: set and lifted with a reason, and read by those who are named."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError

from waypost.access.acting import action
from waypost.access.actor import Actor
from waypost.access.models import User
from waypost.records.casework.guard import may_change_seal, may_end_reader, may_seal
from waypost.records.casework.models import Child, SealReader
from waypost.records.casework.models.dated import true_on
from waypost.records.casework.one_authority import must_work_for


@action("seal record", may=may_seal)
def seal(child: Child, *, readers: list[User], until: date | None = None, because: str, by: Actor) -> Child:
    """Hides a record from all but its readers. Whoever seals it is one of them, so that someone can lift the seal.

    Raises:
        ValidationError: a reader does not work for the child's authority.
    """
    for reader in readers:
        must_work_for(child.authority, reader, by.today)
    child.is_sealed = True
    child.save()
    for user in {by.user, *readers}:
        ends = None if user == by.user else until
        SealReader(child=child, user=user, started_on=by.today, ended_on=ends).save()
    return child


@action("lift seal", may=may_change_seal)
def unseal(child: Child, *, because: str, by: Actor) -> Child:
    """Opens a record again to those whose work it is. Its readers end with the seal."""
    child.is_sealed = False
    child.save()
    for reader in child.seal_readers.filter(true_on(by.today)):
        reader.ended_on = by.today
        reader.save()
    return child


@action("name reader", may=may_change_seal)
def name_reader(child: Child, *, user: User, until: date | None = None, because: str, by: Actor) -> SealReader:
    """
    Raises:
        ValidationError: they are a reader already, would be for a day that is over, or do not work for the authority.
    """
    must_work_for(child.authority, user, by.today)
    if child.seal_readers.filter(true_on(by.today), user=user).exists():
        raise ValidationError(f"{user} is named already.")
    if until and until < by.today:
        raise ValidationError("The last day must be today or later.")
    reader = SealReader(child=child, user=user, started_on=by.today, ended_on=until)
    reader.save()
    return reader


@action("end reader", may=may_end_reader)
def end_reader(reader: SealReader, *, by: Actor) -> SealReader:
    """Someone reads the record no longer, from now on: their last day is the day before, or they were never named.

    Raises:
        ValidationError: they are the last, and nobody could lift the seal.
    """
    others = reader.child.seal_readers.filter(true_on(by.today), ended_on=None).exclude(pk=reader.pk)
    if not any(_may_seal(other.user, reader.child, by) for other in others.select_related("user")):
        raise ValidationError(
            "Somebody who may lift the seal must stay a reader. Name another first, or lift the seal."
        )
    yesterday = by.today - date.resolution
    reader.ended_on = yesterday
    reader.started_on = min(reader.started_on or yesterday, yesterday)
    reader.save()
    return reader


def _may_seal(user: User, child: Child, by: Actor) -> bool:
    return bool(Actor.of(user, today=by.today).may("seal", child.authority_id))
