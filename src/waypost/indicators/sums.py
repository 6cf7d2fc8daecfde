"""The last sums: from counts to the values of figures, for many places at once, exact until they are rounded.

Whole numbers throughout, so that a half is a half: `domain.arithmetic.percent` and `rate_per_10000`, set by set.
`tests/unit/indicators/test_sums.py` draws cases and holds the two together.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from waypost.domain.arithmetic import PER
from waypost.indicators.counting import Group, Numbers, Tally
from waypost.indicators.declare import Count, Difference, Line, Quartile

Values = Numbers | npt.NDArray[np.float64]


class Sum(NamedTuple):
    """A line's values with what they were made of, at every place; only those that `is_given` mean anything."""

    value: Values
    numerator: Numbers | None
    denominator: Numbers | None
    is_given: npt.NDArray[np.bool_]


def sum_of(line: Line, unit: str, counted: Tally, group: Group, population: Numbers | None) -> Sum:
    """The sum of a line. A rate is made with the `population` of each place, nought where there is none."""
    if isinstance(line.num, Quartile):
        found, values = counted.quartile(line.num, group)
        return Sum(found if line.num.divided_by == 1 else _over(found, line.num.divided_by), None, values, values > 0)
    numerator = _term(line.num, counted, group)
    if population is not None:
        return Sum(rates(numerator, population), numerator, population, population > 0)
    denominator = counted.count(line.den, group) if line.den else None
    if unit == "count":
        return Sum(numerator, numerator, denominator, np.ones(len(numerator), np.bool_))
    if denominator is None:
        raise ValueError(f"a {unit} has nothing to be out of")
    return Sum(percents(numerator, denominator), numerator, denominator, denominator > 0)


def _term(term: Count | Difference, counted: Tally, group: Group) -> Numbers:
    if isinstance(term, Count):
        return counted.count(term, group)
    less = counted.count(term.first, group) - counted.count(term.second, group)
    return np.abs(less) if term.absolute else less


def percents(numerators: Numbers, denominators: Numbers) -> npt.NDArray[np.float64]:
    """100 x numerator / denominator to one decimal; nought where there is nothing to divide by."""
    return _over(100 * numerators, denominators)


def rates(counts: Numbers, populations: Numbers) -> npt.NDArray[np.float64]:
    """10,000 x count / population to one decimal; nought where there is no population."""
    return _over(PER * counts, populations)


def _over(numbers: Numbers, by: Numbers | int) -> npt.NDArray[np.float64]:
    """To one decimal, halves away from nought. Tenths are whole numbers, and a tenth of one is its nearest decimal."""
    divisor = np.maximum(by, 1)
    tenths = np.sign(numbers) * ((20 * np.abs(numbers) + divisor) // (2 * divisor))
    over: npt.NDArray[np.float64] = np.where(np.equal(by, 0), 0, tenths) / 10
    return over
