"""Days as the rules count them: the year, months, working days and weekends."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from waypost.domain.calendars import ENGLAND_AND_WALES
from waypost.returns.cin_census.days import CensusYear, after, at_weekend


@pytest.mark.parametrize(
    ("ends_on", "starts_on"),
    [
        ("2026-03-31", "2025-04-01"),
        ("2024-02-29", "2023-03-01"),
        ("2025-02-28", "2024-02-29"),
        ("0001-03-31", "0000-04-01"),
    ],
)
def test_the_year_starts_on_the_day_after_the_reference_date_of_the_year_before(ends_on: str, starts_on: str) -> None:
    assert str(CensusYear(np.datetime64(ends_on)).starts_on) == starts_on


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2026-03-31", 9, "2026-12-31"),
        ("2026-03-31", 11, "2027-02-28"),
        ("2000-02-29", 300, "2025-02-28"),
        ("2000-02-29", 48, "2004-02-29"),
        ("2026-03-31", -72, "2020-03-31"),
        ("9999-12-31", 9, "10000-09-30"),
    ],
)
def test_months_on(day: str, months: int, later: str) -> None:
    assert str(after(np.datetime64(day), months=months)) == later


def test_no_day_stays_no_day() -> None:
    assert np.isnat(after(np.array(["NaT"], "datetime64[D]"), months=9)).all()


@pytest.mark.parametrize("year", range(2023, 2028))
@pytest.mark.parametrize("count", [1, 14, 44])
def test_working_days_before_are_those_of_the_calendar(year: int, count: int) -> None:
    ends_on = date(year, 3, 31)
    found = CensusYear(np.datetime64(ends_on)).working_days_before(np.datetime64(ends_on), count)
    assert found == np.datetime64(ENGLAND_AND_WALES.before(ends_on, count))


def test_weekends() -> None:
    monday = date(2025, 6, 9)
    week = [monday + timedelta(days=number) for number in range(7)]
    asked = np.array([*week, "NaT"], "datetime64[D]")
    assert at_weekend(asked).tolist() == [False] * 5 + [True, True, False]
