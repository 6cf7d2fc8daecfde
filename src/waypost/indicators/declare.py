"""The words that indicators are declared in.

An indicator asks for a count, or for one count over another, of rows that a subject's file lays out: one row for each
thing counted, in each period it counts for. What it means in words stands in the catalogue under the same id; how the
counting is run stands in `calculate.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

import ibis
import ibis.expr.types as ir
from ibis.common.deferred import Deferred

from waypost.datasets.derive import FIRST_DAY, LAST_DAY
from waypost.datasets.tables import CHILDREN, PERIODS, WORKING_DAYS
from waypost.domain.limits import Limit, TimescaleId, Unit
from waypost.domain.timescales import limit_in_force
from waypost.indicators.expressions import age_on

Of = Literal["rows", "children"]
Column = str | Callable[[ir.Table], ir.Value]
"""A column of the rows, or an expression over them."""

CENSUS_YEARS_BEGIN = date(2013, 4, 15)
"""The single assessment's first day. The limits that census figures are held to have not changed since."""

# ---------------------------------------------------------------- rows, one for each thing counted in each period


@dataclass(frozen=True, eq=False)
class Rows:
    """What can be counted: rows of `authority`, the `period` with its `starts_on` and `ends_on`, `child`, and its
    characteristics.

    `made` says how they follow from the dataset. They are worked out once and then counted in many ways.
    """

    name: str
    made: ir.Table

    @cached_property
    def table(self) -> ir.Table:
        """The rows once worked out, known by name."""
        return ibis.table(self.made.schema(), name=self.name)


def during(rows: ir.Table, on: str) -> ir.Table:
    """Rows of a year's own file whose date falls in a period, first and last day included."""
    day = rows[on]
    own = [rows.collection == PERIODS.collection, day >= PERIODS.starts_on, day <= PERIODS.ends_on]
    return rows.join(PERIODS, own).drop("collection_right")


def at_close(rows: ir.Table, start: str, end: str) -> ir.Table:
    """Rows of a year's own file open at the close of a period's last day: started by then, and not ended by then."""
    own = [
        rows.collection == PERIODS.collection,
        rows[start] <= PERIODS.ends_on,
        rows[end].isnull() | (rows[end] > PERIODS.ends_on),
    ]
    return rows.join(PERIODS, own).drop("collection_right")


def at_opening(rows: ir.Table, start: str, end: str) -> ir.Table:
    """Rows of a year's own file open at the close of the day before a period."""
    own = [
        rows.collection == PERIODS.collection,
        rows[start] < PERIODS.starts_on,
        rows[end].isnull() | (rows[end] >= PERIODS.starts_on),
    ]
    return rows.join(PERIODS, own).drop("collection_right")


def at_any_point(rows: ir.Table, start: str, end: str) -> ir.Table:
    """Rows that started in a period, or were open at the close of the day before it."""
    own = [
        rows.collection == PERIODS.collection,
        rows[start] <= PERIODS.ends_on,
        rows[end].isnull() | (rows[end] >= PERIODS.starts_on),
    ]
    return rows.join(PERIODS, own).drop("collection_right")


def of_children(rows: ir.Table, on: str) -> ir.Table:
    """Rows with what the year's own file says of their child, and the age on a day and at the period's end."""
    who = CHILDREN.select(
        "authority", "collection", "child", "born_on", "expected_on", "sex", "ethnic_group", "disability"
    )
    known = rows.join(who, ["authority", "collection", "child"])
    return known.mutate(
        age=age_on(known[on], known.born_on, known.expected_on),
        age_at_end=age_on(known.ends_on, known.born_on, known.expected_on),
    )


def numbered(rows: ir.Table, on: str, name: str) -> ir.Table:
    """Rows with the running working-day number of a date, null where it is blank.

    A date beyond the calendar counts as its first or last day, so that a start in the year 24 is long ago and not
    unknown.
    """
    day = ibis.cases((rows[on] < FIRST_DAY, FIRST_DAY), (rows[on] > LAST_DAY, LAST_DAY), else_=rows[on])
    return rows.left_join(WORKING_DAYS, day == WORKING_DAYS.day).drop("day").rename({name: "number"})


# ---------------------------------------------------------------- counts


@dataclass(frozen=True, eq=False)
class Count:
    """How many rows, or different children, meet a condition; `split` keeps those with one value of a column."""

    rows: Rows
    where: Deferred | None = None
    of: Of = "rows"
    split: tuple[Column, str] | None = None


@dataclass(frozen=True, eq=False)
class Difference:
    """One count less another; without its sign if `absolute`."""

    first: Count
    second: Count
    absolute: bool = False


@dataclass(frozen=True, eq=False)
class Quartile:
    """The smallest value of a column that at least a share of the values do not exceed (nearest rank, no averaging).

    `quarter` is 1, 2 or 3; `divided_by` turns days to weeks.
    """

    rows: Rows
    column: str
    quarter: int
    divided_by: int = 1


Term = Count | Difference


@dataclass(frozen=True, eq=False)
class Line:
    """One figure of an indicator for each period and group: the split it stands for, and what is put over what."""

    group: Mapping[str, str]
    num: Term | Quartile
    den: Count | None = None


@dataclass(frozen=True, eq=False)
class Indicator:
    """An indicator that a census can serve.

    `needs_years_before` is how many years' files before the year's own it cannot do without. `split_fields` are the
    group-by fields that it is itself split by, and so is not grouped by again.
    """

    id: str
    lines: Sequence[Line]
    version: int = 1
    needs_years_before: int = 0
    split_fields: frozenset[str] = field(default_factory=frozenset)


def count(id: str, num: Term, den: Count | None = None, *, version: int = 1, needs_years_before: int = 0) -> Indicator:
    """An indicator of one figure: a count, a share of `den`, or a rate, as the catalogue's unit says."""
    return Indicator(id, (Line({}, num, den),), version, needs_years_before)


def by_column(
    key: str, rows: Rows, column: Column, values: Sequence[str], den: Count | None = None
) -> tuple[Line, ...]:
    """A line for every value of a column: the rows that have it, over `den` if there is one."""
    return tuple(Line({key: value}, Count(rows, split=(column, value)), den) for value in values)


def terms(line: Line) -> tuple[Count, ...]:
    """The counts that a line is made of."""
    nums = (line.num.first, line.num.second) if isinstance(line.num, Difference) else (line.num,)
    return tuple(term for term in (*nums, line.den) if isinstance(term, Count))


def working_days_allowed(timescale: TimescaleId) -> int:
    """The national limit that census figures are held to, in working days."""
    return _allowed(timescale, "working_day")


def months_allowed(timescale: TimescaleId) -> int:
    """The national limit that census figures are held to, in calendar months."""
    return _allowed(timescale, "month")


def _allowed(timescale: TimescaleId, unit: Unit) -> int:
    limit = limit_in_force(timescale, CENSUS_YEARS_BEGIN)
    if not isinstance(limit, Limit) or limit.n is None or limit.unit != unit:
        raise ValueError(f"{timescale} has no national limit counted in {unit}")
    return limit.n
