"""The three invented authorities, each with a story for its charts to tell.

Ashdown has fewer plans each year. Brookvale's conferences ran late in 2022-23 and have recovered. In Calder referrals
rise, and its assessments have slipped as they did.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from waypost.domain.errors import WrongUse
from waypost.domain.periods import FinancialYear


@dataclass(frozen=True, slots=True)
class Practice:
    """How one authority worked in one year.

    `new_families` are first referred in the year. `protection` and `plan_ends` are times the usual: how much of the
    work goes to a conference, how readily a review ends a plan. The others are shares from 0 to 1.
    """

    new_families: int
    protection: float = 1.0
    plan_ends: float = 1.0
    assessments_on_time: float = 0.86
    conferences_on_time: float = 0.81
    reviews_on_time: float = 0.965


@dataclass(frozen=True, slots=True)
class Character:
    """An invented authority and its practice, by the calendar year in which the financial year ends."""

    la_code: str
    name: str
    letter: str
    practices: Mapping[int, Practice]

    def practice(self, year: FinancialYear) -> Practice:
        """The practice of a year; before the first and after the last, that of the nearest."""
        return self.practices[min(max(year.ends, min(self.practices)), max(self.practices))]


ASHDOWN = Character(
    "991",
    "Ashdown",
    "A",
    {
        2021: Practice(580, protection=0.98, plan_ends=0.98, assessments_on_time=0.83),
        2022: Practice(610, protection=0.96, plan_ends=0.98, assessments_on_time=0.84),
        2023: Practice(600, protection=0.92, plan_ends=1.02, assessments_on_time=0.86),
        2024: Practice(590, protection=0.87, plan_ends=1.06, assessments_on_time=0.88),
        2025: Practice(590, protection=0.82, plan_ends=1.08, assessments_on_time=0.89),
        2026: Practice(590, protection=0.76, plan_ends=1.10, assessments_on_time=0.90),
    },
)

BROOKVALE = Character(
    "992",
    "Brookvale",
    "B",
    {
        2021: Practice(500, conferences_on_time=0.80),
        2022: Practice(535, protection=1.02, conferences_on_time=0.74),
        2023: Practice(540, protection=1.03, conferences_on_time=0.50, reviews_on_time=0.95),
        2024: Practice(535, conferences_on_time=0.71, reviews_on_time=0.96),
        2025: Practice(530, protection=0.98, conferences_on_time=0.82),
        2026: Practice(530, protection=0.98, conferences_on_time=0.85, reviews_on_time=0.975),
    },
)

CALDER = Character(
    "993",
    "Calder",
    "C",
    {
        2021: Practice(520, protection=1.0, assessments_on_time=0.89),
        2022: Practice(565, protection=1.0, assessments_on_time=0.88),
        2023: Practice(605, protection=0.98, assessments_on_time=0.86),
        2024: Practice(640, protection=0.96, assessments_on_time=0.83),
        2025: Practice(680, protection=0.95, assessments_on_time=0.79),
        2026: Practice(715, protection=0.94, assessments_on_time=0.77),
    },
)

CHARACTERS: Mapping[str, Character] = {who.la_code: who for who in (ASHDOWN, BROOKVALE, CALDER)}


def character(la_code: str) -> Character:
    """The invented authority with the code.

    Raises:
        WrongUse: there is none.
    """
    if la_code not in CHARACTERS:
        known = ", ".join(f"{who.name} {code}" for code, who in CHARACTERS.items())
        raise WrongUse(f"{la_code!r} is not an invented authority; they are {known}.")
    return CHARACTERS[la_code]
