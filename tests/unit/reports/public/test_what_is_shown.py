"""A public edition holds no number that it withholds, and no child, and tells the reader why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.unit.reports.conftest import THIS_YEAR
from waypost.datasets.dataset import Dataset, Unread
from waypost.domain.errors import CannotRead
from waypost.reports import answers, html, json, publications
from waypost.reports.annual import build
from waypost.reports.annual.publish import publish
from waypost.reports.answers import Answers
from waypost.reports.model import Paragraph, Report
from waypost.reports.prose import plain

BAD = Unread("cin.xml", "CHILD-77", "ChildProtectionPlans", 2, "CPPstartDate", "31/02/2025", "not a real date")


@pytest.fixture(scope="module")
def written(report: Report) -> Answers:
    return Answers(dict.fromkeys(answers.asked(report), "None."), "answers.yaml")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("var")


@pytest.fixture(scope="module")
def public(dataset: Dataset, written: Answers, folder: Path) -> Report:
    return published(replace(dataset, unread=(BAD,)), written, folder)


def published(dataset: Dataset, written: Answers, folder: Path) -> Report:
    def make(**more: Any) -> Report:
        return build(dataset, THIS_YEAR, answers=written, **more)

    return publish(make, (dataset,), THIS_YEAR, written, folder)


def numbers(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        if part.get("kind") == "Number":
            yield part
        part = list(part.values())
    for each in part if isinstance(part, list) else ():
        yield from numbers(each)


def test_nothing_withheld_has_a_number_anywhere(public: Report) -> None:
    withheld = [number for number in numbers(json.as_data(public)) if number["status"] == "suppressed"]
    assert len(withheld) > 50
    for number in withheld:
        assert {number["value"], number["numerator"], number["denominator"]} <= {None}, number


def test_no_small_count_of_the_authority_is_anywhere(public: Report) -> None:
    own = [number for number in numbers(json.as_data(public)) if number["place"] == "Ashdown"]
    assert not [number for number in own if number["unit"] == "count" and number["value"] in range(1, 6)]
    assert not [number for number in own if number["numerator"] in range(1, 6)]


def test_no_picture_has_a_small_count(public: Report) -> None:
    counted = [chart for chart in public.charts if chart.unit == "count"]
    points = [point.value for chart in counted for series in chart.series for point in series.points]
    assert None in points
    assert not [value for value in points if value in range(1, 6)]


def test_no_child_is_named(public: Report) -> None:
    assert "1 value in the files could not be read" in text(public, "unread")
    assert "CHILD-77" not in html.write(public) + json.write(public)


def test_the_reader_is_told_why(public: Report) -> None:
    assert text(public, "withheld").startswith("Counts from 1 to 5 are withheld, and so is whatever would give one")
    for held in public.tables:
        is_withheld = any(cell.number and cell.number.status == "suppressed" for row in held.rows for cell in row.cells)
        assert is_withheld == any(note.words.startswith("Withheld:") for note in held.notes), held.key


def test_a_sentence_without_its_number_says_that_it_is_withheld(public: Report) -> None:
    said = " ".join(plain(block) for block in public.blocks if isinstance(block, Paragraph))
    assert "Withheld to protect children:" in said


def text(report: Report, key: str) -> str:
    section = next(found for found in report.walk() if found.key == key)
    return " ".join(plain(block) for block in section.blocks if isinstance(block, Paragraph))


# ---------------------------------------------------------------- what is kept


def test_an_edition_made_again_is_the_same_byte_for_byte(
    public: Report, dataset: Dataset, written: Answers, folder: Path
) -> None:
    (kept,) = (folder / "publications" / "991").iterdir()
    before = kept.read_bytes()
    again = published(replace(dataset, unread=(BAD,)), written, folder)
    assert json.write(again) == json.write(public)
    assert html.write(again) == html.write(public)
    assert kept.read_bytes() == before
    assert (kept.stat().st_mode & 0o077) == 0


def test_what_is_kept_is_read_back_as_it_was(public: Report, folder: Path) -> None:
    making = publications.Making("annual-report", "991", THIS_YEAR.before(-1), (), "", "")
    ((name, edition),) = publications.earlier(folder, making, "991").items()
    again = publications.keep(folder / "copy", making, edition, (name,))
    other = replace(making, year=THIS_YEAR.before(-2))
    assert list(publications.earlier(folder / "copy", other, "991").values()) == [edition]
    again.write_text("{")
    with pytest.raises(CannotRead, match="damaged"):
        publications.earlier(folder / "copy", other, "991")


def test_an_edition_that_is_needed_and_lost_is_asked_for(public: Report, folder: Path) -> None:
    making = publications.Making("annual-report", "991", THIS_YEAR.before(-1), (), "", "")
    (edition,) = publications.earlier(folder, making, "991").values()
    publications.keep(folder / "lost", making, edition, ("annual-report_2019-20_0",))
    with pytest.raises(CannotRead, match="annual-report_2019-20_0 is missing"):
        publications.earlier(folder / "lost", making, "991")
