"""What must hold for every date, and agreement with others who count the same days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from waypost.domain.arithmetic import percent
from waypost.domain.bands import (
    ASSESSMENT_LENGTHS,
    CONFERENCE_WAITS,
    DFE_AGES,
    DFE_LENGTHS,
    LBHF_AGES,
    LBHF_LENGTHS,
    UNKNOWN,
    AgeBands,
    LengthBand,
    WorkingDayBand,
    length_band,
    two_years,
    working_day_band,
)
from waypost.domain.calendars import ENGLAND_AND_WALES
from waypost.domain.dates import add_months, age_on, completed_months
from waypost.domain.limits import facts
from waypost.domain.ni_bands import TABLES
from waypost.domain.rounding import half_up
from waypost.domain.timescales import CountingChoices, NoLimit, due_on, limit_in_force, timescale

FIRST, LAST = ENGLAND_AND_WALES.first, ENGLAND_AND_WALES.last
HOLIDAYS = sorted(ENGLAND_AND_WALES.bank_holidays)

days = st.dates(FIRST, LAST)
days_well_inside = st.dates(FIRST + timedelta(days=400), LAST - timedelta(days=400))
counts = st.integers(1, 200)


@given(days, days)
def test_working_days_agree_with_numpy(a: date, b: date) -> None:
    one = timedelta(days=1)
    a, b = min(a, b), max(a, b)
    assert ENGLAND_AND_WALES.working_days_between(a, b) == np.busday_count(a + one, b + one, holidays=HOLIDAYS)


@given(days_well_inside, counts)
def test_due_is_the_first_day_at_the_count(start: date, n: int) -> None:
    due = ENGLAND_AND_WALES.due(start, n)
    assert ENGLAND_AND_WALES.is_working_day(due)
    assert ENGLAND_AND_WALES.working_days_between(start, due) == n
    assert ENGLAND_AND_WALES.working_days_between(start, due - timedelta(days=1)) == n - 1


@given(days_well_inside, counts)
def test_before_undoes_due(start: date, n: int) -> None:
    due = ENGLAND_AND_WALES.due(start, n)
    back = ENGLAND_AND_WALES.before(due, n)
    assert ENGLAND_AND_WALES.is_working_day(back)
    assert back == (start if ENGLAND_AND_WALES.is_working_day(start) else ENGLAND_AND_WALES.before(start, 1))
    assert ENGLAND_AND_WALES.clear_before(due, n) == ENGLAND_AND_WALES.before(due, n + 1)


@given(days, st.integers(0, 40))
def test_the_table_of_numbers_is_the_calendar(first: date, span: int) -> None:
    last = min(first + timedelta(days=span), LAST)
    table = list(ENGLAND_AND_WALES.numbers(first, last))
    assert [day for day, _ in table] == [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert all(number == ENGLAND_AND_WALES.number(day) for day, number in table)


def test_outside_its_years_the_table_of_numbers_counts_weekdays_and_never_jumps() -> None:
    table = dict(ENGLAND_AND_WALES.numbers(date(1900, 1, 1), date(2100, 12, 31)))
    assert len(table) == (date(2100, 12, 31) - date(1900, 1, 1)).days + 1
    assert table[date(1950, 12, 31)] - table[date(1949, 12, 31)] == np.busday_count("1950-01-01", "1951-01-01")
    assert table[date(1990, 1, 2)] - table[date(1989, 12, 31)] == 1, "Monday 1 January 1990 is a bank holiday"
    numbers = list(table.values())
    assert {later - earlier for earlier, later in pairwise(numbers)} == {0, 1}


def test_bank_holidays_are_those_of_gov_uk() -> None:
    theirs = {
        holiday["date"]
        for holiday in BankHolidays(use_cached_holidays=True).get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    }
    years = range(min(theirs).year, max(theirs).year + 1)
    assert len(years) > 5
    assert theirs == {day for day in HOLIDAYS if day.year in years}


def test_the_calendar_covers_1990_to_2035_with_at_least_eight_holidays_a_year() -> None:
    assert date(1990, 1, 1) == FIRST
    assert date(2035, 12, 31) == LAST
    assert all(sum(day.year == year for day in HOLIDAYS) >= 8 for year in range(1990, 2036))
    assert all(day.weekday() < 5 for day in HOLIDAYS)


@given(days, st.integers(-60, 60))
def test_months_added_are_months_completed(day: date, months: int) -> None:
    then = add_months(day, months)
    assert completed_months(day, then) == months
    assert then.day <= day.day


@given(days, st.integers(0, 7000))
def test_age_is_how_many_birthdays_there_have_been(born_on: date, lived: int) -> None:
    day = born_on + timedelta(days=lived)
    birthdays = sum(
        (when.month, when.day) == (born_on.month, born_on.day)
        or ((born_on.month, born_on.day) == (2, 29) and (when.month, when.day) == (3, 1) and when.year % 4 != 0)
        for when in (born_on + timedelta(days=n) for n in range(1, lived + 1))
    )
    assert age_on(born_on, day) == birthdays


@pytest.mark.parametrize("bands", [DFE_LENGTHS, LBHF_LENGTHS], ids=["dfe", "lbhf"])
@given(start=days, length=st.integers(0, 2500))
def test_lengths_never_go_back_a_band(bands: Sequence[LengthBand], start: date, length: int) -> None:
    labels = [band.label for band in bands]
    day = start + timedelta(days=length)
    now, next_day = (labels.index(length_band(start, when, bands)) for when in (day, day + timedelta(days=1)))
    assert now <= next_day <= now + 1


@pytest.mark.parametrize(("bands", "first"), [(DFE_LENGTHS, ">=2 years"), (LBHF_LENGTHS, "2-4 years")])
@given(start=days, length=st.integers(0, 2500))
def test_length_bands_agree_with_ni64(bands: Sequence[LengthBand], first: str, start: date, length: int) -> None:
    labels = [band.label for band in bands]
    day = start + timedelta(days=length)
    assert (labels.index(length_band(start, day, bands)) >= labels.index(first)) is two_years(start, day)


@pytest.mark.parametrize("bands", [CONFERENCE_WAITS, ASSESSMENT_LENGTHS], ids=["conference", "assessment"])
def test_working_day_bands_cover_every_count_once(bands: Sequence[WorkingDayBand]) -> None:
    for n in range(200):
        holding = [band.label for band in bands if band.first <= n and (band.last is None or n <= band.last)]
        assert holding == [working_day_band(n, bands)]


@pytest.mark.parametrize("ages", [DFE_AGES, LBHF_AGES], ids=["dfe", "lbhf"])
@given(born_on=days, day=days)
def test_every_child_born_has_a_band(ages: AgeBands, born_on: date, day: date) -> None:
    label = ages.of(day, born_on=born_on)
    assert label in ages.labels
    assert label != UNKNOWN
    if born_on > day:
        assert label == ages.unborn


@given(st.sampled_from(sorted(TABLES)), st.integers(0, 10_000))
def test_every_percentage_has_one_score(indicator: str, hundredths: int) -> None:
    table, value = TABLES[indicator], Fraction(hundredths, 100)
    holding = {band.score for band in table.bands if band.holds(value)}
    assert table.score(value) in holding
    assert len(holding) == 1 or value == 100


@given(st.integers(0, 5000), st.integers(1, 5000))
def test_a_percentage_is_within_half_a_place_of_the_truth(numerator: int, denominator: int) -> None:
    shown = percent(numerator, denominator)
    assert shown is not None
    truth = Fraction(100 * numerator, denominator)
    off = Fraction(round(shown * 10), 10) - truth
    assert Fraction(-1, 20) < off <= Fraction(1, 20)


@given(st.fractions(-1000, 1000, max_denominator=64), st.integers(0, 3))
def test_rounding_is_the_same_either_side_of_nought(value: Fraction, places: int) -> None:
    assert half_up(-value, places) == -half_up(value, places)


@given(days_well_inside, st.sampled_from(sorted(facts().timescales)), st.booleans())
def test_every_limit_gives_a_date_on_its_own_side_or_says_there_is_none(start: date, named: str, days: bool) -> None:
    choices = CountingChoices(months="days_91_183" if days else "calendar_month")
    kinds = {limit.when or None for limit in timescale(named).limits if limit.is_in_force(start)}
    for when in kinds if kinds - {None} else {None}:
        limit = limit_in_force(named, start, when=when) if when else limit_in_force(named, start)
        due = due_on(named, after=start, calendar=ENGLAND_AND_WALES, when=when, choices=choices)
        assert isinstance(due, NoLimit) == isinstance(limit, NoLimit)
        if not isinstance(limit, NoLimit) and not isinstance(due, NoLimit):
            assert due < start if limit.direction in {"before", "not_before"} else due > start
