"""The working days of England and Wales, and how to count them.

A working day is Monday to Friday and not a bank holiday of England and Wales. Days on which a council itself is
shut still count. From `a` to `b` the working days are the days `d` with `a < d <= b`: the day of the starting event
is day nought, so Saturday to Monday is 1 and Friday to Monday is 1.

Bank holidays come from `bank_holidays.csv`, one-off days included (`tools/make_bank_holidays.py` makes it). Nothing
is counted outside the years that table covers, because the answer could be wrong by a day and look right.
"""

from __future__ import annotations

import csv
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from importlib.resources import files

from waypost.domain.errors import PlainError

SATURDAY = 5


class OutsideCalendar(PlainError):
    """A working day was asked for in years whose bank holidays are not kept."""


@dataclass(frozen=True, eq=False)
class WorkingDayCalendar:
    """Working days from `first` to `last`, given the bank holidays between them (day to name)."""

    name: str
    first: date
    last: date
    bank_holidays: Mapping[date, str]

    def is_working_day(self, day: date) -> bool:
        self._must_cover(day)
        return day.weekday() < SATURDAY and day not in self.bank_holidays

    def number(self, day: date) -> int:
        """The running number of working days up to and including the day.

        Only the difference between two numbers means anything: `number(b) - number(a)` is the working days
        from `a` to `b`.
        """
        self._must_cover(day)
        return self._number(day)

    def working_days_between(self, a: date, b: date) -> int:
        """The working days d with a < d <= b; below nought when b comes before a."""
        return self.number(b) - self.number(a)

    def due(self, start: date, days: int) -> date:
        """The first day at which `days` working days have passed since the start, which is day nought."""
        self._must_cover(start)
        if days <= 0:
            return self._only_nought(start, days)
        return self._working_day(bisect_right(self._working_days, start) + days - 1, start)

    def before(self, event: date, days: int) -> date:
        """The day that is `days` working days before the event, which is day nought.

        A paper due "at least 5 working days before" a conference is due `before(conference, 5)`.
        """
        self._must_cover(event)
        if days <= 0:
            return self._only_nought(event, days)
        return self._working_day(bisect_left(self._working_days, event) - days, event)

    def clear_before(self, event: date, days: int) -> date:
        """The last day that leaves `days` whole working days between it and the event ("5 clear days")."""
        return self.before(event, days + 1)

    def numbers(self, first: date, last: date) -> Iterator[tuple[date, int]]:
        """Each day from first to last with its running number, for a table that data can be joined to.

        The span may be wider than the calendar. Outside it weekdays alone are counted, since no bank holidays are
        kept there; lengths that reach outside are therefore approximate, while all lengths within are exact.
        """
        day = first
        while day <= last:
            yield day, self._number(day)
            day += timedelta(days=1)

    @cached_property
    def _holidays(self) -> tuple[date, ...]:
        return tuple(sorted(day for day in self.bank_holidays if day.weekday() < SATURDAY))

    @cached_property
    def _working_days(self) -> tuple[date, ...]:
        span = (self.last - self.first).days + 1
        days = (self.first + timedelta(days=n) for n in range(span))
        return tuple(day for day in days if self.is_working_day(day))

    def _number(self, day: date) -> int:
        # Day 1 of the calendar that Python keeps, 1 January of the year 1, is a Monday.
        weeks, spare = divmod(day.toordinal(), 7)
        return weeks * 5 + min(spare, 5) - bisect_right(self._holidays, day)

    def _working_day(self, place: int, counted_from: date) -> date:
        if 0 <= place < len(self._working_days):
            return self._working_days[place]
        raise OutsideCalendar(f"{self._kept()}, and the count from {_plain(counted_from)} runs past them.")

    def _must_cover(self, day: date) -> None:
        if not self.first <= day <= self.last:
            raise OutsideCalendar(f"{self._kept()}, so working days cannot be counted on {_plain(day)}.")

    def _kept(self) -> str:
        return f"The bank holidays of {self.name} are kept from {_plain(self.first)} to {_plain(self.last)}"

    @staticmethod
    def _only_nought(day: date, days: int) -> date:
        if days < 0:
            raise ValueError("Working days are counted forwards with due and backwards with before.")
        return day


def _plain(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _kept_bank_holidays() -> dict[date, str]:
    table = (files("waypost.domain") / "bank_holidays.csv").read_text(encoding="utf-8")
    return {date.fromisoformat(row["date"]): row["name"] for row in csv.DictReader(table.splitlines())}


def _england_and_wales() -> WorkingDayCalendar:
    kept = _kept_bank_holidays()
    return WorkingDayCalendar("England and Wales", date(min(kept).year, 1, 1), date(max(kept).year, 12, 31), kept)


ENGLAND_AND_WALES = _england_and_wales()
