"""A child's page, as words: who they are, where things stand, what must be known first, and who is around them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from waypost.records.casework.known import Known
from waypost.records.casework.models import AddressHeld, Allocation, PersonName, Warning
from waypost.records.casework.models.dated import Dated
from waypost.records.casework.presenters.reviews import must_act, review_words
from waypost.web import words

NOT_RECORDED = "Not recorded"
CONFIDENTIAL = "Confidential"


@dataclass(frozen=True, slots=True)
class WarningLine:
    """A warning, what it rests on, and whether its review is overdue: then `must_act` is the role that must hold it."""

    key: uuid.UUID
    kind: str
    evidence: str
    review: str
    is_overdue: bool
    told: str
    must_act: str
    has_ended: bool


@dataclass(frozen=True, slots=True)
class Header:
    """The top of each of a child's pages."""

    key: uuid.UUID
    name: str
    age: str
    lives: str
    held_by: str
    stands: str
    is_sealed: bool
    was_known: bool
    warnings: tuple[WarningLine, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a list of facts."""

    name: str
    says: str


def header(record: Known, *, today: date) -> Header:
    person = record.person
    return Header(
        key=record.child.pk,
        name=called(record.names_of(person.pk), today),
        age=age_words(person.age_on(today), person.expected_on if person.is_unborn else None),
        lives=_lives(record, today),
        held_by=_held_by(record, today),
        stands=_stands(record, today),
        is_sealed=record.child.is_sealed,
        was_known=person.pk in record.relatives,
        warnings=tuple(_warning(each, today) for each in record.warnings if each.is_true_on(today)),
    )


def called(names: Iterable[PersonName], today: date) -> str:
    """The name to use: what the person is known as, or else their legal name."""
    held = {name.kind: name for name in names if name.is_true_on(today)}
    first = held.get(PersonName.KNOWN_AS) or held.get(PersonName.LEGAL) or next(iter(held.values()), None)
    return str(first) if first else "Name not recorded"


def age_words(age: int | None, expected_on: date | None = None) -> str:
    if expected_on:
        return f"not born yet, expected {words.day(expected_on)}"
    return "age not known" if age is None else words.plural(age, "year old", "years old")


def _stands(record: Known, today: date) -> str:
    since = min((each.started_on for each in record.allocations if each.started_on), default=None)
    if not any(each.is_true_on(today) for each in record.allocations):
        return "No worker holds this record now."
    return f"Open to children's social care since {words.day(since)}." if since else "Open to children's social care."


def _held_by(record: Known, today: date) -> str:
    held = (each for each in record.allocations if each.is_true_on(today))
    return words.listed([_holder(each) for each in held]) or "Not allocated"


def _holder(allocation: Allocation) -> str:
    return f"{allocation.worker or 'No worker yet'}, {allocation.team.name} team"


def _lives(record: Known, today: date) -> str:
    """Where the child lives and with whom: those who hold the same address on the day."""
    home = _home(record.homes_of(record.person.pk), today)
    if home is None:
        return "No address recorded"
    others = {key: _home(record.homes_of(key), today) for key in record.relatives if key != record.person.pk}
    beside = [
        called(record.names_of(key), today)
        for key, held in others.items()
        if held is not None and held.address_id == home.address_id
    ]
    with_ = f" with {words.listed(beside)}" if beside else ""
    return f"{_place(record, home)}{with_}"


def _home(held: Sequence[AddressHeld], today: date) -> AddressHeld | None:
    return next((each for each in held if each.kind != "letters" and each.is_true_on(today)), None)


def _place(record: Known, held: AddressHeld) -> str:
    if held.is_confidential:
        return f"{CONFIDENTIAL} address"
    place = record.addresses[held.address_id]
    return ", ".join(filter(None, (place.lines, place.postcode)))


def _warning(warning: Warning, today: date) -> WarningLine:
    acts = must_act(warning, today=today)
    return WarningLine(
        key=warning.pk,
        kind=warning.get_kind_display(),
        evidence=warning.evidence,
        review=review_words(warning, today=today),
        is_overdue=bool(acts),
        told=warning.told,
        must_act=acts,
        has_ended=warning.ended_on is not None,
    )


# ---------------------------------------------------------------- professionals


def professionals(record: Known, *, today: date) -> list[Fact]:
    """Who works with the child, and who has."""
    latest_first = sorted(record.allocations, key=lambda each: each.started_on or date.min, reverse=True)
    return [
        *(Fact("Social worker", f"{_holder(each)}{_when(each)}") for each in latest_first),
        *(Fact(each.get_kind_display(), f"{each.user or each.agency}{_when(each)}") for each in record.involvements),
    ]


def _when(fact: Dated) -> str:
    since = f", since {words.day(fact.started_on)}" if fact.started_on else ""
    until = f", until {words.day(fact.ended_on)}" if fact.ended_on else ""
    return since + until
