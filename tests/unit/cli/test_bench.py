"""`waypost bench` measures and writes down; nothing here asserts how long anything took."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Command
from waypost.cli import checking, country
from waypost.cli.borough import measure
from waypost.cli.borough.measure import Asked
from waypost.cli.checking import Checked
from waypost.cli.country import Ran
from waypost.cli.performance import Measured, findings

MEASURED = Measured(
    children=8_000, megabytes=8, bare_parse=0.1, read_file=1, all_by_month=4, whole=7, start_up=1, memory=300
)


def test_a_page_is_written_where_it_is_asked_for(waypost: Command, tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    said = waypost("bench", "--quick", "--out", page)
    assert said.code == 0
    text = page.read_text()
    assert text.startswith("# Performance")
    assert "| 100 |" in text
    assert "Whole less start-up" in text
    assert text.index("## Checking a return") > text.index("# Performance")
    assert socket.gethostname() not in text
    assert str(tmp_path) not in text
    assert list((tmp_path / "data").iterdir()) == []


def test_the_country_has_a_section_of_its_own_and_leaves_the_rest(
    waypost: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "performance.md"
    page.write_text("# Performance\n\nOf one authority.\n\n## The country\n\nOf long ago.\n")
    said = waypost("bench", "--national", "--quick", "--engine", "duckdb", "--out", page)
    assert said.code == 0
    text = page.read_text()
    assert text.startswith("# Performance\n\nOf one authority.\n\n## The country\n\nMeasured by")
    assert "long ago" not in text
    assert "| DuckDB | 4 |" in text
    assert str(tmp_path) not in text
    assert list((tmp_path / "data").iterdir()) == []
    monkeypatch.setattr("waypost.cli.performance.measure", lambda *_, **__: (MEASURED,))
    monkeypatch.setattr("waypost.cli.checking.measure", lambda *_, **__: (CHECKED,))
    assert waypost("bench", "--quick", "--out", page).code == 0
    again = page.read_text()
    assert "| 8,000 |" in again
    assert "Of one authority" not in again
    assert text[text.index("## The country") :] in again


def test_the_borough_has_a_section_of_its_own_on_each_database(
    waypost: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("waypost.cli.borough.postgresql.programs", lambda: None)
    page = tmp_path / "performance.md"
    page.write_text("# Performance\n\nOf one authority.\n\n## The borough\n\nOf long ago.\n\n## The country\n\nKept.\n")
    said = waypost("bench", "--borough", "--quick", "--out", page)
    assert said.code == 0
    assert "PostgreSQL was not found" in said.err
    text = page.read_text()
    assert text.startswith("# Performance\n\nOf one authority.\n\n## The borough\n\nMeasured by")
    assert text.endswith("\n\n## The country\n\nKept.\n")
    assert "long ago" not in text
    for kind in ("a name by its sound", "**any search**", "likely duplicates"):
        assert f"| SQLite | 402 | {kind} |" in text
    assert str(tmp_path) not in text
    assert list((tmp_path / "data").iterdir()) == []


def test_a_search_is_held_to_its_limit_and_its_growth() -> None:
    took = {"a whole name": [0.05] * 19 + [0.25]}
    small = Asked("SQLite", 100_000, took, [0.1])
    assert [finding.holds for finding in measure.findings([small])] == [True]
    slow = replace(small, searches={"a whole name": [0.05] * 18 + [0.25] * 2})
    assert [finding.holds for finding in measure.findings([slow])] == [False]
    large = replace(small, people=1_000_000, searches={"a whole name": [0.5] * 20})
    assert [finding.holds for finding in measure.findings([small, large])] == [True, True]
    larger = replace(large, searches={"a whole name": [0.51] * 20})
    assert [finding.holds for finding in measure.findings([small, larger])] == [True, False]


@pytest.mark.parametrize("wrong", [["--engine", "polars"], ["--authorities", "3"], ["--years", "seven"]])
def test_a_country_that_cannot_be_made_is_refused(waypost: Command, wrong: list[str]) -> None:
    said = waypost("bench", "--national", *wrong)
    assert (said.code, said.out) == (2, "")
    assert wrong[0] in said.err


def test_a_country_is_held_to_memory_growth_and_agreement() -> None:
    small = Ran("duckdb", 37, 1_000_000, 100_000, 500_000, seconds=20, processor=20, memory=900, hash="a")
    large = replace(small, authorities=150, referrals=4_000_000, processor=80, memory=2_000, hash="b")
    spark = replace(small, engine="spark", processor=100)
    assert [finding.holds for finding in country.findings([small, spark, large])] == [True, True, True, True]
    assert [finding.holds for finding in country.findings([small, replace(large, memory=4_096)])] == [False, True]
    assert [finding.holds for finding in country.findings([small, replace(large, processor=89)])] == [True, False]
    assert country.findings([small, replace(spark, hash="c")])[-1].found == "different files"
    assert "Left out: Spark on 150; " in country.section([small, spark, large], years=6)
    assert "Left out" not in country.section([small, spark], years=6)


def test_the_limit_is_in_bare_parses_less_start_up() -> None:
    (within,) = findings([MEASURED])
    assert (within.found, within.holds) == ("60.0 times", True)
    assert findings([replace(MEASURED, whole=7.1)])[0].holds is False


def test_growth_is_time_for_each_child() -> None:
    larger = replace(MEASURED, children=64_000, whole=1 + 6 * 8 * 1.5)
    assert findings([MEASURED, larger])[-1].found == "1.50 of linear"
    assert findings([MEASURED, larger])[-1].holds is False


CHECKED = Checked(
    children=8_000, megabytes=8, bare_parse=0.1, read_text=0.3, check_return=0.5, whole=2.5, start_up=0.5, memory=200
)


def test_checking_a_return_is_held_to_bare_parses_the_sector_and_growth() -> None:
    large = replace(CHECKED, children=64_000, bare_parse=1, check_return=5.5, whole=6.5)
    assert [finding.found for finding in checking.findings([CHECKED, large])] == [
        "6.0 times",
        "31 times",
        "1.10 of linear",
    ]
    assert all(finding.holds for finding in checking.findings([CHECKED, large]))
    slower = [replace(CHECKED, whole=2.6), replace(large, whole=6.6, check_return=5.6)]
    assert [finding.holds for finding in checking.findings(slower)] == [False, False, False]
