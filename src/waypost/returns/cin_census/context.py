"""The rows of a child that a rule read, with those that break it marked: what a person needs to see to put it right."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from waypost.datasets.load.cin_census.reader import Filing
from waypost.returns.cin_census.census import CHILDREN
from waypost.returns.cin_census.check import CHILD_GROUPS
from waypost.returns.issues import Issue

MOST_ROWS = 20


@dataclass(frozen=True)
class Row:
    """One group of the child as filed, by the fields of its table that the rule names."""

    number: int
    values: tuple[str | None, ...]
    breaks_the_rule: bool


@dataclass(frozen=True)
class Shown:
    """The child's rows of one table. `in_all` is how many there are, where not all are shown."""

    table: str
    fields: tuple[str, ...]
    rows: tuple[Row, ...]
    in_all: int


def rows_read(filing: Filing, issues: Sequence[Issue]) -> tuple[Shown, ...]:
    """The rows behind the issues that one rule found in one child."""
    child = issues[0].child
    if child is None:
        return ()
    fields: dict[str, dict[str, None]] = {}
    for issue in issues:
        if issue.table is not None:
            fields.setdefault(issue.table, {})
        for name in issue.fields:
            table, _, element = name.partition(".")
            fields.setdefault(table, {})[element] = None
    fields.pop("Header", None)
    failing = {(issue.table, issue.row) for issue in issues}
    return tuple(_shown(filing, child, table, tuple(elements), failing) for table, elements in fields.items())


def _shown(
    filing: Filing, child: int, table: str, elements: tuple[str, ...], failing: set[tuple[str | None, int | None]]
) -> Shown:
    filed = filing.tables[CHILDREN if table in CHILD_GROUPS else table]
    places = range(bisect_left(filed.child, child), bisect_right(filed.child, child))
    columns = [filed.fields.index(element) for element in elements]
    rows = [
        Row(
            number=filed.row[place],
            values=tuple(filed.values[place][column] for column in columns),
            breaks_the_rule=(table, filed.row[place]) in failing,
        )
        for place in places
    ]
    if len(rows) > MOST_ROWS:
        rows = sorted(rows, key=lambda row: not row.breaks_the_rule)[:MOST_ROWS]
        rows.sort(key=lambda row: row.number)
    return Shown(table, elements, tuple(rows), len(places))
