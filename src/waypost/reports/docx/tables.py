"""Tables: the caption and what it counts above, a head that every page repeats, the source and the notes below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from typing import Any

from waypost.domain.targets import Standing
from waypost.reports.charts import INK
from waypost.reports.docx.columns import setting
from waypost.reports.docx.markup import NO_BREAK_SPACE, Bookmarks, line_break, paragraph, run, unbroken, w, whole_words
from waypost.reports.docx.text import cell_words, mark_words
from waypost.reports.html import COLUMNS_UPRIGHT, ROWS_KEPT_TOGETHER, headings
from waypost.reports.model import Cell, Column, Note, Row, Table

STYLES = {"number": "TableNumber", "words": "TableWords", "code": "TableCode"}
HEADS = {"number": "TableHeadNumber", "words": "TableHead", "code": "TableHead"}
STANDINGS: Mapping[Standing, str] = {"met": "StandingMet", "near": "StandingNear", "not_met": "StandingNotMet"}
ROWS_HELD_AT_THE_ENDS = 2
STRONG_RULE: dict[str, str | int] = {"val": "single", "sz": 12, "space": 0, "color": INK.removeprefix("#")}


def is_wide(table: Table) -> bool:
    """Whether a table needs a page that lies on its side."""
    return len(table.columns) >= COLUMNS_UPRIGHT


def draw(table: Table, across: int, bookmarks: Bookmarks) -> Iterator[Any]:
    """The whole exhibit, `across` twips wide."""
    yield caption("Table", table.key, table.number, table.title, bookmarks)
    yield paragraph("Unit", run(f"{table.unit}. {table.period}."), keeps_next=True)
    yield paragraph("Unit", run("Base: ", "Label"), run(f"{table.base}."), keeps_next=True)
    yield _Grid(table, across).drawn()
    yield from below(table.source, table.notes)


def caption(kind: str, key: str, number: str, words: str, bookmarks: Bookmarks) -> Any:
    """ "Table 4.2: From concern to plan", which links can lead to; it stays with what it names."""
    named = bookmarks.around(key, run(f"{kind} {number}", "Number"))
    return paragraph("Caption", *named, run(f": {words}"), keeps_next=True)


def below(source: str, notes: Sequence[Note]) -> Iterator[Any]:
    """The source, and the notes, which stay together."""
    yield paragraph("Source", run("Source: ", "Label"), run(source), keeps_next=True)
    yield from noted(notes)


def noted(notes: Sequence[Note]) -> Iterator[Any]:
    """The notes in a list, the last never alone on a page."""
    yield paragraph("Source", run("Notes:", "Label"), keeps_next=True)
    for still_to_come, note in zip(reversed(range(len(notes))), notes, strict=True):
        mark = [run(f"({note.mark}) ")] if note.mark else []
        style = "Note" if still_to_come else "LastNote"
        yield paragraph(style, *mark, run(note.words), keeps_next=still_to_come == 1)


def grid(name: str, description: str, columns: Sequence[int], rows: Sequence[Any], style: str = "ReportTable") -> Any:
    """The frame of a table. Its first row and first column are marked as heads for those who listen to it."""
    look = w("tblLook", val="06A0", firstRow=1, lastRow=0, firstColumn=1, lastColumn=0, noHBand=1, noVBand=1)
    properties = w(
        "tblPr",
        w("tblStyle", val=style),
        w("tblW", w=sum(columns), type="dxa"),
        w("tblLayout", type="fixed"),
        look,
        w("tblCaption", val=name),
        w("tblDescription", val=description),
    )
    return w("tbl", properties, w("tblGrid", *(w("gridCol", w=width) for width in columns)), *rows)


def table_row(*cells: Any, is_head: bool = False) -> Any:
    """A row that no page break divides; a head is repeated on every page."""
    return w("tr", w("trPr", w("cantSplit"), *([w("tblHeader")] if is_head else [])), *cells)


def head_row(texts: Sequence[Any], columns: Sequence[int]) -> Any:
    """A head of one row, over a strong line."""
    look = [_rules(bottom=STRONG_RULE), w("vAlign", val="bottom")]
    cells = [table_cell(width, text, look=_copied(look)) for width, text in zip(columns, texts, strict=True)]
    return table_row(*cells, is_head=True)


def table_cell(width: int, *paragraphs: Any, look: Sequence[Any] = (), span: int = 1) -> Any:
    """`look` holds further properties, in the order of the format: vMerge, tcBorders, shd, vAlign."""
    spans = [w("gridSpan", val=span)] if span > 1 else []
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa"), *spans, *look), *paragraphs)


# ---------------------------------------------------------------- one table


def _description(table: Table) -> str:
    """What somebody who cannot see the table is told before its cells are read."""
    size = f"{len(table.rows)} rows and {len(table.columns) + 1} columns"
    return f"{table.unit}. {table.period}. Base: {table.base}. {size}; each row is headed by: {table.head}."


class _Grid:
    """One table set out: its columns have their widths, its words their styles."""

    def __init__(self, table: Table, across: int) -> None:
        self._table = table
        self._setting = setting(table, across)
        self._density = "Dense" if self._setting.is_dense else ""
        self._aside = f"Aside{self._density}"

    def drawn(self) -> Any:
        table, widths = self._table, self._setting.widths
        is_grouped = any(column.group for column in table.columns)
        head = [self._upper_head(), self._lower_head()] if is_grouped else [self._head()]
        return grid(f"Table {table.number}: {table.title}", _description(table), widths, [*head, *self._rows()])

    def _paragraph(self, style: str, *runs: Any, keeps_next: bool = True) -> Any:
        return paragraph(f"{style}{self._density}", *runs, keeps_next=keeps_next)

    # ------------------------------------------------------------ the head

    def _head(self) -> Any:
        heads = [self._head_of(column) for column in self._table.columns]
        return head_row([self._head_of_rows(), *heads], self._setting.widths)

    def _upper_head(self) -> Any:
        """The groups; a column without one has its head here, and reaches down through both rows."""
        first, *widths = self._setting.widths
        tall = [w("vMerge", val="restart"), _rules(bottom=STRONG_RULE), w("vAlign", val="bottom")]
        cells = [table_cell(first, self._head_of_rows(), look=_copied(tall))]
        place = 0
        for group, span in headings(self._table.columns):
            width = sum(widths[place : place + span])
            if group:
                cells.append(table_cell(width, self._paragraph("TableGroup", run(whole_words(group))), span=span))
            else:
                cells.append(table_cell(width, self._head_of(self._table.columns[place]), look=_copied(tall)))
            place += span
        return table_row(*cells, is_head=True)

    def _lower_head(self) -> Any:
        first, *widths = self._setting.widths
        rule = _rules(bottom=STRONG_RULE)
        covered = [w("vMerge"), rule]
        cells = [table_cell(first, self._paragraph("TableHead"), look=_copied(covered))]
        for width, column in zip(widths, self._table.columns, strict=True):
            text = self._head_of(column) if column.group else self._paragraph("TableHead")
            cells.append(table_cell(width, text, look=_copied([rule] if column.group else covered)))
        return table_row(*cells, is_head=True)

    def _head_of_rows(self) -> Any:
        return self._paragraph("TableHead", run(whole_words(self._table.head)))

    def _head_of(self, column: Column) -> Any:
        return self._paragraph(HEADS[column.kind], run(whole_words(column.words)))

    # ------------------------------------------------------------ the body

    def _rows(self) -> Iterator[Any]:
        """Short tables stay on one page; of long ones, no page has a single row."""
        last = len(self._table.rows)
        is_short = last <= ROWS_KEPT_TOGETHER
        for place, row in enumerate(self._table.rows, 1):
            is_near_an_end = place <= ROWS_HELD_AT_THE_ENDS or place > last - ROWS_HELD_AT_THE_ENDS
            yield self._row(row, keeps_next=is_short or is_near_an_end)

    def _row(self, row: Row, *, keeps_next: bool) -> Any:
        first, *widths = self._setting.widths
        rule = [_rules(top=STRONG_RULE)] if row.is_total else []
        hint = [line_break(), run(row.hint, self._aside)] if row.hint else []
        head = run(row.head, is_bold=row.is_total)
        cells = [
            table_cell(first, self._paragraph("TableRowHead", head, *hint, keeps_next=keeps_next), look=_copied(rule))
        ]
        for width, column, cell in zip(widths, self._table.columns, row.cells, strict=True):
            runs = cell_runs(cell, aside=self._aside, is_bold=row.is_total)
            text = self._paragraph(STYLES[column.kind], *runs, keeps_next=keeps_next)
            cells.append(table_cell(width, text, look=_copied(rule)))
        return table_row(*cells)


# ---------------------------------------------------------------- one cell


def cell_runs(cell: Cell, *, aside: str = "Aside", is_bold: bool = False) -> list[Any]:
    """The words with their marks, and under them what stands beneath. A number is not parted from its marks.

    How a figure stands against its target is told by the words; the colour around them only repeats it.
    """
    if cell.standing:
        return [run(cell.words.replace(" (", f"{NO_BREAK_SPACE}("), STANDINGS[cell.standing])]
    beneath = [line_break(), run(unbroken(cell.beneath), aside)] if cell.beneath else []
    return [run(cell_words(cell), is_bold=is_bold), *marks_of(cell.marks, aside), *beneath]


def marks_of(marks: Iterable[str], aside: str = "Aside") -> list[Any]:
    return [run(mark_words(mark), aside) for mark in marks]


def _rules(**sides: dict[str, str | int]) -> Any:
    return w("tcBorders", *(w(side, **look) for side, look in sides.items()))


def _copied(elements: Sequence[Any]) -> list[Any]:
    """An element can stand in one place only."""
    return [copy(element) for element in elements]
