from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from waypost.domain.errors import WrongUse
from waypost.reports import files, index
from waypost.reports.json import as_data
from waypost.reports.model import Report, Table


def test_a_file_name_says_what_it_is(report: Report, tmp_path: Path) -> None:
    written = files.write(report, tmp_path / "new" / "folder", ("html", "json", "html"))
    assert [path.name for path in written] == [
        "annual-report_991_2024-25_internal.html",
        "annual-report_991_2024-25_internal.json",
    ]
    assert sorted((tmp_path / "new" / "folder").iterdir()) == sorted(written)


def test_a_format_that_is_not_known_writes_nothing(report: Report, tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="papyrus"):
        files.write(report, tmp_path / "out", ("html", "papyrus"))
    assert not (tmp_path / "out").exists()


def test_json_holds_every_figure_with_what_it_is(report: Report) -> None:
    data = json.loads(json.dumps(as_data(report)))
    assert (data["code"], data["year"], data["edition"]) == ("991", "2024-25", "internal")
    assert data["freeze"]["id"] == report.freeze.id
    first = next(table for table in report.tables if isinstance(table, Table) and table.key == "change-table")
    cell = as_data(first)["rows"][-1]["cells"][0]
    assert cell["number"]["indicator"] == "cpp_at_date"
    assert cell["number"]["period"] == {"period_start": "2024-04-01", "period_end": "2025-03-31"}
    assert cell["words"] == f"{cell['number']['value']:,}"


def test_the_list_of_reports_shows_their_headlines_and_leads_to_them(report: Report, tmp_path: Path) -> None:
    made = index.entry(report, files.write(report, tmp_path, ("html", "json")))
    page = index.write([made], lead="Invented, for demonstration.")
    headlines = made.headlines.items
    assert headlines
    assert all(item.words in page and item.name in page for item in headlines)
    assert 'href="annual-report_991_2024-25_internal.html"' in page
    assert 'href="annual-report_991_2024-25_internal.json"' in page


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (1, "1 KB"),
        (1_499, "1 KB"),
        (412_300, "412 KB"),
        (1_000_000, "1.0 MB"),
        (999_700, "1.0 MB"),
        (2_640_000, "2.6 MB"),
    ],
)
def test_sizes_are_said_as_people_say_them(size: int, words: str) -> None:
    assert index.File("report.pdf", "PDF", size).size_words == words


def test_public_editions_stand_after_internal_ones_of_the_same_year(report: Report, tmp_path: Path) -> None:
    editions = [replace(report, edition="public"), report]
    page = index.write([index.entry(each, files.write(each, tmp_path, ("html",))) for each in editions])
    assert re.findall(r'href="(\S+html)"', page) == [
        "annual-report_991_2024-25_internal.html", "annual-report_991_2024-25_public.html",
    ]  # fmt: skip
