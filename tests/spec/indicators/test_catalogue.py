"""Every indicator with a census reading has a worked example here, and every other says why it has none."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

from waypost.indicators.catalogue import CATALOGUE

from .answers import EXERCISED, YEAR, Figures
from .children import assessment, census, child, enquiry, plan, pre_proceedings, referral


def test_every_indicator_is_exercised_or_says_why_it_is_not_available(figures: Figures) -> None:
    for module in pkgutil.iter_modules([str(Path(__file__).parent)], f"{__package__}."):
        importlib.import_module(module.name)
    maya = child(
        "Maya",
        referral(
            "2024-05-01",
            assessment("2024-05-02", "2024-06-20", factors=["3B"]),
            enquiry("2024-06-03", conference="2024-06-20"),
            plan("2024-06-20", reviews=["2024-09-19"]),
            pre_proceedings("2024-10-01", "2025-01-06", outcome="A", letter="2024-10-10", offered=True),
        ),
    )
    results = figures(census(2023), census(2024), census(2025, maya), population=10_000)
    assert {figure.indicator for figure in results} == set(CATALOGUE)
    without = {figure.indicator for figure in results if figure.status == "not_available"}
    assert set(CATALOGUE) - without == EXERCISED
    for indicator in without:
        figure = results.get(indicator, YEAR)
        assert (figure.value, figure.numerator, figure.denominator, dict(figure.group)) == (None, None, None, {})
        assert figure.note, indicator
