from __future__ import annotations

import json
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
    with pytest.raises(WrongUse, match="docx"):
        files.write(report, tmp_path / "out", ("html", "docx"))
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


def test_the_list_of_reports_shows_their_headlines_and_leads_to_them(report: Report) -> None:
    page = index.write([index.entry(report)], lead="Invented, for demonstration.")
    headlines = index.entry(report).headlines.items
    assert headlines
    assert all(item.words in page and item.name in page for item in headlines)
    assert 'href="annual-report_991_2024-25_internal.html"' in page
    assert 'href="annual-report_991_2024-25_internal.json"' in page
