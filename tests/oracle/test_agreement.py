"""Waypost and the plain reading give the same figures for the same files, faults and all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from waypost.datasets.dataset import Dataset
from waypost.datasets.load import cin_census
from waypost.domain.periods import FinancialYear, Grid
from waypost.indicators.calculate import calculate
from waypost.indicators.catalogue import CATALOGUE

from . import plain
from .random_census import write_files

POPULATION = 31_900
SHOWN = ("status", "value", "numerator", "denominator", "unit")
Key = tuple[str, str, str, tuple[tuple[str, str], ...]]


def by_key(figures: Sequence[dict[str, Any]]) -> dict[Key, tuple[Any, ...]]:
    """Each figure's status, value, counts and unit, by its indicator, period and group; one figure for each."""
    found: dict[Key, tuple[Any, ...]] = {}
    for figure in figures:
        group = tuple(sorted(figure["group"].items()))
        key = (figure["indicator"], figure["period_start"], figure["period_end"], group)
        assert key not in found, f"Given twice: {key}"
        found[key] = tuple(figure[name] for name in SHOWN)
    return found


def differences(ours: Sequence[dict[str, Any]], theirs: Sequence[dict[str, Any]]) -> list[str]:
    """A line for each figure that one side lacks or that the two give differently; first Waypost's, then the other."""
    waypost, oracle = by_key(ours), by_key(theirs)
    lines = []
    for key in sorted(waypost.keys() | oracle.keys()):
        if waypost.get(key) != oracle.get(key):
            indicator, start, end, group = key
            lines.append(f"{indicator} {start} to {end} {dict(group)}: {waypost.get(key)} but {oracle.get(key)}")
    return lines


def disagreements(dataset: Dataset, paths: Sequence[Path], year: str, by: Grid, group_by: Sequence[str]) -> list[str]:
    results = calculate(dataset, FinancialYear.parse(year), by=by, group_by=group_by, population=POPULATION)
    ours = [figure.as_json() for figure in results.figures]
    return differences(ours, plain.figures(paths, year=year, by=by, group_by=group_by, population=POPULATION))


def report(lines: Sequence[str]) -> str:
    return "\n".join([f"{len(lines)} figures differ (status, value, numerator, denominator, unit):", *lines[:40]])


def check(paths: Sequence[Path], year: str, by: Grid, group_by: Sequence[str]) -> None:
    lines = disagreements(cin_census.read(paths), paths, year, by, group_by)
    assert not lines, report(lines)


def test_both_know_the_same_indicators_and_units() -> None:
    assert {id: definition.unit for id, definition in CATALOGUE.items()} == plain.UNITS


@pytest.mark.parametrize("by", ["year", "quarter", "month"])
@pytest.mark.parametrize("seed", [1, 2])
def test_three_years_of_files(tmp_path: Path, seed: int, by: Grid) -> None:
    paths = write_files(tmp_path, seed, [2023, 2024, 2025], children=90)
    check(paths, "2024-25", by, ["sex", "age_band", "category"])


@pytest.mark.parametrize("seed", [11, 12])
def test_every_field_at_once(tmp_path: Path, seed: int) -> None:
    paths = write_files(tmp_path, seed, [2024, 2025], children=90)
    check(paths, "2024-25", "quarter", list(plain.FIELDS))


@pytest.mark.parametrize("seed", [21, 22])
def test_one_file_alone(tmp_path: Path, seed: int) -> None:
    paths = write_files(tmp_path, seed, [2024], children=90)
    check(paths, "2023-24", "quarter", ["ethnicity"])


@pytest.mark.parametrize(("seed", "year"), [(32, "2023-24"), (32, "2025-26"), (31, "2026-27"), (42, "2026-27")])
def test_a_year_within_a_run_of_collections(tmp_path: Path, seed: int, year: str) -> None:
    paths = write_files(tmp_path, seed, [2023, 2024, 2025, 2026, 2027], children=90)
    check(paths, year, "quarter", ["age_band_local", "disability"])


def test_many_more_faults(tmp_path: Path) -> None:
    paths = write_files(tmp_path, 211, [2022, 2023, 2024, 2025], children=120, faults=6)
    check(paths, "2024-25", "quarter", ["category"])


@pytest.mark.parametrize("order", [-1, 1])
def test_files_named_in_either_order(tmp_path: Path, order: int) -> None:
    paths = write_files(tmp_path, 41, [2022, 2023, 2024], children=90)[::order]
    check(paths, "2023-24", "year", ["category"])


def test_files_without_faults(tmp_path: Path) -> None:
    paths = write_files(tmp_path, 51, [2023, 2024, 2025], children=200, nasty=False)
    check(paths, "2024-25", "quarter", ["sex", "age_band", "category"])


def test_a_year_without_its_file(tmp_path: Path) -> None:
    paths = write_files(tmp_path, 61, [2023, 2025], children=40)
    check(paths, "2023-24", "year", ["sex"])
    check(paths, "2024-25", "year", ["sex"])
