"""How the tests read a Word document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from waypost.reports import model

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


def plain(words: str) -> str:
    """The words without what keeps them on one line."""
    return " ".join(words.replace(NO_BREAK_SPACE, " ").split())


def text_of(element: Any) -> str:
    """All the words in a part of the document."""
    return plain("".join(found.text or " " for found in element.iter(qn("w:t"), qn("w:tab"), qn("w:br"))))


def elements(document: Document, tag: str) -> list[Any]:
    return list(document.element.body.iter(qn(tag)))


def attribute(element: Any, name: str) -> str:
    return str(element.get(qn(f"w:{name}")))


def paragraphs(document: Document, style: str) -> list[Paragraph]:
    return [Paragraph(found, document) for found in elements(document, "w:p") if _style(found) == style]


def words_of(document: Document, style: str) -> list[str]:
    return [plain(found.text) for found in paragraphs(document, style)]


def _style(paragraph: Any) -> str | None:
    return paragraph.style


def cells(table: Table) -> list[list[str]]:
    """The words of each row, cell by cell as they stand in the file."""
    return [[plain(_Cell(cell, table).text) for cell in row.tc_lst] for row in table._tbl.tr_lst]


def expected_rows(table: model.Table) -> Iterator[list[str]]:
    for row in table.rows:
        head = plain(f"{row.head} {row.hint}")
        yield [head, *(_cell_words(cell) for cell in row.cells)]


def _cell_words(cell: model.Cell) -> str:
    return plain(" ".join([cell.words, *(f"({mark})" for mark in cell.marks), cell.beneath]))


def exhibits(document: Document) -> dict[str, Table]:
    """The captioned tables by what they are called: those of the model."""
    named = {}
    for table in document.tables:
        name = attribute(next(table._tbl.iter(qn("w:tblCaption"))), "val")
        named[name] = table
    return named


def outline(document: Document) -> list[int]:
    """The level of each heading as the word processor sees it, in order."""
    levels = []
    for found in elements(document, "w:p"):
        level = _outline_of(document, _style(found))
        if level is not None:
            levels.append(level)
    return levels


def _outline_of(document: Document, style_id: str | None) -> int | None:
    styles = {style.style_id: style for style in document.styles}
    style = styles.get(style_id or "Normal")
    while style is not None:
        found = style.element.find(f".//{qn('w:outlineLvl')}")
        if found is not None:
            return int(attribute(found, "val")) + 1
        style = style.base_style
    return None
