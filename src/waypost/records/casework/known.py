"""A child's record as it is, or as it was known at a moment.

Both are read the same way, so a page of the past is the page of today with other rows. What was recorded after the
moment is not there, whatever day it was true of; and what was put right since then is there as it stood.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from waypost.access.recorded import Recorded
from waypost.records.casework.models import (
    Address,
    AddressHeld,
    Allocation,
    Child,
    ContactPoint,
    Identifier,
    Involvement,
    Person,
    PersonName,
    Registration,
    Relationship,
    Warning,
)

M = TypeVar("M", bound=Recorded)


@dataclass(frozen=True)
class Known:
    """The rows of a child's record, and of those the child is related to. `at` is None for now."""

    at: datetime | None
    child: Child
    person: Person
    names: tuple[PersonName, ...]
    identifiers: tuple[Identifier, ...]
    homes: tuple[AddressHeld, ...]
    addresses: Mapping[uuid.UUID, Address]
    contact_points: tuple[ContactPoint, ...]
    registrations: tuple[Registration, ...]
    ties: tuple[Relationship, ...]
    relatives: Mapping[uuid.UUID, Person]
    allocations: tuple[Allocation, ...]
    involvements: tuple[Involvement, ...]
    warnings: tuple[Warning, ...]

    def names_of(self, person: uuid.UUID) -> list[PersonName]:
        return [name for name in self.names if name.person_id == person]

    def homes_of(self, person: uuid.UUID) -> list[AddressHeld]:
        return [held for held in self.homes if held.person_id == person]


def known(child: Child, at: datetime | None = None, *, among: QuerySet[Person] | None = None) -> Known:
    """Reads a record in one question for each kind of row, however large the family.

    Of relatives it reads those among whom its reader may meet (`visibility.mentionable`), as things stand now. Where
    nobody says who reads, it leaves out whoever has a sealed record or is of another authority.
    """
    who = child.person_id
    if among is None:
        among = Person.objects.filter(authority=child.authority_id).exclude(child__is_sealed=True)
    every = _rows(Relationship, at, Q(person=who) | Q(other=who))
    related = {key for tie in every for key in (tie.person_id, tie.other_id)}
    around = {who, *among.filter(pk__in=related).values_list("pk", flat=True)}
    ties = tuple(tie for tie in every if {tie.person_id, tie.other_id} <= around)
    people = {person.pk: person for person in _rows(Person, at, Q(id__in=around))}
    homes = _rows(AddressHeld, at, Q(person__in=around))
    addresses = {place.pk: place for place in _rows(Address, at, Q(id__in=[held.address_id for held in homes]))}
    return Known(
        at=at,
        child=child,
        person=people.get(who, child.person),
        names=_rows(PersonName, at, Q(person__in=around)),
        identifiers=_rows(Identifier, at, Q(person=who)),
        homes=homes,
        addresses=addresses,
        contact_points=_rows(ContactPoint, at, Q(person__in=around)),
        registrations=_rows(Registration, at, Q(person=who), "agency"),
        ties=ties,
        relatives=people,
        allocations=_rows(Allocation, at, Q(child=child.pk), "worker", "team"),
        involvements=_rows(Involvement, at, Q(child=child.pk), "user", "agency"),
        warnings=_rows(Warning, at, Q(child=child.pk)),
    )


def _rows(model: type[M], at: datetime | None, which: Q, *with_: str) -> tuple[M, ...]:
    """Rows now, or as they were. Rows of the past are versions, so what they point to is read as it is now."""
    now: Any = model.objects.filter(which).select_related(*with_)
    rows: Iterable[M] = now if at is None else model.history.as_of(at).filter(which)
    return tuple(sorted(rows, key=lambda row: row.pk))
