"""Months and ages, counted as law and guidance count them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months on, or the month's last day where the month is shorter."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def completed_months(start: date, day: date) -> int:
    """Whole months from the start to the day: the most months that can be added without passing the day.

    Below nought when the day comes before the start.
    """
    months = (day.year - start.year) * 12 + day.month - start.month
    return months if add_months(start, months) <= day else months - 1


def birthday(born_on: date, year: int) -> date:
    """The birthday in a year; for those born on 29 February, 1 March in a common year."""
    if (born_on.month, born_on.day) == (2, 29) and monthrange(year, 2)[1] == 28:
        return date(year, 3, 1)
    return born_on.replace(year=year)


def age_on(born_on: date, day: date) -> int:
    """Age in completed years on the day. Below nought for a child not yet born."""
    return day.year - born_on.year - (day < birthday(born_on, day.year))
