"""What a change of an authority's settings does to the clocks that run: seen beforehand, and done when it is saved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from waypost.access.local.previews import Asked, Effect
from waypost.access.models import Authority
from waypost.domain.calendars import ENGLAND_AND_WALES, OutsideCalendar
from waypost.domain.local import Kind, Local
from waypost.domain.timescales import due_on, timescale
from waypost.records.pathway.clocks.running import CIN_VISIT
from waypost.records.pathway.models import Clock
from waypost.web import words

KINDS: tuple[Kind, ...] = ("limit", "switch", "counting")
"""The kinds of setting that move clocks."""

MOST = 10


def preview(asked: Asked) -> Effect | None:
    """How many of the clocks that run would be due on another day. It counts and names nobody.

    Sealed records are left out, so that no count gives one away.
    """
    today = timezone.localdate()
    moved = [
        (clock.timescale, then, now)
        for clock in _open(asked.authority)
        if (now := _due(clock, asked.before)) == clock.due_on and (then := _due(clock, asked.after)) != now
    ]
    if not moved:
        return None
    overdue = sum(then is not None and then < today <= (now or today) for _, then, now in moved)
    says = f"{words.plural(len(moved), 'open clock', 'open clocks')} would be due on another day; {overdue} of them "
    rows = sorted({(timescale(name).name, _day(now), _day(then)) for name, then, now in moved})
    return Effect(
        says=f"{says}would be overdue at once." if overdue else f"{says}would be overdue.",
        head=("Clock", "Due now", "Due then"),
        rows=tuple(rows[:MOST]),
    )


def _open(authority: Authority) -> Iterator[Clock]:
    found = Clock.objects.filter(authority=authority, done_on=None, child__is_sealed=False).exclude(timescale=CIN_VISIT)
    return found.only("timescale", "started_on", "due_on").iterator()


def _due(clock: Clock, local: Local) -> date | None:
    """The day by the rule alone. A clock that its child's own plan sets differs from it, and is not moved."""
    try:
        answer = due_on(clock.timescale, after=clock.started_on, calendar=ENGLAND_AND_WALES, **local.clocks)
    except OutsideCalendar:
        return None
    return answer if isinstance(answer, date) else None


def _day(day: date | None) -> str:
    return words.day(day) if day else "No limit"
