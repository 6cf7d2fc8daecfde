"""How a test says what it asks, and reads the answer."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol, TypeVar

import pytest

from waypost.domain.periods import FinancialYear, Grid, Period, periods
from waypost.indicators.results import Number, Results, Status

from .children import Census

Answer = tuple[Number | None, Number | None, Number | None] | Status
Test = TypeVar("Test", bound=Callable[..., None])

EXERCISED: set[str] = set()


class Figures(Protocol):
    """Reads census files and works out the indicators that the test names; the year is the last file's if not given."""

    def __call__(
        self,
        *files: Census,
        year: str | None = None,
        by: Grid = "year",
        group_by: Sequence[str] = (),
        only: Sequence[str] | None = None,
        population: int | None = None,
    ) -> Results: ...


def spec(*indicators: str) -> Callable[[Test], Test]:
    """Names the indicators that a test is a worked example of; `figures` works out these and no others."""

    def mark(test: Test) -> Test:
        EXERCISED.update(indicators)
        test.spec = indicators  # type: ignore[attr-defined]
        return test

    return mark


def cases(names: str, table: Mapping[str, Any]) -> pytest.MarkDecorator:
    """A test for each row of a table, called by the sentence that heads it."""
    return pytest.mark.parametrize(names, list(table.values()), ids=list(table))


def year(text: str) -> Period:
    return periods(FinancialYear.parse(text), "year")[0]


def quarter(number: int) -> Period:
    """A financial quarter of 2024-25; 1 is April to June."""
    return periods(FinancialYear(2025), "quarter")[number - 1]


def month(year: int, month: int) -> Period:
    return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


YEAR = year("2024-25")


def answer(results: Results, indicator: str, period: Period = YEAR, **group: str) -> Answer:
    """Numerator, denominator and value of a final figure, or the status of one without numbers."""
    figure = results.get(indicator, period, **group)
    numbers = (figure.numerator, figure.denominator, figure.value)
    if figure.status == "final":
        return numbers
    assert numbers == (None, None, None), f"{figure.status} carries no numbers"
    return figure.status


def tally(results: Results, indicator: str, key: str, period: Period = YEAR, **group: str) -> dict[str, Number]:
    """The numerators of a split or a group-by field, by its value, nought left out."""
    return {
        figure.group[key]: figure.numerator
        for figure in results
        if (figure.indicator, figure.period) == (indicator, period)
        and {name: value for name, value in figure.group.items() if name != key} == group
        and key in figure.group
        and figure.numerator
    }


def values(results: Results, indicator: str, key: str, period: Period = YEAR) -> list[str]:
    """The values that a split or a group-by field is given for, in order, nought included."""
    return list(results.split(indicator, period, key))
