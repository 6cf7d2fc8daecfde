"""Figures: the one long table that every screen, report and return reads its numbers from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from waypost.domain.periods import Period

Status = Literal["final", "provisional", "not_validated", "not_available", "not_applicable", "suppressed", "not_due"]
Number = int | float


OPENING: Mapping[str, str] = {"moment": "opening"}
"""The group of a figure of what was open when its period began, as the period's own file has it."""


@dataclass(frozen=True, slots=True)
class Population:
    """Children aged 0 to 17 that a rate is made with; `estimate` such as "mid-2024"; `source` ons, given, invented."""

    value: int
    estimate: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One number, or the reason why there is none.

    Only a final, provisional or not validated figure carries numbers. Nil is the value 0. `group` holds the split
    and the group-by value that the figure is for, and is empty for the total.
    """

    indicator: str
    version: int
    authority: str
    period: Period
    group: Mapping[str, str]
    value: Number | None
    numerator: Number | None
    denominator: Number | None
    unit: str
    status: Status
    note: str | None = None
    population: Population | None = None

    def as_json(self) -> dict[str, Any]:
        """The shape of `figures` in the fixed interface."""
        row: dict[str, Any] = {
            "indicator": self.indicator,
            "version": self.version,
            "period_start": self.period.start.isoformat(),
            "period_end": self.period.end.isoformat(),
            "group": dict(self.group),
            "value": self.value,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "unit": self.unit,
            "status": self.status,
        }
        if self.population is not None:
            row["population"] = {
                "value": self.population.value,
                "estimate": self.population.estimate,
                "source": self.population.source,
            }
        row["note"] = self.note
        return row


@dataclass(frozen=True)
class Results:
    """Figures of one authority, found by indicator, period and group."""

    authority: str
    figures: tuple[Figure, ...]
    _index: dict[tuple[Any, ...], Figure] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index = {_key(f.indicator, f.period, f.group): f for f in self.figures}
        object.__setattr__(self, "_index", index)

    def __iter__(self) -> Iterator[Figure]:
        return iter(self.figures)

    def __len__(self) -> int:
        return len(self.figures)

    def get(self, indicator: str, period: Period, **group: str) -> Figure:
        """The figure of an indicator for a period and group.

        A figure that was not available stands for every group that was asked of it.

        Raises:
            KeyError: no such figure was asked for when these results were made.
        """
        found = self._index.get(_key(indicator, period, group))
        if found is None:
            found = self._index[_key(indicator, period, {})]
            if found.status != "not_available":
                raise KeyError((indicator, period, group))
        return found

    def split(self, indicator: str, period: Period, key: str) -> dict[str, Figure]:
        """The figures of an indicator for one split or group-by field, by its value, in the order they were given."""
        return {
            f.group[key]: f
            for f in self.figures
            if f.indicator == indicator and f.period == period and set(f.group) == {key}
        }


def _key(indicator: str, period: Period, group: Mapping[str, str]) -> tuple[Any, ...]:
    return (indicator, period, *sorted(group.items()))


def joined(results: Iterable[Results]) -> Results:
    """Several results of one authority as one, for a report that looks at several years."""
    results = tuple(results)
    return Results(results[0].authority, tuple(f for r in results for f in r))
