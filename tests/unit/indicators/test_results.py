"""Figures are found by indicator, period and group, and carry their reason where they carry no number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from waypost.domain.periods import Period
from waypost.indicators.results import Figure, Population, Results, joined

YEAR = Period(date(2024, 4, 1), date(2025, 3, 31))
BEFORE = Period(date(2023, 4, 1), date(2024, 3, 31))
TOTAL = Figure("ni65", 1, "205", YEAR, {}, 17.5, 27, 154, "percent", "final")
NEGLECT = replace(TOTAL, group={"category": "neglect"}, value=20.0, numerator=2, denominator=10)
PHYSICAL = replace(TOTAL, group={"category": "physical"}, value=0.0, numerator=0, denominator=5)
NOT_THERE = replace(
    TOTAL, indicator="ni64", value=None, numerator=None, denominator=None, status="not_available", note="No file."
)
RESULTS = Results("205", (TOTAL, PHYSICAL, NEGLECT, NOT_THERE))


def test_a_figure_is_found_by_its_group() -> None:
    assert RESULTS.get("ni65", YEAR) is TOTAL
    assert RESULTS.get("ni65", YEAR, category="neglect") is NEGLECT


def test_one_that_is_not_available_stands_for_every_group() -> None:
    assert RESULTS.get("ni64", YEAR, category="neglect") is NOT_THERE


@pytest.mark.parametrize(
    ("indicator", "period", "group"),
    [
        ("ni65", BEFORE, {}),
        ("ni65", YEAR, {"category": "sexual"}),
        ("ni65", YEAR, {"sex": "female"}),
        ("ni66", YEAR, {}),
    ],
)
def test_what_was_not_asked_for_is_not_made_up(indicator: str, period: Period, group: dict[str, str]) -> None:
    with pytest.raises(KeyError):
        RESULTS.get(indicator, period, **group)


def test_a_split_is_given_in_its_order() -> None:
    assert RESULTS.split("ni65", YEAR, "category") == {"physical": PHYSICAL, "neglect": NEGLECT}
    assert list(RESULTS.split("ni65", YEAR, "category")) == ["physical", "neglect"]
    assert RESULTS.split("ni65", YEAR, "sex") == {}


def test_several_years_are_joined() -> None:
    earlier = replace(TOTAL, period=BEFORE)
    both = joined([Results("205", (earlier,)), RESULTS])
    assert len(both) == 5
    assert both.get("ni65", BEFORE) is earlier
    assert both.get("ni65", YEAR) is TOTAL


def test_a_figure_has_the_shape_that_others_read() -> None:
    rate = replace(
        TOTAL,
        indicator="cpp_rate",
        unit="rate_per_10000",
        value=33.8,
        numerator=108,
        denominator=31955,
        population=Population(31955, "mid-2024", "ons"),
    )
    assert rate.as_json() == {
        "indicator": "cpp_rate",
        "version": 1,
        "period_start": "2024-04-01",
        "period_end": "2025-03-31",
        "group": {},
        "value": 33.8,
        "numerator": 108,
        "denominator": 31955,
        "unit": "rate_per_10000",
        "status": "final",
        "population": {"value": 31955, "estimate": "mid-2024", "source": "ons"},
        "note": None,
    }
    assert "population" not in TOTAL.as_json()
    assert list(rate.as_json())[-1] == "note"
