"""A clock as a person reads it: what is to be done, by when, how it stands, and how that was worked out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from waypost.domain.calendars import ENGLAND_AND_WALES
from waypost.domain.local import Local
from waypost.domain.timescales import Status, status, timescale, working
from waypost.records.pathway.clocks.kept import due
from waypost.records.pathway.clocks.running import CIN_VISIT, Running
from waypost.web import words

SOON_DAYS = 5
"""Working days before the due day from which an open clock is shown as urgent."""

STATES = {
    Status.IN_TIME: "Completed in time",
    Status.LATE: "Completed late",
    Status.TOO_SOON: "Completed too soon",
    Status.OPEN: "Open",
    Status.OVERDUE: "Overdue",
    Status.NO_LIMIT: "No limit set",
    Status.UNKNOWN: "Not known",
}


@dataclass(frozen=True, slots=True)
class ShownClock:
    """`name` is the timescale's, `asks` what is to be done, `due` reads "in 3 working days, Thursday 14 March 2024".

    `used` is the share of the time that has gone, from 0 to 1, for the picture; None without a limit.
    """

    name: str
    asks: str
    state: str
    due: str
    due_on: date | None
    started_on: date
    done_on: date | None
    working: str
    used: float | None
    is_open: bool
    is_overdue: bool
    is_soon: bool


def shown(clock: Running, *, today: date, local: Local) -> ShownClock:
    """A clock as it stands today under the authority's settings."""
    on = due(clock, local)
    stands = status(on, done=clock.done_on, today=today) if on else Status.NO_LIMIT
    left = ENGLAND_AND_WALES.working_days_between(today, on) if on and clock.done_on is None else None
    return ShownClock(
        name=_name(clock),
        asks=clock.asks,
        state=STATES[stands],
        due=due_words(on, today=today) if clock.done_on is None else _done_words(clock.done_on, on),
        due_on=on,
        started_on=clock.started_on,
        done_on=clock.done_on,
        working=_working(clock, on, stands, today=today, local=local),
        used=_used(clock, on, today),
        is_open=clock.done_on is None,
        is_overdue=stands is Status.OVERDUE,
        is_soon=stands is Status.OPEN and left is not None and left <= SOON_DAYS,
    )


def due_words(on: date | None, *, today: date) -> str:
    """In 3 working days, Thursday 14 March 2024 · today · 2 working days ago, Monday 4 March 2024."""
    if on is None:
        return "No limit is set"
    day = f"{on:%A} {words.day(on)}"
    if on == today:
        return f"Today, {day}"
    left = ENGLAND_AND_WALES.working_days_between(today, on)
    if on > today:
        return (
            f"In {words.plural(left, 'working day', 'working days')}, {day}" if left else f"Before work begins, {day}"
        )
    return f"{words.plural(-left, 'working day', 'working days')} ago, {day}" if left else f"Just past, {day}"


def _done_words(done: date, on: date | None) -> str:
    limit = f"; it was due by {words.day(on)}" if on else ""
    return f"Done on {words.day(done)}{limit}"


def _name(clock: Running) -> str:
    return "Visit to a child in need" if clock.timescale == CIN_VISIT else timescale(clock.timescale).name


def _working(clock: Running, on: date | None, stands: Status, *, today: date, local: Local) -> str:
    if clock.own_due_on:
        days = "working days" if clock.days == "working_day" else "days"
        return (
            f"{_name(clock)}: the plan asks for one every {clock.every} {days}, counted from "
            f"{words.day(clock.started_on)}, due {words.day(clock.own_due_on)}; {stands.value}. "
            "Rule: the child's own plan."
        )
    if clock.timescale == CIN_VISIT:
        return f"{_name(clock)}: the plan does not say how often the child is to be visited."
    held = working(
        clock.timescale,
        started_on=clock.started_on,
        done_on=clock.done_on,
        today=today,
        calendar=ENGLAND_AND_WALES,
        **local.clocks,
    )
    return held.in_words()


def _used(clock: Running, on: date | None, today: date) -> float | None:
    if on is None:
        return None
    whole = max((on - clock.started_on).days, 1)
    return min(max(((clock.done_on or today) - clock.started_on).days / whole, 0.0), 1.0)
