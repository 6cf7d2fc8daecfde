"""The bands by which the old national indicators NI64, NI65 and NI67 were scored, 1 to 5, 5 best.

The bands are data, in `ni_bands.yaml` with their source. A band takes its low edge and not its high one ("10<15" is 10
or more and under 15), save at 100, which the last band takes in.

The row printed for NI64 repeats that of NI65 and so overlaps itself: it is refused as data. A lower NI64 is better,
so its last four cells, which cover 0 to 100 once, are used instead, and the table says so in its note.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, Literal, get_args

import yaml

from waypost.domain.errors import PlainError
from waypost.domain.rounding import Number, exact

Side = Literal["low", "peak", "high"]
Good = Literal["high", "low", "plateau"]
"""Which values are good: high ones, low ones, or those between."""


class BandsRefused(PlainError):
    """A set of score bands leaves a gap, overlaps itself, or scores against the way that is good."""


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
    """The bands of one indicator, which must cover 0 to 100 once and score better the way that is good.

    Raises:
        BandsRefused: two bands overlap, a value from 0 to 100 has no band, or a score is against the way that is good.
    """

    indicator: str
    bands: tuple[ScoreBand, ...]
    good: Good
    note: str = ""

    def __post_init__(self) -> None:
        ordered = sorted(self.bands, key=lambda band: (band.low, band.high))
        _must_meet(self.indicator, 0, ordered[0].low if ordered else 100)
        for left, right in pairwise(ordered):
            _must_meet(self.indicator, left.high, right.low)
        _must_meet(self.indicator, ordered[-1].high, 100)
        _must_run(self.indicator, [band.score for band in ordered], self.good)

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


def _must_run(indicator: str, scores: Sequence[int], good: Good) -> None:
    """From the lowest values to the highest: up where high is good, down where low is, up and then down between."""
    best = {"high": len(scores) - 1, "low": 0, "plateau": scores.index(max(scores))}[good]
    rises = all(left < right for left, right in pairwise(scores[: best + 1]))
    falls = all(left > right for left, right in pairwise(scores[best:]))
    if not (rises and falls):
        told = ", ".join(map(str, scores))
        raise BandsRefused(
            f"The score bands of {indicator} say that {good} is good but score {told} from the lowest values up; "
            "change the scores, or which way is good."
        )


@cache
def _facts() -> Mapping[str, Any]:
    text = (files(__package__) / "ni_bands.yaml").read_text(encoding="utf-8")
    facts: Mapping[str, Any] = yaml.safe_load(text)
    return facts


def _used(indicator: str, good: Good, sides: Sequence[Side] = get_args(Side), note: str = "") -> BandTable:
    kept = tuple(cell for cell in AS_PRINTED[indicator] if cell.side in sides)
    return BandTable(indicator, kept, good, note)


AS_PRINTED: Mapping[str, tuple[ScoreBand, ...]] = {
    indicator: tuple(ScoreBand(*cell) for cell in cells) for indicator, cells in _facts()["printed"].items()
}

TABLES: Mapping[str, BandTable] = {indicator: _used(indicator, **row) for indicator, row in _facts()["used"].items()}


def scores_as_printed(indicator: str, value: Number) -> Sequence[ScoreBand]:
    """Every cell of the printed row that holds the value; more than one where the row overlaps itself."""
    cells = [cell for cell in AS_PRINTED[indicator] if cell.holds(value)]
    exactly = [cell for cell in cells if cell.low == cell.high]
    return exactly or cells
