"""What each published figure means, and which one stands beside which indicator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from waypost.datasets.published.files import rows

Polarity = Literal["low_good", "high_good", "neutral"]

UNITS = {"number": "count", "per_10k": "rate_per_10000"}  # where the publisher's word is not the catalogue's


@dataclass(frozen=True, slots=True)
class Measure:
    """A published measure. `unit` is in the words of the indicator catalogue."""

    id: str
    name: str
    definition: str
    polarity: Polarity
    unit: str


@dataclass(frozen=True, slots=True)
class Counterpart:
    """The published measure that stands beside an indicator, or beside one group of it, and with what care.

    `is_share_of_groups` claims that counts are published where the indicator is a share, so that the share is worked
    out from the counts of all the indicator's groups.
    """

    indicator: str
    group: str | None
    measure: str
    is_share_of_groups: bool
    comparable: Literal["yes", "at 31 March", "with care"]
    note: str | None


@cache
def measures() -> Mapping[str, Measure]:
    """Every published measure by its id."""
    return {row["indicator_id"]: _measure(row) for row in rows("indicators.csv")}


@cache
def counterparts() -> Mapping[str, tuple[Counterpart, ...]]:
    """What stands beside each indicator that has anything: one counterpart, or one for each group."""
    found: dict[str, tuple[Counterpart, ...]] = {}
    for row in rows("crosswalk.csv"):
        found[row["indicator"]] = (*found.get(row["indicator"], ()), _counterpart(row))
    return found


@cache
def marker_meanings() -> Mapping[str, str]:
    """What each mark in place of a value means, in today's publications. Older reports use some of them otherwise."""
    return {row["marker"]: row["meaning"] for row in rows("markers.csv")}


def _measure(row: dict[str, str]) -> Measure:
    return Measure(
        id=row["indicator_id"],
        name=row["name"],
        definition=row["definition"],
        polarity=cast(Polarity, row["polarity"]),
        unit=UNITS.get(row["unit"], row["unit"]),
    )


def _counterpart(row: dict[str, str]) -> Counterpart:
    return Counterpart(
        indicator=row["indicator"],
        group=row["group"] or None,
        measure=row["published_id"],
        is_share_of_groups=row["shown_as"] == "share of groups",
        comparable=cast(Literal["yes", "at 31 March", "with care"], row["comparable"]),
        note=row["note"] or None,
    )
