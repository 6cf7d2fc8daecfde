"""Ages and months

An age is in completed years. Born on 29 February, a child reaches an age on 1 March in a common year. (The rules that
check the statutory return follow their own text on this.) Months are calendar months: the same day of the month so
many months on, or the month's last day where the month is shorter.

The rules are `waypost.domain.dates` and the age bands of `waypost.domain.bands`.
"""

from __future__ import annotations

from datetime import date

from tests.spec.worked import example, spec
from waypost.domain.bands import DFE_AGES, LBHF_AGES
from waypost.domain.dates import add_months, age_on, completed_months


@spec("An age is reached on the birthday")
@example("10 June 2015", "9 June 2025", age=9)
@example("10 June 2015", "10 June 2025", age=10)
@example("29 February 2008", "28 February 2025", age=16)
@example("29 February 2008", "1 March 2025", age=17, because="There is no 29 February in 2025")
@example("29 February 2008", "28 February 2024", age=15)
@example("29 February 2008", "29 February 2024", age=16, because="There is one in 2024")
def test_age(born_on: date, day: date, age: int) -> None:
    assert age_on(born_on, day) == age


@spec("The Department's age bands")
@example("31 March 2025", "1 April 2025", None, band="unborn", because="Born after the day")
@example("31 March 2025", None, "1 June 2025", band="unborn", because="Only an expected date")
@example("31 March 2025", None, "1 March 2025", band="unborn", because="Expected before the day, and no birth recorded")
@example("31 March 2025", None, None, band="unknown")
@example("31 March 2025", "31 March 2025", None, band="under 1", because="Born on the day")
@example("31 March 2025", "31 March 2024", None, band="1-4")
@example("31 March 2025", "1 April 2020", None, band="1-4", because="Five tomorrow")
@example("31 March 2025", "31 March 2020", None, band="5-9")
@example("31 March 2025", "31 March 2015", None, band="10-15")
@example("31 March 2025", "31 March 2009", None, band="16-17")
@example("31 March 2025", "31 March 2007", None, band="18+")
def test_dfe_ages(day: date, born_on: date | None, expected_on: date | None, band: str) -> None:
    assert DFE_AGES.of(day, born_on=born_on, expected_on=expected_on) == band


@spec("The age bands of the LBHF reports, where a child not yet born is in the first")
@example("31 March 2025", "1 April 2025", None, band="0-1")
@example("31 March 2025", None, "1 June 2025", band="0-1")
@example("31 March 2025", "1 April 2023", None, band="0-1", because="Two tomorrow")
@example("31 March 2025", "31 March 2023", None, band="2-3")
@example("31 March 2025", "31 March 2021", None, band="4-8")
@example("31 March 2025", "31 March 2016", None, band="9-14")
@example("31 March 2025", "31 March 2010", None, band="15+")
@example("31 March 2025", None, None, band="unknown")
def test_lbhf_ages(day: date, born_on: date | None, expected_on: date | None, band: str) -> None:
    assert LBHF_AGES.of(day, born_on=born_on, expected_on=expected_on) == band


@spec("Months are added to the same day of the month, or to the last day of a shorter one")
@example("15 January 2025", 3, then="15 April 2025")
@example("30 November 2024", 3, then="28 February 2025")
@example("30 November 2023", 3, then="29 February 2024")
@example("31 August 2024", 6, then="28 February 2025")
@example("31 March 2025", -1, then="28 February 2025")
@example("29 February 2024", 12, then="28 February 2025")
def test_add_months(day: date, months: int, then: date) -> None:
    assert add_months(day, months) == then


@spec("Completed months are the most that can be added without passing the day")
@example("15 January 2025", "14 April 2025", months=2)
@example("15 January 2025", "15 April 2025", months=3)
@example("30 November 2024", "28 February 2025", months=3)
@example("15 January 2025", "14 January 2025", months=-1)
def test_completed_months(start: date, day: date, months: int) -> None:
    assert completed_months(start, day) == months


def test_unborn_stands_alone_or_in_the_first_band() -> None:
    assert DFE_AGES.labels == ("unborn", "under 1", "1-4", "5-9", "10-15", "16-17", "18+")
    assert LBHF_AGES.labels == ("0-1", "2-3", "4-8", "9-14", "15+")
