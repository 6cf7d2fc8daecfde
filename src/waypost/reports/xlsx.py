"""A report as an XLSX workbook, laid out by gptables, which follows the good practice for published tables.

gptables reads `$$x$$` in words as a note and `[x](y)` as a link, and XlsxWriter below it takes "=x" for a formula. Here
words come from files, so they are handed over as `Words`, which both leave alone and one handler writes as text.
"""

from __future__ import annotations

import warnings
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC
from functools import partial
from io import BytesIO
from typing import Any

import pandas as pd  # type: ignore[import-untyped]
from gptables import Cover as CoverPage  # type: ignore[import-untyped]
from gptables import GPTable, GPWorkbook, gptheme

from waypost.reports.model import Report
from waypost.reports.sheets import workbook
from waypost.reports.sheets.notes import MEANINGS
from waypost.reports.sheets.shapes import COVER_WIDTH, Amount, Column, Cover, Sheet, Value, Workbook, depth

A4 = 9
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
FORMATS: dict[str, dict[str, Any]] = {
    "words": {"align": "left", "valign": "top", "num_format": "@"},
    "link": {"align": "left", "valign": "top"},
    "number": {"align": "right", "valign": "top"},
    "date": {"align": "right", "valign": "top", "num_format": "yyyy-mm-dd"},
}
UNITS_PER_CHARACTER = 1.1
LINE_POINTS = 15.75
"""Widths are counted in digits of a smaller type, and heights in points, of which a line of this type takes so many."""
DECIMALS = {0: "#,##0", 1: "#,##0.0"}


@dataclass(frozen=True, slots=True)
class Words:
    """Text that is to be written letter for letter."""

    text: str
    is_wrapped: bool = False


def write(report: Report) -> bytes:
    """The workbook of a report."""
    return drawn(workbook(report))


def drawn(book: Workbook) -> bytes:
    """The bytes of an XLSX file, the same for the same workbook."""
    file = BytesIO()
    made = GPWorkbook(file, OPTIONS)
    made.set_theme(_theme())
    moment = book.made_at.astimezone(UTC).replace(tzinfo=None)
    made.set_properties({"title": book.title, "author": book.authority, "comments": book.mark, "created": moment})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of pandas, to gptables
        _put_cover(_page(made, book, book.cover.name), book.cover)
        for sheet in book.sheets:
            _put_table(_page(made, book, sheet.name), sheet)
    made.close()
    return file.getvalue()


def _theme() -> Any:
    """That of gptables, with the words of the cover at the top of their cells."""
    theme = deepcopy(gptheme)
    theme.cover_text_format = {**theme.cover_text_format, "valign": "top"}
    return theme


def _page(made: Any, book: Workbook, name: str) -> Any:
    """A new sheet, set up to be printed with the edition's mark and the name of the sheet on each page."""
    page = made.add_worksheet(name)
    wrapped = made.add_format({**made.theme.data_format, "valign": "top"})
    page.add_write_handler(Words, partial(_write_words, wrapped))
    page.set_paper(A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_header(f"&L{_printed(book.title)}&R{_printed(book.mark)}")
    page.set_footer(f"&L{_printed(name)}&RPage &P of &N")
    return page


def _printed(words: str) -> str:
    return words.replace("&", "&&")


def _write_words(wrapped: Any, page: Any, row: int, column: int, words: Words, given: Any) -> Any:
    return page.write_string(row, column, words.text, wrapped if words.is_wrapped else given)


def _put_cover(page: Any, cover: Cover) -> None:
    held = dict(zip(("intro", "about", "contact"), ([*map(Words, part)] for part in cover.parts), strict=True))
    width = COVER_WIDTH * UNITS_PER_CHARACTER
    page.write_cover(CoverPage(Words(cover.title), cover_label=cover.name, width=width, **held))
    row = 1
    for part in cover.parts:
        for place, line in enumerate(part, row + 1):
            page.set_row(place, LINE_POINTS * depth(line, COVER_WIDTH))
        row += len(part) + 1


def _put_table(page: Any, sheet: Sheet) -> None:
    cells = [[_cell(value, column) for value, column in zip(row, sheet.columns, strict=True)] for row in sheet.rows]
    table = GPTable(
        pd.DataFrame(cells, columns=[column.head for column in sheet.columns], dtype=object),
        table_name=f"{sheet.name}_data",
        title=sheet.title,
        index_columns={},
        additional_formatting=_formats(sheet),
    )
    # Set one by one, because the table itself takes nothing but plain text, in which it would look for notes and links.
    table.title = Words(sheet.title)
    table.instructions, *table.legend = (Words(line, is_wrapped=sheet.wraps(line)) for line in sheet.lines)
    page.write_gptable(table, auto_width=False)
    page.repeat_rows(len(sheet.lines) + 1)
    _fit(page, sheet)


def _fit(page: Any, sheet: Sheet) -> None:
    """Columns as wide as they should be, and rows as deep as what wraps in them, which not every program works out."""
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width * UNITS_PER_CHARACTER)
    for row, lines in enumerate(sheet.depths, 1):
        page.set_row(row, LINE_POINTS * lines)


def _cell(value: Value, column: Column) -> Any:
    match value:
        case Amount():
            return value.value
        case str() if column.kind == "link":
            return {value: f"internal:'{value}'!A1"}
        case str() if column.kind == "number" and value in MEANINGS:
            return value
        case str():
            return Words(value)
    return value


def _formats(sheet: Sheet) -> list[dict[str, dict[str, Any]]]:
    """The alignment of each column, heads and all, and the decimals of each number."""
    columns = [
        {
            "column": {
                "columns": [place],
                "include_names": True,
                "format": FORMATS[column.kind] | {"indent": int(column.is_apart)},
            }
        }
        for place, column in enumerate(sheet.columns)
    ]
    numbers = [
        {"cell": {"cells": (row, place), "format": {"num_format": DECIMALS[value.places]}}}
        for row, values in enumerate(sheet.rows, 1)
        for place, value in enumerate(values)
        if isinstance(value, Amount) and value.places is not None
    ]
    return columns + numbers
