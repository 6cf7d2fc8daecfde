"""Seals, emergencies and interests, as words."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from waypost.access.audit.presenters import Line, lines, reference
from waypost.access.models import Act
from waypost.records.casework.models import BrokenGlass, Child, DeclaredInterest, SealReader
from waypost.records.casework.presenters.child import age_words, called
from waypost.web import words


@dataclass(frozen=True, slots=True)
class Who:
    """Whose record it is. A sealed one is named to its readers alone."""

    key: uuid.UUID
    name: str
    age: str
    authority: str
    is_sealed: bool


def who(child: Child, *, today: date) -> Who:
    person = child.person
    return Who(
        key=child.pk,
        name=called(person.names.all(), today),
        age=age_words(person.age_on(today), person.expected_on if person.is_unborn else None),
        authority=str(child.authority),
        is_sealed=child.is_sealed,
    )


def closes(until: datetime | None, *, now: datetime) -> str:
    """How long a record that was opened in an emergency stays open: "2:05pm, in 43 minutes"."""
    if until is None:
        return ""
    minutes = max(1, round((until - now).total_seconds() / 60))
    return f"{words.moment(until).partition(' at ')[2]}, in {words.plural(minutes, 'minute', 'minutes')}"


# ---------------------------------------------------------------- seals


@dataclass(frozen=True, slots=True)
class Reader:
    key: uuid.UUID
    name: str
    days: str
    is_past: bool


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed record in the list of those who may seal. `name` is empty for those who are not named to read it."""

    key: uuid.UUID
    reference: str
    name: str
    said: str
    because: str
    readers: str
    is_open: bool


def readers(named: Iterable[SealReader], *, today: date) -> list[Reader]:
    return [Reader(each.pk, str(each.user), _days(each), not each.is_true_on(today)) for each in named]


def sealed(
    found: Iterable[Child], acts: Mapping[uuid.UUID | None, Act], *, openable: set[uuid.UUID], today: date
) -> list[Sealed]:
    return [_sealed(child, acts.get(child.pk), child.pk in openable, today) for child in found]


def _sealed(child: Child, act: Act | None, is_open: bool, today: date) -> Sealed:
    named = [str(each.user) for each in child.seal_readers.all() if each.is_true_on(today)]
    return Sealed(
        key=child.pk,
        reference=reference(child.pk),
        name=called(child.person.names.all(), today) if is_open else "",
        said=f"Sealed on {words.day(act.at.date())} by {act.by}" if act else "Sealed",
        # Why may say whose record it is, so it is told to readers only.
        because=act.because if act and is_open else "",
        readers=words.listed(named),
        is_open=is_open,
    )


def _days(reader: SealReader) -> str:
    since = f"since {words.day(reader.started_on)}" if reader.started_on else ""
    until = f"until {words.day(reader.ended_on)}" if reader.ended_on else ""
    return ", ".join(filter(None, (since, until)))


# ---------------------------------------------------------------- emergencies


@dataclass(frozen=True, slots=True)
class Emergency:
    key: uuid.UUID
    reference: str
    by: str
    when: str
    because: str
    tells: str
    closed: str
    is_open: bool
    finding: str
    note: str


def emergencies(found: Iterable[BrokenGlass]) -> list[Emergency]:
    return [emergency(each) for each in found]


def emergency(glass: BrokenGlass) -> Emergency:
    right = "Right" if glass.was_justified else "Not right"
    return Emergency(
        key=glass.pk,
        reference=reference(glass.child_id),
        by=str(glass.user),
        when=f"{words.moment(glass.opened_at)}, until {words.moment(glass.ends_at).partition(' at ')[2]}",
        because=glass.because,
        tells=glass.tells,
        closed=f"Closed before its time by {glass.closed_by}. {glass.closed_because}".strip()
        if glass.closed_by
        else "",
        is_open=glass.ends_at > timezone.now(),
        finding=f"{right}, said {glass.reviewed_by} on {words.day(glass.reviewed_at.date())}"
        if glass.reviewed_at
        else "",
        note=glass.review_note,
    )


def did(acts: Iterable[Act]) -> list[Line]:
    return lines(acts)


# ---------------------------------------------------------------- interests


@dataclass(frozen=True, slots=True)
class Interest:
    """`ended` is said of one that was a mistake."""

    key: uuid.UUID
    by: str
    ended: str
    how: str
    since: str
    reference: str


def interests(found: Iterable[DeclaredInterest]) -> list[Interest]:
    return [
        Interest(
            key=each.pk,
            by=str(each.user),
            ended=f"Ended on {words.day(each.ended_on)}, as it was a mistake" if each.ended_on else "",
            how=each.how,
            since=words.day(each.started_on) if each.started_on else "",
            reference=reference(each.person_id),
        )
        for each in found
    ]
