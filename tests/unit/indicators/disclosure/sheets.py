"""Figures made by hand for tests of what is withheld, one for each way that figures tie each other."""

from __future__ import annotations

from waypost.domain.periods import FinancialYear, Period, periods
from waypost.indicators.catalogue import CATALOGUE
from waypost.indicators.disclosure import Edition, Rule, rule
from waypost.indicators.results import OPENING, Figure, Results

YEAR = FinancialYear(2025)
WHOLE = periods(YEAR, "year")[0]
MONTHS = periods(YEAR, "month")
EXACT, ROUNDED = rule("six-or-more"), rule("rounded-to-five")
POPULATION = 31_900


def figure(indicator: str, count: int, base: int | None = None, when: Period = WHOLE, **group: str) -> Figure:
    """A count, or a share of a base, or a rate; a share of nothing is not applicable."""
    unit = CATALOGUE[indicator].unit
    value: float | None = count
    if unit == "percent":
        value = round(100 * count / base, 1) if base else None
    if unit == "rate_per_10000":
        base, value = POPULATION, round(10_000 * count / POPULATION, 1)
    status = "not_applicable" if value is None else "final"
    numbers = (None, None, None) if value is None else (value, count, base)
    return Figure(indicator, 1, "991", when, group, *numbers, unit, status)  # type: ignore[arg-type]


def opening(count: int) -> Figure:
    return figure("cpp_at_date", count, **OPENING)


def results(*figures: Figure) -> Results:
    return Results("991", figures)


def split(indicator: str, key: str, when: Period = WHOLE, base: int | None = None, **parts: int) -> list[Figure]:
    """One figure for each part of a split, as shares of all of them."""
    whole = sum(parts.values()) if base is None else base
    return [figure(indicator, count, whole, when, **{key: name}) for name, count in parts.items()]


def by_sex(male: int, female: int, unknown: int, when: Period = WHOLE) -> list[Figure]:
    total = male + female + unknown
    parts = split("cpp_by_sex", "sex", when, male=male, female=female, unknown=unknown)
    return [figure("cpp_at_date", total, when=when), *parts]


def withheld(edition: Edition) -> set[str]:
    """The figures that are withheld, as indicator and group."""
    return {" ".join((each.indicator, *each.group.values())) for each in edition.figures if each.status == "suppressed"}


__all__ = ["EXACT", "MONTHS", "OPENING", "ROUNDED", "WHOLE", "YEAR", "Rule"]
