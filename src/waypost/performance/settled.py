"""What stands beside an authority's own settings: the indicators, what is published of them, and the packaged rules.

Nothing of it is read until a page of settings asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from waypost.access.local import packaged
from waypost.access.local.packaged import Estimate, Indicator, Packaged
from waypost.domain.errors import WrongUse
from waypost.domain.ni_bands import Good
from waypost.domain.periods import FinancialYear
from waypost.domain.publishing import Rule
from waypost.domain.targets import Target

GOODS: Mapping[str, Good] = {"high": "high", "low": "low", "plateau": "plateau"}


def register() -> None:
    packaged.register(Packaged(indicators, figure, population, rule, must_fit))


@cache
def indicators() -> Mapping[str, Indicator]:
    """Those for which a target can be set: all but those that are published by group, and so are many figures."""
    from waypost.datasets.published import counterparts
    from waypost.indicators.catalogue import CATALOGUE

    grouped = {id_ for id_, found in counterparts().items() if any(each.group for each in found)}
    return {
        each.id: Indicator(each.id, each.name, GOODS.get(each.polarity))
        for each in CATALOGUE.values()
        if each.id not in grouped
    }


def figure(code: str, indicator: str, year: FinancialYear) -> float | None:
    """What is published of an authority, where anything is."""
    from waypost.indicators.comparison.subjects import subject_of

    try:
        found = subject_of(indicator, None).data.get(code, year)
    except WrongUse:
        return None
    return found.value if found else None


def population(code: str, year: FinancialYear) -> Estimate | None:
    from waypost.datasets.published.population import population as published

    found = published(code, year)
    return Estimate(found.value, f"the {found.estimate} estimate") if found else None


def rule(code: str) -> Rule:
    from waypost.indicators.disclosure.rules import rule_of

    return rule_of(code)


def must_fit(target: Target) -> None:
    from waypost.reports.targets import must_fit as fits

    fits(target)
