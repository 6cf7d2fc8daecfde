"""Changes to what is recorded of a person: each fact is added, put right with a reason, or comes to its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError

from waypost.access.acting import action
from waypost.access.actor import Actor
from waypost.access.models import Agency
from waypost.access.rules import Decision
from waypost.records.casework.actions.people import CHECKED
from waypost.records.casework.models import (
    Address,
    AddressHeld,
    ContactPoint,
    Identifier,
    Person,
    Registration,
    Relationship,
)
from waypost.records.casework.models.people import OfPerson
from waypost.records.casework.one_authority import must_be_together
from waypost.records.casework.rules import may_change_each, may_change_fact, may_change_person

F = TypeVar("F", bound=OfPerson)


@action("add contact detail", may=may_change_person)
def add_contact_point(
    person: Person, *, kind: str, value: str, safe_contact: str = "", started_on: date | None = None, by: Actor
) -> ContactPoint:
    point = ContactPoint(person=person, kind=kind, value=value, safe_contact=safe_contact, started_on=started_on)
    point.save()
    return point


@action("add school or practice", may=may_change_person)
def register_with(
    person: Person, *, agency: Agency, started_on: date | None = None, note: str = "", by: Actor
) -> Registration:
    """The person goes to a school or is with a practice. One before it of the same kind ends the day before."""
    if started_on is not None:
        for before in person.registrations.filter(ended_on=None, agency__kind=agency.kind):
            _end_before(before, started_on)
    registration = Registration(person=person, agency=agency, started_on=started_on, note=note)
    registration.save()
    return registration


@action("move home", may=may_change_each)
def move_together(
    people: Sequence[Person],
    *,
    lines: str,
    postcode: str,
    ward: str = "",
    kind: str = "home",
    since: date,
    is_confidential: bool = False,
    by: Actor,
) -> list[AddressHeld]:
    """One person, or a household at once, lives at an address from a day on. Where they lived ends the day before.

    An address for letters stands beside the home and ends nothing.
    """
    address = _place(lines, postcode, ward)
    moved = []
    for person in people:
        if kind != "letters":
            for before in person.addresses.filter(ended_on=None).exclude(kind="letters"):
                _end_before(before, since)
        held = AddressHeld(person=person, address=address, kind=kind, started_on=since, is_confidential=is_confidential)
        held.save()
        moved.append(held)
    return moved


@action("put right", may=may_change_fact)
def put_right(fact: F, *, to: Mapping[str, Any], because: str, by: Actor) -> F:
    """A fact was recorded wrongly. What it said stays in the history, with the reason.

    Raises:
        ChangedSince: someone else has saved it since it was opened.
        ValidationError: a check digit is wrong.
    """
    for name, value in to.items():
        setattr(fact, name, value)
    if isinstance(fact, Identifier) and fact.kind in CHECKED:
        check, complaint = CHECKED[fact.kind]
        fact.value = check(fact.value) or ""
        if not fact.value:
            raise ValidationError({"value": complaint})
    fact.save()
    return fact


def _may_change_address(by: Actor, held: AddressHeld) -> Decision:
    return may_change_fact(by, held)


@action("put address right", may=_may_change_address)
def put_address_right(
    held: AddressHeld, *, lines: str, postcode: str, ward: str, to: Mapping[str, Any], because: str, by: Actor
) -> AddressHeld:
    """The address was recorded wrongly for this person. Others who hold the same address keep it as it is."""
    held.address = _place(lines, postcode, ward)
    for name, value in to.items():
        setattr(held, name, value)
    held.save()
    return held


@action("end", may=may_change_fact)
def end(fact: F, *, on: date, by: Actor) -> F:
    """A fact was true until a day, that day counted.

    Raises:
        ChangedSince: someone else has saved it since it was opened.
    """
    fact.ended_on = on
    fact.save()
    return fact


@action("change what is recorded of a person", may=may_change_person)
def amend_person(person: Person, *, to: Mapping[str, Any], because: str, by: Actor) -> Person:
    """Facts of the person themself: birth, sex, ethnicity, religion, language, disability.

    Raises:
        ChangedSince: someone else has saved them since they were opened.
    """
    for name, value in to.items():
        setattr(person, name, value)
    person.save()
    return person


@action("relate people", may=may_change_person)
def add_relative(person: Person, *, tie: Mapping[str, Any], by: Actor) -> Relationship:
    """Someone is a relative of this person. `tie` says who is what to whom.

    Raises:
        ValidationError: they are in the records of two authorities.
    """
    related = Relationship(**tie)
    if person.pk not in (related.person_id, related.other_id):
        raise ValueError("the tie is not one of this person's")
    must_be_together(related.person, related.other)
    related.save()
    return related


def _end_before(fact: OfPerson, day: date) -> None:
    """Ends a fact the day before another begins, or on its own first day where it began no earlier."""
    fact.ended_on = max(day - date.resolution, fact.started_on or day - date.resolution)
    fact.save()


def _place(lines: str, postcode: str, ward: str) -> Address:
    """The address with these lines, or a new one. One that stands is shared, and is never changed."""
    found = Address.objects.filter(lines__iexact=lines, postcode=postcode, ward=ward).first()
    if found is None:
        found = Address(lines=lines, postcode=postcode, ward=ward)
        found.save()
    return found
