"""`waypost bench` measures and writes down; nothing here asserts how long anything took."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path

from tests.unit.cli.conftest import Command
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


def test_the_limit_is_in_bare_parses_less_start_up() -> None:
    (within,) = findings([MEASURED])
    assert (within.found, within.holds) == ("60.0 times", True)
    assert findings([replace(MEASURED, whole=7.1)])[0].holds is False


def test_growth_is_time_for_each_child() -> None:
    larger = replace(MEASURED, children=64_000, whole=1 + 6 * 8 * 1.5)
    assert findings([MEASURED, larger])[-1].found == "1.50 of linear"
    assert findings([MEASURED, larger])[-1].holds is False
