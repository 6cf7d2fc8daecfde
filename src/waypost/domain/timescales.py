"""When a thing is due, and whether it was done in time.

    due_on(INITIAL_CONFERENCE, after=date(2025, 3, 3), calendar=ENGLAND_AND_WALES)  # 24 March 2025

The limits are data (`timescales.yaml`, read by `limits.py`); this is how they are counted. The limit is the one in
force on the day of the starting event. A limit is inclusive: the due date itself is in time. Where no number is set
the answer is a `NoLimit` that says so, never a guess; where a date is not known the status is unknown, never nought.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Literal, TypeVar

from waypost.domain.calendars import WorkingDayCalendar
from waypost.domain.dates import add_months
from waypost.domain.errors import WrongUse
from waypost.domain.limits import (
    BACKWARDS,
    EARLIEST,
    OWN,
    Limit,
    OwnLimit,
    RegimeSwitch,
    Timescale,
    TimescaleId,
    Unit,
    facts,
)

Moment = TypeVar("Moment", date, datetime)

REFERRAL_DECISION = TimescaleId("contact_decision")
FIRST_RESPONSE = TimescaleId("first_response")
INITIAL_ASSESSMENT = TimescaleId("initial_assessment")
CORE_ASSESSMENT = TimescaleId("core_assessment")
SINGLE_ASSESSMENT = TimescaleId("single_assessment")
STRATEGY_DISCUSSION = TimescaleId("strategy_discussion")
INITIAL_CONFERENCE = TimescaleId("icpc")
TRANSFER_IN_CONFERENCE = TimescaleId("transfer_in_conference")
REPORT_TO_CHAIR_INITIAL = TimescaleId("sw_report_to_chair_icpc")
REPORT_TO_CHAIR_REVIEW = TimescaleId("sw_report_to_chair_rcpc")
REPORT_TO_PARENTS_INITIAL = TimescaleId("report_to_parents_icpc")
REPORT_TO_PARENTS_REVIEW = TimescaleId("report_to_parents_rcpc")
PLAN_CIRCULATION = TimescaleId("cp_plan_circulation")
MINUTES_CIRCULATION = TimescaleId("conference_minutes")
FIRST_CORE_GROUP = TimescaleId("core_group_first")
LATER_CORE_GROUP = TimescaleId("core_group_repeat")
FIRST_REVIEW = TimescaleId("rcpc_first")
LATER_REVIEW = TimescaleId("rcpc_repeat")
PLAN_VISIT = TimescaleId("cp_visit")
CARE_PROCEEDINGS = TimescaleId("care_proceedings")
RETURN_HOME_INTERVIEW = TimescaleId("return_home_interview")
POLICE_PROTECTION = TimescaleId("police_protection")


@dataclass(frozen=True, slots=True)
class NoLimit:
    """No number of days is set, and why."""

    why: str


@dataclass(frozen=True, slots=True)
class CountingChoices:
    """How an authority reads what its sources leave open. Figures should say which choices they were made with."""

    unspecified_days: Literal["calendar_day", "working_day"] = "calendar_day"
    months: Literal["calendar_month", "days_91_183"] = "calendar_month"
    hours: Literal["elapsed", "working_day"] = "elapsed"


USUAL = CountingChoices()
DAYS_FOR_MONTHS = {3: 91, 6: 183}


class Status(Enum):
    """Where a clock stands."""

    IN_TIME = "completed in time"
    LATE = "completed late"
    TOO_SOON = "completed too soon"
    OPEN = "open"
    OVERDUE = "open and overdue"
    NO_LIMIT = "no limit set"
    UNKNOWN = "not known"


def timescale(named: TimescaleId | str) -> Timescale:
    """The timescale with the id.

    Raises:
        WrongUse: there is none.
    """
    found = facts().timescales.get(TimescaleId(named))
    if found is None:
        raise WrongUse(f"There is no timescale called {named!r}; docs/rules/timescales.md lists them all.")
    return found


def limit_in_force(
    named: TimescaleId | str,
    on: date,
    *,
    authority: str | None = None,
    when: str | None = None,
    switches: Sequence[RegimeSwitch] | None = None,
    own: Sequence[OwnLimit] = (),
) -> Limit | NoLimit:
    """The limit that holds for a clock starting on the day.

    An authority's own limit comes before the national one, and a number (a default from procedures shared by many
    authorities included) before guidance that sets none. `when` picks between limits that hold side by side.
    `switches` are the days authorities left or took up a timescale; without them, those known from published reports.
    `own` are limits that authorities set themselves (`domain/local`), beside those known from published reports.

    Raises:
        WrongUse: several limits hold side by side and `when` does not name one of them.
    """
    clock = timescale(named)
    moved = _switch(clock, authority, facts().switches if switches is None else switches)
    leaves = moved is not None and clock.id in moved.ends
    if moved and leaves and on >= moved.from_on:
        return NoLimit(f"This authority left it on {_plain(moved.from_on)}: {moved.effect}.")
    if moved and not leaves and on < moved.from_on:
        return NoLimit(f"This authority took it up on {_plain(moved.from_on)}, and not before.")
    kept_on = _last_day(clock) if leaves else None
    holding = _holding(clock, min(on, kept_on) if kept_on else on, authority, own)
    return _chosen(clock, holding, on, when)


def due_on(
    named: TimescaleId | str,
    *,
    after: date,
    calendar: WorkingDayCalendar,
    authority: str | None = None,
    when: str | None = None,
    choices: CountingChoices = USUAL,
    switches: Sequence[RegimeSwitch] | None = None,
    own: Sequence[OwnLimit] = (),
) -> date | NoLimit:
    """The last day that is in time, counted from the starting event.

    A timescale that runs up to an event, such as a report before a conference, is counted back from it. Where the
    limit is a least time rather than a most, it is the first day allowed. Hours count as whole days, rounded up;
    `due_at` gives the moment.
    """
    limit = limit_in_force(named, _day(after), authority=authority, when=when, switches=switches, own=own)
    return limit if isinstance(limit, NoLimit) else _end(limit, _day(after), calendar, timescale(named), choices)


def due_at(
    named: TimescaleId | str,
    *,
    after: datetime,
    authority: str | None = None,
    when: str | None = None,
    switches: Sequence[RegimeSwitch] | None = None,
    own: Sequence[OwnLimit] = (),
) -> datetime | NoLimit:
    """The moment by which a limit of hours must be met. Nights, weekends and holidays count.

    `after` carries its time zone, so that an hour lost or gained when the clocks change is counted truly.

    Raises:
        WrongUse: the limit is not one of hours.
    """
    limit = limit_in_force(named, after.date(), authority=authority, when=when, switches=switches, own=own)
    if isinstance(limit, NoLimit):
        return limit
    if limit.unit != "hour" or limit.n is None:
        raise WrongUse(f"{timescale(named).name} is limited to {limit}, so it has a due date and no due hour.")
    return (after.astimezone(UTC) + timedelta(hours=limit.n)).astimezone(after.tzinfo)


def extended_due_on(
    named: TimescaleId | str, *, due: date, on: date, calendar: WorkingDayCalendar, choices: CountingChoices = USUAL
) -> date | NoLimit:
    """The due date after one extension, granted on a day. Keep the first due date too."""
    clock = timescale(named)
    for limit in clock.limits:
        if limit.is_extension and limit.is_in_force(on):
            return _moved(due, limit, calendar, choices)
    return NoLimit(f"{clock.name} allows no extension.")


def status(due: Moment | NoLimit | None, *, done: Moment | None, today: Moment) -> Status:
    """Where a clock stands today. The due date itself is in time; an open clock is overdue from the day after."""
    if due is None:
        return Status.UNKNOWN
    if isinstance(due, NoLimit):
        return Status.NO_LIMIT
    if done is None:
        return Status.OVERDUE if today > due else Status.OPEN
    return Status.LATE if done > due else Status.IN_TIME


@dataclass(frozen=True, slots=True)
class Clock:
    """One child's clock with its working: the rule, what it was counted from, and how much has been used."""

    timescale: Timescale
    limit: Limit | NoLimit
    started_on: date | None
    due_on: date | NoLimit | None
    done_on: date | None
    days_used: int | None
    counted_in: Literal["working days", "days"]
    status: Status

    @property
    def is_date_only(self) -> bool:
        """Whether a limit of hours was counted in days because no times were given."""
        return isinstance(self.limit, Limit) and self.limit.unit == "hour"

    def in_words(self) -> str:
        """The working, as one or two sentences a chair could read out."""
        if self.started_on is None:
            return f"{self.timescale.name}: the day it runs from is not known."
        if isinstance(self.limit, NoLimit):
            return f"{self.timescale.name}: {self.limit.why}"
        due = _plain(self.due_on) if isinstance(self.due_on, date) else "not known"
        side = "first day allowed" if self.limit.direction in EARLIEST else "due"
        return (
            f"{self.timescale.name}: {self.limit}, counted from {_plain(self.started_on)}, {side} {due}; "
            f"{self.days_used} {self.counted_in} used, {self.status.value}. {_stated(self.timescale, self.limit)}"
        )


