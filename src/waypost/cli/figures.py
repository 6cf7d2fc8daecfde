"""Figures as JSON, as one long CSV table, and as a table to read on screen."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import IO, Any

from rich import box
from rich.console import Console
from rich.table import Table

from waypost.datasets.dataset import Dataset
from waypost.domain.periods import FinancialYear, Grid, Period, periods
from waypost.indicators.catalogue import CATALOGUE
from waypost.indicators.results import Figure, Number, Results

COLUMNS = (
    "authority", "indicator", "version", "name", "period_start", "period_end", "group", "value", "numerator",
    "denominator", "unit", "status", "population", "estimate", "population_source", "note", "freeze",
)  # fmt: skip

Row = tuple[str, str]
"""An indicator's id, and the group in words: empty for the total."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the figures were asked of. `is_stored` claims that the records are kept as a freeze."""

    dataset: Dataset
    year: FinancialYear
    by: Grid
    is_stored: bool


def write_json(asked: Asked, results: Results, out: IO[str]) -> None:
    """The shape of the fixed interface, one figure a line."""
    dataset = asked.dataset
    freeze = {
        "id": dataset.id,
        "stored": asked.is_stored,
        "as_at": f"{dataset.as_at:%Y-%m-%dT%H:%M:%SZ}",
        "sources": [asdict(source) for source in dataset.sources],
    }
    head = {"authority": dataset.authority, "year": str(asked.year), "by": asked.by, "freeze": freeze}
    out.write("{" + _dump(head)[1:-1])
    out.write(',\n "figures": ' + _lines(figure.as_json() for figure in results))
    out.write(',\n "unread": ' + _lines(asdict(unread) for unread in dataset.unread))
    out.write(',\n "notes": ' + _lines(dataset.notes) + "}\n")


def _lines(items: Iterable[Any]) -> str:
    return "[" + ",".join(f"\n  {_dump(item)}" for item in items) + "]"


def _dump(item: Any) -> str:
    return json.dumps(item, ensure_ascii=False, allow_nan=False)


# ---------------------------------------------------------------- csv


def write_csv(asked: Asked, results: Results, out: IO[str]) -> None:
    """One row a figure. `group` is such as "category=neglect", with "; " between two."""
    writer = csv.DictWriter(out, COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for figure in results:
        writer.writerow(_row(figure) | {"freeze": asked.dataset.id})
    _say_what_is_not_shown(asked)


def _row(figure: Figure) -> dict[str, Any]:
    made_with = figure.population
    return figure.as_json() | {
        "authority": figure.authority,
        "name": CATALOGUE[figure.indicator].name,
        "group": "; ".join(f"{field}={value}" for field, value in figure.group.items()),
        "population": made_with and made_with.value,
        "estimate": made_with and made_with.estimate,
        "population_source": made_with and made_with.source,
    }


# ---------------------------------------------------------------- table


def write_table(asked: Asked, results: Results, out: IO[str]) -> None:
    """A row an indicator and group, a column a period; what is not available stands under the table, by its reason.

    Where there is one period, the counts stand beside the value.
    """
    grid = periods(asked.year, asked.by)
    rows: dict[Row, dict[Period, Figure]] = {}
    reasons: dict[str, dict[str, None]] = {}
    for figure in results:
        if figure.status == "not_available":
            reasons.setdefault(figure.note or "No reason was given.", {})[figure.indicator] = None
        else:
            group = ", ".join(f"{field.replace('_', ' ')}: {value}" for field, value in figure.group.items())
            rows.setdefault((figure.indicator, group), {})[figure.period] = figure
    console = _console(out, len(grid))
    if rows:
        console.print(_table(asked, rows, grid))
    for reason, indicators in reasons.items():
        console.print(f"Not available: {', '.join(indicators)}. {reason}", soft_wrap=True)
    console.print(f"Made from {asked.dataset.id}.", soft_wrap=True)
    _say_what_is_not_shown(asked)


def _table(asked: Asked, rows: Mapping[Row, Mapping[Period, Figure]], grid: tuple[Period, ...]) -> Table:
    title = f"Authority {asked.dataset.authority}, {asked.year}"
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD)
    table.add_column("Indicator", overflow="fold", max_width=60)
    table.add_column("Group", overflow="fold", max_width=40)
    for period in grid:
        table.add_column(_heading(period, asked.by), justify="right")
    if len(grid) == 1:
        table.add_column("Count", justify="right")
        table.add_column("Out of", justify="right")
    last = None
    for (indicator, group), found in rows.items():
        name = f"{CATALOGUE[indicator].name} ({indicator})" if indicator != last else ""
        table.add_row(name, group, *(_cell(found.get(period)) for period in grid), *_counts(found, grid))
        last = indicator
    return table


def _cell(figure: Figure | None) -> str:
    if figure is None:
        return ""
    status = figure.status.replace("_", " ")
    if figure.value is None:
        return status
    mark = "%" if figure.unit == "percent" else ""
    return f"{_number(figure.value)}{mark}" + ("" if figure.status == "final" else f" {status}")


def _counts(found: Mapping[Period, Figure], grid: tuple[Period, ...]) -> tuple[str, ...]:
    if len(grid) > 1:
        return ()
    figure = found[grid[0]]
    return _number(figure.numerator), _number(figure.denominator)


def _number(value: Number | None) -> str:
    return "" if value is None else f"{value:,}"


def _heading(period: Period, by: Grid) -> str:
    if by == "month":
        return f"{period.start:%b %Y}"
    return f"{period.start:%b %Y} to {period.end:%b %Y}"


def _console(out: IO[str], columns: int) -> Console:
    """As wide as the screen, or as the table needs where the output is not a screen."""
    return Console(file=out, width=None if out.isatty() else 130 + 16 * columns, highlight=False, markup=False)


def _say_what_is_not_shown(asked: Asked) -> None:
    """CSV and tables have no place for the values that could not be read, so stderr says that there are some."""
    for note in asked.dataset.notes:
        print(note, file=sys.stderr)
    if count := len(asked.dataset.unread):
        values = "1 value" if count == 1 else f"{count:,} values"
        print(f"{values} could not be read and counted as blank; --format json lists them.", file=sys.stderr)


WRITERS: Mapping[str, Callable[[Asked, Results, IO[str]], None]] = {
    "json": write_json,
    "csv": write_csv,
    "table": write_table,
}
