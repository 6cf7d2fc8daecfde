"""What is recorded of a person, in parts that can each be changed, as words."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from waypost.domain.codes import CODE_LISTS
from waypost.records.casework.known import Known
from waypost.records.casework.models import (
    Address,
    AddressHeld,
    ContactPoint,
    Identifier,
    Person,
    PersonName,
    Registration,
    Relationship,
)
from waypost.records.casework.models.dated import Dated
from waypost.records.casework.presenters.child import CONFIDENTIAL, NOT_RECORDED, age_words, called
from waypost.web import words

Says = Callable[[Any], tuple[str, str, str]]
"""What a fact says: its name, itself, and what else is to be known of it."""


@dataclass(frozen=True)
class Held:
    """The rows that are recorded of one person."""

    person: Person
    names: Sequence[PersonName]
    identifiers: Sequence[Identifier]
    homes: Sequence[AddressHeld]
    addresses: Mapping[uuid.UUID, Address]
    contact_points: Sequence[ContactPoint]
    registrations: Sequence[Registration]
    ties: Sequence[Relationship] = ()
    relatives: Mapping[uuid.UUID, Person] = field(default_factory=dict)
    their_names: Sequence[PersonName] = ()
    their_homes: Sequence[AddressHeld] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One thing recorded. `row` is the key of what can be put right, `is_open` that it has not ended."""

    name: str
    says: str
    more: str = ""
    row: uuid.UUID | None = None
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class PartLines:
    """One part: its word in an address, its heading, how adding to it is said, and what is recorded."""

    id: str
    title: str
    adds: str
    lines: tuple[Line, ...]
    is_empty_says: str = "Nothing recorded."


@dataclass(frozen=True, slots=True)
class Relation:
    """Someone who is related to the person: what they are to them, and what a worker must know of them."""

    tie: uuid.UUID
    person: uuid.UUID
    name: str
    is_to_them: str
    age: str
    lives: str
    has_responsibility: str
    safe_contact: str
    days: str
    is_past: bool
    is_openable: bool


def recorded(person: Person, ties: Sequence[Relationship]) -> Held:
    """Reads what is recorded of a person now, and of those they have ties to, in one question for each part."""
    keys = {person.pk, *(key for tie in ties for key in (tie.person_id, tie.other_id))}
    names = list(PersonName.objects.filter(person__in=keys).order_by("pk"))
    homes = list(AddressHeld.objects.filter(person__in=keys).select_related("address").order_by("pk"))
    return Held(
        person,
        [each for each in names if each.person_id == person.pk],
        list(person.identifiers.all()),
        [each for each in homes if each.person_id == person.pk],
        {held.address_id: held.address for held in homes},
        list(person.contact_points.all()),
        list(person.registrations.select_related("agency")),
        ties,
        Person.objects.in_bulk(keys),
        names,
        homes,
    )


def of_child(record: Known) -> Held:
    """The same of a child, as known now or at a moment."""
    who = record.person.pk
    return Held(
        record.person,
        record.names_of(who),
        record.identifiers,
        record.homes_of(who),
        record.addresses,
        [each for each in record.contact_points if each.person_id == who],
        record.registrations,
        record.ties,
        record.relatives,
        record.names,
        record.homes,
    )


def parts(held: Held, *, today: date) -> list[PartLines]:
    """Every part, in the order of the page. What is true today stands first, then the latest."""
    return [
        PartLines("names", "Names", "Add a name", _lines(held.names, today, _name)),
        PartLines("numbers", "Numbers", "Add a number", _lines(held.identifiers, today, _number)),
        PartLines(
            "homes",
            "Where they live",
            "Add an address",
            _lines(held.homes, today, lambda each: (each.get_kind_display(), place(each, held.addresses), "")),
            "No address recorded.",
        ),
        PartLines(
            "contacts", "Telephone and email", "Add a contact detail", _lines(held.contact_points, today, _contact)
        ),
        PartLines(
            "places", "School and practice", "Add a school or practice", _lines(held.registrations, today, _goes_to)
        ),
    ]