def working(
    named: TimescaleId | str,
    *,
    started_on: date | None,
    done_on: date | None,
    today: date,
    calendar: WorkingDayCalendar,
    authority: str | None = None,
    when: str | None = None,
    choices: CountingChoices = USUAL,
    switches: Sequence[RegimeSwitch] | None = None,
    own: Sequence[OwnLimit] = (),
) -> Clock:
    """A clock as it stands today, able to show its working."""
    clock = timescale(named)
    if started_on is None:
        return Clock(clock, NoLimit("the start is not known"), None, None, done_on, None, "days", Status.UNKNOWN)
    limit = limit_in_force(named, started_on, authority=authority, when=when, switches=switches, own=own)
    due = limit if isinstance(limit, NoLimit) else _end(limit, started_on, calendar, clock, choices)
    in_working_days = isinstance(limit, Limit) and _unit(limit, choices) == "working_day"
    first, last = sorted((started_on, done_on or today))
    used = calendar.working_days_between(first, last) if in_working_days else (last - first).days
    return Clock(
        timescale=clock,
        limit=limit,
        started_on=started_on,
        due_on=due,
        done_on=done_on,
        days_used=used,
        counted_in="working days" if in_working_days else "days",
        status=_status(limit, due, done_on, today),
    )


def _status(limit: Limit | NoLimit, due: date | NoLimit, done: date | None, today: date) -> Status:
    if isinstance(limit, Limit) and limit.direction in EARLIEST and isinstance(due, date):
        return Status.OPEN if done is None else Status.TOO_SOON if done < due else Status.IN_TIME
    return status(due, done=done, today=today)


