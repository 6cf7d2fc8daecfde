"""The targets that an authority sets its figures, year by year, and how a figure stands against one.

A target says which way is good. Where high is good, a figure meets it at the target or above; where low is, at the
target or below; on a plateau, from one end of it to the other. A figure that misses the target and is within the amber
limit is near it, the limit itself included.

Targets are data: rows of authority, indicator, year, good, target and amber. What cannot be meant is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf, isfinite
from typing import Any, Literal, get_args

from waypost.domain.errors import PlainError, WrongUse
from waypost.domain.ni_bands import Good
from waypost.domain.periods import FinancialYear
from waypost.domain.rounding import Number, exact

Standing = Literal["met", "near", "not_met"]
Key = tuple[str, str, FinancialYear]
PARTS = frozenset({"authority", "indicator", "year", "good", "target", "amber"})
NONE_SET = "none"


class TargetRefused(PlainError):
    """A target says what cannot be meant, or contradicts another."""


@dataclass(frozen=True, slots=True)
class Range:
    """The values from low to high, both included; an open end is infinite."""

    low: float
    high: float

    def holds(self, value: Number) -> bool:
        return (self.low == -inf or exact(self.low) <= exact(value)) and (
            self.high == inf or exact(value) <= exact(self.high)
        )

    def __str__(self) -> str:
        ends = [f"{end:g}" for end in (self.low, self.high) if isfinite(end)]
        return " to ".join(ends)


@dataclass(frozen=True, slots=True)
class Target:
    """The target of one indicator in one year: the values that meet it, and the wider ones that are near it.

    Raises:
        TargetRefused: the amber limit is on the wrong side of the target.
    """

    authority: str
    indicator: str
    year: FinancialYear
    good: Good
    meets: Range
    near: Range

    def __post_init__(self) -> None:
        if self.meets.low > self.meets.high:
            raise TargetRefused(f"{self}: the target runs from {self.meets}; put its lower end first.")
        if self.near.low > self.meets.low or self.near.high < self.meets.high:
            raise TargetRefused(
                f"{self}: the amber limit {self.near} is on the wrong side of the target {self.meets}, "
                f"for {_GOOD_WORDS[self.good]}; put it on the other side."
            )

    def standing(self, value: Number) -> Standing:
        """How a figure stands, as it is printed."""
        if self.meets.holds(value):
            return "met"
        return "near" if self.near.holds(value) else "not_met"

    def __str__(self) -> str:
        return f"The target of {self.authority} for {self.indicator} in {self.year}"


_GOOD_WORDS: Mapping[Good, str] = {
    "high": "high is good",
    "low": "low is good",
    "plateau": "what lies between is good",
}


@dataclass(frozen=True)
class Targets:
    """Every target that is set, found by authority, indicator and year."""

    held: Mapping[Key, Target] = field(default_factory=dict)

    def of(self, authority: str, indicator: str, year: FinancialYear) -> Target | None:
        return self.held.get((authority, indicator, year))


NO_TARGETS = Targets()


def targets(rows: Iterable[Mapping[str, Any]]) -> Targets:
    """Targets from rows of data. A row whose target is "none" says that there was none in that year.

    Raises:
        TargetRefused: a row lacks a part or says what cannot be meant; two rows are for one year; a year between two
            is left out; or good changes from one year to the next.
    """
    held: dict[Key, Target | None] = {}
    for place, row in enumerate(rows, 1):
        key, target = _target(row, f"Row {place} of the targets")
        if key in held:
            authority, indicator, year = key
            raise TargetRefused(f"Two targets are given for {indicator} of {authority} in {year}; keep one.")
        held[key] = target
    _must_follow(held)
    return Targets({key: target for key, target in held.items() if target})


def _target(row: Mapping[str, Any], where: str) -> tuple[Key, Target | None]:
    if not isinstance(row, Mapping):
        raise TargetRefused(f"{where} is {row!r}; give authority, indicator, year, good and target.")
    if unknown := set(row) - PARTS:
        raise TargetRefused(f"{where} has {min(map(str, unknown))!r}, which no target has; take it out.")
    if missing := (PARTS - {"amber"}) - set(row):
        raise TargetRefused(f"{where} does not say its {min(missing)}; add it.")
    try:
        key = (str(row["authority"]), str(row["indicator"]), FinancialYear.parse(str(row["year"])))
    except WrongUse as error:
        raise TargetRefused(f"{where}: {error}") from error
    good = row["good"]
    if good not in get_args(Good):
        raise TargetRefused(f"{where} says that {good!r} is good; write high, low or plateau.")
    if row["target"] == NONE_SET:
        return key, None
    meets = _range(row["target"], good, f"{where}: the target")
    near = _range(row["amber"], good, f"{where}: the amber limit") if "amber" in row else meets
    return key, Target(*key, good, meets, near)


def _range(given: Any, good: Good, what: str) -> Range:
    if good == "plateau":
        if not (isinstance(given, list) and len(given) == 2):
            raise TargetRefused(f"{what} is {given!r}, but a plateau has two ends; write it as [10, 15].")
        return Range(_number(given[0], what), _number(given[1], what))
    value = _number(given, what)
    return Range(value, inf) if good == "high" else Range(-inf, value)


def _number(given: Any, what: str) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or not isfinite(given) or given < 0:
        raise TargetRefused(f"{what} is {given!r}; write a number that is not below nought.")
    return given


def _must_follow(held: Mapping[Key, Target | None]) -> None:
    """Years of one series leave no gap, and good stays good."""
    for (authority, indicator, year), (their, other, later) in pairwise(sorted(held)):
        if (authority, indicator) != (their, other):
            continue
        if later.before() != year:
            raise TargetRefused(
                f"The targets of {authority} for {indicator} leave out {later.before()}; give it a target, or say none."
            )
        first, last = held[authority, indicator, year], held[authority, indicator, later]
        if first and last and first.good != last.good:
            raise TargetRefused(
                f"For {indicator} of {authority}, {first.good} is good in {year} and {last.good} in {later}; "
                "which way is good cannot change without a new indicator."
            )
