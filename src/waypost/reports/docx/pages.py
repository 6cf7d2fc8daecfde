"""The pages: A4 upright, sideways where a table is too wide for that, each with its header and footer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from waypost.reports.docx.markup import field_of, paragraph, run, tab, twips, w
from waypost.reports.model import Report
from waypost.reports.words import EDITION_WORDS

SHORT_SIDE, LONG_SIDE = 210, 297
SIDE, TOP, BOTTOM = 20, 25, 22
TO_HEADER, TO_FOOTER = 10, 10
SHORT_ID = 12


@dataclass(frozen=True, slots=True)
class Page:
    """A way to lay out pages: its name is the ending of its header's and footer's styles."""

    name: str
    width: int
    height: int

    @property
    def across(self) -> int:
        """The width between the margins, in twips."""
        return twips(self.width - 2 * SIDE)


UPRIGHT = Page("", SHORT_SIDE, LONG_SIDE)
SIDEWAYS = Page("Sideways", LONG_SIDE, SHORT_SIDE)


@dataclass(frozen=True, slots=True)
class Layout:
    """A way to lay out pages, with the header and footer that the document holds for it."""

    page: Page
    header: str
    footer: str

    def section(self) -> Any:
        """The properties that end a run of such pages. The pages after them start anew."""
        page = self.page
        size = w("pgSz", w=twips(page.width), h=twips(page.height))
        if page is SIDEWAYS:
            size.set(qn("w:orient"), "landscape")
        sides = {"left": twips(SIDE), "right": twips(SIDE), "gutter": 0}
        ends = {"top": twips(TOP), "bottom": twips(BOTTOM), "header": twips(TO_HEADER), "footer": twips(TO_FOOTER)}
        return w(
            "sectPr",
            _reference("headerReference", self.header),
            _reference("footerReference", self.footer),
            w("type", val="nextPage"),
            size,
            w("pgMar", **ends, **sides),
        )


def layout(document: Document, report: Report, page: Page) -> Layout:
    """Puts the header and footer of such pages into the document."""
    part: Any = document.part
    header, header_id = part.add_header_part()
    footer, footer_id = part.add_footer_part()
    _fill(header.element, f"Header{page.name}", run(EDITION_WORDS[report.edition], "Strong"), _title(report))
    _fill(footer.element, f"Footer{page.name}", run(f"Freeze {_short(report.freeze.id)}"), *_page_of_pages())
    return Layout(page, header_id, footer_id)


def _fill(element: Any, style: str, left: Any, *right: Any) -> None:
    for child in list(element):
        element.remove(child)
    element.append(paragraph(style, left, tab(), *right))


def _title(report: Report) -> Any:
    return run(f"{report.title} {report.year}, {report.authority}")


def _page_of_pages() -> list[Any]:
    return [run("Page "), field_of("PAGE", "1"), run(" of "), field_of("NUMPAGES", "1")]


def _short(freeze: str) -> str:
    """Enough of the freeze's name to find it by."""
    return freeze.removeprefix("sha256:")[:SHORT_ID]


def _reference(tag: str, identity: str) -> Any:
    made = w(tag, type="default")
    made.set(qn("r:id"), identity)
    return made
