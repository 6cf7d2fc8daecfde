"""Days, as the census counts them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

BANK_HOLIDAYS = frozenset(
    map(
        date.fromisoformat,
        """
        2022-01-03 2022-04-15 2022-04-18 2022-05-02 2022-06-02 2022-06-03 2022-08-29 2022-09-19 2022-12-26 2022-12-27
        2023-01-02 2023-04-07 2023-04-10 2023-05-01 2023-05-08 2023-05-29 2023-08-28 2023-12-25 2023-12-26
        2024-01-01 2024-03-29 2024-04-01 2024-05-06 2024-05-27 2024-08-26 2024-12-25 2024-12-26
        2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26
        2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28
        2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28
        """.split(),
    )
)


def real_date(text: str | None) -> date | None:
    """YYYY-MM-DD, and a real day; anything else is blank."""
    if text is None or not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def days_on(day: date, days: int) -> date:
    """Some days later, or earlier; no further than there are dates."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def months_on(day: date, months: int) -> date:
    """The same day of another month, or that month's last; no further than there are dates."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return date.max if months > 0 else date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def years_on(day: date, years: int) -> date:
    return months_on(day, years * 12)


def is_weekend(day: date) -> bool:
    return day.weekday() >= 5


def working_days_before(day: date, count: int) -> date:
    """The day reached by stepping back over so many working days, the day itself not counted."""
    while count and day > date.min:
        day = days_on(day, -1)
        count -= not is_weekend(day) and day not in BANK_HOLIDAYS
    return day
