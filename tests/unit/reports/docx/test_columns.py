"""How wide the columns of a table are."""

from __future__ import annotations

from dataclasses import replace

from tests.unit.reports.docx.small import table
from waypost.reports.docx.columns import setting
from waypost.reports.docx.pages import SIDEWAYS, UPRIGHT
from waypost.reports.model import Cell, Column, Report, Row, Table


def of(head: str, *rows: tuple[str, ...]) -> Table:
    made = tuple(Row(words, tuple(map(Cell, cells))) for words, *cells in rows)
    columns = tuple(Column(f"C{place}") for place in range(len(made[0].cells)))
    return replace(table("any", 1), head=head, columns=columns, rows=made)


def test_columns_fill_the_page_exactly(report: Report) -> None:
    for held in report.tables:
        assert sum(setting(held, UPRIGHT.across).widths) == UPRIGHT.across
        assert not setting(held, UPRIGHT.across).is_dense


def test_long_words_get_more_room_than_short_numbers() -> None:
    head, number = setting(of("Area", ("Children on plans who were reviewed", "12")), UPRIGHT.across).widths
    assert head > 3 * number


def test_a_date_at_the_head_of_a_row_stays_on_one_line() -> None:
    across = UPRIGHT.across
    long = " ".join(["words"] * 30)
    held = setting(of("Date", ("31 March 2025", *[long] * 6)), across)
    alone = setting(of("Date", ("31 March 2025", "1")), across)
    letters = len("31 March 2025") * 4.4 * 20
    assert held.widths[0] >= letters
    assert alone.widths[0] >= letters


def test_a_table_of_very_many_columns_is_set_smaller() -> None:
    assert not setting(table("wide", 9), SIDEWAYS.across).is_dense
    crowded = of("Row", ("Any", *["632,830.5 (p)"] * 18))
    assert setting(crowded, SIDEWAYS.across).is_dense


def test_a_fingerprint_does_not_push_the_others_out() -> None:
    first, kind, _ = setting(of("File", ("cin_2024-25.xml", "Census file", "f" * 64)), UPRIGHT.across).widths
    assert first + kind > UPRIGHT.across / 3
