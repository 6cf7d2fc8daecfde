"""Authorities beside ours: counted from their own files where they gave them, else as published."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.unit.reports.conftest import A_FIFTH, THIS_YEAR
from waypost.datasets.dataset import Dataset, Unread
from waypost.datasets.load.cin_census import read
from waypost.demo import census
from waypost.domain.errors import WrongUse
from waypost.reports.annual import build
from waypost.reports.model import Cell, Chart, Report, Table

WESTMINSTER, BROOKVALE = "213", "992"


Sent = Callable[[str], Dataset]


@pytest.fixture(scope="module")
def sent_by(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    """The files of `dataset` as if another authority had sent them, so that every count must be that of Ashdown."""
    years = (THIS_YEAR.before(), THIS_YEAR)
    ashdown = census.write(tmp_path_factory.mktemp("census"), authority="991", years=years, seed=7, size=A_FIFTH)

    def of(code: str) -> Dataset:
        folder = tmp_path_factory.mktemp(code)
        copies = [folder / path.name for path in ashdown]
        for path, copy in zip(ashdown, copies, strict=True):
            copy.write_text(path.read_text().replace("<LEA>991<", f"<LEA>{code}<"))
        return read(copies)

    return of


@pytest.fixture(scope="module")
def brookvale(sent_by: Sent) -> Dataset:
    return sent_by(BROOKVALE)


@pytest.fixture(scope="module")
def compared(dataset: Dataset, brookvale: Dataset) -> Report:
    return build(dataset, THIS_YEAR, compare=[WESTMINSTER, BROOKVALE], beside=[brookvale])


def table(report: Report, key: str) -> Table:
    return next(found for found in report.tables if found.key == key)


def column(held: Table, name: str) -> list[Cell]:
    place = [column.words for column in held.columns].index(name)
    return [row.cells[place] for row in held.rows]


def test_the_columns_are_in_the_order_that_they_were_asked_for(compared: Report) -> None:
    columns = [column.words for column in table(compared, "funnel-table").columns]
    assert columns == ["Ashdown", "Westminster", "Brookvale", "Neighbours", "London", "England"]


def test_one_that_gave_files_and_was_not_named_stands_after_those_named(dataset: Dataset, brookvale: Dataset) -> None:
    beside = build(dataset, THIS_YEAR, compare=[WESTMINSTER], beside=[brookvale])
    assert [column.words for column in table(beside, "funnel-table").columns][:3] == [
        "Ashdown", "Westminster", "Brookvale",
    ]  # fmt: skip


def test_the_same_records_give_the_same_figures_whoever_sent_them(compared: Report) -> None:
    held = table(compared, "funnel-table")
    assert [cell.words for cell in column(held, "Brookvale")] == [cell.words for cell in column(held, "Ashdown")]


def test_what_is_counted_says_from_which_freeze_and_the_data_note_names_it_whole(
    compared: Report, brookvale: Dataset
) -> None:
    start = brookvale.id.removeprefix("sha256:")[:12]
    for key in ("funnel-table", "rates-table", "rate-table", "ni65-table"):
        assert f"Brookvale (freeze {start})" in table(compared, key).source, key
    words = {cell.words for row in table(compared, "sources-992-table").rows for cell in row.cells}
    assert words == {brookvale.id, *(source.sha256 for source in brookvale.sources)}
    assert [(freeze.authority, freeze.id) for freeze in compared.beside] == [("Brookvale", brookvale.id)]


def test_without_files_it_stands_as_published(compared: Report) -> None:
    cells = column(table(compared, "funnel-table"), "Westminster")
    assert cells[2].number is not None
    assert "own files" not in cells[2].number.origin
    assert cells[3].words == "not published"


def test_a_year_that_it_gave_no_file_for_is_published_or_not_available(dataset: Dataset, sent_by: Sent) -> None:
    held = table(build(dataset, THIS_YEAR, beside=[sent_by(WESTMINSTER)]), "rate-table")
    numbers = [cell.number for row in held.rows if row.head == "Westminster" for cell in row.cells]
    assert [number is not None and "own files" in number.origin for number in numbers] == [False] * 3 + [True] * 2


def test_an_authority_that_nobody_knows_can_stand_beside_from_its_files(dataset: Dataset, sent_by: Sent) -> None:
    unknown = build(dataset, THIS_YEAR, beside=[sent_by("999")])
    held = table(unknown, "funnel-table")
    assert column(held, "Authority 999")[2].words == column(held, "Ashdown")[2].words


def test_values_of_theirs_that_could_not_be_read_are_told_and_not_listed(dataset: Dataset, brookvale: Dataset) -> None:
    bad = Unread("cin.xml", "A1", "ChildProtectionPlans", 2, "CPPstartDate", "31/02/2025", "not a real date")
    beside = build(dataset, THIS_YEAR, beside=[replace(brookvale, unread=(bad, bad))])
    notes = [note.words for note in table(beside, "sources-992-table").notes]
    assert "2 values in these files could not be read and count as blank." in notes
    assert beside.unread == ()


def test_a_chart_shows_each_borough_and_a_report_alone_has_none(compared: Report, report: Report) -> None:
    def drawn(made: Report) -> list[Chart]:
        return [chart for chart in made.charts if chart.key == "boroughs-chart"]

    (chart,) = drawn(compared)
    assert [series.name for series in chart.series] == ["Ashdown", "Brookvale"]
    assert drawn(report) == []


def test_the_years_of_published_figures_leave_out_those_that_are_counted(compared: Report) -> None:
    columns = [column.words for column in table(compared, "comparators-table").columns]
    assert columns == ["Westminster", "Neighbours", "London", "England"]


def test_an_authority_cannot_stand_beside_itself(dataset: Dataset) -> None:
    with pytest.raises(WrongUse, match="991"):
        build(dataset, THIS_YEAR, beside=[dataset])


def test_an_authority_is_given_once(dataset: Dataset, brookvale: Dataset) -> None:
    with pytest.raises(WrongUse, match="992 was given twice"):
        build(dataset, THIS_YEAR, beside=[brookvale, brookvale])
