"""Sums of many places at once say what the domain's own say of each."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from waypost.domain.arithmetic import percent, rate_per_10000
from waypost.domain.rounding import half_up
from waypost.indicators.sums import _over, percents, rates

counts = st.one_of(st.integers(0, 400), st.integers(-400, 2_000_000))
bases = st.one_of(st.integers(0, 400), st.sampled_from([16, 40_000, 3_200_000, 12_183_016]), st.integers(0, 20_000_000))
pairs = st.lists(st.tuples(counts, bases), min_size=1, max_size=150)


@given(pairs)
def test_shares_and_rates_are_those_of_the_domain(cases: list[tuple[int, int]]) -> None:
    numerators, denominators = np.array(cases).T
    shares, per_10000 = percents(numerators, denominators).tolist(), rates(numerators, denominators).tolist()
    for (numerator, denominator), share, rate in zip(cases, shares, per_10000, strict=True):
        assert share == (percent(numerator, denominator) or 0)
        assert rate == (rate_per_10000(numerator, denominator) or 0)


@given(st.lists(st.integers(0, 4_000), min_size=1), st.integers(1, 60))
def test_a_quotient_is_rounded_half_up(numbers: list[int], by: int) -> None:
    assert _over(np.array(numbers), by).tolist() == [half_up(number / by, 1) for number in numbers]


def test_halves_go_up() -> None:
    assert percents(np.array([5, 101, 1]), np.array([16, 400, 2000])).tolist() == [31.3, 25.3, 0.1]
    assert rates(np.array([16, 1]), np.array([3_200_000, 40_000])).tolist() == [0.1, 0.3]


def test_nothing_to_divide_by_is_not_worked_out() -> None:
    assert percents(np.array([0, 3]), np.array([0, 0])).tolist() == [0, 0]
