"""Which rows count in which period: by a date, at the close, at the opening, or at any point."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.indicators.drawn import FIRST, IN_BATCHES, LAST, batches
from waypost.datasets.derive import periods_table, working_days_table
from waypost.domain.periods import FinancialYear, Grid, Period, periods
from waypost.engines.duckdb import DuckDB
from waypost.indicators.declare import at_any_point, at_close, at_opening, during, numbered

PLANS = ibis.table(
    {"collection": "int32", "place": "int32", "started_on": "date", "ended_on": "date"}, name="drawn_plans"
)
YEAR = FinancialYear(2025)
Plan = tuple[int, date | None, date | None]
Rule = Callable[[Period, date, date | None], bool]

near = st.one_of(
    st.none(),
    st.sampled_from([period.start for period in periods(YEAR, "month")]),
    st.sampled_from([period.end for period in periods(YEAR, "month")]),
    st.dates(date(2024, 3, 1), date(2025, 4, 30)),
)
collections = st.sampled_from([2024, 2025, 2025, 2025, 2026])
plans = st.tuples(collections, near, near).filter(lambda plan: None in plan or plan[1] <= plan[2])
"""Rows that end before they start are left out by every subject before they are laid out in periods."""


def is_open(day: date, start: date, end: date | None) -> bool:
    """Open at the close of a day."""
    return start <= day and (end is None or end > day)


def before(period: Period) -> date:
    return period.start - timedelta(days=1)


RULES: dict[str, tuple[Callable[[ir.Table], ir.Table], Rule]] = {
    "started in it": (
        lambda rows: during(rows, "started_on"),
        lambda period, start, end: period.start <= start <= period.end,
    ),
    "open at its close": (
        lambda rows: at_close(rows, "started_on", "ended_on"),
        lambda period, start, end: is_open(period.end, start, end),
    ),
    "open at its opening": (
        lambda rows: at_opening(rows, "started_on", "ended_on"),
        lambda period, start, end: is_open(before(period), start, end),
    ),
    "open at any point": (
        lambda rows: at_any_point(rows, "started_on", "ended_on"),
        lambda period, start, end: period.start <= start <= period.end or is_open(before(period), start, end),
    ),
}


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckDB]:
    with DuckDB(threads=1) as made:
        made.load({"working_days": working_days_table()})
        yield made


def load(engine: DuckDB, cases: list[Plan]) -> None:
    rows = [dict(zip(PLANS.columns, (of, place, *days), strict=True)) for place, (of, *days) in enumerate(cases)]
    engine.load({"drawn_plans": pa.Table.from_pylist(rows, schema=PLANS.schema().to_pyarrow())})


@pytest.mark.parametrize("by", ["year", "quarter", "month"])
@pytest.mark.parametrize("rule", RULES)
@IN_BATCHES
@given(cases=batches(plans))
def test_a_row_counts_in_the_periods_of_its_own_years_file(
    engine: DuckDB, rule: str, by: Grid, cases: list[Plan]
) -> None:
    in_ibis, in_python = RULES[rule]
    load(engine, cases)
    engine.load({"periods": periods_table(periods(YEAR, by))})
    counted = [(row["place"], row["starts_on"]) for row in engine.rows(in_ibis(PLANS)).to_pylist()]
    assert sorted(counted) == [
        (place, period.start)
        for place, (collection, start, end) in enumerate(cases)
        for period in periods(YEAR, by)
        if collection == YEAR.ends and start is not None and in_python(period, start, end)
    ]


def test_a_date_has_its_working_day_number_and_a_blank_has_none(engine: DuckDB) -> None:
    saturday, monday = date(2024, 6, 1), date(2024, 6, 3)
    days = [saturday, monday, FIRST, date.min, LAST, date.max, None]
    load(engine, [(2025, day, None) for day in days])
    found = {row["place"]: row["n"] for row in engine.rows(numbered(PLANS, "started_on", "n")).to_pylist()}
    number = dict(zip(days, (found[place] for place in range(len(days))), strict=True))
    assert number[monday] - number[saturday] == 1
    assert number[date.min] == number[FIRST] < number[saturday]
    assert number[date.max] == number[LAST] > number[monday]
    assert number[None] is None
