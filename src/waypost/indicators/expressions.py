"""The rules of the domain as expressions over columns, for many rows at once.

Each says the same as the pure function it names, from the same data; `tests/unit/indicators/test_expressions.py` draws
cases and holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.types as ir

from waypost.domain.bands import TWO_YEARS_IN_DAYS, UNKNOWN, AgeBands, LengthBand, WorkingDayBand

UNBORN = -1
"""The age of a child not yet born."""


def months_after(day: ir.DateValue, months: int) -> ir.DateValue:
    """`domain.dates.add_months`: the same day of a later month, or its last day where the month is shorter."""
    return (day.cast("timestamp") + ibis.interval(months=months)).cast("date")


def age_on(day: ir.DateValue, born_on: ir.DateValue, expected_on: ir.DateValue) -> ir.IntegerValue:
    """Completed years (`domain.dates.age_on`), `UNBORN`, or null where neither date is known.

    Comparing the month and day puts a birthday on 29 February on 1 March in a common year.
    """
    had_birthday = day.month() * 100 + day.day() >= born_on.month() * 100 + born_on.day()
    years = day.year() - born_on.year() - ibis.ifelse(had_birthday, 0, 1)
    return ibis.cases(
        (born_on.isnull() & expected_on.isnull(), ibis.null("int32")),
        (born_on.isnull() | (born_on > day), UNBORN),
        else_=years.cast("int32"),
    )


def age_band(age: ir.IntegerValue, bands: AgeBands) -> ir.StringValue:
    """`AgeBands.of`."""
    return ibis.cases(
        (age.isnull(), UNKNOWN),
        (age == UNBORN, bands.unborn),
        *((age <= band.last, band.label) for band in bands.bands if band.last is not None),
        else_=bands.bands[-1].label,
    )


def two_years(start: ir.DateValue, day: ir.DateValue) -> ir.BooleanValue:
    """`domain.bands.two_years`: over 729 days, first and last day counted."""
    return day.delta(start, unit="day") + 1 > TWO_YEARS_IN_DAYS


def length_band(start: ir.DateValue, day: ir.DateValue, bands: Sequence[LengthBand]) -> ir.StringValue:
    """`domain.bands.length_band`, for lengths that are known."""
    *upper, rest = bands
    return ibis.cases(*((_below(band, start, day), band.label) for band in upper), else_=rest.label)


def _below(band: LengthBand, start: ir.DateValue, day: ir.DateValue) -> ir.BooleanValue:
    if band.edge == "two_years":
        return ~two_years(start, day)
    edge = months_after(start, band.months or 0)
    return day <= edge if band.edge == "on_or_before" else day < edge


def working_day_band(days: ir.IntegerValue, bands: Sequence[WorkingDayBand]) -> ir.StringValue:
    """`domain.bands.working_day_band`, unknown where the days are null."""
    return ibis.cases(
        (days.isnull(), UNKNOWN),
        *((days <= band.last, band.label) for band in bands if band.last is not None),
        else_=bands[-1].label,
    )


def grouped(code: ir.StringValue, groups: Mapping[str, str], otherwise: str) -> ir.StringValue:
    """The group of a code; `otherwise` where it has none or is blank."""
    members: dict[str, list[str]] = {}
    for each, group in groups.items():
        if group != otherwise:
            members.setdefault(group, []).append(each)
    return ibis.cases(*((code.isin(codes), group) for group, codes in members.items()), else_=otherwise)
