"""Reports made by hand from tables, and a reader of both kinds of file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from tests.unit.reports.made import YEAR
from waypost.datasets.dataset import Source
from waypost.reports import ods, xlsx
from waypost.reports.model import Edition, Freeze, Report, Section, Table

WRITERS: Mapping[str, Callable[[Report], bytes]] = {"xlsx": xlsx.write, "ods": ods.write}
AS_AT = datetime(2025, 11, 14, 9, 30, tzinfo=UTC)
Cells = list[list[str | float | date]]


@pytest.fixture(scope="module", params=["xlsx", "ods"])
def kind(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def written(report: Report) -> Mapping[str, bytes]:
    """The report of the invented authority in both formats."""
    return {name: write(report) for name, write in WRITERS.items()}


def read(file: bytes) -> dict[str, Cells]:
    """Every sheet of a file, with the blank ends of its rows cut off."""
    book = CalamineWorkbook.from_filelike(BytesIO(file))
    sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    return {name: [_cut(row) for row in rows] for name, rows in sheets.items()}


def holding(*tables: Table, edition: Edition = "internal") -> Report:
    """A report of these tables, numbered in order."""
    numbered = tuple(replace(table, number=f"1.{place}") for place, table in enumerate(tables, 1))
    return Report(
        kind="annual-report",
        title="Annual child protection report",
        authority="Ashdown",
        code="991",
        year=YEAR,
        edition=edition,
        freeze=Freeze("sha256:0a1b", AS_AT, (Source("cin_2024-25.xml", "f00d"),)),
        software="Waypost 1.0",
        front=(),
        sections=(Section("all", "All", numbered, number="1"),),
    )


def table_of(rows: Cells) -> Cells:
    """The rows of a sheet from the head of its table on: the first that has more than one cell."""
    first = next(place for place, row in enumerate(rows) if len(row) > 1)
    return rows[first:]


def _cut(row: list[str | float | date]) -> list[str | float | date]:
    while row and row[-1] == "":
        row = row[:-1]
    return row
