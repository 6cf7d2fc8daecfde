"""How wide each column of a table is, from the words that stand in it, as a browser would find it.

The widths are written into the document because not every word processor works them out alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from waypost.reports.docx.markup import NO_BREAK_HYPHEN, NO_BREAK_SPACE, twips
from waypost.reports.docx.text import cell_texts
from waypost.reports.model import Table

SIZE, DENSE_SIZE = 9, 7
"""The size of words in a table, in points, and in one that would not fit its page; the template has styles of both."""
TWIPS_IN_A_POINT = 20
PADDING = 8 * TWIPS_IN_A_POINT
"""The room to the right of each cell."""
BOLD = 1.08
SPARE = 1.04
"""Word and LibreOffice measure a little differently."""
LONGEST_WHOLE = twips(32)
"""A word longer than this, such as a fingerprint, may be broken."""
SHORT = twips(26)
"""A text no longer than this, such as a date or a range, is set on one line if there is room."""
LEAST = twips(13)
"""A column of small numbers is still given room."""
ROOM_FOR_HEADS = twips(42)
MOST_WANTED = twips(70)
"""A longer text is set in lines."""

NARROW, WIDE, CAPITALS = (
    frozenset(f"{NO_BREAK_SPACE}{NO_BREAK_HYPHEN} .,:;'!|ijltfI()[]-/"),
    frozenset("mwMW%@\N{EM DASH}"),
    0.70,
)
WIDTHS = {"narrow": 0.31, "wide": 0.87, "other": 0.556}


@dataclass(frozen=True, slots=True)
class Setting:
    """The width in twips of each column, the row heads first, and whether the words must be set smaller to fit."""

    widths: list[int]
    is_dense: bool


def setting(table: Table, across: int) -> Setting:
    """How to set a table out so that it is `across` twips wide."""
    columns = _columns(table)
    is_dense = sum(column.least + PADDING for column in columns) > across
    scale = DENSE_SIZE / SIZE if is_dense else 1
    least, whole, wanted = ([width * scale + PADDING for width in widths] for widths in _measured(columns))
    needed = whole if sum(whole) <= across else least
    wanted = [max(pair) for pair in zip(needed, wanted, strict=True)]
    return Setting(_rounded(_shared_out(needed, wanted, across), across), is_dense)


def _measured(columns: Sequence[_Column]) -> tuple[list[float], list[float], list[float]]:
    """What each column cannot do without; what keeps short texts whole, with room for the row heads; all it wants."""
    least = [column.least for column in columns]
    wanted = [min(max(column.heads + column.lengths), MOST_WANTED) for column in columns]
    whole = [max(column.least, *column.short) for column in columns]
    return least, [max(whole[0], min(wanted[0], ROOM_FOR_HEADS)), *whole[1:]], wanted


def _shared_out(needed: Sequence[float], wanted: Sequence[float], across: int) -> list[float]:
    """Each column gets what it wants, and its part of what is over; or else what it needs, and its part of the rest."""
    if sum(wanted) <= across:
        return [width * across / sum(wanted) for width in wanted]
    if sum(needed) >= across:
        return [width * across / sum(needed) for width in needed]
    room = (across - sum(needed)) / (sum(wanted) - sum(needed))
    return [need + (want - need) * room for need, want in zip(needed, wanted, strict=True)]


def _rounded(found: Sequence[float], across: int) -> list[int]:
    whole = [int(width) for width in found]
    return [whole[0] + across - sum(whole), *whole[1:]]


# ---------------------------------------------------------------- what stands in a column


@dataclass(frozen=True, slots=True)
class _Column:
    """The words of one column: those of its head, which are bold, and those of its cells."""

    head: str
    texts: tuple[str, ...]

    @property
    def heads(self) -> list[float]:
        return [_measure(self.head) * BOLD]

    @property
    def lengths(self) -> list[float]:
        return [_measure(text) for text in self.texts]

    @property
    def short(self) -> list[float]:
        return [0, *(length for length in self.lengths if length <= SHORT)]

    @property
    def least(self) -> float:
        """What the column cannot do with less than: room for its longest word."""
        words = [_measure(word) * BOLD for word in self.head.split(" ")]
        words += [_measure(word) for text in self.texts for word in text.split(" ")]
        return max(min(max(words), LONGEST_WHOLE), LEAST - PADDING)


def _columns(table: Table) -> list[_Column]:
    """The row heads first, then the texts as they are set: a number and its marks are one word."""
    rows = table.rows
    found = [_Column(table.head, tuple(text for row in rows for text in (row.head, row.hint)))]
    for place, column in enumerate(table.columns):
        texts = [text for row in rows for text in cell_texts(row.cells[place])]
        found.append(_Column(column.words, tuple(texts)))
    return found


def _measure(words: str) -> float:
    """About how wide the words are, in twips."""
    return sum(map(_of_one, words)) * SIZE * TWIPS_IN_A_POINT * SPARE


def _of_one(letter: str) -> float:
    if letter in NARROW:
        return WIDTHS["narrow"]
    if letter in WIDE:
        return WIDTHS["wide"]
    return CAPITALS if letter.isupper() else WIDTHS["other"]
