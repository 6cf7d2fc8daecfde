"""Figures and numbers made by hand, for tests that need no census."""

from __future__ import annotations

from collections.abc import Iterable

from waypost.domain.periods import FinancialYear, Period, periods
from waypost.indicators.results import Figure, Results
from waypost.reports.model import Number
from waypost.reports.numbers import Numbers

YEAR = FinancialYear(2025)
WHOLE = periods(YEAR, "year")[0]
MONTHS = periods(YEAR, "month")


def figure(indicator: str, period: Period, value: float | None, unit: str = "count", **more: object) -> Figure:
    told: dict[str, object] = {
        "version": 1, "authority": "991", "group": {}, "numerator": value, "denominator": None,
        "status": "not_available" if value is None else "final",
    }  # fmt: skip
    return Figure(indicator=indicator, period=period, value=value, unit=unit, **{**told, **more})  # type: ignore[arg-type]


def number(value: float | None, *, unit: str = "count", year: FinancialYear = YEAR, **more: object) -> Number:
    told: dict[str, object] = {
        "indicator": "cpp_at_date", "name": "Children subject to a child protection plan", "place": "Ashdown",
        "status": "not_available" if value is None else "final", "origin": "the files",
    }  # fmt: skip
    period = periods(year, "year")[0]
    return Number(period=period, value=value, unit=unit, **{**told, **more})  # type: ignore[arg-type]


def numbers(figures: Iterable[Figure], *files: FinancialYear) -> Numbers:
    """What a report may place, from these figures alone."""
    return Numbers("991", YEAR, Results("991", tuple(figures)), frozenset(files or (YEAR, YEAR.before())))


def plans(opening: int, flows: list[tuple[int, int]], **group: str) -> list[Figure]:
    """Started, ended and open plans by month and for the year, which add up from an opening count."""
    made, at = [], opening
    for month, (started, ended) in zip(MONTHS, flows, strict=True):
        at += started - ended
        made += _counts(month, started, ended, at, group)
    return made + _counts(WHOLE, sum(s for s, _ in flows), sum(e for _, e in flows), at, group)


def _counts(period: Period, started: int, ended: int, at: int, group: dict[str, str]) -> list[Figure]:
    told = {"cpp_starts": started, "cpp_ends": ended, "cpp_at_date": at, "cpp_net": started - ended}
    return [figure(indicator, period, value, group=group) for indicator, value in told.items()]
