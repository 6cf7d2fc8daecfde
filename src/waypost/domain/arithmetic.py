"""The sums that figures are made of, worked exactly and rounded once, halves up.

Where there is nothing to divide by the answer is None, never nought. `places` is the number of decimals; with no
places the answer is a whole number.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from waypost.domain.ni_bands import scores_as_printed
from waypost.domain.rounding import HALF, Number, exact, half_up

Better = Literal["high", "low"]

PER = 10_000


def percent(numerator: Number, denominator: Number, places: int = 1) -> float | None:
    """100 x numerator / denominator."""
    return _rounded(_share(100, numerator, denominator), places)


def ratio(numerator: Number, denominator: Number, places: int = 1) -> float | None:
    """numerator / denominator."""
    return _rounded(_share(1, numerator, denominator), places)


def rate_per_10000(count: Number, population: Number, places: int = 1) -> float | None:
    """10,000 x count / population."""
    return _rounded(_share(PER, count, population), places)


def cumulative_percent(numerators: Sequence[Number], denominators: Sequence[Number], places: int = 1) -> float | None:
    """The percentage for the year to date: all numerators over all denominators, not a mean of percentages."""
    return _rounded(_share(100, _sum(numerators), _sum(denominators)), places)


def difference(minuend: Number, subtrahend: Number, places: int = 0) -> float:
    return half_up(exact(minuend) - exact(subtrahend), places)


def total(terms: Sequence[Number], places: int = 0) -> float:
    return half_up(_sum(terms), places)


def sum_of_shares(terms: Sequence[Number], places: int = 0) -> float:
    """What printed shares add up to. Rounding alone moves it a little from 100; shares left out move it a lot."""
    return total(terms, places)


def mean(terms: Sequence[Number], places: int = 1) -> float | None:
    return _rounded(_share(1, _sum(terms), len(terms)), places)


def percent_change(old: Number, new: Number, places: int = 1) -> float | None:
    """The change from old to new, as a percentage of old."""
    return _rounded(_share(100, exact(new) - exact(old), old), places)


def net_change_over_new_percent(new: Number, removed: Number, places: int = 0) -> float | None:
    """The size of the net change as a percentage of plans begun, which some reports call the de-registration rate."""
    return _rounded(_share(100, abs(exact(new) - exact(removed)), new), places)


def stock_flow_closing(opening: Number, joined: Number, left: Number, places: int = 0) -> float:
    """What the closing count must be: those there at the opening, and those who joined, less those who left."""
    return half_up(exact(opening) + exact(joined) - exact(left), places)


def stock_flow_left_percent(
    numerator: Number, opening: Number, joined: Number, closing: Number, places: int = 1
) -> float | None:
    """A share of those who left, where only the stocks and those who joined are known."""
    return _rounded(_share(100, numerator, exact(opening) + exact(joined) - exact(closing)), places)


def round_to_5(value: Number) -> int:
    """The nearest 5, halves up, as national statistics were once published."""
    return 5 * half_up(exact(value) / 5)


def suppress_1_to_5(value: int) -> str:
    """The count as it is printed, "x" where it is small enough to point at a child. Nought is shown."""
    return "x" if 1 <= value <= 5 else str(value)


def band(indicator: str, value: Number) -> int | str:
    """The national indicator score of a value by the row as printed.

    Where the printed row overlaps itself, as that of NI64 does, both scores are named. To score a figure use
    `ni_bands.TABLES`, which never gives two.
    """
    cells = scores_as_printed(indicator, value)
    return cells[0].score if len(cells) == 1 else " or ".join(f"{cell.score} ({cell.side})" for cell in cells)


def target_status(value: Number, target: Number, better: Better) -> Literal["met", "not met"]:
    """Whether the value has reached the target; the target itself is enough."""
    return "not met" if comparator_status(value, target, better) == "worse" else "met"


def comparator_status(value: Number, comparator: Number, better: Better) -> Literal["better", "worse", "equal"]:
    ahead = exact(value) - exact(comparator) if better == "high" else exact(comparator) - exact(value)
    return "equal" if ahead == 0 else "better" if ahead > 0 else "worse"


def rank_from_end(rank: int, of: int) -> int:
    """The place counted from the end, where the last is the first from the end."""
    return of - rank + 1


def implied_population(count: int, rate: Number, rate_places: int = 1) -> tuple[int, int]:
    """The populations between which the count gives the printed rate: both ends, to the nearest whole person."""
    half = HALF / 10**rate_places
    return half_up(PER * count / (exact(rate) + half)), half_up(PER * count / (exact(rate) - half))


def attainable_percent(printed: Number, base: int, places: int = 1) -> float | None:
    """The share nearest to the printed one that a whole count of the base can give."""
    return percent(half_up(exact(printed) * base / 100), base, places)


def _sum(terms: Sequence[Number]) -> Fraction:
    return sum((exact(term) for term in terms), Fraction(0))


def _share(of: int, numerator: Number, denominator: Number) -> Fraction | None:
    return of * exact(numerator) / exact(denominator) if denominator else None


def _rounded(value: Fraction | None, places: int) -> float | None:
    return None if value is None else half_up(value, places)
