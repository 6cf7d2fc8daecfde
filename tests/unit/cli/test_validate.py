"""`waypost validate cin-census` as a person or a program gives it: what it prints, and how it ends."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from tests.spec.returns.cin_census.filed import assessment, child, episode, file, plan, write
from tests.unit.cli.conftest import Command

WRONG = file(
    child(episode(), LAchildID="A122"),
    child(
        episode(
            plan(CPPstartDate="2025-04-09", CPPendDate="2025-06-10"),
            plan(CPPstartDate="2025-06-09", CPPendDate="2025-06-03"),
        ),
        LAchildID="A123",
        PersonBirthDate="31/02/2012",
    ),
)
DOUBTFUL = file(child(episode(assessment(AssessmentActualStartDate="2025-05-12", AssessmentAuthorisationDate=None))))
KEYS = ["rule", "severity", "child_id", "table", "row", "fields", "values", "message"]


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    return write(WRONG, tmp_path, "2025-26")


def test_json_has_the_fixed_shape(waypost: Command, wrong: Path) -> None:
    said = waypost("validate", "cin-census", wrong, "--collection", "2025-26")
    answer = json.loads(said.out)
    assert (said.code, said.err) == (1, "")
    assert list(answer)[:7] == ["return", "collection", "draft", "file", "children", "counts", "issues"]
    assert (answer["return"], answer["collection"], answer["draft"]) == ("cin-census", "2025-26", False)
    assert (answer["file"], answer["children"]) == ("cin.xml", 2)
    for severity in ("error", "query"):
        assert answer["counts"][severity] == sum(issue["severity"] == severity for issue in answer["issues"])
    assert all(list(issue) == KEYS for issue in answer["issues"])


def test_an_issue_names_the_group_its_fields_and_their_values(waypost: Command, wrong: Path) -> None:
    issues = json.loads(waypost("validate", "cin-census", wrong, "--collection", "2025-26").out)["issues"]
    (ends_first,) = (issue for issue in issues if issue["rule"] == "8925")
    assert ends_first == {
        "rule": "8925",
        "severity": "error",
        "child_id": "A123",
        "table": "ChildProtectionPlans",
        "row": 2,
        "fields": ["ChildProtectionPlans.CPPstartDate", "ChildProtectionPlans.CPPendDate"],
        "values": ["2025-06-09", "2025-06-03"],
        "message": "The child protection plan ends before it starts. Correct whichever date is wrong.",
    }
    (of_the_file,) = (issue for issue in issues if issue["rule"] == "2883")
    assert [of_the_file[key] for key in KEYS[2:7]] == [None, None, None, [], []]


def test_what_is_not_a_date_is_listed(waypost: Command, wrong: Path) -> None:
    answer = json.loads(waypost("validate", "cin-census", wrong, "--collection", "2025-26").out)
    (unread,) = answer["unread"]
    assert (unread["child"], unread["table"], unread["row"]) == ("A123", "ChildIdentifiers", 1)
    assert (unread["field"], unread["value"]) == ("PersonBirthDate", "31/02/2012")


def test_queries_alone_end_with_nought(waypost: Command, tmp_path: Path) -> None:
    said = waypost("validate", "cin-census", write(DOUBTFUL, tmp_path, "2025-26"), "--collection", "2025-26")
    counts = json.loads(said.out)["counts"]
    assert (said.code, counts["error"]) == (0, 0)
    assert counts["query"] > 0


def test_a_draft_says_so(waypost: Command, wrong: Path) -> None:
    answer = json.loads(waypost("validate", "cin-census", wrong, "--collection", "2026-27").out)
    assert answer["draft"] is True
    assert "8995Q" in {issue["rule"] for issue in answer["issues"]}
    assert any("2026-03-31, not 2027-03-31" in note for note in answer["notes"])


def test_csv_has_a_row_an_issue(waypost: Command, wrong: Path) -> None:
    said = waypost("validate", "cin-census", wrong, "--collection", "2025-26", "--format", "csv")
    rows = list(csv.DictReader(StringIO(said.out)))
    issues = json.loads(waypost("validate", "cin-census", wrong, "--collection", "2025-26").out)["issues"]
    assert said.code == 1
    assert [row["rule"] for row in rows] == [issue["rule"] for issue in issues]
    assert {row["values"] for row in rows if row["rule"] == "8925"} == {"2025-06-09; 2025-06-03"}
    assert "1 value is not the date" in said.err


def test_csv_gives_a_spreadsheet_no_formula(waypost: Command, tmp_path: Path) -> None:
    path = write(file(child(episode(), LAchildID="=1+1")), tmp_path, "2025-26")
    said = waypost("validate", "cin-census", path, "--collection", "2025-26", "--format", "csv")
    cells = [cell for row in csv.reader(StringIO(said.out)) for cell in row]
    assert "'=1+1" in cells
    assert not [cell for cell in cells if cell.startswith("=")]


def test_the_table_counts_by_rule_and_lists_issues(waypost: Command, wrong: Path) -> None:
    said = waypost("validate", "cin-census", wrong, "--collection", "2025-26", "--format", "table")
    assert said.code == 1
    assert said.out.startswith("cin.xml, 2025-26: 2 children, ")
    assert "CPPendDate 2025-06-03" in " ".join(said.out.split())


def test_the_page_is_whole(waypost: Command, wrong: Path) -> None:
    said = waypost("validate", "cin-census", wrong, "--collection", "2025-26", "--format", "html")
    assert said.code == 1
    assert said.out.startswith("<!DOCTYPE html>")
    assert said.out.rstrip().endswith("</html>")
