"""The rules as expressions say what the pure functions of the domain say, for drawn cases and for some by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import ibis
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.unit.indicators.drawn import IN_BATCHES, Asked, batches, days, lengths, some_days
from waypost.domain import bands, dates
from waypost.domain.bands import ASSESSMENT_LENGTHS, CONFERENCE_WAITS, DFE_AGES, DFE_LENGTHS, LBHF_AGES, LBHF_LENGTHS
from waypost.domain.codes import REFERRAL_SOURCES
from waypost.engines.duckdb import DuckDB
from waypost.indicators import expressions

AGED = {"day": "date", "born_on": "date", "expected_on": "date"}
LENGTH = {"start": "date", "day": "date"}
Dates = Sequence[date | None]

births = st.one_of(
    st.tuples(days, some_days, some_days),
    lengths().flatmap(lambda life: st.tuples(st.just(life[1]), st.just(life[0]), some_days)),
    days.map(lambda day: (day, day, None)),
    st.tuples(days, st.none(), st.none()),
)

LEAP = date(2024, 2, 29)
BY_HAND: list[Dates] = [
    (date(2025, 2, 28), LEAP, None),  # the day before the first birthday of one born on 29 February
    (date(2025, 3, 1), LEAP, None),
    (date(2028, 2, 28), LEAP, None),
    (date(2028, 2, 29), LEAP, None),
    (date(2024, 2, 29), LEAP, None),
    (date(2024, 2, 28), LEAP, None),  # not yet born
    (date(2025, 2, 28), date(2024, 2, 28), None),
    (date(2025, 2, 28), None, date(2020, 1, 1)),  # without a date of birth, though it was expected long ago
    (date(2025, 2, 28), None, None),
]
AGES_BY_HAND = [0, 1, 3, 4, 0, -1, 1, -1, None]


# ---------------------------------------------------------------- ages


def test_ages_by_hand(ask: Asked) -> None:
    answer = ask(AGED, BY_HAND, lambda rows: expressions.age_on(rows.day, rows.born_on, rows.expected_on))
    assert answer == AGES_BY_HAND


def expected_age(day: date, born_on: date | None, expected_on: date | None) -> int | None:
    if born_on is None and expected_on is None:
        return None
    if born_on is None or born_on > day:
        return expressions.UNBORN
    return dates.age_on(born_on, day)


@IN_BATCHES
@given(batches(births))
@example(BY_HAND)
def test_an_age_is_that_of_the_domain(ask: Asked, cases: list[tuple[date, date | None, date | None]]) -> None:
    answer = ask(AGED, cases, lambda rows: expressions.age_on(rows.day, rows.born_on, rows.expected_on))
    assert answer == [expected_age(*case) for case in cases]


@pytest.mark.parametrize("ages", [DFE_AGES, LBHF_AGES], ids=lambda ages: ages.name)
@IN_BATCHES
@given(cases=batches(births))
@example(cases=BY_HAND)
def test_an_age_band_is_that_of_the_domain(
    ask: Asked, ages: bands.AgeBands, cases: list[tuple[date, date | None, date | None]]
) -> None:
    answer = ask(
        AGED,
        cases,
        lambda rows: expressions.age_band(expressions.age_on(rows.day, rows.born_on, rows.expected_on), ages),
    )
    assert answer == [ages.of(day, born_on=born_on, expected_on=expected_on) for day, born_on, expected_on in cases]


# ---------------------------------------------------------------- months and lengths


@pytest.mark.parametrize(
    ("day", "months", "answer"),
    [
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2024, 8, 31), 6, date(2025, 2, 28)),
        (LEAP, 12, date(2025, 2, 28)),
        (LEAP, 48, date(2028, 2, 29)),
        (date(2025, 2, 28), 12, date(2026, 2, 28)),
        (date(2024, 12, 31), 0, date(2024, 12, 31)),
    ],
)
def test_months_after_by_hand(ask: Asked, day: date, months: int, answer: date) -> None:
    assert ask({"day": "date"}, [(day,)], lambda rows: expressions.months_after(rows.day, months)) == [answer]


@pytest.mark.parametrize("months", [0, 1, 3, 6, 12, 18, 24, 48])
@IN_BATCHES
@given(cases=batches(st.tuples(days)))
def test_months_after_are_those_of_the_domain(ask: Asked, months: int, cases: list[tuple[date]]) -> None:
    answer = ask({"day": "date"}, cases, lambda rows: expressions.months_after(rows.day, months))
    assert answer == [dates.add_months(day, months) for (day,) in cases]


def test_months_after_a_day_are_a_day_and_not_a_moment() -> None:
    rows = ibis.table({"day": "date"}, name="days")
    with DuckDB() as engine:
        engine.load({"days": pa.table({"day": [date(2024, 1, 31)]})})
        answer = engine.rows(rows.select(after=expressions.months_after(rows.day, 1)))
    assert answer.schema.field("after").type == pa.date32()


def test_months_after_no_day_are_no_day(ask: Asked) -> None:
    assert ask({"day": "date"}, [(None,)], lambda rows: expressions.months_after(rows.day, 3)) == [None]


@IN_BATCHES
@given(batches(lengths()))
@example([(date(2023, 4, 1), date(2025, 3, 29)), (date(2023, 4, 1), date(2025, 3, 30))])
def test_two_years_are_those_of_the_domain(ask: Asked, cases: list[tuple[date, date]]) -> None:
    answer = ask(LENGTH, cases, lambda rows: expressions.two_years(rows.start, rows.day))
    assert answer == [bands.two_years(*case) for case in cases]


def test_two_years_by_hand(ask: Asked) -> None:
    """730 days, the first and the last counted; a leap year makes no difference to the count."""
    cases = [
        (date(2022, 4, 1), date(2024, 3, 29)),  # 729
        (date(2022, 4, 1), date(2024, 3, 30)),  # 730
        (date(2021, 4, 1), date(2023, 3, 30)),  # 729
        (date(2021, 4, 1), date(2023, 3, 31)),  # 730
    ]
    assert ask(LENGTH, cases, lambda rows: expressions.two_years(rows.start, rows.day)) == [False, True, False, True]


@pytest.mark.parametrize("lengths_of", [DFE_LENGTHS, LBHF_LENGTHS], ids=["DfE", "LBHF"])
@IN_BATCHES
@given(cases=batches(lengths()))
def test_a_length_band_is_that_of_the_domain(
    ask: Asked, lengths_of: Sequence[bands.LengthBand], cases: list[tuple[date, date]]
) -> None:
    answer = ask(LENGTH, cases, lambda rows: expressions.length_band(rows.start, rows.day, lengths_of))
    assert answer == [bands.length_band(start, day, lengths_of) for start, day in cases]


# ---------------------------------------------------------------- working days and codes


@pytest.mark.parametrize("lengths_of", [CONFERENCE_WAITS, ASSESSMENT_LENGTHS], ids=["conferences", "assessments"])
@IN_BATCHES
@given(cases=batches(st.tuples(st.one_of(st.none(), st.integers(0, 70), st.integers(0, 10**6)))))
def test_a_working_day_band_is_that_of_the_domain(
    ask: Asked, lengths_of: Sequence[bands.WorkingDayBand], cases: list[tuple[int | None]]
) -> None:
    answer = ask({"days": "int32"}, cases, lambda rows: expressions.working_day_band(rows.days, lengths_of))
    assert answer == [bands.working_day_band(days, lengths_of) for (days,) in cases]


def test_every_code_has_its_group_and_a_blank_or_strange_one_the_other(ask: Asked) -> None:
    codes = [*REFERRAL_SOURCES, None, "", "?", "2a", " 2A"]
    answer = ask(
        {"code": "string"},
        [(code,) for code in codes],
        lambda rows: expressions.grouped(rows.code, REFERRAL_SOURCES, "other"),
    )
    assert answer == [REFERRAL_SOURCES.get(code or "", "other") for code in codes]
    assert set(answer) == {"school", "health", "police", "other"}