def _switch(clock: Timescale, authority: str | None, switches: Iterable[RegimeSwitch]) -> RegimeSwitch | None:
    """The day the authority left or took up the timescale, where it did so on a day of its own."""
    concerned = (switch for switch in switches if clock.id in switch.ends or clock.id in switch.begins)
    return next((switch for switch in concerned if switch.authority == authority), None)


def _last_day(clock: Timescale) -> date | None:
    """The last day on which any limit was in force nationally; None while one still is."""
    ends = [limit.to_on for limit in clock.limits if limit.authority is None]
    return None if None in ends else max((end for end in ends if end), default=None)


def _holding(clock: Timescale, on: date, authority: str | None, own: Iterable[OwnLimit]) -> list[Limit]:
    known = (*clock.limits, *(each.limit for each in own if each.timescale == clock.id))
    holding = [limit for limit in known if limit.is_in_force(on) and not limit.is_extension]
    theirs = [limit for limit in holding if authority is not None and limit.authority == authority]
    # Their own limit for one kind of case leaves the national ones for the other kinds; one for every case, none.
    kinds = {limit.when for limit in theirs}
    rest = [limit for limit in holding if limit.authority is None and limit.when not in kinds and "" not in kinds]
    found = theirs + rest
    return [limit for limit in found if limit.n is not None] or found


def _chosen(clock: Timescale, holding: list[Limit], on: date, when: str | None) -> Limit | NoLimit:
    if not holding:
        instead = f" {timescale(clock.replaced_by).name} took its place." if clock.replaced_by else ""
        return NoLimit(f"No limit on this was in force on {_plain(on)}.{instead}")
    if holding[0].n is None:
        return NoLimit(holding[0].text or "No number is set.")
    kinds = [limit.when for limit in holding]
    if (when is None and len(holding) > 1) or (when is not None and when not in kinds):
        known = ", ".join(filter(None, kinds)) or "every case alike"
        raise WrongUse(f"{clock.name} has limits for {known}; say which.")
    return holding[0] if when is None else holding[kinds.index(when)]


def _end(limit: Limit, start: date, calendar: WorkingDayCalendar, clock: Timescale, choices: CountingChoices) -> date:
    end = _moved(start, limit, calendar, choices)
    return end - timedelta(days=1) if "statutory_beginning_with" in clock.counting else end


def _moved(start: date, limit: Limit, calendar: WorkingDayCalendar, choices: CountingChoices) -> date:
    """The start moved by the limit, back where the limit runs up to an event."""
    n, back = limit.n or 0, limit.direction in BACKWARDS
    sign = -1 if back else 1
    match _unit(limit, choices):
        case "working_day":
            days = -(-n // 24) if limit.unit == "hour" else n
            return calendar.before(start, days) if back else calendar.due(start, days)
        case "month" if choices.months == "days_91_183" and n in DAYS_FOR_MONTHS:
            return start + sign * timedelta(days=DAYS_FOR_MONTHS[n])
        case "month":
            return add_months(start, sign * n)
        case "week":
            return start + sign * timedelta(weeks=n)
        case "hour":
            return start + sign * timedelta(days=-(-n // 24))
        case _:
            return start + sign * timedelta(days=n)


def _unit(limit: Limit, choices: CountingChoices) -> Unit | None:
    """The unit the limit is counted in, after the authority's choices."""
    if limit.unit == "day_unspecified":
        return choices.unspecified_days
    return "working_day" if limit.unit == "hour" and choices.hours == "working_day" else limit.unit


def _stated(clock: Timescale, limit: Limit) -> str:
    source = "" if limit.regime.id == OWN else f" Source: {clock.sources[0]}."
    return f"Rule: {_rule(limit)}.{source}"


def _rule(limit: Limit) -> str:
    return f"{limit.regime.name}, in force {f'from {_plain(limit.from_on)}' if limit.from_on else 'locally'}"


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _plain(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
