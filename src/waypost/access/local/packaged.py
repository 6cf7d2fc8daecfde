"""What is packaged with Waypost that settings stand beside: indicators, published figures, estimates and rules.

Access knows no indicator and no figure. The room above that does says here what there is to set a target for, and what
holds where an authority has settled nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from waypost.domain.ni_bands import Good
from waypost.domain.periods import FinancialYear
from waypost.domain.publishing import Rule
from waypost.domain.targets import Target


@dataclass(frozen=True, slots=True)
class Indicator:
    """`good` is which values are good; None where the indicator does not say."""

    id: str
    name: str
    good: Good | None


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many children aged 0 to 17 a published estimate says there are."""

    value: int
    source: str


@dataclass(frozen=True)
class Packaged:
    """Each is asked when it is needed, so that starting the service reads none of it."""

    indicators: Callable[[], Mapping[str, Indicator]] = dict
    figure: Callable[[str, str, FinancialYear], float | None] = lambda code, indicator, year: None
    """The published figure of an authority, by its code, of an indicator in a year."""
    population: Callable[[str, FinancialYear], Estimate | None] = lambda code, year: None
    rule: Callable[[str], Rule | None] = lambda code: None
    must_fit: Callable[[Target], None] = lambda target: None
    """Refuses a target that its indicator cannot have, in a plain sentence."""


@dataclass
class _Held:
    packaged: Packaged = field(default_factory=Packaged)


_held = _Held()


def register(packaged: Packaged) -> None:
    _held.packaged = packaged


def known() -> Packaged:
    return _held.packaged
