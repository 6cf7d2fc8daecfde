"""Several authorities' records in one, and the figures of each read back out of the long table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from waypost.datasets.dataset import Dataset
from waypost.datasets.tables import CONTRACT
from waypost.domain.periods import Period
from waypost.indicators.catalogue import CATALOGUE
from waypost.indicators.national import SCHEMA
from waypost.indicators.registry import BY_ID
from waypost.indicators.results import Figure, Population

ORDER = {id: place for place, id in enumerate(CATALOGUE)}


def called(dataset: Dataset, authority: str) -> Dataset:
    """The same records as another authority's."""
    tables = {
        name: table.set_column(0, "authority", pa.array([authority] * table.num_rows, pa.string()))
        for name, table in dataset.tables.items()
    }
    return replace(dataset, authority=authority, tables=tables)


def in_one(datasets: Iterable[Dataset]) -> Mapping[str, pa.Table]:
    datasets = list(datasets)
    return {name: pa.concat_tables([dataset.tables[name] for dataset in datasets]) for name in CONTRACT}


def long_table(batches: Iterable[pa.RecordBatch]) -> pa.Table:
    return pa.Table.from_batches(batches, SCHEMA)


def by_authority(table: pa.Table) -> dict[str, pa.Table]:
    """Each authority's rows of the long table, in the order that they were."""
    in_order = table.take(pc.sort_indices(table.column("authority")))
    found, start = {}, 0
    for count in in_order.column("authority").value_counts().to_pylist():
        found[count["values"]] = in_order.slice(start, count["counts"])
        start += count["counts"]
    return found


def chosen(
    rows: pa.Table, periods: Sequence[Period], group_by: Sequence[str] = (), only: Sequence[str] | None = None
) -> list[Figure]:
    """The figures that would be given if only these had been asked for, in the order that they would be."""
    wanted = pc.field("period_start").isin(pa.array([period.start for period in periods]))
    if only is not None:
        wanted &= pc.field("indicator").isin(pa.array(only, pa.string()))
    figures = map(_figure, rows.filter(wanted).to_pylist())
    asked = [figure for figure in figures if figure.period in periods and _is_asked(figure, group_by)]
    return sorted(asked, key=lambda figure: (ORDER[figure.indicator], figure.period))


def _is_asked(figure: Figure, group_by: Sequence[str]) -> bool:
    lines = [dict(line.group) for line in BY_ID[figure.indicator].lines] if figure.indicator in BY_ID else [{}]
    return not figure.group or figure.group in lines or list(figure.group)[-1] in group_by


def _figure(row: Mapping[str, object]) -> Figure:
    group = dict(part.split("=", 1) for part in str(row["group"]).split("; ") if part)
    population = Population(row["population"], row["estimate"], row["population_source"])  # type: ignore[arg-type]
    return Figure(
        indicator=row["indicator"],  # type: ignore[arg-type]
        version=row["version"],  # type: ignore[arg-type]
        authority=row["authority"],  # type: ignore[arg-type]
        period=Period(row["period_start"], row["period_end"]),  # type: ignore[arg-type]
        group=group,
        value=row["value"],  # type: ignore[arg-type]
        numerator=row["numerator"],  # type: ignore[arg-type]
        denominator=row["denominator"],  # type: ignore[arg-type]
        unit=row["unit"],  # type: ignore[arg-type]
        status=row["status"],  # type: ignore[arg-type]
        note=row["note"],  # type: ignore[arg-type]
        population=population if row["population"] is not None else None,
    )
