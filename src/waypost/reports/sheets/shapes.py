"""What a spreadsheet of a report holds, in plain values: the one description that both spreadsheet writers walk.

A workbook is a cover and then sheets; a sheet is a title, lines of words, and one table whose cells are never blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from textwrap import wrap
from typing import Literal

MOST_CHARACTERS = 32_767
LONGEST_NAME = 31
"""What a spreadsheet program can hold in one cell, and in the name of a sheet."""
COVER_WIDTH = 85
NARROWEST, WIDEST, WIDEST_WORDS = 12, 80, 60
"""Widths of columns, in characters: WIDEST for one long word, WIDEST_WORDS for several, which wrap."""
ROOM, WIDE_ENOUGH_TO_WRAP = 150, 45
"""How far a line above a table may run on over the columns, and the least width of the column that it wraps in."""
BOLD = 0.85
"""How much of a width is left for bold letters, of which heads are made."""

NOT_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that no document can hold."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number at its full stored value. `places` is how many decimals are shown; with None, as many as it has."""

    value: float | int
    places: int | None = None


Value = str | date | Amount
Kind = Literal["words", "number", "date", "link"]


@dataclass(frozen=True, slots=True)
class Column:
    """`kind` link: each cell holds the name of the sheet that it leads to. `width` is in characters.

    `is_apart`: its words stand beside numbers that end where they begin, and need a space between.
    """

    head: str
    kind: Kind
    width: int
    is_apart: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with one table. `lines` stand between its title and the head of the table."""

    name: str
    title: str
    lines: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]

    def wraps(self, line: str) -> bool:
        """Whether a line above the table is too long to run on over its columns, so that it wraps in the first."""
        return len(line) > max(ROOM, sum(column.width for column in self.columns))

    @property
    def depths(self) -> list[int]:
        """How many lines of type each row takes, from that under the title to the last of the table."""
        widths = [column.width for column in self.columns]
        heads = tuple(column.head for column in self.columns)
        above = [depth(line, widths[0]) if self.wraps(line) else 1 for line in self.lines]
        head = max(map(depth, heads, (round(width * BOLD) for width in widths)))
        return [*above, head, *(max(map(depth, row, widths)) for row in self.rows)]


@dataclass(frozen=True, slots=True)
class Cover:
    """The first sheet: a title, and lines of words in three parts."""

    title: str
    introduction: tuple[str, ...]
    about: tuple[str, ...]
    contact: tuple[str, ...]
    name: str = "Cover"

    @property
    def parts(self) -> tuple[tuple[str, ...], ...]:
        return (self.introduction, self.about, self.contact)


@dataclass(frozen=True, slots=True)
class Workbook:
    """`mark` says on each printed page which edition this is. `made_at` is the moment that the records were as at."""

    title: str
    authority: str
    mark: str
    software: str
    made_at: datetime
    cover: Cover
    sheets: tuple[Sheet, ...]


def sheet(
    name: str,
    title: str,
    lines: Iterable[str],
    columns: Sequence[tuple[str, Kind]],
    rows: Iterable[Sequence[Value]],
) -> Sheet:
    """A sheet whose words any spreadsheet program can hold, with heads that differ and columns that fit them."""
    heads = distinct(as_text(head) for head, _ in columns)
    held = tuple(tuple(as_text(value) if isinstance(value, str) else value for value in row) for row in rows)
    across = zip(*held, strict=True) if held else [()] * len(columns)
    kinds = [kind for _, kind in columns]
    made = Sheet(
        name=name,
        title=as_text(title),
        lines=tuple(map(as_text, lines)),
        columns=tuple(
            Column(head, kind, _width(head, cells), is_apart=kind == "words" and before == "number")
            for head, kind, before, cells in zip(heads, kinds, ["words", *kinds[:-1]], across, strict=True)
        ),
        rows=held,
    )
    first, *others = made.columns
    if first.width >= WIDE_ENOUGH_TO_WRAP or not any(map(made.wraps, made.lines)):
        return made
    return replace(made, columns=(replace(first, width=WIDE_ENOUGH_TO_WRAP), *others))


def as_text(words: str) -> str:
    """The words on one line, without what a cell cannot hold."""
    shown = " ".join(
        NOT_TEXT.sub(lambda found: " " if found[0].isspace() else "\N{REPLACEMENT CHARACTER}", words).split()
    )
    return shown if len(shown) <= MOST_CHARACTERS else f"{shown[: MOST_CHARACTERS - 1]}\N{HORIZONTAL ELLIPSIS}"


def distinct(names: Iterable[str], longest: int | None = None) -> list[str]:
    """The names, those that came before with a number after them. Capitals make no difference.

    A name is cut, if need be, to be no longer than `longest`.
    """
    taken: set[str] = set()
    made: list[str] = []
    for name in names:
        given, count = name[:longest], 1
        while given.lower() in taken:
            count += 1
            ending = f" {count}"
            given = f"{name[: longest - len(ending) if longest else None]}{ending}"
        taken.add(given.lower())
        made.append(given)
    return made


def shown_as(value: Value) -> str:
    """The value as a cell shows it."""
    match value:
        case Amount(number, None):
            return f"{number}"
        case Amount(number, places):
            return f"{number:,.{places}f}"
        case date():
            return value.isoformat()
        case _:
            return value


def depth(value: Value, width: int) -> int:
    """How many lines the value takes in a column of that width."""
    words = shown_as(value)
    return 1 if len(words) <= width else len(wrap(words, width))


def _width(head: str, cells: Sequence[Value]) -> int:
    """Wide enough for every word, and for the whole of a cell where that is not too wide; heads wrap."""
    shown = [shown_as(value) for value in cells]
    longest_word = max((len(word) for words in (head, *shown) for word in words.split()), default=0)
    longest_cell = max(map(len, shown), default=0)
    return max(NARROWEST, min(longest_word, WIDEST), min(longest_cell, WIDEST_WORDS)) + 1
