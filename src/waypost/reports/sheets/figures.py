"""The last sheet: every number that the report's tables place, one on each row, for those who calculate with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from waypost.reports.model import Number, Table
from waypost.reports.sheets.notes import NOT_APPLICABLE, NOT_AVAILABLE, OF_STATUS, WITHHELD, used_in
from waypost.reports.sheets.shapes import Amount, Kind, Sheet, Value, sheet
from waypost.reports.sheets.tables import shorthand
from waypost.reports.words import STATUS_WORDS

NAME = "Figures"
COLUMNS: tuple[tuple[str, Kind], ...] = (
    ("Indicator", "words"),
    ("Name", "words"),
    ("Version", "number"),
    ("Place", "words"),
    ("Period start", "date"),
    ("Period end", "date"),
    ("Group", "words"),
    ("Value", "number"),
    ("Numerator", "number"),
    ("Denominator", "number"),
    ("Lower limit", "number"),
    ("Upper limit", "number"),
    ("Unit", "words"),
    ("Status", "words"),
    ("Note", "words"),
    ("Source", "words"),
    ("Sheets", "words"),
)
EVERYONE = "All"


def figures(tables: Mapping[str, Table], mark: str) -> Sheet | None:
    """The long table of the numbers in these tables, by the names of their sheets. None where they hold no number."""
    found: dict[tuple[Value, ...], dict[str, None]] = {}
    for name, table in tables.items():
        for row in _rows(table):
            found.setdefault(row, {})[name] = None
    if not found:
        return None
    rows = [(*row, ", ".join(names)) for row, names in found.items()]
    return sheet(
        NAME,
        "Every number in the tables",
        [
            "This sheet holds one table, with a number on each row. Statuses and units are written as in the figures.",
            mark,
            "A unit of percent is out of 100, and one of rate_per_10000 is for each 10,000 children aged 0 to 17.",
            "The limits are those of the 95% interval, between which chance alone could have moved the value.",
            *shorthand(used_in(rows)),
        ],
        COLUMNS,
        rows,
    )


def _rows(table: Table) -> Iterable[tuple[Value, ...]]:
    for row in table.rows:
        for cell in row.cells:
            if cell.number is not None:
                yield _row(cell.number, is_withheld=cell.words == STATUS_WORDS["suppressed"])


def _row(number: Number, *, is_withheld: bool) -> tuple[Value, ...]:
    """What a cell withholds is withheld here too, whatever the number behind it holds."""
    absent = WITHHELD if is_withheld else OF_STATUS[number.status]
    uncounted = NOT_APPLICABLE if number.unit == "count" else NOT_AVAILABLE
    is_shown = number.is_known and not is_withheld
    beside = (number.numerator, number.denominator, *(number.interval or (None, None)))
    return (
        number.indicator,
        number.name,
        NOT_APPLICABLE if number.version is None else Amount(number.version),
        number.place,
        number.period.start,
        number.period.end,
        "; ".join(f"{key}={value}" for key, value in number.group.items()) or EVERYONE,
        *_amounts((number.value,), absent, is_shown=is_shown),
        *_amounts(beside, uncounted if is_shown else absent, is_shown=is_shown),
        number.unit,
        "suppressed" if is_withheld else number.status,
        number.note or NOT_APPLICABLE,
        number.origin or NOT_AVAILABLE,
    )


def _amounts(values: tuple[float | int | None, ...], absent: str, *, is_shown: bool) -> list[Value]:
    return [absent if value is None or not is_shown else Amount(value) for value in values]
