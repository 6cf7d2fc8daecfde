"""A table of the report as a sheet that a program can load: one head, one row for each thing, one value in each cell.

What the page sets small is given room of its own. A share under a count becomes a column, "77 of 159" under a share
becomes two, the words under the head of a row become one, and so does the unit where one column holds several.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from waypost.reports.model import Column, Table
from waypost.reports.sheets.cells import ITSELF, SHORT_UNITS, Line, Parts, lines_of, units_of
from waypost.reports.sheets.notes import MEANINGS, NOT_APPLICABLE, Notes, used_in
from waypost.reports.sheets.places import Marked, Marks, marked
from waypost.reports.sheets.shapes import Amount, Kind, Sheet, Value, sheet


@dataclass(frozen=True, slots=True)
class Strip:
    """A column of the sheet from its head down."""

    head: str
    kind: Kind
    values: list[Value]


def table_sheet(name: str, table: Table, notes: Notes, mark: str) -> Sheet:
    """The sheet of one table. `mark` says which edition it belongs to."""
    told = {note: notes.mark(note.words, name) for note in table.notes}
    references = {note.mark: reference for note, reference in told.items() if note.mark}
    of_all = [reference for note, reference in told.items() if not note.mark]
    lines = lines_of(table)
    places = marked([_marks_of_numbers(line) for line in lines], len(table.columns))
    strips = _strips(table, lines, places, references)
    rows = list(zip(*(strip.values for strip in strips), strict=True)) or [(NOT_APPLICABLE,) * len(strips)]
    return sheet(
        name,
        _with(title(table), of_all + [references[each] for each in places.whole]),
        [
            "This sheet holds one table. The Notes sheet says what every mark means.",
            mark,
            f"Unit: {table.unit}",
            f"Period: {table.period}",
            f"Base: {table.base}",
            f"Source: {table.source}",
            *shorthand(used_in(rows)),
            *(f"{reference} {note.words}" for note, reference in told.items()),
        ],
        [(strip.head, strip.kind) for strip in strips],
        rows,
    )


def title(table: Table) -> str:
    return f"Table {table.number}: {table.title}"


def shorthand(used: Iterable[str]) -> list[str]:
    """A line for each mark that stands where a number would."""
    return [f"{mark} {MEANINGS[mark]}" for mark in used]


def _marks_of_numbers(line: Line) -> list[Marks | None]:
    """The marks of the cells that hold a number; None for those that hold none, of which a mark need not be true."""
    return [
        marks if marks or any(isinstance(shown.value, Amount) for shown in parts.values()) else None
        for parts, marks in zip(line.cells, line.marks, strict=True)
    ]


def _strips(table: Table, lines: Sequence[Line], places: Marked, references: Mapping[str, str]) -> list[Strip]:
    """The heads of the rows, their detail and unit, the columns of the table, and the notes on single cells."""

    def noted(words: str, marks: Marks) -> str:
        return _with(words, [references[mark] for mark in marks])

    cells = [[line.cells[place] for line in lines] for place in range(len(table.columns))]
    has_units = any(len(units_of(held)) > 1 for held in cells)
    heads = [noted(line.head, marks) for line, marks in zip(lines, places.rows, strict=True)]
    strips = [Strip(table.head, "words", [*heads])]
    if any(line.hint for line in lines):
        strips.append(Strip("Detail", "words", [line.hint or NOT_APPLICABLE for line in lines]))
    if has_units:
        strips.append(Strip("Unit", "words", [_unit_words(line) for line in lines]))
    for column, held, marks in zip(table.columns, cells, places.columns, strict=True):
        made = _strips_of(column, held, has_units=has_units)
        strips += [replace(strip, head=noted(strip.head, marks)) for strip in made]
    if any(marks for row in places.cells for marks in row):
        columns = [_head(column) for column in table.columns]
        told = [[noted(*each) for each in zip(columns, row, strict=True) if each[1]] for row in places.cells]
        strips.append(Strip("Notes", "words", ["; ".join(each) or NOT_APPLICABLE for each in told]))
    return strips


def _strips_of(column: Column, cells: Sequence[Parts], *, has_units: bool) -> list[Strip]:
    """One column of the table: its numbers, and beside them what stands beneath them.

    A head tells the unit of its column, unless a column of units does, or it is a count and plainly so.
    """
    names = list(dict.fromkeys(name for parts in cells for name in parts)) or [ITSELF]
    units = units_of(cells)
    is_told = bool(units) and not has_units and (units != ["count"] or len(names) > 1)
    told = dict(zip(names, names, strict=True)) | {ITSELF: SHORT_UNITS.get(units[0], units[0]) if is_told else ""}
    kind: Kind = "number" if column.kind == "number" else "words"
    joint = ", " if column.group else ": "
    return [
        Strip(joint.join(filter(None, (_head(column), told[name]))), kind, [_value(parts, name) for parts in cells])
        for name in names
    ]


def _value(parts: Parts, name: str) -> Value:
    """A part of a cell. Where it has none, the reason is that of the cell, or that there is nothing to say."""
    if name in parts:
        return parts[name].value
    reason = parts[ITSELF].value
    return reason if isinstance(reason, str) and reason in MEANINGS else NOT_APPLICABLE


def _head(column: Column) -> str:
    return f"{column.group}: {column.words}" if column.group else column.words


def _unit_words(line: Line) -> str:
    return "; ".join(SHORT_UNITS.get(unit, unit) for unit in units_of(line.cells)) or NOT_APPLICABLE


def _with(words: str, references: Iterable[str]) -> str:
    return " ".join((words, *references))
