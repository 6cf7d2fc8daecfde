"""Chance for invented lives: one seeded source of it, in the words the rest of the room uses."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Weighted(Generic[T]):
    """Things to pick from, each with its weight. Weights need not add up to anything."""

    __slots__ = ("_choices", "_ladder")

    def __init__(self, weights: Mapping[T, float]) -> None:
        self._choices = tuple(weights)
        self._ladder = tuple(accumulate(weights.values()))

    def at(self, fraction: float) -> T:
        """The thing that stands at a fraction (0 up to 1) of the whole weight."""
        return self._choices[bisect(self._ladder, fraction * self._ladder[-1])]


class Chance:
    """A run of luck that is the same whenever the seed is the same."""

    __slots__ = ("_random",)

    def __init__(self, *seed: object) -> None:
        self._random = Random("/".join(str(part) for part in seed))  # noqa: S311  nobody is to be kept from guessing

    def happens(self, probability: float) -> bool:
        return self._random.random() < probability

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both possible, all alike."""
        return low + int(self._random.random() * (high - low + 1))

    def leaning(self, low: int, high: int, towards: int) -> int:
        """A whole number from low to high, most often near the one it leans towards."""
        return round(self._random.triangular(low, high, towards))

    def waiting(self, mean: float) -> int:
        """A whole number from 0 with no top, as waiting times are: mostly short, now and then long."""
        return int(self._random.expovariate(1 / mean))

    def about(self, middle: float, spread: float) -> int:
        """A whole number about the middle, two in three within the spread of it."""
        return round(self._random.gauss(middle, spread))

    def pick(self, table: Weighted[T]) -> T:
        return table.at(self._random.random())


class Turns:
    """Fractions from 0 up to 1 that fall evenly over short runs as well as long ones.

    With some sixty families a year at a conference, plain chance would drown what sets one authority, or one year,
    apart from another. Each fraction is the last one plus the golden section, less the whole part.
    """

    __slots__ = ("_last",)

    GOLDEN_SECTION = 0.6180339887498949

    def __init__(self, chance: Chance) -> None:
        self._last = chance.between(0, 9999) / 10000

    def next(self) -> float:
        self._last = (self._last + self.GOLDEN_SECTION) % 1
        return self._last
