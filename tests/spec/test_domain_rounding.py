"""Rounding and arithmetic

Figures are worked as exact fractions and rounded once, at the end. A half goes up, away from nought, as a person does
it on paper. A number with decimals stands for what is written: 0.15 is fifteen hundredths. Where there is nothing to
divide by there is no figure, which is not the same as nought.

The rules are `waypost.domain.rounding` and `waypost.domain.arithmetic`. What the five council reports printed, and what
their own numbers give, is in [Misprints](misprints.md).
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from tests.spec.worked import example, spec
from waypost.domain import arithmetic
from waypost.domain.rounding import Number, half_up


@spec("A half goes up, away from nought")
@example(25.25, 1, rounded=25.3)
@example(0.15, 1, rounded=0.2, because="Kept by a computer as a shade under 0.15")
@example(31.25, 1, rounded=31.3)
@example(12.5, 0, rounded=13)
@example(2.5, 0, rounded=3, because="Not to the even number")
@example(-0.25, 1, rounded=-0.3)
@example(1.005, 2, rounded=1.01)
@example(Fraction(1, 8), 2, rounded=0.13)
@example(Decimal("0.045"), 2, rounded=0.05)
@example(0.1499, 1, rounded=0.1, because="Rounded once, not by way of 0.15")
def test_half_up(value: Number, places: int, rounded: float) -> None:
    assert half_up(value, places) == rounded


@spec("A percentage has one decimal")
@example(101, 400, percent=25.3, because="Exactly 25.25")
@example(27, 154, percent=17.5)
@example(1, 3, percent=33.3)
@example(0, 12, percent=0.0, because="None of twelve is nought")
@example(0, 0, percent=None, because="None of none is no figure")
def test_percent(numerator: int, denominator: int, percent: float | None) -> None:
    assert arithmetic.percent(numerator, denominator) == percent


@spec("A rate is for every 10,000 children, with one decimal")
@example(108, 31_955, rate=33.8)
@example(137, 31_910, rate=42.9)
@example(5, 0, rate=None)
def test_rate(count: int, population: int, rate: float | None) -> None:
    assert arithmetic.rate_per_10000(count, population) == rate


@spec("The year to date is all counts over all counts, not a mean of monthly percentages")
@example((0, 0, 7), (12, 12, 21), percent=15.6, because="7 of 45")
def test_cumulative_percent(numerators: tuple[int, ...], denominators: tuple[int, ...], percent: float) -> None:
    assert arithmetic.cumulative_percent(numerators, denominators) == percent


@spec("Opening, and those who joined, less those who left, is closing")
@example(151, 154, 167, closing=138, because="The report prints 137")
@example(147, 33, 28, closing=152)
def test_stock_and_flow(opening: int, joined: int, left: int, closing: int) -> None:
    assert arithmetic.stock_flow_closing(opening, joined, left) == closing


@spec("Old national statistics were rounded to 5, and counts from 1 to 5 hidden")
@example(112, rounded=110, shown="112")
@example(3, rounded=5, shown="x")
@example(0, rounded=0, shown="0", because="Nought points at no child")
@example(6, rounded=5, shown="6")
def test_national_publication(count: int, rounded: int, shown: str) -> None:
    assert arithmetic.round_to_5(count) == rounded
    assert arithmetic.suppress_1_to_5(count) == shown


@spec("A target that is just reached is met; a comparator that is just matched is equal")
@example(8.0, 8.0, "low", target="met", comparator="equal")
@example(8.8, 8.0, "low", target="not met", comparator="worse")
@example(80.1, 80.0, "high", target="met", comparator="better")
def test_statuses(value: float, against: float, better: arithmetic.Better, target: str, comparator: str) -> None:
    assert arithmetic.target_status(value, against, better) == target
    assert arithmetic.comparator_status(value, against, better) == comparator


def test_there_is_no_mean_of_nothing() -> None:
    assert arithmetic.mean([]) is None
