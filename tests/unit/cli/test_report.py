"""`waypost report` writes a report, and says what it was not given."""

from __future__ import annotations

from pathlib import Path

from tests.unit.cli.conftest import Command


def test_a_report_of_a_year_without_its_file_says_so(waypost: Command, two_years: list[Path], tmp_path: Path) -> None:
    said = waypost("report", "annual", "--cin", two_years[1], "--year", "2012-13", "--out", tmp_path / "reports")
    assert (said.code, len(said.out.splitlines())) == (0, 1)
    assert said.err == "No file of 2012-13 was given, so its figures will read not available; given: 2024-25.\n"
