"""From a dataset to figures: every indicator asked for, for each period of a year, in all and by each field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, groupby

from waypost.datasets.dataset import Dataset
from waypost.domain.periods import FinancialYear, Grid, periods
from waypost.engines.duckdb import DuckDB
from waypost.indicators.groups import live_fields
from waypost.indicators.holdings import Holding
from waypost.indicators.results import Figure, Results
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

    A period that had not ended when the records were made is not due.

    `group_by` fields are taken one at a time; the total is always given. `population` is the children aged 0 to 17 that
    rates are made with, in place of the packaged estimate. Figures come in the catalogue's order, then by period.

    Raises:
        WrongUse: an indicator or field is not known.
        DoesNotAddUp: plans open, started and ended disagree.
    """
    fields = fields_named(group_by, live_fields(dataset.beside.get("child_groups")))
    request = Request((holding(dataset, population),), periods(year, by), fields, ids_named(only))
    with DuckDB() as engine:
        engine.load({**dataset.tables, **dataset.beside})
        series = groupby(work_out(engine, request), key=lambda each: each.definition.id)
        by_period = (zip(*(figures_of(request, each) for each in of_one), strict=True) for _, of_one in series)
        figures = chain.from_iterable(chain.from_iterable(by_period))
        return Results(dataset.authority, tuple(_if_due(figure, dataset.known_until) for figure in figures))


def _if_due(figure: Figure, known_until: date | None) -> Figure:
    if known_until is None or figure.period.end <= known_until or figure.status == "not_available":
        return figure
    note = f"The period ends on {figure.period.end}, and these records were made on {known_until}."
    return replace(figure, value=None, numerator=None, denominator=None, population=None, status="not_due", note=note)


def holding(dataset: Dataset, population: int | None = None) -> Holding:
    """What a dataset's authority has filed."""
    pre_proceedings = dataset.tables["pre_proceedings"].column("collection").unique().to_pylist()
    return Holding(
        dataset.authority, frozenset(dataset.years), frozenset(map(FinancialYear, pre_proceedings)), population
    )
