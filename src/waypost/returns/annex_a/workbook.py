"""The lists as an XLSX workbook: a cover, a sheet of what could not be filled, and one table a sheet.

Nothing is merged, hidden or told by colour, and no cell of a table is blank. The same records and day give the same
bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date
from io import BytesIO
from textwrap import wrap
from typing import Any

from gptables import GPWorkbook  # type: ignore[import-untyped]

from waypost import __version__
from waypost.datasets.dataset import Dataset
from waypost.returns.annex_a.lists import NOT_APPLICABLE, NOT_AVAILABLE, Listed, Value, in_words

A4 = 9
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
DATE = "dd/mm/yyyy"
COVER_WIDTH, COVER_LINE, NARROWEST, WIDEST = 100, 108, 11, 34
"""In characters: widths are counted in digits, of which words take fewer."""
LINE_POINTS, BOLD_ROOM = 15.75, 0.85
"""How deep a line of type is, and how much of a width is left for bold letters."""
BOLD, TITLE = {"bold": True, "font_size": 12}, {"bold": True, "font_size": 14}

EDITION = (
    "Columns follow the child-level data template (Annex A) for inspecting local authority children's services.",
    "Their names and order are those by which public tools read the template.",
    "The latest edition of the framework that they could be set beside was that updated on 13 December 2024.",
)
NOT_CONFIRMED = (
    "The template itself was not at hand. Check the lists against the one that the inspectorate sends.",
    "It could not be confirmed that its headings and their order have not changed since.",
    "It could not be confirmed whether the column of gender now asks for sex, which is what it holds here.",
    "Of the lettered choices of a cell, those of gender, ethnicity, and yes or no are followed, and no others.",
    "List 4 has assessments begun, open or completed in the six months; it may ask only for those begun in them.",
)
NOT_LISTED = (
    "Lists 1 (contacts) and 2 (early help) are not here: the records hold nothing before a referral.",
    "Lists 8 to 11 (children in care, care leavers, adoption, adopters) are not here: the records hold none of them.",
)


MARKS = {
    NOT_AVAILABLE: "Not available: these records do not hold it, or not for this child.",
    NOT_APPLICABLE: "Not applicable: there is nothing to say here, such as the end of what is open.",
}

Sheet = tuple[str, str, Sequence[str], Sequence[Sequence[Value]]]
"""Its name, its heading, the heads of its table and the rows."""


def drawn(found: Sequence[Listed], dataset: Dataset, as_at: date) -> bytes:
    """The bytes of the workbook."""
    file = BytesIO()
    book = GPWorkbook(file, OPTIONS)
    title = f"Annex A lists as at {in_words(as_at)}: authority {dataset.authority}"
    moment = dataset.as_at.astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"title": title, "author": f"Authority {dataset.authority}", "created": moment})
    _put_cover(book, title, _cover(found, dataset))
    for sheet in (_gaps(found), *map(_list, found)):
        _put_table(book, title, sheet)
    book.close()
    return file.getvalue()


def _page(book: Any, name: str, title: str) -> Any:
    page = book.add_worksheet(name)
    page.set_paper(A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_header(f"&L{title.replace('&', '&&')}")
    page.set_footer("&L&A&RPage &P of &N")
    return page


# ---------------------------------------------------------------- the cover


def _cover(found: Sequence[Listed], dataset: Dataset) -> dict[str, Sequence[str]]:
    """What this is, which guidance it follows, and what is in it: lines under headings."""
    return {
        "About this workbook": (
            "It names children by the authority's own number. Keep it, and send it, as a record of theirs.",
            f"Records as at {in_words(dataset.as_at.date())}. Made by Waypost {__version__}.",
            *(f"Made from {source.name}, SHA-256 {source.sha256}." for source in dataset.sources),
        ),
        "Which guidance the columns follow": EDITION,
        "What could not be confirmed": NOT_CONFIRMED,
        "What is in it": (
            "Sheet Not_filled: the columns of the lists that these records cannot fill.",
            *(f"Sheet {_sheet(listed)}: {listed.who} {_rows(listed)}" for listed in found),
            *NOT_LISTED,
        ),
        "Marks in cells": tuple(f"{mark} {meaning}" for mark, meaning in MARKS.items()),
    }


def _put_cover(book: Any, title: str, parts: dict[str, Sequence[str]]) -> None:
    page = _page(book, "Cover", title)
    page.set_column(0, 0, COVER_WIDTH)
    plain = book.add_format({"valign": "top", "text_wrap": True})
    rows = [(title, book.add_format(TITLE))]
    heading = book.add_format(BOLD)
    for head, lines in parts.items():
        rows += [(head, heading), *((line, plain) for line in lines)]
    for number, (words, shape) in enumerate(rows):
        page.write_string(number, 0, words, shape)
        page.set_row(number, LINE_POINTS * _depth(words, COVER_LINE) * (1 if shape is plain else 1.5))


def _rows(listed: Listed) -> str:
    return "1 row." if len(listed.rows) == 1 else f"{len(listed.rows):,} rows."


# ---------------------------------------------------------------- tables


def _sheet(listed: Listed) -> str:
    return f"List_{listed.number}"


def _list(listed: Listed) -> Sheet:
    return _sheet(listed), f"List {listed.number}: {listed.name}. {listed.who}", listed.columns, listed.rows


def _gaps(found: Iterable[Listed]) -> Sheet:
    rows = [(_sheet(listed), column) for listed in found for column in listed.empty_columns]
    heading = f"Columns of the lists that these records cannot fill. Every cell of them holds {NOT_AVAILABLE}."
    return "Not_filled", heading, ("Sheet", "Column"), rows


def _put_table(book: Any, title: str, sheet: Sheet) -> None:
    """A heading, and under it one table with a head that is said to be one and repeats on each printed page."""
    name, heading, heads, rows = sheet
    page = _page(book, name, title)
    page.write_string(0, 0, heading, book.add_format(BOLD))
    page.set_row(0, LINE_POINTS * 1.5)
    held = rows or [("None", *[NOT_APPLICABLE] * (len(heads) - 1))]
    top, words, day = (
        book.add_format({"valign": "top", "align": "left", "text_wrap": True, **more})
        for more in ({"bold": True}, {}, {"num_format": DATE})
    )
    columns = [{"header": head, "header_format": top} for head in heads]
    about = {"name": f"{name}_data", "style": None, "autofilter": False, "columns": columns}
    page.add_table(1, 0, len(held) + 1, len(heads) - 1, about)
    widths = [_width(head, (row[place] for row in held)) for place, head in enumerate(heads)]
    page.set_row(1, LINE_POINTS * max(map(_depth, heads, (round(width * BOLD_ROOM) for width in widths))))
    for place, width in enumerate(widths):
        page.set_column(place, place, width)
    for number, row in enumerate(held, 2):
        for place, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(number, place, value, day)
            else:
                page.write(number, place, value, words)
    page.repeat_rows(1)


def _width(head: str, cells: Iterable[Value]) -> int:
    """Wide enough for its longest cell and for the longest word of its head, within reason."""
    longest = max(len(DATE) if isinstance(value, date) else len(str(value)) for value in cells)
    return min(max(NARROWEST, max(map(len, head.split())) + 2, longest + 2), WIDEST)


def _depth(words: str, width: int) -> int:
    """How many lines the words take, which not every program works out."""
    return max(1, len(wrap(words, width)))