def about(person: Person) -> list[Line]:
    """The facts of the person themself. What is not known says so."""
    disabilities = words.listed([CODE_LISTS["disability"].get(code, code) for code in person.disabilities])
    needs = {True: "Yes", False: "No", None: NOT_RECORDED}[person.needs_interpreter]
    died = [Line("Died", words.day(person.died_on))] if person.died_on else []
    return [
        Line("Date of birth", _birth(person)),
        *died,
        Line("Sex", person.get_sex_display()),
        Line("Ethnicity", CODE_LISTS["ethnicity"].get(person.ethnicity, NOT_RECORDED)),
        Line("Religion", person.religion or NOT_RECORDED),
        Line("Language", person.language or NOT_RECORDED),
        Line("Interpreter needed", needs),
        Line("Disability", disabilities[:1].upper() + disabilities[1:] or NOT_RECORDED),
    ]


def place(held: AddressHeld, addresses: Mapping[uuid.UUID, Address]) -> str:
    """Where it is, unless that must not be said."""
    if held.is_confidential:
        return f"{CONFIDENTIAL} address"
    found = addresses[held.address_id]
    return ", ".join(filter(None, (found.lines, found.postcode)))


def family(held: Held, *, today: date, openable: set[uuid.UUID]) -> list[Relation]:
    """Everyone the person is related to, those of today first."""
    found = [_relation(held, tie, today, openable) for tie in held.ties]
    return sorted(found, key=lambda each: (each.is_past, each.is_to_them, each.name))


def _relation(held: Held, tie: Relationship, today: date, openable: set[uuid.UUID]) -> Relation:
    is_from = tie.other_id == held.person.pk
    other = held.relatives[tie.person_id if is_from else tie.other_id]
    homes = (each for each in held.their_homes if each.person_id == other.pk and each.kind != "letters")
    home = next((each for each in homes if each.is_true_on(today)), None)
    said = tie.words.forward if is_from else tie.words.back
    answers = {True: "yes", False: "no", None: "not known"}
    is_carer = tie.words.tie in ("parent", "carer")
    return Relation(
        tie=tie.pk,
        person=other.pk,
        name=called((each for each in held.their_names if each.person_id == other.pk), today),
        is_to_them=said.removesuffix(" of").removesuffix(" to").capitalize(),
        age=age_words(other.age_on(today), other.expected_on if other.is_unborn else None),
        lives=place(home, held.addresses) if home else "No address recorded",
        has_responsibility=answers[tie.has_parental_responsibility] if is_carer else "",
        safe_contact=tie.safe_contact,
        days=when(tie),
        is_past=not tie.is_true_on(today),
        is_openable=other.pk in openable,
    )


def when(fact: Dated) -> str:
    """Since 4 March 2024, until 2 May 2025"""
    said = [f"since {words.day(fact.started_on)}"] if fact.started_on else []
    said += [f"until {words.day(fact.ended_on)}"] if fact.ended_on else []
    joined = ", ".join(said)
    return joined[:1].upper() + joined[1:]


def _lines(facts: Sequence[Dated], today: date, says: Says) -> tuple[Line, ...]:
    ordered = sorted(facts, key=lambda each: (each.is_true_on(today), each.started_on or date.min), reverse=True)
    return tuple(_line(each, says) for each in ordered)


def _line(fact: Dated, says: Says) -> Line:
    name, said, more = says(fact)
    return Line(name, said, ". ".join(filter(None, (more, when(fact)))), fact.pk, fact.ended_on is None)


def _name(name: PersonName) -> tuple[str, str, str]:
    return name.get_kind_display(), str(name), ""


def _number(identifier: Identifier) -> tuple[str, str, str]:
    return identifier.get_kind_display(), identifier.value, identifier.issuer


def _contact(point: ContactPoint) -> tuple[str, str, str]:
    return point.get_kind_display(), point.value, f"Before use: {point.safe_contact}" if point.safe_contact else ""


def _goes_to(registration: Registration) -> tuple[str, str, str]:
    return registration.agency.get_kind_display(), registration.agency.name, registration.note


def _birth(person: Person) -> str:
    if person.born_on:
        return words.day(person.born_on) + (" (estimated)" if person.is_birth_estimated else "")
    return f"Expected {words.day(person.expected_on)}" if person.expected_on else NOT_RECORDED
