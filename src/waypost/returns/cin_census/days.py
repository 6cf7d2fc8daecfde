"""Days as the rules of the census count them, many at a time.

A month or a year on is the same day of that month, or its last where it is shorter, so 29 February becomes the 28th.
Nothing here is outside a calendar: a reference date of the year 1 or 9999 is counted like any other.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from waypost.domain.calendars import ENGLAND_AND_WALES

Days = npt.NDArray[np.datetime64]

FIRST_YEAR, LAST_YEAR = 2022, 2027
"""The bank holidays that the rules of these collections count are those of these years, whatever year a file is of."""


class CensusYear:
    """The year to a reference date, which is its last day."""

    def __init__(self, ends_on: np.datetime64) -> None:
        self.ends_on = ends_on.astype("datetime64[D]")

    @cached_property
    def starts_on(self) -> np.datetime64:
        return self.before(years=1) + 1

    def before(self, *, years: int) -> np.datetime64:
        """The reference date of so many years before."""
        return after(self.ends_on, months=-12 * years)

    def working_days_before(self, day: np.datetime64, count: int) -> np.datetime64:
        """The working day that is so many strictly before a day: 1 is the last one before it."""
        return np.busday_offset(day, -count, roll="forward", holidays=_holidays())


def after(day: Any, *, months: int) -> Any:
    """Each day so many months on, or before where months are below nought. No day stays no day."""
    month = np.asarray(day).astype("datetime64[M]")
    into = day - month.astype("datetime64[D]")
    moved = month + months
    last = (moved + 1).astype("datetime64[D]") - 1
    return np.minimum(moved.astype("datetime64[D]") + into, last)


def at_weekend(day: Days) -> npt.NDArray[np.bool_]:
    """Whether each is a Saturday or Sunday; no day is not."""
    there = ~np.isnat(day)
    answer = np.zeros(len(day), bool)
    answer[there] = ~np.is_busday(day[there])
    return answer


@cache
def _holidays() -> Days:
    kept = [day for day in ENGLAND_AND_WALES.bank_holidays if FIRST_YEAR <= day.year <= LAST_YEAR]
    return np.array(kept, "datetime64[D]")
