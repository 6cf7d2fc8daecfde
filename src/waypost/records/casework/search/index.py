"""Keeps the index in step: after each action, what the people whom it changed can be found by is worked out anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import jellyfish
from django.db.models import Model

from waypost.domain.likeness import folded, phone
from waypost.domain.likeness import postcode as as_postcode
from waypost.records.casework.models import ContactPoint, Identifier, Person, PersonName, SearchTerm
from waypost.records.casework.models.people import OfPerson


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
    for term in _terms(person):
        found.setdefault((term.kind, term.term), term)
    SearchTerm.objects.bulk_create(found.values())


def _terms(person: Person) -> Iterator[SearchTerm]:
    for name in person.names.all():
        yield from _of_name(person, name)
    for identifier in person.identifiers.all():
        yield _term(person, SearchTerm.NUMBER, number(identifier.value), _called(identifier))
    for held in person.addresses.filter(is_confidential=False).select_related("address"):
        if code := as_postcode(held.address.postcode):
            lived = "Lives at" if held.ended_on is None else "Lived at"
            yield _term(person, SearchTerm.POSTCODE, code, f"{lived} {code}")
    for point in person.contact_points.filter(kind="phone"):
        if digits := phone(point.value):
            yield _term(person, SearchTerm.PHONE, digits, _reached(point))


def _of_name(person: Person, name: PersonName) -> Iterator[SearchTerm]:
    says = f"{name.get_kind_display()}: {name}"
    for part in folded(str(name)).split():
        yield _term(person, SearchTerm.NAME, part, says)
        if sound := jellyfish.metaphone(part):
            yield _term(person, SearchTerm.SOUND, sound, says)


def number(value: str) -> str:
    """An identifier without what people put between its parts."""
    return re.sub(r"[\s/-]", "", value).upper()


def _called(identifier: Identifier) -> str:
    return f"{identifier.get_kind_display()} {identifier.value}"


def _reached(point: ContactPoint) -> str:
    return f"Telephone {point.value}"


def _term(person: Person, kind: str, term: str, says: str) -> SearchTerm:
    return SearchTerm(person=person, kind=kind, term=term, says=says)
