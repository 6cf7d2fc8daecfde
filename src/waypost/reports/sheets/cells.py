"""What the cells of a table hold, taken apart so that each number, and each word, can have a cell of its own.

A cell prints its words for a reader: "48.4%", with "77 of 159" set small beneath, or the range "3.4% to 9.8%". Here
they are again the numbers that they were printed from, at their full stored value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from waypost.domain.rounding import half_up
from waypost.reports.model import Cell, Number, Row, Table
from waypost.reports.sheets.notes import OF_WORDS
from waypost.reports.sheets.shapes import Amount, Value
from waypost.reports.words import UNIT_WORDS, count_words, number_words

SHORT_UNITS = {**UNIT_WORDS, "rate_per_10000": "per 10,000 children"}
"""Units as heads and cells say them; the line above a table says them in full."""
PRINTED = re.compile(r"(?P<sign>[-\N{MINUS SIGN}]?)(?P<size>\d[\d,]*(?P<decimals>\.\d+)?)(?P<percent>%?)")
BETWEEN = " to "
ENDS = ("lower end", "upper end")
BENEATH = {" of ": ("number", "out of"), BETWEEN: ENDS}
"""What the two numbers are that stand under another one, by the word between them."""
OTHERWISE = "detail"


@dataclass(frozen=True, slots=True)
class Shown:
    """What one cell of a sheet holds. `unit` is empty where that is not a number, or is one whose unit is unknown."""

    value: Value
    unit: str = ""


ITSELF = ""
Parts = Mapping[str, Shown]
"""What one cell of the report holds, by what each part is; the words that are not beneath it go by ITSELF."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet before it is laid out, with the parts and the marks of its cells."""

    head: str
    hint: str
    cells: tuple[Parts, ...]
    marks: tuple[tuple[str, ...], ...]


def lines_of(table: Table) -> list[Line]:
    """The rows of a table. A row of ranges becomes two, unless it is the columns that hold them."""
    columns = [[row.cells[place] for row in table.rows] for place in range(len(table.columns))]
    kinds = [
        "range" if column.kind == "number" and _is_of_ranges(cells) else column.kind
        for column, cells in zip(table.columns, columns, strict=True)
    ]
    lines = [line for row in table.rows for line in _lines(row, kinds)]
    wanted = [_as_others(cells, columns) for cells in columns]
    return [replace(line, cells=tuple(map(_filled, line.cells, wanted))) for line in lines]


def units_of(cells: Iterable[Parts]) -> list[str]:
    """The units of the cells themselves, each once."""
    first = (next(iter(parts.values())) for parts in cells)
    return list(dict.fromkeys(shown.unit for shown in first if shown.unit))


def _as_others(cells: Sequence[Cell], columns: Sequence[Sequence[Cell]]) -> Parts:
    """The parts that a column without any number would have, if another has numbers of its unit; else none.

    So that a table keeps its columns from one edition to the next, whatever is withheld.
    """
    numbers = [cell.number for cell in cells if cell.number is not None]
    if not numbers or any(number.is_known for number in numbers):
        return {}
    unit = numbers[0].unit
    others = (cell for held in columns for cell in held if cell.beneath and cell.number and cell.number.unit == unit)
    return next((_parts(cell, "number") for cell in others), {})


def _filled(parts: Parts, wanted: Parts) -> Parts:
    value = next(iter(parts.values())).value
    return {name: Shown(value, shown.unit) for name, shown in wanted.items()} or parts


def _is_of_ranges(cells: Sequence[Cell]) -> bool:
    return any(_two(cell.words, BETWEEN) for cell in cells) and not any(PRINTED.fullmatch(cell.words) for cell in cells)


def _lines(row: Row, kinds: Sequence[str]) -> list[Line]:
    ranges = [
        _two(cell.words, BETWEEN) if kind == "number" else None for cell, kind in zip(row.cells, kinds, strict=True)
    ]
    if not any(ranges):
        return [_line(row, row.head, row.cells, kinds)]
    made = []
    for place, end in enumerate(ENDS):
        cells = [
            Cell(both[place], cell.number, cell.marks) if both else cell
            for both, cell in zip(ranges, row.cells, strict=True)
        ]
        made.append(_line(row, f"{row.head}: {end}", cells, kinds))
    return made


def _line(row: Row, head: str, cells: Sequence[Cell], kinds: Sequence[str]) -> Line:
    parts = tuple(_parts(cell, kind) for cell, kind in zip(cells, kinds, strict=True))
    return Line(head, row.hint, parts, tuple(cell.marks for cell in cells))


def _parts(cell: Cell, kind: str) -> Parts:
    if kind == "code":  # kept letter for letter: one that reads "withheld" is only a code
        return {ITSELF: Shown(cell.words)}
    if kind == "words":
        return {ITSELF: Shown(OF_WORDS.get(cell.words, cell.words))}
    if kind == "range":
        both = _two(cell.words, BETWEEN) or (cell.words, cell.words)
        return {end: _shown(words, cell.number) for end, words in zip(ENDS, both, strict=True)}
    return {ITSELF: _shown(cell.words, cell.number), **_beneath(cell)}


def _beneath(cell: Cell) -> Parts:
    if not cell.beneath:
        return {}
    for joint, names in BENEATH.items():
        if both := _two(cell.beneath, joint):
            return {name: _shown(words, cell.number) for name, words in zip(names, both, strict=True)}
    shown = _shown(cell.beneath, cell.number)
    return {SHORT_UNITS.get(shown.unit, OTHERWISE): shown}


def _two(words: str, joint: str) -> tuple[str, str] | None:
    """The two printed numbers that a word stands between."""
    first, found, last = words.partition(joint)
    return (first, last) if found and PRINTED.fullmatch(first) and PRINTED.fullmatch(last) else None


def _shown(words: str, number: Number | None) -> Shown:
    """The stored number that the words stand for; the number as printed where none is stored; or the words."""
    if words in OF_WORDS:
        return Shown(OF_WORDS[words])
    stored = _stored(words, number) if number is not None and number.is_known else None
    return stored or _printed(words, number.unit if number else "") or Shown(words)


def _stored(words: str, number: Number) -> Shown | None:
    if number.value is not None and words == number_words(number):
        return Shown(Amount(number.value, _places(number.value, number.unit)), number.unit)
    for part in (number.numerator, number.denominator):
        if part is not None and words == count_words(part):
            return Shown(Amount(part, _places(part, "count")), "count")
    return None


def _printed(words: str, unit: str) -> Shown | None:
    """The number in the words; one with decimals is of that unit if its words do not say another."""
    found = PRINTED.fullmatch(words)
    if not found:
        return None
    digits = found["size"].replace(",", "")
    size = float(digits) if found["decimals"] else int(digits)
    unit = "percent" if found["percent"] else unit if found["decimals"] else "count"
    places = 1 if found["decimals"] else _places(size, unit)
    return Shown(Amount(-size if found["sign"] else size, places), unit)


def _places(value: float | int, unit: str) -> int:
    """As many decimals as the report prints."""
    return 1 if unit in ("percent", "rate_per_10000") or half_up(value) != value else 0
