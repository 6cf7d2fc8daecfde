"""Working days

A working day is Monday to Friday and not a bank holiday of England and Wales. Days on which a council is itself shut
still count. From one day to another the working days are those **after the first, up to and including the second**:
the day of the starting event is day nought. "Due" is the first day at the count.

The rule is `waypost.domain.calendars`; the bank holidays are `bank_holidays.csv` beside it.
"""

from __future__ import annotations

from datetime import date

import pytest

from tests.spec.worked import example, spec
from waypost.domain.calendars import ENGLAND_AND_WALES, OutsideCalendar


@spec("The working days from one day to another leave out the first day and take in the last")
@example("3 March 2025", "24 March 2025", days=15)
@example("3 March 2025", "3 March 2025", days=0, because="The day of the event is day nought")
@example("7 March 2025", "10 March 2025", days=1, because="Friday to Monday")
@example("1 March 2025", "3 March 2025", days=1, because="Saturday to Monday: Monday is day 1")
@example("3 March 2025", "8 March 2025", days=4, because="Monday to Saturday: Tuesday to Friday count")
@example("17 April 2025", "22 April 2025", days=1, because="Good Friday and Easter Monday do not count")
@example("24 December 2024", "2 January 2025", days=4, because="27, 30 and 31 December and 2 January")
@example("24 March 2025", "3 March 2025", days=-15, because="Backwards is below nought, never nought")
def test_working_days_between(start: date, end: date, days: int) -> None:
    assert ENGLAND_AND_WALES.working_days_between(start, end) == days


@spec("One-off and moved bank holidays count as bank holidays")
@example("1 May 1995", is_working_day=True, because="The early May holiday was moved to the Monday after")
@example("8 May 1995", is_working_day=False, because="50 years since the war ended in Europe")
@example("27 December 1994", is_working_day=False, because="Kept for Christmas Day, which fell on a Sunday")
@example("28 December 1999", is_working_day=False, because="Kept for Boxing Day, which fell on a Sunday")
@example("31 December 1999", is_working_day=False, because="The eve of the millennium")
@example("30 December 1999", is_working_day=True, because="The eve of the millennium was given a day of its own")
@example("3 June 2002", is_working_day=False, because="The Golden Jubilee")
@example("4 June 2002", is_working_day=False, because="The spring holiday, moved beside it")
@example("27 May 2002", is_working_day=True, because="Where the spring holiday would have been")
@example("29 April 2011", is_working_day=False, because="The royal wedding")
@example("4 June 2012", is_working_day=False, because="The spring holiday, moved")
@example("5 June 2012", is_working_day=False, because="The Diamond Jubilee")
@example("4 May 2020", is_working_day=True, because="The early May holiday was moved to the Friday")
@example("8 May 2020", is_working_day=False, because="75 years since the war ended in Europe")
@example("2 June 2022", is_working_day=False, because="The spring holiday, moved")
@example("3 June 2022", is_working_day=False, because="The Platinum Jubilee")
@example("19 September 2022", is_working_day=False, because="The funeral of Queen Elizabeth II")
@example("8 May 2023", is_working_day=False, because="The coronation of King Charles III")
@example("27 December 2022", is_working_day=False, because="Kept for Christmas Day, which fell on a Sunday")
@example("17 March 2025", is_working_day=True, because="St Patrick's Day is a holiday in Northern Ireland only")
def test_one_off_days(day: date, is_working_day: bool) -> None:
    assert ENGLAND_AND_WALES.is_working_day(day) is is_working_day


@spec("Due is the first day on which so many working days have passed")
@example("3 March 2025", 15, due="24 March 2025")
@example("10 April 2025", 15, due="6 May 2025", because="Easter and the early May holiday do not count")
@example("8 March 2025", 15, due="28 March 2025", because="From a Saturday, Monday is day 1")
@example("23 December 1999", 4, due="4 January 2000", because="27, 28 and 31 December and 3 January do not count")
@example("16 September 2022", 1, due="20 September 2022", because="Monday was the Queen's funeral")
@example("8 March 2025", 0, due="8 March 2025", because="Nought days is the day itself, working day or not")
def test_due(start: date, working_days: int, due: date) -> None:
    assert ENGLAND_AND_WALES.due(start, working_days) == due


@spec("At least so many working days before an event steps back that many from it; the event is day nought")
@example("24 March 2025", 1, by="21 March 2025", because="Monday's papers are in on Friday")
@example("24 March 2025", 5, by="17 March 2025")
@example("22 April 2025", 2, by="16 April 2025", because="Easter does not count")
@example("23 March 2025", 1, by="21 March 2025", because="An event on a Sunday")
def test_before(event: date, working_days: int, by: date) -> None:
    assert ENGLAND_AND_WALES.before(event, working_days) == by


@spec("So many clear working days before an event steps back one more")
@example("24 March 2025", 5, by="14 March 2025", because="17 to 21 March are the five clear days")
@example("24 March 2025", 1, by="20 March 2025")
def test_clear_before(event: date, working_days: int, by: date) -> None:
    assert ENGLAND_AND_WALES.clear_before(event, working_days) == by


@spec("Outside the years whose bank holidays are kept, Waypost says so and gives no answer")
@example("31 December 1989", says="kept from 1 January 1990 to 31 December 2035")
@example("1 January 2036", says="cannot be counted on 1 January 2036")
@example("20 December 2035", says="runs past them", because="The fifteenth working day is in 2036")
def test_outside_the_calendar(start: date, says: str) -> None:
    with pytest.raises(OutsideCalendar, match=says):
        ENGLAND_AND_WALES.due(start, 15)
