"""Groups set against each other, many at a time, are those found by looking at every pair."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from waypost.returns.cin_census.census import Rows
from waypost.returns.cin_census.conditions import same_day, under_way

DAYS = st.one_of(st.none(), st.integers(0, 12))
SPELLS = st.lists(st.tuples(st.integers(0, 3), DAYS, DAYS), max_size=12)
Spell = tuple[int, int | None, int | None]


@dataclass
class Standing:
    """Rows that are known by nothing but what they stand in."""

    keys: Sequence[int]

    def __len__(self) -> int:
        return len(self.keys)

    def up_to(self, _: str) -> Standing:
        return self

    @property
    def place(self) -> np.ndarray:
        return np.array(self.keys, np.int64)


def days(numbers: Sequence[int | None]) -> np.ndarray:
    first = np.datetime64("2025-04-01")
    return np.array([np.datetime64("NaT") if each is None else first + each for each in numbers], dtype="datetime64[D]")


def rows(spells: Sequence[Spell]) -> Rows:
    return Standing([key for key, _, _ in spells])  # type: ignore[return-value]


def pairs(a: Sequence[Spell], b: Sequence[Spell], holds: Callable[[int, int], bool]) -> list[set[int]]:
    return [{j for j in range(len(b)) if a[i][0] == b[j][0] and holds(i, j)} for i in range(len(a))]


def agree(found: np.ndarray, expected: list[set[int]]) -> None:
    assert len(found) == len(expected)
    for one, any_of in zip(found.tolist(), expected, strict=True):
        assert one in any_of if any_of else one == -1


@given(SPELLS, SPELLS)
@settings(max_examples=300, deadline=None)
def test_one_kind_against_another(a: list[Spell], b: list[Spell]) -> None:
    def holds(i: int, j: int) -> bool:
        day, since, until = a[i][1], b[j][1], b[j][2]
        return day is not None and since is not None and until is not None and since <= day <= until

    found = under_way(
        rows(a),
        days([day for _, day, _ in a]),
        rows(b),
        since=days([since for _, since, _ in b]),
        until=days([until for _, _, until in b]),
        within="",
    )
    agree(found, pairs(a, b, holds))


@given(SPELLS)
@settings(max_examples=300, deadline=None)
def test_one_kind_against_itself(a: list[Spell]) -> None:
    def holds(i: int, j: int) -> bool:
        day, since, until = a[i][1], a[j][1], a[j][2]
        return i != j and day is not None and since is not None and until is not None and since <= day <= until

    since, until = days([since for _, since, _ in a]), days([until for _, _, until in a])
    found = under_way(rows(a), since, rows(a), since=since, until=until, within="", not_itself=True)
    agree(found, pairs(a, a, holds))


@given(SPELLS, SPELLS)
@settings(max_examples=300, deadline=None)
def test_on_the_same_day(a: list[Spell], b: list[Spell]) -> None:
    found = same_day(rows(a), days([day for _, day, _ in a]), rows(b), days([day for _, day, _ in b]), within="")
    agree(found, pairs(a, b, lambda i, j: a[i][1] is not None and a[i][1] == b[j][1]))


def test_ten_thousand_spells_of_one_child_are_no_harder_than_of_ten_thousand() -> None:
    """Every pair of a hundred thousand would be ten thousand million; this is done before a person would notice."""
    many: list[Spell] = [(0, 0, 0)] * 100_000
    since = np.datetime64("2000-01-01") + np.arange(100_000) * 2
    standing = rows(many)
    assert (under_way(standing, since, standing, since=since, until=since + 1, within="", not_itself=True) == -1).all()
