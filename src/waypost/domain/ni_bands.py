"""The bands by which the old national indicators NI64, NI65 and NI67 were scored, 1 to 5, 5 best.

Source: the key to NI bands in the LBHF safeguarding board's annual report for 2011-12, section 4.73. A band takes its
low edge and not its high one ("10<15" is 10 or more and under 15), save at 100, which the last band takes in.

The row printed for NI64 repeats that of NI65 and so overlaps itself: it is refused as data. A lower NI64 is better,
so its last four cells, which cover 0 to 100 once, are used instead, and the table says so in its note.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from waypost.domain.errors import PlainError
from waypost.domain.rounding import Number, exact

Side = Literal["low", "peak", "high"]


class BandsRefused(PlainError):
    """A set of score bands leaves a gap or overlaps itself."""


@dataclass(frozen=True, slots=True)
class ScoreBand:
    """The values from `low` up to `high` that earn a score; 100 itself belongs to a band that ends there."""

    score: int
    low: float
    high: float
    side: Side

    def holds(self, value: Number) -> bool:
        return exact(self.low) <= exact(value) < exact(self.high) or value == self.high == 100


@dataclass(frozen=True)
class BandTable:
    """The bands of one indicator, which must cover 0 to 100 once.

    Raises:
        BandsRefused: two bands overlap, or a value from 0 to 100 has no band.
    """

    indicator: str
    bands: tuple[ScoreBand, ...]
    note: str = ""

    def __post_init__(self) -> None:
        ordered = sorted(self.bands, key=lambda band: (band.low, band.high))
        _must_meet(self.indicator, 0, ordered[0].low if ordered else 100)
        for left, right in pairwise(ordered):
            _must_meet(self.indicator, left.high, right.low)
        _must_meet(self.indicator, ordered[-1].high, 100)

    def score(self, value: Number) -> int:
        """The score of a percentage, 1 to 5.

        Raises:
            ValueError: the value is not a percentage from 0 to 100.
        """
        # From the top, because the one band that is a single value (NI67 at 100) meets the band below it there.
        for band in reversed(self.bands):
            if band.holds(value):
                return band.score
        raise ValueError(f"{value} is not a percentage from 0 to 100.")


def _must_meet(indicator: str, end: float, start: float) -> None:
    if start > end:
        raise BandsRefused(f"The score bands of {indicator} say nothing of values from {end:g} to {start:g}.")
    if start < end:
        raise BandsRefused(f"The score bands of {indicator} overlap between {start:g} and {end:g}.")


def _bands(*cells: tuple[int, float, float, Side]) -> tuple[ScoreBand, ...]:
    return tuple(ScoreBand(*cell) for cell in cells)


_NI65_LOW = _bands((1, 0, 3, "low"), (2, 3, 6, "low"), (3, 6, 8, "low"), (4, 8, 10, "low"), (5, 10, 15, "peak"))
_NI65_HIGH = _bands((4, 15, 17.21, "high"), (3, 17.21, 20, "high"), (2, 20, 24, "high"), (1, 24, 100, "high"))
_NI64_HIGH = _bands((4, 0, 10, "high"), (3, 10, 15, "high"), (2, 15, 20, "high"), (1, 20, 100, "high"))
_NI67 = _bands(
    (1, 0, 92.5, "low"), (2, 92.5, 95, "low"), (3, 95, 97.5, "low"), (4, 97.5, 100, "low"), (5, 100, 100, "peak")
)

AS_PRINTED: Mapping[str, tuple[ScoreBand, ...]] = {
    "NI64": _NI65_LOW + _NI64_HIGH,
    "NI65": _NI65_LOW + _NI65_HIGH,
    "NI67": _NI67,
}

TABLES: Mapping[str, BandTable] = {
    "NI64": BandTable(
        "NI64",
        _NI64_HIGH,
        note="Scored by the last four cells of the printed row; the first five repeat NI65 and overlap them.",
    ),
    "NI65": BandTable("NI65", AS_PRINTED["NI65"]),
    "NI67": BandTable("NI67", AS_PRINTED["NI67"]),
}


def scores_as_printed(indicator: str, value: Number) -> Sequence[ScoreBand]:
    """Every cell of the printed row that holds the value; more than one where the row overlaps itself."""
    cells = [cell for cell in AS_PRINTED[indicator] if cell.holds(value)]
    exactly = [cell for cell in cells if cell.low == cell.high]
    return exactly or cells
