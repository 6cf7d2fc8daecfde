"""People as they stand in a list: enough to tell two of them apart, and no more."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from waypost.records.casework.models import Person
from waypost.records.casework.presenters.child import age_words, called
from waypost.web import words


@dataclass(frozen=True, slots=True)
class Line:
    """One person of a list. `child` is the key of their record where it may be opened, `closed` where it may not."""

    key: uuid.UUID
    name: str
    age: str
    born: str
    reasons: tuple[str, ...]
    child: uuid.UUID | None
    closed: uuid.UUID | None = None


def lines(
    people: Iterable[Person], reasons: Mapping[uuid.UUID, tuple[str, ...]], *, today: date, openable: set[uuid.UUID]
) -> list[Line]:
    """The lines of a list, in its order. `people` come with their names and their record as a child."""
    by_key = {person.pk: person for person in people}
    return [_line(by_key[key], why, today, openable) for key, why in reasons.items() if key in by_key]


def _line(person: Person, why: tuple[str, ...], today: date, openable: set[uuid.UUID]) -> Line:
    child = person.child_key
    return Line(
        key=person.pk,
        name=called(person.names.all(), today),
        age=age_words(person.age_on(today), person.expected_on if person.is_unborn else None),
        born=words.day(person.born_on) if person.born_on else "",
        reasons=why,
        child=child if child in openable else None,
        closed=child if child not in openable else None,
    )
