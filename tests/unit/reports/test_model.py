from __future__ import annotations

import pytest

from tests.unit.reports.made import YEAR, number
from waypost.reports.model import Cell, Column, Moved, Note, ReportRefused, Row, Table
from waypost.reports.tables import cell, table


def a_table(*rows: Row, notes: tuple[Note, ...] = (Note("As filed."),)) -> Table:
    return Table(
        "t", "Plans", "Number", "2024-25", "All plans", "The files.", "What", (Column("2024-25"),), rows, notes
    )


def test_a_blank_cell_is_refused() -> None:
    with pytest.raises(ValueError, match="blank"):
        a_table(Row("Plans", (Cell(" "),)))


def test_a_row_as_long_as_the_head_is_asked_for() -> None:
    with pytest.raises(ValueError, match="not as long"):
        a_table(Row("Plans", (Cell("1"), Cell("2"))))


def test_a_mark_without_its_note_is_refused() -> None:
    row = Row("Plans", (Cell("1", marks=("p",)),))
    with pytest.raises(ValueError, match="no note"):
        a_table(row)
    assert a_table(row, notes=(Note("Provisional.", "p"),)).rows == (row,)


def test_a_table_without_notes_is_refused() -> None:
    with pytest.raises(ValueError, match="notes must all be given"):
        a_table(Row("Plans", (Cell("1"),)), notes=())


def test_the_notes_of_a_table_follow_from_its_marks() -> None:
    older = number(40.6, place="England", year=YEAR.before(), marks=("y",))
    made = table(
        "t", "Rate", unit="Rate", period="2024-25", base="Children", head="Area",
        columns=["2024-25"], rows=[Row("England", (cell(older),))],
    )  # fmt: skip
    (note,) = made.notes
    assert note.mark == "y"
    assert "England: 2023-24" in note.words


@pytest.mark.parametrize(
    ("first", "last", "says"), [(115, 93, "down"), (93, 115, "up"), (93, 93, "same")], ids=["fell", "rose", "same"]
)
def test_a_word_of_direction_stands_where_the_figures_bear_it_out(first: int, last: int, says: str) -> None:
    assert Moved("so", says, number(first), number(last)).says == says  # type: ignore[arg-type]


def test_a_word_of_direction_that_the_figures_contradict_is_refused() -> None:
    with pytest.raises(ReportRefused, match=r"'rose'.*115 and then 93"):
        Moved("rose", "up", number(115), number(93))
