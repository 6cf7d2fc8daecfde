"""The figures of many authorities in one pass: as many questions as for one, and one long table.

Its columns are those of a figure, with the group as text such as "category=neglect", "; " between two. Rows come
indicator by indicator, line by line, and within a line by authority and then by period.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from waypost.datasets.tables import CHILDREN, PRE_PROCEEDINGS
from waypost.domain.periods import FinancialYear, Period
from waypost.indicators.counting import Engine
from waypost.indicators.holdings import Holding
from waypost.indicators.series import Request, Series, fields_named, ids_named, work_out

SCHEMA = pa.schema(
    {
        "indicator": pa.string(),
        "version": pa.int32(),
        "authority": pa.string(),
        "period_start": pa.date32(),
        "period_end": pa.date32(),
        "group": pa.string(),
        "value": pa.float64(),
        "numerator": pa.int64(),
        "denominator": pa.int64(),
        "unit": pa.string(),
        "status": pa.string(),
        "note": pa.string(),
        "population": pa.int64(),
        "estimate": pa.string(),
        "population_source": pa.string(),
    }
)


def national(
    engine: Engine,
    holdings: Sequence[Holding],
    asked: Sequence[Period],
    group_by: Sequence[str] = (),
    only: Sequence[str] | None = None,
) -> Iterator[pa.RecordBatch]:
    """The figures of every authority, from the contract's tables on an engine that hold all of them.

    The periods may be of any years and lengths. A year's figures are from that year's own file of each authority and
    those before it.

    Raises:
        WrongUse: an indicator or field is not known.
        DoesNotAddUp: plans open, started and ended disagree.
    """
    request = Request(tuple(holdings), tuple(asked), fields_named(group_by), ids_named(only))
    columns = _Columns(request)
    return (columns.batch(series) for series in work_out(engine, request))


def filed(engine: Engine) -> tuple[Holding, ...]:
    """What each authority has filed, by the tables on an engine; a file of no children cannot be told from none."""
    years, pre_proceedings = (_years(engine, table) for table in (CHILDREN, PRE_PROCEEDINGS))
    return tuple(
        Holding(authority, years[authority], pre_proceedings.get(authority, frozenset())) for authority in sorted(years)
    )


def _years(engine: Engine, table: ir.Table) -> dict[str, frozenset[FinancialYear]]:
    found: dict[str, set[FinancialYear]] = defaultdict(set)
    for row in engine.rows(table.select("authority", "collection").distinct()).to_pylist():
        found[row["authority"]].add(FinancialYear(row["collection"]))
    return {authority: frozenset(years) for authority, years in found.items()}


def write_parquet(batches: Iterator[pa.RecordBatch], path: Path) -> None:
    """The long table as Parquet, a batch at a time."""
    with pq.ParquetWriter(path, SCHEMA, compression="zstd") as table:
        for batch in batches:
            table.write_batch(batch)


class _Columns:
    """Lays series out as rows of the long table. What a place brings with it is made once and then taken from."""

    def __init__(self, request: Request) -> None:
        asked = [request.places[place] for place in range(len(request.places))]
        populations = [base and base.population for base in request.bases]
        of_filing = {
            "population": pa.array([each and each.value for each in populations], pa.int64()),
            "estimate": pa.array([each and each.estimate for each in populations], pa.string()),
            "population_source": pa.array([each and each.source for each in populations], pa.string()),
        }
        self._place = {
            "authority": pa.array([authority for authority, _ in asked]),
            "period_start": pa.array([period.start for _, period in asked]),
            "period_end": pa.array([period.end for _, period in asked]),
        }
        self._rate = {name: column.take(pa.array(request.filing_of)) for name, column in of_filing.items()}

    def batch(self, series: Series) -> pa.RecordBatch:
        rows, places = len(series.places), pa.array(series.places)
        group = "; ".join(f"{field}={value}" for field, value in series.group.items())
        columns = {
            "indicator": pa.repeat(series.definition.id, rows),
            "version": pa.repeat(pa.scalar(series.version, pa.int32()), rows),
            **{name: column.take(places) for name, column in self._place.items()},
            "group": pa.repeat(group, rows),
            "value": series.value.cast(pa.float64()),
            "numerator": series.numerator,
            "denominator": series.denominator,
            "unit": pa.repeat(series.definition.unit, rows),
            "status": series.status,
            "note": series.note,
            **{name: self._population(column, series) for name, column in self._rate.items()},
        }
        return pa.record_batch(columns, schema=SCHEMA)

    def _population(self, column: pa.Array, series: Series) -> pa.Array:
        """What a rate was made with, blank where there is none."""
        if not series.definition.is_rate:
            return pa.nulls(len(series.places), column.type)
        return pc.if_else(series.value.is_valid(), column.take(pa.array(series.places)), None)
