"""Who the children of an authority are: the id that each is known by, and what a census asks of the child.

A record that was joined to another is the other's: its rows count for the child that was kept. A sealed child is a
child like any other here, for figures count children and name none.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from waypost.access.models import Authority
from waypost.extract.known import as_known
from waypost.records.casework.models import Child, Identifier, Person

Key = uuid.UUID
LONGEST_ID = 20


@dataclass(frozen=True, slots=True)
class Someone:
    """What the record says of a child themself."""

    person: Key
    born_on: date | None
    expected_on: date | None
    died_on: date | None
    sex: str
    ethnicity: str
    disabilities: list[str]
    merged_into: Key | None = None
    numbers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Who:
    """The children of an authority. `ids` has the id of each child's record, `people` the child by that id."""

    ids: Mapping[Key, str]
    people: Mapping[str, Someone]
    without_id: int


def who(authority: Authority, before: datetime | None) -> Who:
    """The children whose record the authority keeps, in four questions."""
    children = as_known(Child, before).filter(authority_id=authority.pk)
    of_person = dict(children.values_list("person_id", "id"))
    people = _people(authority, before)
    numbers = _numbers(people, before)
    for key, person in people.items():
        person.numbers.update(numbers.get(key, {}))
    owners = {child: _kept(person, people) for person, child in of_person.items() if person in people}
    named, without_id = _named({key: people[key] for key in dict.fromkeys(owners.values())})
    return Who(
        ids={child: named[person] for child, person in owners.items()},
        people={id: people[person] for person, id in named.items()},
        without_id=without_id,
    )


def _people(authority: Authority, before: datetime | None) -> dict[Key, Someone]:
    columns = ("id", "born_on", "expected_on", "died_on", "sex", "ethnicity", "disabilities", "merged_into_id")
    of_children = as_known(Child, before).filter(authority_id=authority.pk).values("person_id")
    mine = as_known(Person, before).filter(authority_id=authority.pk)
    rows = list(mine.filter(id__in=of_children).values_list(*columns))
    found = {row[0]: Someone(*row) for row in rows}
    while missing := {each.merged_into for each in found.values() if each.merged_into} - found.keys():
        kept = mine.filter(id__in=missing).values_list(*columns)
        more = {row[0]: Someone(*row) for row in kept}
        if not more:
            break
        found |= more
    return found


def _kept(person: Key, people: Mapping[Key, Someone]) -> Key:
    """The record that a person's was joined to, where it was."""
    seen = {person}
    into = people[person].merged_into
    while into is not None and into in people and into not in seen:
        seen.add(into)
        person, into = into, people[into].merged_into
    return person


def _numbers(people: Mapping[Key, Someone], before: datetime | None) -> dict[Key, dict[str, str]]:
    """The numbers of each person by their kind: of several, one in use, and their own rather than a joined record's."""
    kinds = (Identifier.LOCAL, Identifier.UPN, Identifier.FORMER_UPN, Identifier.NO_UPN)
    columns = ("person_id", "kind", "value", "ended_on", "version", "id")
    rows = as_known(Identifier, before).filter(kind__in=kinds).values_list(*columns)
    found: dict[Key, dict[str, str]] = {}
    for person, kind, value, *_ in sorted(rows, key=lambda row: (row[3] is not None, row[4], row[2], row[5])):
        if person in people:
            found.setdefault(person, {}).setdefault(kind, value.strip())
    return found


def _named(people: Mapping[Key, Someone]) -> tuple[dict[Key, str], int]:
    """The id of each child, and how many have none or one that another has, who are known by their record's key."""
    taken: dict[str, Key] = {}
    for key in sorted(people):
        local = people[key].numbers.get(Identifier.LOCAL)
        if local:
            taken.setdefault(local, key)
    own = {key: local for local, key in taken.items()}
    return {key: own.get(key) or key.hex[:LONGEST_ID].upper() for key in people}, len(people) - len(own)


def in_order(people: Mapping[str, Someone]) -> Iterator[tuple[str, Someone]]:
    return iter(sorted(people.items()))
