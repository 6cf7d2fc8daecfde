"""Keeps the index in step: after each action, what the people whom it changed can be found by is worked out anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

import jellyfish
from django.db.models import Model

from waypost.domain.likeness import folded, phone
from waypost.domain.likeness import postcode as as_postcode
from waypost.records.casework.models import Person, SearchTerm
from waypost.records.casework.models.people import OfPerson

Term = tuple[str, str, str]
"""The kind of a term, the term, and what is said of it."""
UNIQUE_NUMBERS = ("nhs", "upn")
LONGEST_TERM = 100


def follow(changed: Iterable[Model]) -> None:
    """Works the terms out again of each person among what an action has changed."""
    people = {row.pk for row in changed if isinstance(row, Person)}
    people |= {row.person.pk for row in changed if isinstance(row, OfPerson)}
    for person in Person.objects.filter(pk__in=people):
        index(person)


def index(person: Person) -> None:
    """What a person can be found by, in place of what was there."""
    SearchTerm.objects.filter(person=person).delete()
    found: dict[tuple[str, str], SearchTerm] = {}
    for kind, term, says in _terms(person):
        found.setdefault((kind, term), SearchTerm(person=person, kind=kind, term=term, says=says))
    SearchTerm.objects.bulk_create(found.values())


def _terms(person: Person) -> Iterator[Term]:
    names, numbers = list(person.names.all()), list(person.identifiers.all())
    for name in names:
        yield from of_name(str(name), f"{name.get_kind_display()}: {name}")
    for identifier in numbers:
        yield SearchTerm.NUMBER, number(identifier.value), f"{identifier.get_kind_display()} {identifier.value}"
    for held in person.addresses.filter(is_confidential=False).select_related("address"):
        if code := as_postcode(held.address.postcode):
            yield of_postcode(code, "Lives at" if held.ended_on is None else "Lived at")
    for point in person.contact_points.filter(kind="phone"):
        if digits := phone(point.value):
            yield SearchTerm.PHONE, digits, f"Telephone {point.value}"
    unique = (f"{each.kind} {each.value}" for each in numbers if each.kind in UNIQUE_NUMBERS)
    yield from signs(map(str, names), person.born_on, unique)


def of_name(name: str, says: str) -> Iterator[Term]:
    """The parts of a name, and how each sounds."""
    for part in folded(name).split():
        yield SearchTerm.NAME, part, says
        if sound := jellyfish.metaphone(part):
            yield SearchTerm.SOUND, sound, says


def of_postcode(code: str, lives: str) -> Term:
    return SearchTerm.POSTCODE, code, f"{lives} {code}"


def signs(names: Iterable[str], born_on: date | None, numbers: Iterable[str]) -> Iterator[Term]:
    """What two records of one person would share: a number, a birth and a sound of a name, two sounds of a name.

    The number at the start puts the surest before the others in the index.
    """
    heard = [sorted({jellyfish.metaphone(part) for part in folded(name).split()} - {""}) for name in names]
    found = {f"1 {number}" for number in numbers}
    found |= {f"3 {one} {other}" for sounds in heard for one, other in combinations(sounds, 2)}
    if born_on:
        found |= {f"2 {born_on} {sound}" for sounds in heard for sound in sounds}
    return ((SearchTerm.SIGN, sign[:LONGEST_TERM], "") for sign in sorted(found))


def number(value: str) -> str:
    """An identifier without what people put between its parts."""
    return re.sub(r"[\s/-]", "", value).upper()
