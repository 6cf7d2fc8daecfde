"""A chronology as a Word document that can be filed with a court: a heading, one table, and where it came from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table

from waypost.records.pathway.chronology import ChronologyLine
from waypost.web.words import day

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HEADS = ("Date", "What happened", "What it meant for the child", "Where it is known from")
WIDTHS = (3.2, 10.5, 6.5, 4.5)


def document(lines: Sequence[ChronologyLine], *, name: str, born_on: date | None, made_on: date, by: str) -> bytes:
    """The file. Its properties name nobody."""
    made = Document()
    made.core_properties.title, made.core_properties.author = "Chronology", ""
    made.core_properties.language = "en-GB"
    page = made.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21.0)
    page.left_margin = page.right_margin = Cm(2)
    made.styles["Normal"].font.name, made.styles["Normal"].font.size = "Arial", Pt(10)
    made.add_heading("Chronology", level=1)
    born = f", born {day(born_on)}" if born_on else ""
    made.add_paragraph(f"{name}{born}. Made on {day(made_on)} by {by}.")
    table = made.add_table(rows=1, cols=len(HEADS), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, HEADS, strict=True):
        cell.text = head
    for line in lines:
        source = line.source or (line.event.title if line.event else "")
        for cell, text in zip(table.add_row().cells, (day(line.on), line.says, line.means, source), strict=True):
            cell.text = text
    _finish(table)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def _finish(table: Table) -> None:
    """Widths, a head that is repeated on each page, and rows that no page breaks."""
    for row in table.rows:
        for cell, width in zip(row.cells, WIDTHS, strict=True):
            cell.width = Cm(width)
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(head)
