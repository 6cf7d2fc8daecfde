"""Changes to the record of a child: it is opened, its birth recorded, its case allocated."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError

from waypost.access.acting import action
from waypost.access.actor import Actor
from waypost.access.models import Team, User
from waypost.records.casework.models import Allocation, Child, Identifier, Person, PersonName
from waypost.records.casework.one_authority import must_take, must_work_for
from waypost.records.casework.rules import may_allocate, may_change_child, may_change_person


@action("open child's record", may=may_change_person)
def open_record(person: Person, *, local_id: str, by: Actor) -> Child:
    """Opens the record that the authority keeps of a child, under its local identifier."""
    child = Child(person=person, authority_id=person.authority_id)
    child.save()
    Identifier(person=person, kind=Identifier.LOCAL, value=local_id).save()
    return child


@action("record birth", may=may_change_child)
def record_birth(child: Child, *, born_on: date, given: str, family: str, sex: str, by: Actor) -> Child:
    """A child who was expected is born: one act, after which the record goes on under the child's own name.

    Raises:
        ValidationError: the child was born already.
    """
    person = child.person
    if not person.is_unborn:
        raise ValidationError("This child's birth is recorded already. Change the date of birth if it is wrong.")
    person.born_on, person.sex = born_on, sex
    person.save()
    for name in person.names.filter(ended_on=None):
        name.kind, name.ended_on = PersonName.FORMER, born_on
        name.save()
    PersonName(person=person, given=given, family=family, started_on=born_on).save()
    return child


@action("allocate", may=may_allocate)
def allocate(child: Child, *, team: Team, worker: User | None, since: date, by: Actor) -> Allocation:
    """The child's case passes to a worker of a team; who had it before is kept with the day it ended.

    Raises:
        ValidationError: the team or the worker is not of the child's authority, or the team is closed.
    """
    must_take(team, child, since)
    if worker is not None:
        must_work_for(child.authority, worker, since, by.today)
    return pass_on(child, team=team, worker=worker, since=since)


def pass_on(child: Child, *, team: Team, worker: User | None, since: date) -> Allocation:
    """What every action does that gives a case to somebody. It is called inside one."""
    for held in child.allocations.filter(ended_on=None):
        held.ended_on = max(since - date.resolution, held.started_on or since)
        held.save()
    allocation = Allocation(child=child, team=team, worker=worker, started_on=since)
    allocation.save()
    return allocation
