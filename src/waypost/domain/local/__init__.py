"""What an authority settles for itself, each thing from a day on: its own limits and the days it changed regime, how it
counts, its targets and bands, how it publishes, its populations, and what its boards and services are called.

    local = settle("991", rows, on=date(2026, 3, 2))
    due_on(INITIAL_CONFERENCE, after=date(2026, 3, 2), calendar=ENGLAND_AND_WALES, **local.clocks)

Rows are data. What cannot be meant is refused in a sentence, by the rules that the packaged data is held to. Of rows
about one thing, the latest that has begun holds; a row that says nothing ends the ones before it. A limit is looked up
by the day that its clock started, so limits and regime changes of every day are kept, each with its days.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypedDict

from waypost.domain.limits import OwnLimit, RegimeSwitch
from waypost.domain.local.bands import Bands, bands_of
from waypost.domain.local.names import NAMES, name_of
from waypost.domain.local.rows import Kind, Row, SettingRefused, text_of, whole_of
from waypost.domain.local.times import choices_of, limits_of, switches_of
from waypost.domain.periods import FinancialYear
from waypost.domain.publishing import Rule, RuleRefused
from waypost.domain.targets import NO_TARGETS, Targets, targets
from waypost.domain.timescales import USUAL, CountingChoices

__all__ = ["ClockRules", "Kind", "Local", "OwnPopulation", "Row", "SettingRefused", "settle"]

FEWEST_SHOWN = 6
ROUNDINGS = (1, 5, 10)


class Rules(TypedDict):
    """What says which limit holds for an authority."""

    authority: str
    switches: Sequence[RegimeSwitch] | None
    own: Sequence[OwnLimit]


class ClockRules(Rules):
    """And how its days are counted: handed on to `due_on` and `working` as they are."""

    choices: CountingChoices


@dataclass(frozen=True, slots=True)
class OwnPopulation:
    """How many children aged 0 to 17 an authority says that it has in a year, and by what source."""

    year: FinancialYear
    value: int
    source: str


@dataclass(frozen=True)
class Local:
    """All that one authority had settled on a day. Empty where it goes by what is packaged."""

    authority: str
    limits: tuple[OwnLimit, ...] = ()
    switches: tuple[RegimeSwitch, ...] = ()
    choices: CountingChoices = USUAL
    targets: Targets = NO_TARGETS
    bands: Mapping[str, Bands] = field(default_factory=dict)
    publication: Rule | None = None
    populations: Mapping[FinancialYear, OwnPopulation] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def rules(self) -> Rules:
        """For `limit_in_force` and `due_at`. Without a change of its own, the changes known from reports are asked."""
        return {"authority": self.authority, "switches": self.switches or None, "own": self.limits}

    @property
    def clocks(self) -> ClockRules:
        """For `due_on` and `working`."""
        return {**self.rules, "choices": self.choices}

    def name(self, of: str) -> str:
        """What a board or a service is called here, or what it is usually called."""
        return self.names.get(of) or NAMES[of]


def settle(authority: str, rows: Iterable[Row], *, on: date) -> Local:
    """What holds on a day.

    Raises:
        PlainError: a row says what cannot be meant, or contradicts another.
    """
    every = sorted(rows, key=lambda row: (row.kind, row.about, row.from_on))
    holding = {(row.kind, row.about): row for row in every if row.from_on <= on}
    held = [row for row in holding.values() if row.value]

    def of(kind: Kind) -> list[Row]:
        return [row for row in held if row.kind == kind]

    return Local(
        authority=authority,
        limits=limits_of(authority, [row for row in every if row.kind == "limit"]),
        switches=switches_of(authority, [row for row in every if row.kind == "switch"]),
        choices=next((choices_of(row) for row in of("counting")), USUAL),
        targets=targets({**_target_of(row), "authority": authority} for row in of("target")),
        bands={row.about: bands_of(row) for row in of("bands")},
        publication=next((_rule_of(row) for row in of("publication")), None),
        populations={each.year: each for each in map(_population_of, of("population"))},
        names={row.about: name_of(row) for row in of("name")},
    )


def _target_of(row: Row) -> dict[str, object]:
    indicator, _, year = row.about.partition("|")
    return {"indicator": indicator, "year": year, **row.value}


def _population_of(row: Row) -> OwnPopulation:
    year = FinancialYear.parse(row.about)
    value = whole_of(row, "value", "the number of children")
    if value < 1:
        raise SettingRefused(f"The population of {year} is {value}; write a whole number of children above nought.")
    return OwnPopulation(year, value, text_of(row, "source", "where the number comes from"))


def _rule_of(row: Row) -> Rule:
    least, rounded = whole_of(row, "least_shown", "the least count shown"), whole_of(row, "rounded_to", "the rounding")
    if least < FEWEST_SHOWN:
        raise RuleRefused(
            f"The least count that is shown is {least}; counts from 1 to 5 are always withheld, so write "
            f"{FEWEST_SHOWN} or more."
        )
    if rounded not in ROUNDINGS:
        raise RuleRefused(f"Counts cannot be rounded to {rounded}; choose 1, which is no rounding, 5 or 10.")
    words = (
        f"Counts from 1 to {least - 1} are withheld, and so is whatever would give one of them away. Nought is shown."
    )
    if rounded > 1:
        words += f" Every other count is rounded to the nearest {rounded}."
    return Rule("own", least, rounded, 2, words, "The authority's own publication rule.")
