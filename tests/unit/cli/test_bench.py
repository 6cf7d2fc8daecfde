"""`waypost bench` measures and writes down; nothing here asserts how long anything took."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Command
from waypost.cli import country
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
    assert socket.gethostname() not in text
    assert str(tmp_path) not in text
    assert list((tmp_path / "data").iterdir()) == []


def test_the_country_has_a_section_of_its_own_and_leaves_the_rest(waypost: Command, tmp_path: Path) -> None:
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
    assert waypost("bench", "--quick", "--out", page).code == 0
    again = page.read_text()
    assert "| 100 |" in again
    assert "Of one authority" not in again
    assert again.endswith(text[text.index("## The country") :])


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
