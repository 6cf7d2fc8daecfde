"""How far chance alone moves a figure: intervals, the change between two figures, and control limits.

A share is in per cent, a rate for each 10,000, a count as it is. Nothing here is rounded. Intervals are of 95%.

Sources, all of them in use for public figures in England:

* shares: Wilson's score method (E. B. Wilson, 1927), which stays within 0 and 100 and is of use for small bases;
* counts and rates: Byar's approximation (Breslow and Day, "Statistical Methods in Cancer Research" II, 1987), and for
  counts under 10 the exact Poisson limits (Garwood, 1936), as APHO Technical Briefing 3 (2008) asks;
* the difference of two: from the limits of each, as Newcombe's method 10 for shares (Statistics in Medicine 17, 1998)
  and Zou and Donner for rates (the same journal 27, 2008);
* control limits: Shewhart's p, u and c charts, three standard errors either side of the mean, as in APHO Technical
  Briefing 2 (2008).

All of them take each child as coming alone. Brothers and sisters come together, so chance moves figures about children
somewhat more than is said here, and never less.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, sqrt
from statistics import NormalDist

from waypost.domain.arithmetic import PER

Z = NormalDist().inv_cdf(0.975)
TAIL = 0.025
SIGMAS = 3
EXACT_BELOW = 10
"""The count from which Byar's approximation is near enough to the exact limits."""
HALVINGS = 100


@dataclass(frozen=True, slots=True)
class Interval:
    """From low to high, both included."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with the interval around it."""

    value: float
    interval: Interval


# ---------------------------------------------------------------- intervals


def share(count: float, base: float) -> Estimate:
    """The share that a count is of its base, in per cent, by Wilson's method.

        (2c + z² ± z √(z² + 4c(1 - p))) / 2(b + z²)

    Raises:
        ValueError: the count is not part of the base, or there is no base.
    """
    if not 0 <= count <= base or not base:
        raise ValueError(f"{count} of {base} is not a share")
    p = count / base
    middle, spread, whole = 2 * count + Z**2, Z * sqrt(Z**2 + 4 * count * (1 - p)), 2 * (base + Z**2)
    # Nothing and everything are certain on their own side; there the formula misses 0 and 1 by a rounding error.
    low = 0.0 if count == 0 else (middle - spread) / whole
    high = 1.0 if count == base else (middle + spread) / whole
    return Estimate(100 * p, Interval(100 * low, 100 * high))


def rate(count: float, population: float) -> Estimate:
    """So many for each 10,000 of a population that is taken as known exactly.

    Raises:
        ValueError: the count is below nought, or there is no population.
    """
    if population <= 0:
        raise ValueError(f"{population} is not a population")
    limits = around_count(count)
    return Estimate(PER * count / population, Interval(PER * limits.low / population, PER * limits.high / population))


def around_count(count: float) -> Interval:
    """The limits of a count of events: exact below 10, by Byar's approximation from there on.

        low = c (1 - 1/9c - z/3√c)³, high = d (1 - 1/9d + z/3√d)³ with d = c + 1

    Raises:
        ValueError: the count is below nought.
    """
    if count < 0:
        raise ValueError(f"{count} is not a count")
    if count < EXACT_BELOW:
        return _exact(int(count))
    above = count + 1
    low = count * (1 - 1 / (9 * count) - Z / (3 * sqrt(count))) ** 3
    high = above * (1 - 1 / (9 * above) + Z / (3 * sqrt(above))) ** 3
    return Interval(low, high)


def _exact(count: int) -> Interval:
    """The means that leave one chance in forty of so few, and one in forty of so many.

    They are half the 2.5% point of chi-square on 2c degrees of freedom, and half the 97.5% point on 2c + 2.
    """
    low = 0.0 if count == 0 else _falls_to(1 - TAIL, lambda mean: _at_most(count - 1, mean))
    return Interval(low, _falls_to(TAIL, lambda mean: _at_most(count, mean)))


def _at_most(count: int, mean: float) -> float:
    """The chance of a Poisson count no larger than this one."""
    term = exp(-mean)
    chance = term
    for each in range(1, count + 1):
        term *= mean / each
        chance += term
    return chance


def _falls_to(chance: float, of: Callable[[float], float]) -> float:
    """The mean at which a chance that falls as the mean rises reaches a value, by halving."""
    low, high = 0.0, 10.0 * EXACT_BELOW
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if of(middle) > chance else (low, middle)
    return (low + high) / 2


# ---------------------------------------------------------------- a change


def change(first: Estimate, last: Estimate) -> Estimate:
    """The change from the first to the last, with the limits that those of the two give it."""
    moved = last.value - first.value
    down = sqrt((last.value - last.interval.low) ** 2 + (first.interval.high - first.value) ** 2)
    up = sqrt((last.interval.high - last.value) ** 2 + (first.value - first.interval.low) ** 2)
    return Estimate(moved, Interval(moved - down, moved + up))


def is_within_chance(first: Estimate, last: Estimate) -> bool:
    """Whether no change at all is among the changes that the two figures allow."""
    return change(first, last).interval.holds(0)


# ---------------------------------------------------------------- control limits


def share_limits(counts: Sequence[float], bases: Sequence[float]) -> tuple[Interval, ...]:
    """Limits for each of a series of shares around the share of all of them together, in per cent (a p chart).

        p ± 3 √(p(1 - p)/b), kept within 0 and 100

    The mean of a series near 100% is nearer to it than three standard errors; there 100% lies within the limits, which
    Wilson's interval around the mean would not allow.

    Raises:
        ValueError: there is no base.
    """
    p = _mean(counts, bases)
    return tuple(_within(p, sqrt(p * (1 - p) / base), 100, most=100) for base in bases)


def rate_limits(counts: Sequence[float], populations: Sequence[float]) -> tuple[Interval, ...]:
    """Limits for each of a series of rates around the rate of all of them together, for each 10,000 (a u chart).

        u ± 3 √(u/n), not below 0

    Raises:
        ValueError: there is no population.
    """
    u = _mean(counts, populations)
    return tuple(_within(u, sqrt(u / population), PER) for population in populations)


def count_limits(counts: Sequence[float]) -> Interval:
    """Limits for a series of counts around their mean (a c chart): c ± 3 √c, not below 0.

    Raises:
        ValueError: there are no counts.
    """
    c = _mean(counts, [1] * len(counts))
    return _within(c, sqrt(c), 1)


def _mean(counts: Sequence[float], bases: Sequence[float]) -> float:
    if not bases or not all(base > 0 for base in bases):
        raise ValueError("Control limits need a base for each point")
    return sum(counts) / sum(bases)


def _within(mean: float, error: float, per: float, *, most: float | None = None) -> Interval:
    low, high = per * (mean - SIGMAS * error), per * (mean + SIGMAS * error)
    return Interval(max(low, 0), high if most is None else min(high, most))
