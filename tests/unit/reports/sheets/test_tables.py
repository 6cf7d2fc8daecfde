"""How a table of the report becomes a sheet that a program can load: worked examples, read back from both files."""

from __future__ import annotations

import pytest

from tests.unit.reports.made import YEAR, number
from tests.unit.reports.sheets.conftest import WRITERS, Cells, holding, read, table_of
from waypost.reports.model import Cell, Column, Note, Row, Table
from waypost.reports.tables import cell, count_and_share, counted, with_base


def table(columns: list[Column | str], rows: list[Row], *notes: Note, key: str = "plans-table") -> Table:
    return Table(
        key=key,
        title="Plans",
        unit="Number",
        period="2024-25",
        base="All plans",
        source="The files.",
        head="Group",
        columns=tuple(column if isinstance(column, Column) else Column(column) for column in columns),
        rows=tuple(rows),
        notes=notes or (Note("As filed."),),
    )


def sheet_of(kind: str, made: Table) -> Cells:
    return read(WRITERS[kind](holding(made)))["Table_1_1"]


def share(value: float | None, numerator: float | None, denominator: float | None, **more: object) -> Cell:
    return count_and_share(number(value, unit="percent", numerator=numerator, denominator=denominator, **more))


def test_a_share_under_a_count_is_a_column_of_its_own(kind: str) -> None:
    rows = [
        Row("2024", (share(48.4, 77, 159), cell(number(159)))),
        Row("2025", (share(None, None, None, status="suppressed"), cell(number(1391)))),
    ]
    assert table_of(sheet_of(kind, table(["Neglect", "All"], rows))) == [
        ["Group", "Neglect: number", "Neglect: per cent", "All"],
        ["2024", 77, 48.4, 159],
        ["2025", "[c]", "[c]", 1391],
    ]


def test_a_column_that_is_wholly_withheld_keeps_its_share(kind: str) -> None:
    withheld = share(None, None, None, status="suppressed")
    rows = [Row("2025", (share(48.4, 77, 159), withheld, cell(number(159))))]
    assert table_of(sheet_of(kind, table(["Neglect", "Sexual", "All"], rows))) == [
        ["Group", "Neglect: number", "Neglect: per cent", "Sexual: number", "Sexual: per cent", "All"],
        ["2025", 77, 48.4, "[c]", "[c]", 159],
    ]


def test_a_count_and_base_under_a_share_are_columns_and_units_are_said(kind: str) -> None:
    held = number(48.4, unit="percent", numerator=77, denominator=159)
    rows = [Row("Referrals", (cell(number(1746)),)), Row("Again in a year", (with_base(held),), hint="Ashdown")]
    assert table_of(sheet_of(kind, table(["2025"], rows))) == [
        ["Group", "Detail", "Unit", "2025", "2025: number", "2025: out of"],
        ["Referrals", "[z]", "number", 1746, "[z]", "[z]"],
        ["Again in a year", "Ashdown", "per cent", 48.4, 77, 159],
    ]


def test_groups_of_columns_are_joined_into_one_head(kind: str) -> None:
    held = number(52.2, unit="percent", numerator=60, denominator=115)
    columns: list[Column | str] = [Column("Number", group="31 March"), Column("Share", group="31 March")]
    rows = [Row("Boys", (counted(held), cell(held)))]
    assert table_of(sheet_of(kind, table(columns, rows))) == [
        ["Group", "31 March: Number", "31 March: Share, per cent"],
        ["Boys", 60, 52.2],
    ]


def test_a_row_of_ranges_is_two_rows(kind: str) -> None:
    rows = [
        Row("Ashdown", (cell(number(5.1, unit="percent")), Cell("not available"))),
        Row("Neighbours", (Cell("3.9% to 12.3%"), Cell("not available"))),
    ]
    assert table_of(sheet_of(kind, table(["2024", "2025"], rows))) == [
        ["Group", "2024: per cent", "2025"],
        ["Ashdown", 5.1, "[x]"],
        ["Neighbours: lower end", 3.9, "[x]"],
        ["Neighbours: upper end", 12.3, "[x]"],
    ]


def test_a_column_of_ranges_is_two_columns(kind: str) -> None:
    rows = [
        Row("Plans", (cell(number(36.1, unit="rate_per_10000")), Cell("29.8 to 43.3"))),
        Row("Enquiries", (cell(number(204.1, unit="rate_per_10000")), Cell("not available"))),
    ]
    assert table_of(sheet_of(kind, table(["2025", "Interval"], rows))) == [
        ["Group", "2025: per 10,000 children", "Interval: lower end", "Interval: upper end"],
        ["Plans", 36.1, 29.8, 43.3],
        ["Enquiries", 204.1, "[x]", "[x]"],
    ]


def test_the_stored_value_is_written_and_not_the_printed_one(kind: str) -> None:
    rows = [Row("Mean", (cell(number(3289.66)),)), Row("Net change", (Cell("\N{MINUS SIGN}1,017"),))]
    assert cell(number(3289.66)).words == "3,289.7"
    assert table_of(sheet_of(kind, table(["2025"], rows)))[1:] == [["Mean", 3289.66], ["Net change", -1017]]


