"""Financial years and the grids of time that figures are given for.

A year runs from 1 April to 31 March, a quarter is three calendar months from April, and a month is the calendar
month (`cin_reading.time.grids` of the indicator catalogue).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from waypost.domain.errors import WrongUse

Grid = Literal["year", "quarter", "month"]
GRIDS: tuple[Grid, ...] = get_args(Grid)
EARLIEST, LATEST = 1900, 2100
"""The years that can be asked for."""
MONTHS_IN: dict[Grid, int] = {"year": 12, "quarter": 3, "month": 1}


@dataclass(frozen=True, order=True, slots=True)
class FinancialYear:
    """A year from 1 April to 31 March, known by the calendar year in which it ends."""

    ends: int

    @classmethod
    def parse(cls, text: str) -> FinancialYear:
        """The year that text such as "2024-25" names.

        Raises:
            WrongUse: the text is not two years that follow each other.
        """
        match = re.fullmatch(r"(\d{4})-(\d{2})", text.strip())
        if not match or (int(match[1]) + 1) % 100 != int(match[2]) or not EARLIEST <= int(match[1]) < LATEST:
            raise WrongUse(f"{text!r} is not a financial year; write it as 2024-25.")
        return cls(int(match[1]) + 1)

    @classmethod
    def holding(cls, day: date) -> FinancialYear:
        return cls(day.year + (day.month >= 4))

    @property
    def start(self) -> date:
        return date(self.ends - 1, 4, 1)

    @property
    def end(self) -> date:
        return date(self.ends, 3, 31)

    def before(self, years: int = 1) -> FinancialYear:
        return FinancialYear(self.ends - years)

    def __str__(self) -> str:
        return f"{self.ends - 1}-{self.ends % 100:02d}"


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """Part of a financial year, first and last day included."""

    start: date
    end: date

    @property
    def year(self) -> FinancialYear:
        return FinancialYear.holding(self.start)


def periods(year: FinancialYear, by: Grid) -> tuple[Period, ...]:
    """The periods of a year, in order."""
    step = MONTHS_IN[by]
    return tuple(_months_from(year, first, step) for first in range(0, 12, step))


def _months_from(year: FinancialYear, first: int, step: int) -> Period:
    opening = _month(year, first)
    closing = _month(year, first + step - 1)
    return Period(opening, closing.replace(day=monthrange(closing.year, closing.month)[1]))


def _month(year: FinancialYear, place: int) -> date:
    return date(year.ends - 1 + (place >= 9), (3 + place) % 12 + 1, 1)
