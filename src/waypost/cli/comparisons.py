"""A comparison as JSON, as one CSV table, and as a table to read on screen."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from typing import IO

from rich import box
from rich.console import Console
from rich.table import Table

from waypost.domain.periods import FinancialYear
from waypost.indicators.comparison import Comparison, Point, Rank

COLUMNS = (
    "indicator", "group", "authority", "published_id", "kind", "name", "year", "period", "value", "unit", "of",
    "lowest", "highest", "status", "source", "source_file", "note",
)  # fmt: skip


def write_json(found: Comparison, out: IO[str]) -> None:
    json.dump(found.as_json(), out, ensure_ascii=False, allow_nan=False, indent=1)
    out.write("\n")


def write_csv(found: Comparison, out: IO[str]) -> None:
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    subject = {
        "indicator": found.indicator,
        "group": found.group,
        "authority": found.authority.la_code,
        "published_id": found.published_id,
        "unit": found.unit,
    }
    for point in (*found.own, *found.comparators):
        writer.writerow(subject | point.as_json())


def write_table(found: Comparison, out: IO[str]) -> None:
    """A row a year, a column a place; under it the authority's rank and what a reader must know."""
    points = (*found.own, *found.comparators)
    by_place: dict[str, dict[FinancialYear, Point]] = {found.authority.name: {}}
    for point in points:
        by_place.setdefault(point.name, {})[point.year] = point
    title = found.indicator + (f": {found.group}" if found.group else "")
    table = Table(title=f"{title} ({found.unit.replace('_', ' ')})", title_justify="left", box=box.SIMPLE_HEAD)
    table.add_column("Year")
    for place in by_place:
        table.add_column(place, justify="right")
    for year in sorted({point.year for point in points}):
        table.add_row(str(year), *(_cell(values.get(year)) for values in by_place.values()))
    width = None if out.isatty() else 40 + 24 * len(by_place)
    console = Console(file=out, width=width, highlight=False, markup=False)
    console.print(table)
    for sentence in (*_rank(found.rank), *found.notes):
        console.print(sentence, soft_wrap=True)


def _cell(point: Point | None) -> str:
    if point is None:
        return "not published"
    if point.value is None:
        return point.status.replace("_", " ")
    return f"{point.value:,}" if point.of is None else f"{point.value:,.1f} (mean of {point.of})"


def _rank(rank: Rank | None) -> tuple[str, ...]:
    if rank is None:
        return ()
    first = "the best is first" if rank.best_first else "the highest is first; neither high nor low is better"
    return (f"Rank in {rank.year}: {rank.place} of {rank.of} ({first}).",)


WRITERS: Mapping[str, Callable[[Comparison, IO[str]], None]] = {
    "json": write_json,
    "csv": write_csv,
    "table": write_table,
}
