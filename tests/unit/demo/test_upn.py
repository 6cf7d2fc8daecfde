"""Pupil numbers of the right form that no real school gave."""

from __future__ import annotations

from datetime import date

import pytest

from waypost.demo.upn import check_letter, starts_school_on, upn


def test_the_check_letter_worked_by_hand() -> None:
    """2x2 + 4x4 + 9x1 + 10x2 + 11x2 + 12x7 + 13x6 is 233, which leaves 3 over 23: the letter at place 3 from 0 is D."""
    assert check_letter("204000012276") == "D"


@pytest.mark.parametrize(
    ("born_on", "september"),
    [(date(2015, 8, 31), 2019), (date(2015, 9, 1), 2020), (date(2016, 2, 29), 2020)],
)
def test_a_number_is_given_in_the_september_after_the_fourth_birthday(born_on: date, september: int) -> None:
    assert starts_school_on(born_on) == date(september, 9, 1)


def test_no_real_school_is_numbered_below_1000() -> None:
    assert {upn(child, date(2015, 5, 5))[4] for child in range(1, 600_000, 997)} == {"0"}


def test_numbers_differ() -> None:
    assert len({upn(child, date(2010 + child % 9, 5, 5)) for child in range(30_000)}) == 30_000
