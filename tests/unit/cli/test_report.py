"""`waypost report` writes a report, and says what it was not given."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from tests.unit.cli.conftest import Command


def of_brookvale(files: list[Path], folder: Path) -> list[Path]:
    """The same censuses as if Brookvale had sent them."""
    folder.mkdir()
    copies = [folder / path.name.replace("991", "992") for path in files]
    for path, copy in zip(files, copies, strict=True):
        copy.write_text(path.read_text().replace("<LEA>991<", "<LEA>992<"))
    return copies


def written(said: Any) -> dict[str, Any]:
    (path,) = said.out.splitlines()
    report: dict[str, Any] = json.loads(Path(path).read_text())
    return report


def funnel(report: dict[str, Any]) -> dict[str, list[str]]:
    """The words of the table from enquiry to plan, by place."""
    (performance,) = [section for section in report["sections"] if section["key"] == "performance"]
    (section,) = [section for section in performance["sections"] if section["key"] == "funnel"]
    (table,) = [block for block in section["blocks"] if block["kind"] == "Table"]
    columns = [column["words"] for column in table["columns"]]
    return {place: [row["cells"][at]["words"] for row in table["rows"]] for at, place in enumerate(columns)}


def test_files_of_another_authority_stand_beside_as_counted(
    waypost: Command, two_years: list[Path], tmp_path: Path
) -> None:
    report = ("report", "annual", "--cin", *two_years, "--format", "json", "--out", tmp_path / "out")
    brookvale = of_brookvale(two_years, tmp_path / "brookvale")
    published = funnel(written(waypost(*report, "--compare", "992")))
    beside = written(waypost(*report, "--compare", "992", "--beside", *brookvale))
    assert set(published["Brookvale"]) == {"not published"}
    assert list(funnel(beside)) == ["Ashdown", "Brookvale", "Neighbours", "London", "England"]
    assert funnel(beside)["Brookvale"] == funnel(beside)["Ashdown"]
    (freeze,) = beside["beside"]
    assert freeze["authority"] == "Brookvale"
    assert [source["name"] for source in freeze["sources"]] == [path.name for path in brookvale]


def test_a_freeze_of_another_authority_stands_beside_as_its_files_do(
    waypost: Command, two_years: list[Path], tmp_path: Path
) -> None:
    brookvale = of_brookvale(two_years, tmp_path / "brookvale")
    report = ("report", "annual", "--cin", *two_years, "--format", "json", "--out", tmp_path / "out")
    from_files = written(waypost(*report, "--beside", *brookvale))
    id = from_files["beside"][0]["id"]
    assert waypost("freeze", "create", "--cin", *brookvale).code == 0
    from_freeze = written(waypost(*report, "--beside", id))
    assert from_freeze["beside"][0]["id"] == id
    assert funnel(from_freeze) == funnel(from_files)


def test_what_a_report_still_asks_is_written_to_a_file_to_be_answered(
    waypost: Command, two_years: list[Path], tmp_path: Path
) -> None:
    asked = tmp_path / "ashdown.yaml"
    said = waypost("report", "annual", "--cin", *two_years, "--questions", asked)
    assert (said.code, said.out) == (0, f"{asked}\n")
    questions = yaml.safe_load(asked.read_text())
    questions[0]["answer"] = "The cabinet, in October."
    asked.write_text(yaml.safe_dump(questions))
    report = ("report", "annual", "--cin", *two_years, "--format", "json", "--out", tmp_path / "out")
    answered = written(waypost(*report, "--answers", asked))
    assert answered["front"][0]["answer"] == "The cabinet, in October."


def test_a_report_of_a_year_without_its_file_says_so(waypost: Command, two_years: list[Path], tmp_path: Path) -> None:
    said = waypost("report", "annual", "--cin", two_years[1], "--year", "2012-13", "--out", tmp_path / "reports")
    assert (said.code, len(said.out.splitlines())) == (0, 1)
    assert said.err == (
        "No file of 2012-13 was given for authority 991, so its figures will read not available; given: 2024-25.\n"
    )
