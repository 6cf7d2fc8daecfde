"""Where the marks of a table's numbers are said, since a number in a spreadsheet has nothing beside it in its cell.

Each mark is said at the widest place that is wholly marked with it: the title, the head of a column, the head of a row,
or else the note on the cell itself. So no number is marked that should not be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Marks = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """The marks said of the whole table, of each column, of each row, and of each cell of each row."""

    whole: Marks
    columns: tuple[Marks, ...]
    rows: tuple[Marks, ...]
    cells: tuple[tuple[Marks, ...], ...]


def marked(grid: Sequence[Sequence[Marks | None]], width: int) -> Marked:
    """Where to say the marks of a grid of cells, so many to a row; None is a cell that no mark could be true of."""
    whole = _common(cell for row in grid for cell in row)
    columns = tuple(_less(_common(row[place] for row in grid), whole) for place in range(width))
    left = [[_less(cell or (), (*whole, *said)) for cell, said in zip(row, columns, strict=True)] for row in grid]
    rows = tuple(
        tuple(mark for mark in _common(row) if any(mark in cell for cell in unsaid))
        for row, unsaid in zip(grid, left, strict=True)
    )
    cells = tuple(tuple(_less(cell, said) for cell in unsaid) for unsaid, said in zip(left, rows, strict=True))
    return Marked(whole, columns, rows, cells)


def _common(cells: Iterable[Marks | None]) -> Marks:
    able = [cell for cell in cells if cell is not None]
    return tuple(mark for mark in able[0] if all(mark in cell for cell in able)) if able else ()


def _less(marks: Marks, said: Marks) -> Marks:
    return tuple(mark for mark in marks if mark not in said)
