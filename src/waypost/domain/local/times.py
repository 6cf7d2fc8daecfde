"""An authority's own limits, the days on which it changed regime, and how it counts what its sources leave open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import get_args, get_type_hints

from waypost.domain.limits import (
    OWN,
    Direction,
    Limit,
    OwnLimit,
    Regime,
    RegimeSwitch,
    Timescale,
    TimescaleId,
    Unit,
    facts,
)
from waypost.domain.local.rows import Row, SettingRefused, whole_of
from waypost.domain.timescales import CountingChoices, timescale

UNITS: Mapping[Unit, str] = {
    "working_day": "working days",
    "calendar_day": "calendar days",
    "week": "weeks",
    "month": "months",
    "hour": "hours",
}
"""What an own limit may be counted in. One that says days says which."""

MOST: Mapping[Unit, int] = {"working_day": 400, "calendar_day": 600, "week": 104, "month": 36, "hour": 400}


def limit_key(named: str, when: str = "") -> str:
    """What a row of a limit is about: a timescale, or one kind of case of it."""
    return f"{named}|{when}" if when else named


def whens(clock: Timescale) -> tuple[str, ...]:
    """The kinds of case that a timescale tells apart today; none where every case is alike."""
    held = dict.fromkeys(limit.when for limit in clock.limits if limit.to_on is None and not limit.is_extension)
    return tuple(filter(None, held))


def limits_of(authority: str, rows: Sequence[Row]) -> tuple[OwnLimit, ...]:
    """Each from its day to the day before the next on the same thing begins. Rows are in order of day."""
    found: list[OwnLimit] = []
    for about, of_one in groupby(rows, key=lambda row: row.about):
        held = list(of_one)
        for row, later in zip(held, [*held[1:], None], strict=True):
            if row.value:
                ends = later.from_on - timedelta(days=1) if later else None
                found.append(_own(authority, about, row, ends))
    return tuple(found)


def _own(authority: str, about: str, row: Row, ends: date | None) -> OwnLimit:
    named, _, when = about.partition("|")
    clock = timescale(named)
    if when and when not in whens(clock):
        raise SettingRefused(f"{clock.name} has no limit for {when}.")
    if not when and whens(clock):
        raise SettingRefused(f"{clock.name} has limits for {', '.join(whens(clock))}; say which.")
    n, unit = whole_of(row, "n", "the limit"), next((each for each in UNITS if each == row.value.get("unit")), None)
    if unit is None:
        raise SettingRefused(
            f"A limit cannot be counted in {row.value.get('unit')!r}; choose {', '.join(UNITS.values())}."
        )
    if not 1 <= n <= MOST[unit]:
        raise SettingRefused(f"The limit is {n} {UNITS[unit]}; write a number from 1 to {MOST[unit]}.")
    regime = Regime(OWN, "Set by this authority", row.from_on, ends, ("read",))
    limit = Limit(regime, row.from_on, ends, n, unit, _direction(clock, when), authority, when, "", None, ("read",))
    return OwnLimit(clock.id, limit)


def _direction(clock: Timescale, when: str) -> Direction:
    """An own limit runs the way that the national one does: after an event, or before it."""
    shared = [limit for limit in clock.limits if limit.when == when and not limit.is_extension]
    return shared[-1].direction if shared else "within"


# ---------------------------------------------------------------- changes of regime


def replacements() -> Mapping[TimescaleId, tuple[TimescaleId, ...]]:
    """The timescales that took the place of others, and which. An authority may have taken them up on its own day."""
    found: dict[TimescaleId, tuple[TimescaleId, ...]] = {}
    for clock in facts().timescales.values():
        if clock.replaced_by:
            found[clock.replaced_by] = (*found.get(clock.replaced_by, ()), clock.id)
    return found


def switches_of(authority: str, rows: Sequence[Row]) -> tuple[RegimeSwitch, ...]:
    """An authority changes from one regime to another once."""
    found = []
    for about, of_one in groupby(rows, key=lambda row: row.about):
        held = [row for row in of_one if row.value]
        if about not in replacements():
            raise SettingRefused(f"{about!r} did not take the place of any other timescale.")
        if len(held) > 1:
            days = " and ".join(f"{row.from_on:%-d %B %Y}" for row in held)
            raise SettingRefused(f"Two days are given for taking up the {_name(about)}: {days}. Keep one.")
        found += [_switch(authority, TimescaleId(about), row) for row in held]
    return tuple(found)


def _switch(authority: str, begins: TimescaleId, row: Row) -> RegimeSwitch:
    ends = replacements()[begins]
    effect = f"it took up the {_name(begins)} in place of the {' and the '.join(_name(each) for each in ends)}"
    return RegimeSwitch(authority, row.from_on, ends, (begins,), effect)


def _name(named: str) -> str:
    name = timescale(named).name.partition(",")[0]
    return name[0].lower() + name[1:]


# ---------------------------------------------------------------- counting


def choices_of(row: Row) -> CountingChoices:
    """
    Raises:
        SettingRefused: a choice is not one of those there are.
    """
    hints = get_type_hints(CountingChoices)
    for name, options in hints.items():
        if row.value.get(name) not in get_args(options):
            raise SettingRefused(f"Choose how {name.replace('_', ' ')} are counted.")
    return CountingChoices(**{name: row.value[name] for name in hints})