@pytest.mark.parametrize(
    ("status", "mark"),
    [("not_available", "[x]"), ("not_applicable", "[z]"), ("suppressed", "[c]"), ("not_due", "[not due]")],
)
def test_a_cell_without_a_number_holds_its_mark(kind: str, status: str, mark: str) -> None:
    absent = cell(number(None, status=status))
    sheets = read(WRITERS[kind](holding(table(["2025"], [Row("Plans", (absent,))]))))
    assert table_of(sheets["Table_1_1"])[1] == ["Plans", mark]
    assert any(row[0].startswith(mark) for row in sheets["Table_1_1"][1:])
    assert mark in [row[0] for row in table_of(sheets["Notes"])]
    figure = dict(zip(*table_of(sheets["Figures"])[:2], strict=True))
    assert {figure[name] for name in ("Value", "Numerator", "Denominator")} == {mark}
    assert figure["Status"] == status


def test_what_a_cell_withholds_the_figures_withhold_too(kind: str) -> None:
    held = number(3, numerator=3, denominator=9)
    file = WRITERS[kind](holding(table(["2025"], [Row("Plans", (Cell("withheld", held),))])))
    figure = dict(zip(*table_of(read(file)["Figures"])[:2], strict=True))
    assert {figure[name] for name in ("Value", "Numerator", "Denominator", "Lower limit")} == {"[c]"}
    assert figure["Status"] == "suppressed"


def test_codes_are_kept_letter_for_letter(kind: str) -> None:
    columns: list[Column | str] = [Column("Value", "code"), Column("Year", "words")]
    rows = [Row("1", (Cell("withheld"), Cell("2024-25"))), Row("2", (Cell("007"), Cell("not available")))]
    assert table_of(sheet_of(kind, table(columns, rows)))[1:] == [
        ["1", "withheld", "2024-25"],
        ["2", "007", "[x]"],
    ]


def test_each_mark_is_said_at_the_widest_place_it_is_true_of(kind: str) -> None:
    def row(head: str, *marks: str) -> Row:
        return Row(head, tuple(Cell("1", marks=tuple(held)) for held in marks))

    notes = [Note(f"Note {mark}.", mark) for mark in "wcrs"]
    rows = [row("First", "wc", "w"), row("Second", "wcr", "wr"), row("Third", "wc", "ws")]
    rows.append(Row("Fourth", (Cell("not available"), Cell("1", marks=("w",)))))
    sheet = sheet_of(kind, table(["2024", "2025"], rows, *notes))
    assert sheet[0] == ["Table 1.1: Plans [note 1]"]
    assert table_of(sheet) == [
        ["Group", "2024 [note 2]", "2025", "Notes"],
        ["First", 1, 1, "[z]"],
        ["Second [note 3]", 1, 1, "[z]"],
        ["Third", 1, 1, "2025 [note 4]"],
        ["Fourth", "[x]", 1, "[z]"],
    ]


def test_notes_are_numbered_through_the_workbook_and_shared(kind: str) -> None:
    rows = [Row("Plans", (Cell("1"),))]
    first = table(["2025"], rows, Note("Shared."), Note("Own."))
    last = table(["2025"], rows, Note("Last."), Note("Shared."), key="last-table")
    sheets = read(WRITERS[kind](holding(first, last)))
    assert sheets["Table_1_1"][0] == ["Table 1.1: Plans [note 1] [note 2]"]
    assert sheets["Table_1_2"][0] == ["Table 1.2: Plans [note 3] [note 1]"]
    assert table_of(sheets["Notes"])[1:] == [
        ["[note 1]", "Shared.", "Table_1_1, Table_1_2"],
        ["[note 2]", "Own.", "Table_1_1"],
        ["[note 3]", "Last.", "Table_1_2"],
    ]


def test_a_number_that_several_tables_place_is_one_row_of_the_figures(kind: str) -> None:
    held = number(8.8, unit="percent", numerator=15, denominator=171, group={"category": "neglect"}, version=2)
    older = number(7.0, unit="percent", place="England", year=YEAR.before())
    rows = [Row("Ashdown", (cell(held),)), Row("England", (cell(older),))]
    made = holding(table(["2025"], rows), table(["2025"], rows[:1], key="again-table"))
    head, *figures = table_of(read(WRITERS[kind](made))["Figures"])
    own, england = (dict(zip(head, figure, strict=True)) for figure in figures)
    assert (own["Value"], own["Numerator"], own["Denominator"], own["Unit"]) == (8.8, 15, 171, "percent")
    assert (own["Group"], own["Version"], own["Sheets"]) == ("category=neglect", 2, "Table_1_1, Table_1_2")
    assert (f"{own['Period start']}", f"{own['Period end']}") == ("2024-04-01", "2025-03-31")
    assert 0 < own["Lower limit"] < 8.8 < own["Upper limit"] < 100
    assert (england["Value"], england["Numerator"], england["Version"]) == (7.0, "[x]", "[z]")


def test_a_table_without_rows_says_that_there_is_nothing(kind: str) -> None:
    assert table_of(sheet_of(kind, table(["2024", "2025"], []))) == [
        ["Group", "2024", "2025"],
        ["[z]", "[z]", "[z]"],
    ]


def test_heads_that_are_the_same_are_told_apart(kind: str) -> None:
    rows = [Row("Plans", (Cell("1"), Cell("2"), Cell("3")))]
    assert table_of(sheet_of(kind, table(["England", "england", "group"], rows)))[0] == [
        "Group",
        "England",
        "england 2",
        "group 2",
    ]
