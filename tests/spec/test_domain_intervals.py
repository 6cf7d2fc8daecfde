"""Intervals, change and control limits

How far chance alone moves a figure. The examples are those that the methods were published with, or tables of them
that anyone can look up: Newcombe (Statistics in Medicine 17, 1998) for shares and their difference, Garwood's limits
of a Poisson count (1936), and Montgomery ("Introduction to Statistical Quality Control") for control limits.

The rules are `waypost.domain.intervals`, whose docstrings give the formulas.
"""

from __future__ import annotations

import pytest

from tests.spec.worked import example, spec
from waypost.domain import intervals


def rounded(interval: intervals.Interval, places: int) -> tuple[str, str]:
    return f"{interval.low:.{places}f}", f"{interval.high:.{places}f}"


@spec("The 95% interval of a share, by Wilson's method")
@example(81, 263, low="25.53", high="36.62")
@example(15, 148, low="6.24", high="16.05")
@example(0, 20, low="0.00", high="16.11", because="None of 20 does not show that there are none anywhere")
@example(1, 29, low="0.61", high="17.18")
@example(29, 29, low="88.30", high="100.00", because="The same rule from the other end")
def test_share(count: int, base: int, low: str, high: str) -> None:
    assert rounded(intervals.share(count, base).interval, 2) == (low, high)


@spec("The 95% limits of a count: exact under 10, by Byar's approximation from 10")
@example(0, low="0.00", high="3.69")
@example(1, low="0.03", high="5.57")
@example(3, low="0.62", high="8.77")
@example(5, low="1.62", high="11.67")
@example(9, low="4.12", high="17.08")
@example(10, low="4.79", high="18.39", because="The exact limits are 4.80 and 18.39")
@example(100, low="81.36", high="121.63", because="The exact limits are 81.36 and 121.63")
def test_count(count: int, low: str, high: str) -> None:
    assert rounded(intervals.around_count(count), 2) == (low, high)


@spec("The 95% interval of a rate is that of its count, for each 10,000")
@example(100, 10_000, low="81.36", high="121.63")
@example(100, 20_000, low="40.68", high="60.81")
@example(3, 10_000, low="0.62", high="8.77")
def test_rate(count: int, population: int, low: str, high: str) -> None:
    assert rounded(intervals.rate(count, population).interval, 2) == (low, high)


@spec("The change between two shares, and how far chance could have moved it")
@example("48 of 80", "56 of 70", change="20.00", low="5.24", high="33.39")
@example("3 of 10", "9 of 10", change="60.00", low="17.05", high="80.90")
@example("2 of 7", "6 of 7", change="57.14", low="5.82", high="80.62")
@example("0 of 29", "5 of 56", change="8.93", low="-3.81", high="19.26", because="No change lies within")
def test_change(first: str, last: str, change: str, low: str, high: str) -> None:
    before, after = (intervals.share(*map(int, told.split(" of "))) for told in (first, last))
    found = intervals.change(before, after)
    assert (f"{found.value:.2f}", *rounded(found.interval, 2)) == (change, low, high)


@spec("A change is within chance where no change at all is among those that the two figures allow")
@example("25 of 143", "31 of 149", within_chance=True, because="Six children more do not make a trend")
@example("0 of 29", "5 of 56", within_chance=True)
@example("48 of 80", "56 of 70", within_chance=False)
@example("9 of 10", "9 of 10", within_chance=True)
def test_within_chance(first: str, last: str, within_chance: bool) -> None:
    before, after = (intervals.share(*map(int, told.split(" of "))) for told in (first, last))
    assert intervals.is_within_chance(before, after) is within_chance


@spec("Control limits of shares: three standard errors either side of the share of all points together")
@example("12 of 50 and 11.13 of 50", at=50, low="5.24", high="41.02", because="The mean is 23.13%")
@example("94 of 100 and 98 of 100", at=100, low="90.12", high="100.00", because="A share cannot be over 100%")
@example("1 of 50 and 1 of 50", at=50, low="0.00", high="7.94", because="Nor under 0%")
def test_share_limits(points: str, at: int, low: str, high: str) -> None:
    counts, bases = zip(*(map(float, point.split(" of ")) for point in points.split(" and ")), strict=True)
    assert bases[-1] == at
    assert rounded(intervals.share_limits(counts, bases)[-1], 2) == (low, high)


@spec("Control limits of a count: three square roots of the mean either side of it, not under 0")
@example("19.85", low="6.48", high="33.22")
@example("90, 110", low="70.00", high="130.00")
@example("4, 4", low="0.00", high="10.00")
def test_count_limits(counts: str, low: str, high: str) -> None:
    assert rounded(intervals.count_limits([float(count) for count in counts.split(", ")]), 2) == (low, high)


@spec("Control limits of rates are wider where the population is smaller")
@example("193 of 1000000", low="0.07", high="3.79", at=50_000, because="The mean is 1.93 for each 10,000")
@example("193 of 1000000", low="1.51", high="2.35", at=1_000_000)
def test_rate_limits(points: str, at: int, low: str, high: str) -> None:
    count, base = map(int, points.split(" of "))
    # A second point of no weight of its own: the same rate, in the population asked for.
    limits = intervals.rate_limits([count, count * at / base], [base, at])
    assert rounded(limits[-1], 2) == (low, high)


@pytest.mark.parametrize(("count", "base"), [(1, 0), (3, 2), (-1, 5)])
def test_what_is_no_share_has_no_interval(count: int, base: int) -> None:
    with pytest.raises(ValueError, match="not a share"):
        intervals.share(count, base)


@pytest.mark.parametrize("populations", [[], [0, 10]])
def test_no_base_has_no_limits(populations: list[int]) -> None:
    with pytest.raises(ValueError, match="need a base"):
        intervals.rate_limits([1] * len(populations), populations)
