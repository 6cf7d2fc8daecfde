"""The report from front page to last appendix, block by block, as the model has it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, assert_never

from docx.document import Document
from docx.oxml.ns import qn

from waypost.reports.docx import headlines, tables
from waypost.reports.docx.markup import Bookmarks, field_end, field_start, link, paragraph, run, tab, w
from waypost.reports.docx.pages import SIDEWAYS, UPRIGHT, Layout, Page, layout
from waypost.reports.docx.pictures import Pictures
from waypost.reports.docx.text import front_line, prompt, spans
from waypost.reports.model import (
    Block,
    Callout,
    Chart,
    Headlines,
    Paragraph,
    Prompt,
    Report,
    Section,
    Table,
    Term,
    Terms,
)
from waypost.reports.numbering import labels
from waypost.reports.words import EDITION_WORDS, day_words

CONTENTS = r'TOC \o "1-2" \h \z'
"""Headings of two levels, each a link. Page numbers come when the list is updated in the word processor."""
CONTENTS_ID = 1
CONTENTS_DEEP = 2

Laid = tuple[Page, Any]
"""A paragraph or table, and the kind of page it is to stand on."""


def tell(document: Document, report: Report) -> None:
    """Writes the whole report into an empty document."""
    body = document.element.body
    body.clear()
    layouts = {page: layout(document, report, page) for page in (UPRIGHT, SIDEWAYS)}
    at = UPRIGHT
    for page, element in _Story(document, report).whole():
        if page is not at:
            _end_pages(body, layouts[at])
            at = page
        body.append(element)
    body.append(layouts[at].section())


def _end_pages(body: Any, ended: Layout) -> None:
    """What follows starts on another kind of page; the last paragraph before it says which kind has ended."""
    if body[-1].tag != qn("w:p"):
        body.append(paragraph("Source"))
    body[-1].get_or_add_pPr().append(ended.section())


class _Story:
    def __init__(self, document: Document, report: Report) -> None:
        self._report = report
        self._labels = labels(report)
        self._bookmarks = Bookmarks()
        self._pictures = Pictures(document)

    def whole(self) -> Iterator[Laid]:
        for element in (*self._front(), self._contents()):
            yield UPRIGHT, element
        for place, section in enumerate(self._report.sections):
            yield from self._section(section, 1, starts_page=place == 0 or _is_long(section))

    def _front(self) -> Iterator[Any]:
        report = self._report
        yield paragraph("Edition", run(EDITION_WORDS[report.edition], "EditionMark"))
        yield paragraph("Subtitle", run(report.authority))
        yield paragraph("Title", run(f"{report.title} {report.year}"))
        yield paragraph("Lead", run(f"For the year to {day_words(report.year.end)}."))
        yield from map(front_line, report.front)
        if report.prompts:
            yield paragraph("FrontNote", run(_still_to_be_written(len(report.prompts))))
        made_on = day_words(report.freeze.as_at.date())
        yield paragraph("FrontNote", run(f"Made by {report.software} from records as at {made_on}."))
        yield paragraph("FrontNote", run("Freeze "), run(report.freeze.id, "Code"))

    def _contents(self) -> Any:
        """The contents list, filled already, in the frame in which Word offers to update it."""
        lines = [self._contents_line(section, level) for section, level in _in_contents(self._report.sections)]
        for place, piece in enumerate(field_start(CONTENTS), 1):
            lines[0].insert(place, piece)
        lines[-1].append(field_end())
        kind = w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique"))
        title = paragraph("TOCHeading", run("Contents"), starts_page=True)
        return w("sdt", w("sdtPr", w("id", val=CONTENTS_ID), kind), w("sdtContent", title, *lines))

    def _contents_line(self, section: Section, level: int) -> Any:
        return paragraph(f"TOC{level}", link(section.key, *_title(section)))

    def _section(self, section: Section, level: int, *, starts_page: bool = False) -> Iterator[Laid]:
        title = self._bookmarks.around(section.key, *_title(section, "Number"))
        heading = paragraph(f"Heading{level}", *title, starts_page=starts_page)
        yield _page_of(section.blocks[0]) if section.blocks else UPRIGHT, heading
        for block in section.blocks:
            for element in self._block(block, level):
                yield _page_of(block), element
        for part in section.sections:
            yield from self._section(part, level + 1)

    def _block(self, block: Block, level: int) -> Iterator[Any]:
        match block:
            case Paragraph():
                yield paragraph("BodyText", *spans(block, self._labels))
            case Callout():
                yield paragraph("Callout", *spans(block.paragraph, self._labels))
            case Prompt():
                yield prompt(block)
            case Table():
                yield from tables.draw(block, _page_of(block).across, self._bookmarks)
            case Chart():
                yield from self._pictures.draw(block, self._labels, self._bookmarks)
            case Headlines():
                yield from headlines.draw(block, self._report, self._labels, UPRIGHT.across)
            case Terms():
                for term in block.items:
                    yield from self._term(term, level)
            case _:
                assert_never(block)

    def _term(self, term: Term, level: int) -> Iterator[Any]:
        # A definition is a heading to whoever goes from one to the next, and is not in the contents list.
        style = "TermHeading" if level < CONTENTS_DEEP else f"Heading{level + 1}"
        yield paragraph(style, *self._bookmarks.around(term.key, run(term.name)))
        for place, (name, words) in enumerate(term.rows, 1):
            is_last = place == len(term.rows)
            yield paragraph("TermLine", run(name, "Label"), tab(), run(words), keeps_next=not is_last)


def _title(section: Section, *styles: str) -> list[Any]:
    """ "4.2", a tab and the title, or "Appendix A" and the title."""
    if section.is_appendix:
        return [run(f"Appendix {section.number} "), run(section.title)]
    return [run(section.number, *styles), tab(), run(section.title)]


def _in_contents(sections: tuple[Section, ...], level: int = 1) -> Iterator[tuple[Section, int]]:
    for section in sections:
        yield section, level
        if level < CONTENTS_DEEP:
            yield from _in_contents(section.sections, level + 1)


def _is_long(section: Section) -> bool:
    """Whether a section starts on a new page, as those do that have parts or list definitions."""
    return bool(section.sections) or any(isinstance(block, Terms) for block in section.blocks)


def _page_of(block: Block) -> Page:
    return SIDEWAYS if isinstance(block, Table) and tables.is_wide(block) else UPRIGHT


def _still_to_be_written(count: int) -> str:
    return (
        f"{count} parts of this report have still to be written by people. Each is in a dashed box that says by whom, "
        "and is not part of the text."
    )
