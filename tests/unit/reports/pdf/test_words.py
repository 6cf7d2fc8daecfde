"""Words of a report are words, whatever they look like, and stay inside the page."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from tests.unit.reports.pdf.made import a_chart, a_report, a_section, a_table, close, opened, pages, said
from waypost.reports import pdf
from waypost.reports.model import Callout, Cell, Column, FrontLine, Note, Prompt, Report, Row, Table, Term, Terms

LIKE_MARKUP = [
    '#panic("no")',
    "*x* and _y_ and `z`",
    "$x^2$",
    "@ref and <label>",
    "back\\slash \\u{41} \\",
    "\"quotes\" and 'quotes'",
    "= Not a heading",
    "- not -- a --- list",
    "/ not: a term",
    "// not a comment /* nor this */",
    "https://example.org/",
    "[brackets] {braces} #let x = 1",
    "a ~ b ... c & d",
]


def told_everywhere(words: str) -> Report:
    """A report with the words in every place that words can stand in."""
    table = replace(
        a_table(columns=1, rows=0, title=words), unit=words, period=words, base=words, source=words, head=words,
        columns=(Column(words),), rows=(Row(words, (Cell(words, beneath=words),), hint=words),), notes=(Note(words),),
    )  # fmt: skip
    chart = replace(a_chart(), finding=words, axis=words, base=words, source=words, period=words)
    told = (said(words), Callout(said(words)), Prompt(words, words), Terms((Term("term", words, ((words, words),)),)))
    sections = (a_section("one", *told, table, chart, parts=(a_section("two", title=words),), title=words),)
    return replace(a_report(*sections, title=words, authority=words), front=(FrontLine(words, words),))


PLACES = 32
"""How many places that is: 7 of text, 12 of the table, 5 of the chart, 4 of headings and contents, 4 of the front."""
MARGIN = 50
AT_THE_HEAD = 2
"""The title and the authority, on each page."""


def is_everywhere(words: str, written: bytes) -> bool:
    found = pages(written)
    return close("".join(found)).count(close(words)) == PLACES + AT_THE_HEAD * len(found)


@pytest.mark.parametrize("words", LIKE_MARKUP)
def test_what_looks_like_markup_comes_out_as_itself(words: str) -> None:
    written = pdf.write(told_everywhere(words))
    assert is_everywhere(words, written)
    with opened(written) as document:
        assert str(document.docinfo["/Title"]) == f"{words} 2024-25: {words}"


def is_inside_the_page(written: bytes) -> bool:
    """Whether no letter is nearer to an edge than the margin of the page."""
    with pypdfium2.PdfDocument(written) as document:
        return all(map(is_inside, document))


def is_inside(page: pypdfium2.PdfPage) -> bool:
    text, width = page.get_textpage(), page.get_width()
    boxes = [text.get_charbox(place) for place in range(text.count_chars())]
    return all(left > MARGIN and bottom > MARGIN / 2 and right < width - MARGIN for left, bottom, right, _ in boxes)


@pytest.mark.parametrize("word", ["W" * 120, "safeguarding" * 20, "ab" * 32])
def test_a_word_too_long_for_its_place_is_broken_and_stays_whole_to_readers(word: str) -> None:
    written = pdf.write(told_everywhere(word))
    assert is_everywhere(word, written)
    assert is_inside_the_page(written)


def test_long_words_in_many_columns_do_not_run_into_each_other() -> None:
    word = "CPPstartDateAndMore"
    columns = tuple(Column(word, "code") for _ in range(7))
    rows = tuple(Row(str(place), tuple(Cell(word) for _ in columns)) for place in range(4))
    table = Table("t", "Title", "Unit", "Period", "Base", "Source", "Line", columns, rows, (Note("Note"),))
    written = pdf.write(a_report(a_section("one", table)))
    assert close("".join(pages(written))).count(word) == 7 * 5
    assert is_inside_the_page(written)


def test_a_character_that_cannot_be_drawn_is_named_by_its_number() -> None:
    written = pdf.write(a_report(a_section("one", said("字 and \x07 and \u202e and é and \N{MINUS SIGN}1"))))
    assert "[U+5B57] and [U+0007] and [U+202E] and é and \N{MINUS SIGN}1" in "".join(pages(written))


@pytest.mark.parametrize("start", range(0x20, 0x2700, 0x100))
def test_every_character_taken_as_drawn_is_drawn(start: int) -> None:
    """The document would be refused otherwise."""
    words = "".join(map(chr, range(start, start + 0x100)))
    pdf.write(a_report(a_section("one", said(pdf.NOT_DRAWN.sub("", words)))))
