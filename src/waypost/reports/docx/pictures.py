"""Charts as pictures, each with its finding as title and its shape in words for those who cannot see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import count
from typing import Any

from docx.document import Document
from docx.image.image import Image
from docx.shared import Mm

from waypost.reports import charts
from waypost.reports.docx.markup import Bookmarks, link, paragraph, run, w
from waypost.reports.docx.tables import caption
from waypost.reports.model import Chart

SCALE = 2.5
"""Pixels for each unit of the drawing, which makes some 300 to the inch."""
MILLIMETRES_A_UNIT = 135 / 640
"""One for all charts, so that their words are of one size."""
MOST_ACROSS = Mm(170)


class Pictures:
    """Puts pictures into a document and numbers them."""

    def __init__(self, document: Document) -> None:
        self._part = document.part
        self._numbers = count(1)

    def draw(self, chart: Chart, labels: Mapping[str, str], bookmarks: Bookmarks) -> Iterator[Any]:
        """The whole exhibit: its finding, what it shows, the picture, and where the figures are."""
        yield caption("Figure", chart.key, chart.number, chart.finding, bookmarks)
        yield paragraph("Unit", run(f"{chart.axis}. {chart.period}.{_scale_words(chart)}"), keeps_next=True)
        yield paragraph("Picture", w("r", w("drawing", self._picture(chart))), keeps_next=True)
        yield paragraph("Source", run("Base: ", "Label"), run(f"{chart.base}."), keeps_next=True)
        table = link(chart.table, run(labels[chart.table], "Hyperlink"))
        source = run(f"{chart.source} The figures are in ")
        yield paragraph("LastSource", run("Source: ", "Label"), source, table, run("."))

    def _picture(self, chart: Chart) -> Any:
        drawn = charts.png(chart, "wide", SCALE)
        across = Mm(Image.from_blob(drawn).px_width / SCALE * MILLIMETRES_A_UNIT)
        made: Any = self._part.new_pic_inline(BytesIO(drawn), width=min(across, MOST_ACROSS))
        number, name = next(self._numbers), f"Figure {chart.number}"
        made.docPr.set("id", str(number))
        made.docPr.set("name", name)
        made.docPr.set("title", chart.finding)
        made.docPr.set("descr", f"{chart.finding}. {chart.shape}")
        made.graphic.graphicData.pic.nvPicPr.cNvPr.set("name", name)
        return made


def _scale_words(chart: Chart) -> str:
    """What the reader must know of a scale that does not start at nought."""
    if not chart.scale_from:
        return ""
    return f" The scale starts at {chart.scale_from:g}{'%' if chart.unit == 'percent' else ''}, not at nought."
