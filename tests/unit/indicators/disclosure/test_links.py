"""The links hold of every population, and none is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest

from tests.engines.many import by_authority, chosen, in_one, long_table
from waypost.datasets.load.cin_census import read
from waypost.demo import census
from waypost.domain.periods import Period, periods
from waypost.engines.duckdb import DuckDB
from waypost.indicators.calculate import holding
from waypost.indicators.disclosure.cells import Cell, Snapshot, standing
from waypost.indicators.disclosure.links import Link, links, presumed
from waypost.indicators.national import national
from waypost.indicators.results import Figure

PLACED = (
    "cpp_at_date", "cpp_starts", "cpp_ends", "cpp_bands_open_lbhf", "cpp_by_age", "cpp_by_category", "cpp_by_sex",
    "cpp_by_ethnicity", "cpp_disabled", "cpp_over_12m", "cpp_2y_open", "cpp_bands_open", "ni64", "ni65", "ni67",
    "previous_plans", "first_time_plans", "cpp_bands_ended", "icpc_count", "icpc_15wd", "icpc_wd_bands", "icpc_to_cpp",
    "transfer_in_count", "s47_count", "s47_to_icpc", "referrals", "rereferral_12m", "sa_count", "sa_45wd", "sa_bands",
)  # fmt: skip
AUTHORITIES = ("991", "992", "993")
AS_IF = periods(census.COLLECTIONS[-1], "month")[0]
A_THIRD = 0.3

Counts = dict[Cell, int]


def counts_of(figures: Iterable[Figure]) -> Counts:
    found: Counts = {}
    for figure in figures:
        stands = standing(figure)
        if figure.numerator is not None and len(stands.counted) == 1:
            found[stands.counted[0]] = int(figure.numerator)
        if figure.denominator is not None and stands.base:
            found[stands.base] = int(figure.denominator)
    return found


@pytest.fixture(scope="module")
def by_month(tmp_path_factory: pytest.TempPathFactory) -> dict[Period, Counts]:
    """Every count of three invented authorities in each month of six years; each month stands for its authority."""
    drawn = []
    for place, authority in enumerate(AUTHORITIES):
        folder = tmp_path_factory.mktemp("links")
        drawn.append(read(census.write(folder, authority=authority, seed=place, size=A_THIRD)))
    months = [month for year in drawn[0].years for month in periods(year, "month")]
    with DuckDB() as engine:
        engine.load(in_one(drawn))
        rows = by_authority(long_table(national(engine, list(map(holding, drawn)), months, only=PLACED)))
    found = {}
    for place, authority in enumerate(AUTHORITIES, 1):
        figures: dict[Period, list[Figure]] = defaultdict(list)
        for figure in chosen(rows[authority], months):
            figures[figure.period].append(figure)
        found |= {replace(month, start=month.start.replace(day=place)): counts_of(figures[month]) for month in months}
    return found


def test_every_link_holds(by_month: dict[Period, Counts]) -> None:
    checked = 0
    for counts in list(by_month.values())[::12]:
        for link in links(counts):
            if counts.keys() >= set(link.cells):
                checked += 1
                assert link.holds(counts), link
    assert checked > 1_000


def test_no_sum_that_always_holds_is_missing(by_month: dict[Period, Counts]) -> None:
    """As many sums hold among the counts of every month as the links say, and no more."""
    at_any_time = [{_timeless(cell): count for cell, count in counts.items()} for counts in by_month.values()]
    nought = {cell for cell in at_any_time[0] if not any(counts.get(cell) for counts in at_any_time)}
    cells = [cell for cell in at_any_time[0] if cell not in nought]
    table = np.array([[counts.get(cell, 0) for cell in cells] for counts in at_any_time])
    assert len(table) > 2 * len(cells)
    that_hold = len(cells) - np.linalg.matrix_rank(table)
    first = next(iter(by_month.values()))
    said = [link for link in (*links(first), *presumed(first)) if link.sense == "is nought"]
    assert that_hold == _how_many(said, cells, nought)


def _timeless(cell: Cell) -> Cell:
    when = Snapshot(AS_IF.end, AS_IF.year) if isinstance(cell.when, Snapshot) else AS_IF
    return replace(cell, when=when)


def _how_many(said: list[Link], shown: list[Cell], nought: set[Cell]) -> int:
    """How many sums follow from the links for the counts shown alone."""
    sums = [
        {_timeless(cell): times for times, cell in link.terms if _timeless(cell) not in nought}
        for link in said
        if all(_is_here(cell) for cell in link.cells)
    ]
    every = list(dict.fromkeys(cell for terms in sums for cell in terms))
    whole = np.array([[terms.get(cell, 0) for cell in every] for terms in sums])
    hidden = whole[:, [place for place, cell in enumerate(every) if cell not in shown]]
    return int(np.linalg.matrix_rank(whole) - (np.linalg.matrix_rank(hidden) if hidden.size else 0))


def _is_here(cell: Cell) -> bool:
    """Whether a count is of April or its end, and not of what was open before."""
    return not isinstance(cell.when, Snapshot) or cell.when.on.month == AS_IF.end.month
