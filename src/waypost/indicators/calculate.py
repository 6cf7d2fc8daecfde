"""From a dataset to figures: every indicator asked for, for each period of a year, in all and by each field."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, groupby

from waypost.datasets.dataset import Dataset
from waypost.domain.periods import FinancialYear, Grid, periods
from waypost.engines.duckdb import DuckDB
from waypost.indicators.holdings import Holding
from waypost.indicators.results import Results
from waypost.indicators.series import Request, fields_named, figures_of, ids_named, work_out


def calculate(
    dataset: Dataset,
    year: FinancialYear,
    by: Grid = "year",
    group_by: Sequence[str] = (),
    only: Sequence[str] | None = None,
    population: int | None = None,
) -> Results:
    """The figures of one year, from that year's own file and those before it.

    `group_by` fields are taken one at a time; the total is always given. `population` is the children aged 0 to 17 that
    rates are made with, in place of the packaged estimate. Figures come in the catalogue's order, then by period.

    Raises:
        WrongUse: an indicator or field is not known.
        DoesNotAddUp: plans open, started and ended disagree.
    """
    request = Request((holding(dataset, population),), periods(year, by), fields_named(group_by), ids_named(only))
    with DuckDB() as engine:
        engine.load(dataset.tables)
        series = groupby(work_out(engine, request), key=lambda each: each.definition.id)
        by_period = (zip(*(figures_of(request, each) for each in of_one), strict=True) for _, of_one in series)
        return Results(dataset.authority, tuple(chain.from_iterable(chain.from_iterable(by_period))))


def holding(dataset: Dataset, population: int | None = None) -> Holding:
    """What a dataset's authority has filed."""
    pre_proceedings = dataset.tables["pre_proceedings"].column("collection").unique().to_pylist()
    return Holding(
        dataset.authority, frozenset(dataset.years), frozenset(map(FinancialYear, pre_proceedings)), population
    )
