"""Drawn cases, and one question of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from hypothesis import settings
from hypothesis import strategies as st

from waypost.domain.dates import add_months
from waypost.engines.duckdb import DuckDB

FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)
EDGES = (
    *(date(year, 2, 29) for year in (1904, 1996, 2000, 2012, 2020, 2024, 2096)),
    *(date(year, 2, 28) for year in (1900, 2000, 2023, 2024, 2025, 2100)),
    *(date(year, 3, 1) for year in (1900, 2000, 2023, 2024, 2025, 2100)),
    *(date(2024, month, last) for month, last in ((1, 31), (4, 30), (5, 31), (8, 31), (9, 30), (11, 30), (12, 31))),
    *(date(2023, month, 1) for month in (1, 4, 9)),
    *(date(year, month, day) for year in (2024, 2025) for month, day in ((3, 31), (4, 1))),
)
MONTHS = (1, 2, 3, 5, 6, 11, 12, 13, 18, 24, 36, 48, 60, 216)
IN_BATCHES = settings(max_examples=12)

days = st.one_of(st.sampled_from(EDGES), st.dates(FIRST, LAST), st.dates(date(2018, 1, 1), date(2026, 12, 31)))
some_days = st.one_of(st.none(), days)


@st.composite
def lengths(draw: st.DrawFn) -> tuple[date, date]:
    """A start, and a day on or after it: often on an edge of months or of two years, or one or two days beside it."""
    start = draw(days.filter(lambda day: day.year < 2080))
    edge = draw(st.one_of(st.sampled_from(MONTHS).map(lambda n: add_months(start, n)), st.just(start)))
    edge = draw(st.sampled_from([edge, edge, start + timedelta(days=729)]))
    gap = draw(st.one_of(st.integers(-2, 2), st.integers(0, 2000)))
    return start, max(start, edge + timedelta(days=gap))


def batches(case: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(case, min_size=1, max_size=150)


class Asked:
    """Answers an expression for every case of a batch at once, in their order."""

    def __init__(self, engine: DuckDB) -> None:
        self._engine = engine

    def __call__(
        self, types: Mapping[str, str], cases: Sequence[Sequence[Any]], of: Callable[[ir.Table], ir.Value]
    ) -> list[Any]:
        table = ibis.table({"place": "int32", **types}, name="cases")
        rows = [dict(zip(types, case, strict=True), place=place) for place, case in enumerate(cases)]
        self._engine.load({"cases": pa.Table.from_pylist(rows, schema=table.schema().to_pyarrow())})
        question = table.select(place=table.place, answer=of(table))
        answer = self._engine.rows(question).cast(question.schema().to_pyarrow())
        found = {row["place"]: row["answer"] for row in answer.to_pylist()}
        return [found[place] for place in range(len(cases))]


def an_engine() -> Iterator[Asked]:
    with DuckDB(threads=1) as engine:
        yield Asked(engine)
