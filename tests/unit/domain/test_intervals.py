"""What holds of every interval and every set of control limits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.domain.intervals import (
    around_count,
    change,
    count_limits,
    is_within_chance,
    rate,
    rate_limits,
    share,
    share_limits,
)

SLACK = 1e-9
bases = st.integers(min_value=1, max_value=20_000)


@st.composite
def shares(draw: st.DrawFn) -> tuple[int, int]:
    base = draw(bases)
    return draw(st.integers(min_value=0, max_value=base)), base


@given(shares())
def test_a_share_lies_in_its_interval_and_the_interval_in_0_to_100(held: tuple[int, int]) -> None:
    found = share(*held)
    assert found.interval.holds(found.value)
    assert 0 <= found.interval.low <= found.interval.high <= 100


@given(shares())
def test_the_interval_of_the_rest_is_the_mirror_of_that_of_the_share(held: tuple[int, int]) -> None:
    count, base = held
    one, other = share(count, base).interval, share(base - count, base).interval
    assert one.low == pytest.approx(100 - other.high)
    assert one.high == pytest.approx(100 - other.low)


@given(shares(), st.integers(min_value=2, max_value=50))
def test_the_same_share_of_more_is_surer(held: tuple[int, int], times: int) -> None:
    count, base = held
    few, many = share(count, base).interval, share(count * times, base * times).interval
    assert many.high - many.low < few.high - few.low


@given(st.integers(min_value=0, max_value=10_000), bases)
def test_a_rate_lies_in_its_interval(count: int, population: int) -> None:
    found = rate(count, population)
    assert 0 <= found.interval.low <= found.value <= found.interval.high


@given(st.integers(min_value=0, max_value=200))
def test_more_events_move_both_limits_up(count: int) -> None:
    """The exact limits and Byar's meet at 10 without a step back."""
    here, above = around_count(count), around_count(count + 1)
    assert here.low < above.low or count == 0 == here.low
    assert here.high < above.high


@given(shares(), shares())
def test_a_change_and_the_change_back_are_mirrors(one: tuple[int, int], other: tuple[int, int]) -> None:
    first, last = share(*one), share(*other)
    there, back = change(first, last), change(last, first)
    assert there.value == -back.value
    assert there.interval.low == pytest.approx(-back.interval.high)
    assert is_within_chance(first, last) == is_within_chance(last, first)


@given(shares())
def test_no_change_is_within_chance(held: tuple[int, int]) -> None:
    assert is_within_chance(share(*held), share(*held))


@given(shares(), shares())
def test_intervals_that_do_not_meet_are_more_than_chance(one: tuple[int, int], other: tuple[int, int]) -> None:
    first, last = share(*one), share(*other)
    if first.interval.high < last.interval.low:
        assert not is_within_chance(first, last)


@given(st.lists(shares(), min_size=1, max_size=8))
def test_control_limits_lie_around_the_share_of_all_the_points(points: list[tuple[int, int]]) -> None:
    counts, held = zip(*points, strict=True)
    mean = 100 * sum(counts) / sum(held)
    for limits in share_limits(counts, held):
        assert -SLACK <= limits.low <= mean + SLACK
        assert mean - SLACK <= limits.high <= 100 + SLACK


@given(st.lists(st.integers(min_value=0, max_value=500), min_size=1, max_size=12), st.integers(1, 10_000))
def test_limits_of_rates_on_one_population_are_those_of_the_counts(counts: list[int], population: int) -> None:
    of_counts, of_rates = count_limits(counts), rate_limits(counts, [population] * len(counts))[0]
    assert of_rates.low == pytest.approx(10_000 * of_counts.low / population, abs=1e-6)
    assert of_rates.high == pytest.approx(10_000 * of_counts.high / population, abs=1e-6)
