"""What is due, read from the index of clocks: never worked out when a list is shown."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, QuerySet

from waypost.access.actor import Actor
from waypost.domain.timescales import timescale
from waypost.records.casework.models import Cover, PersonName
from waypost.records.casework.presenters.child import called
from waypost.records.pathway.clocks.running import CIN_VISIT
from waypost.records.pathway.clocks.shown import due_words
from waypost.records.pathway.models import Clock
from waypost.records.pathway.work.ways import Way, way

COMING = timedelta(days=28)
MOST = 200


@dataclass(frozen=True, slots=True)
class DueChild:
    key: uuid.UUID
    name: str
    initials: str
    age: str


@dataclass(frozen=True, slots=True)
class DueLine:
    """One thing to do, by when. Brothers and sisters for whom it is due together are one line."""

    children: tuple[DueChild, ...]
    asks: str
    due: str
    due_on: date
    is_overdue: bool
    why: str
    way: Way
    worker: str


@dataclass(frozen=True, slots=True)
class Due:
    overdue: list[DueLine]
    this_week: list[DueLine]
    coming: list[DueLine]
    is_cut: bool


def workers_of(actor: Actor) -> list[uuid.UUID]:
    """The person, and those for whom they stand in today."""
    covered = Cover.objects.on(actor.today).filter(user=actor.user).values_list("absent", flat=True)
    return [actor.user.pk, *covered]


def open_clocks(seen: QuerySet[Clock], *, until: date) -> QuerySet[Clock]:
    """Clocks that run and are due by a day, the most pressing first, with what a line of a list needs."""
    names = Prefetch("child__person__names", PersonName.objects.all())
    found = seen.filter(done_on=None, due_on__lte=until).select_related("child__person", "worker")
    return found.prefetch_related(names).order_by("due_on", "timescale", "family", "pk")


def lines(clocks: Iterable[Clock], *, today: date) -> list[DueLine]:
    """The lines of a list. What is due on one day for those of one home is one line."""
    grouped: dict[tuple[str, date | None, uuid.UUID, object], list[Clock]] = {}
    for clock in clocks:
        grouped.setdefault((clock.timescale, clock.due_on, clock.family, clock.worker_id), []).append(clock)
    return [_line(held, today) for held in grouped.values()]


def split(found: list[DueLine], *, today: date, is_cut: bool) -> Due:
    """Overdue, due by Sunday, and what comes after."""
    sunday = today + timedelta(days=6 - today.weekday())
    return Due(
        overdue=[each for each in found if each.is_overdue],
        this_week=[each for each in found if not each.is_overdue and each.due_on <= sunday],
        coming=[each for each in found if each.due_on > sunday],
        is_cut=is_cut,
    )


def _line(held: list[Clock], today: date) -> DueLine:
    first = held[0]
    assert first.due_on is not None  # noqa: S101  the question asked for those that are due on a day
    found = way(first)
    return DueLine(
        children=tuple(_child(clock, today) for clock in held),
        asks=found.asks,
        due=due_words(first.due_on, today=today),
        due_on=first.due_on,
        is_overdue=first.due_on < today,
        why=_why(first),
        way=found,
        worker=str(first.worker or ""),
    )


def _child(clock: Clock, today: date) -> DueChild:
    """Who it is. A list that others may look at over a shoulder shows the initials and the age."""
    name = called(clock.child.person.names.all(), today)
    age = clock.child.person.age_on(today)
    initials = "".join(f"{part[0]}." for part in name.split() if part[:1].isalpha())
    return DueChild(clock.child_id, name, initials, "unborn" if clock.child.person.is_unborn else str(age or "under 1"))


def _why(clock: Clock) -> str:
    name = "The plan's own limit" if clock.timescale == CIN_VISIT else timescale(clock.timescale).name
    return f"{name}, counted from {clock.started_on.day} {clock.started_on:%B %Y}"
