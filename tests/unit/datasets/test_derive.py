"""What follows from a record by a rule of the domain: due dates, disability, need, working days and periods."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.datasets import derive
from waypost.datasets.tables import PERIODS, WORKING_DAYS, arrow_schema
from waypost.domain.calendars import ENGLAND_AND_WALES
from waypost.domain.periods import FinancialYear, Period, periods

# ---------------------------------------------------------------- due dates, counted by hand on a calendar


@pytest.mark.parametrize(
    ("started_on", "due_on"),
    [
        (date(2025, 3, 3), date(2025, 3, 24)),  # three whole weeks
        (date(2025, 3, 1), date(2025, 3, 21)),  # from a Saturday the Monday is the first day
        (date(2025, 3, 2), date(2025, 3, 21)),
        (date(2025, 4, 10), date(2025, 5, 6)),  # Good Friday, Easter Monday and 5 May
        (date(2024, 12, 16), date(2025, 1, 9)),  # Christmas Day, Boxing Day and New Year's Day
        (date(2022, 9, 1), date(2022, 9, 23)),  # 19 September, the Queen's funeral
        (date(2023, 4, 28), date(2023, 5, 23)),  # 1 May, and 8 May for the coronation
    ],
)
def test_an_initial_conference_is_due_on_the_fifteenth_working_day(started_on: date, due_on: date) -> None:
    assert derive.conferences_due([started_on]) == [due_on]


@pytest.mark.parametrize(
    ("started_on", "due_on"),
    [
        (date(2024, 5, 1), date(2024, 7, 5)),  # 6 and 27 May
        (date(2024, 2, 5), date(2024, 4, 10)),  # 29 March and 1 April
        (date(2023, 11, 6), date(2024, 1, 11)),  # 25 and 26 December, 1 January
        (date(2024, 6, 1), date(2024, 8, 2)),  # from a Saturday, nine whole weeks
    ],
)
def test_an_assessment_is_due_on_the_forty_fifth_working_day(started_on: date, due_on: date) -> None:
    assert derive.assessments_due([started_on]) == [due_on]


def test_what_has_no_start_has_no_due_date_and_the_rest_keep_their_places() -> None:
    starts = [None, date(2025, 3, 3), None, date(2025, 3, 3)]
    assert derive.conferences_due(starts) == [None, date(2025, 3, 24), None, date(2025, 3, 24)]
    assert derive.conferences_due([]) == []


@pytest.mark.parametrize("due", [derive.conferences_due, derive.assessments_due])
@pytest.mark.parametrize("far", [date.min, date(1989, 12, 31), date(2036, 1, 1), date.max])
def test_beyond_the_bank_holidays_that_are_kept_no_due_date_is_known(due: object, far: date) -> None:
    assert due([far]) == [None]  # type: ignore[operator]


def test_a_count_that_runs_past_the_bank_holidays_has_no_known_end() -> None:
    last = ENGLAND_AND_WALES.last
    assert derive.assessments_due([last, last - timedelta(days=20)]) == [None, None]
    assert derive.conferences_due([last, last - timedelta(days=5)]) == [None, None]


def test_before_the_single_assessment_there_was_no_such_limit() -> None:
    assert derive.assessments_due([date(2012, 6, 1)]) == [None]


# ---------------------------------------------------------------- disability and need


@pytest.mark.parametrize(
    ("codes", "answer"),
    [
        ([], None),
        (["NONE"], "no"),
        (["NONE", "NONE"], "no"),
        (["MOB"], "yes"),
        (["NONE", "MOB"], "yes"),
        (["MOB", "NONE"], "yes"),
        (["DDA", "AUT"], "yes"),
    ],
)
def test_disability_is_yes_for_any_code_but_none(codes: list[str], answer: str | None) -> None:
    assert derive.disability(codes) == answer
    assert derive.disability(iter(codes)) == answer


FOUND_NOT_IN_NEED = {
    "no_further_action": False,
    "assessments": 1,
    "later_activity": 0,
    "conference": None,
    "reason": "RC8",
}


@pytest.mark.parametrize(
    ("fact", "answer"),
    [
        ({}, True),
        ({"reason": "RC9"}, True),
        ({"assessments": 3}, True),
        ({"no_further_action": None}, True),
        ({"no_further_action": True}, False),
        ({"assessments": 0}, False),
        ({"later_activity": 1}, False),
        ({"conference": date(2024, 5, 1)}, False),
        ({"reason": None}, False),
        ({"reason": "RC7"}, False),
        ({"reason": "RC1"}, False),
    ],
)
def test_not_in_need_is_assessed_closed_for_it_and_followed_by_nothing(fact: dict[str, object], answer: bool) -> None:
    assert derive.is_not_in_need(**(FOUND_NOT_IN_NEED | fact)) is answer  # type: ignore[arg-type]


# ---------------------------------------------------------------- the calendar as a table

NUMBERS = dict(zip(*derive.working_days_table().to_pydict().values(), strict=True))
KEPT = st.dates(ENGLAND_AND_WALES.first, ENGLAND_AND_WALES.last)


def test_every_day_has_one_number() -> None:
    table = derive.working_days_table()
    days = table.column("day").to_pylist()
    assert table.schema == arrow_schema(WORKING_DAYS)
    assert (days[0], days[-1]) == (date(1900, 1, 1), date(2100, 12, 31))
    assert all(after - before == timedelta(days=1) for before, after in pairwise(days))
    assert all(after - before in (0, 1) for before, after in pairwise(table.column("number").to_pylist()))


@given(KEPT, st.integers(0, 300))
def test_a_difference_of_numbers_is_the_working_days_between(start: date, days: int) -> None:
    end = min(start + timedelta(days=days), ENGLAND_AND_WALES.last)
    between = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert NUMBERS[end] - NUMBERS[start] == sum(map(ENGLAND_AND_WALES.is_working_day, between))
    assert NUMBERS[end] - NUMBERS[start] == ENGLAND_AND_WALES.working_days_between(start, end)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2024, 6, 1), date(2024, 6, 3), 1),  # Saturday to Monday
        (date(2024, 6, 7), date(2024, 6, 10), 1),  # Friday to Monday
        (date(2024, 6, 3), date(2024, 6, 8), 4),  # Monday to Saturday
        (date(2024, 6, 8), date(2024, 6, 9), 0),
        (date(2024, 12, 24), date(2024, 12, 27), 1),
        (date(2024, 3, 28), date(2024, 4, 2), 1),
        (date(1950, 6, 2), date(1950, 6, 5), 1),  # before bank holidays are kept, weekdays alone
        (date(2090, 12, 22), date(2090, 12, 29), 5),
    ],
)
def test_working_days_by_hand(start: date, end: date, days: int) -> None:
    assert NUMBERS[end] - NUMBERS[start] == days


def test_periods_are_laid_out_with_their_year_and_the_number_of_their_last_day() -> None:
    table = derive.periods_table(
        [*periods(FinancialYear(2025), "quarter"), Period(date(2025, 4, 1), date(2025, 4, 30))]
    )
    assert table.schema == arrow_schema(PERIODS)
    assert [tuple(row.values())[:5] for row in table.to_pylist()] == [
        (0, 2025, date(2024, 4, 1), date(2024, 4, 1), date(2024, 6, 30)),
        (1, 2025, date(2024, 4, 1), date(2024, 7, 1), date(2024, 9, 30)),
        (2, 2025, date(2024, 4, 1), date(2024, 10, 1), date(2024, 12, 31)),
        (3, 2025, date(2024, 4, 1), date(2025, 1, 1), date(2025, 3, 31)),
        (4, 2026, date(2025, 4, 1), date(2025, 4, 1), date(2025, 4, 30)),
    ]
    for row in table.to_pylist():
        assert row["ends_number"] == NUMBERS[row["ends_on"]]
        assert row["ends_number"] - NUMBERS[row["starts_on"]] == ENGLAND_AND_WALES.working_days_between(
            row["starts_on"], row["ends_on"]
        )


def test_no_periods_are_an_empty_table() -> None:
    assert derive.periods_table([]).num_rows == 0
