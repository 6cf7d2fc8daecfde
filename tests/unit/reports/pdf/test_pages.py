"""The report as paper: every word of it, on pages that each say what they are of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.reports.made import YEAR, number
from tests.unit.reports.pdf.made import a_chart, a_report, a_section, a_table, close, opened, pages, said, tags
from waypost.reports import pdf
from waypost.reports.model import Cell, Headline, Headlines, Note, Report, Row, Section, Table

MANY = 80


@pytest.fixture(scope="module")
def written(report: Report) -> bytes:
    return pdf.write(report)


class Reading:
    """Reads on through the words of a document, and never back."""

    def __init__(self, written: bytes) -> None:
        self.words = close("".join(pages(written)))
        self.at = 0

    def on_to(self, words: str) -> None:
        found = self.words.find(close(words), self.at)
        assert found >= 0, f"{words!r} does not come after {self.words[self.at - 60 : self.at]!r}"
        self.at = found + len(close(words))


def read(section: Section, reading: Reading) -> None:
    reading.on_to(section.number + section.title)
    for block in section.blocks:
        if isinstance(block, Table):
            read_table(block, reading)
    for part in section.sections:
        read(part, reading)


def read_table(table: Table, reading: Reading) -> None:
    reading.on_to(f"Table {table.number}: {table.title}")
    reading.on_to(f"{table.unit}. {table.period}.")
    for row in table.rows:
        reading.on_to(row.head + row.hint)
        for cell in row.cells:
            reading.on_to(cell.words + "".join(f"({mark})" for mark in cell.marks) + cell.beneath)
    reading.on_to(f"Base: {table.base}.")
    reading.on_to(f"Source: {table.source}")
    for note in table.notes:
        reading.on_to((f"({note.mark})" if note.mark else "") + note.words)


def test_every_title_and_every_cell_is_there_in_order(written: bytes, report: Report) -> None:
    reading = Reading(written)
    reading.on_to("Contents")
    for section in report.walk():
        reading.on_to(section.number + section.title)
    for section in report.sections:
        read(section, reading)


def test_every_prompt_is_marked_as_unanswered(written: bytes, report: Report) -> None:
    reading = Reading(written)
    assert report.prompts
    for prompt in report.prompts:
        reading.on_to(f"To be written by: {prompt.owner} Question: {prompt.question}")


@pytest.mark.parametrize(
    ("edition", "mark"),
    [("internal", "Internal: holds small numbers. Not for publication."), ("public", "Public edition")],
)
def test_every_page_says_its_title_its_edition_and_its_freeze(edition: str, mark: str, report: Report) -> None:
    found = pages(pdf.write(replace(report, edition=edition)))  # type: ignore[arg-type]
    assert len(found) > 10
    for words in found:
        assert f"{report.title} {report.year}, {report.authority}" in words
        assert mark in words
        assert f"Freeze {report.freeze.id[:19]}" in words


def shape(written: bytes, page: int) -> str:
    with opened(written) as document:
        _, _, width, height = document.pages[page].mediabox
        return "sideways" if width > height else "upright"


def page_of(words: str, written: bytes) -> int:
    (found,) = [page for page, held in enumerate(pages(written)) if close(words) in close(held)]
    return found


def test_a_table_of_more_than_nine_columns_lies_sideways_with_its_heading_and_no_other_does() -> None:
    written = pdf.write(
        a_report(
            a_section("before", a_table("nine", columns=8)),
            a_section("wide", a_table("ten", columns=9)),
            a_section("after", said("And upright again.")),
        )
    )
    assert shape(written, page_of("nine:0:0", written)) == "upright"
    assert shape(written, page_of("ten:0:0", written)) == "sideways"
    assert "Section of wide" in pages(written)[page_of("ten:0:0", written)]
    assert shape(written, page_of("And upright again.", written)) == "upright"


def test_a_long_table_repeats_its_heads_on_each_page() -> None:
    written = pdf.write(a_report(a_section("long", a_table("long-table", rows=MANY))))
    holding = [words for words in pages(written) if "long-table:" in words]
    assert len(holding) > 1
    assert all("Column 0" in words and "Column 1" in words for words in holding)


def test_a_long_table_is_not_parted_from_its_caption() -> None:
    """However far down the page it starts."""
    for above in range(18, 34):
        filler = [said("So it is.")] * above
        written = pdf.write(a_report(a_section("long", *filler, a_table("long-table", rows=30))))
        assert page_of("long-table:0:0", written) == page_of("Table 1: Plans by month", written)


def test_a_heading_is_never_the_last_of_a_page() -> None:
    """However far down the page it would stand."""
    for above in range(26, 38):
        filler = [said("So it is.")] * above
        parts = (a_section("inner", a_table(), title="Inner heading"),)
        written = pdf.write(a_report(a_section("one", *filler, parts=parts, title="Outer heading")))
        place = max(page for page, words in enumerate(pages(written)) if "Inner heading" in words)
        assert "Plans by month" in pages(written)[place]


def test_a_chart_stands_with_its_caption_and_its_source() -> None:
    for above in range(12, 26):
        filler = [said("So it is.")] * above
        written = pdf.write(a_report(a_section("one", *filler, a_chart(), a_table())))
        assert page_of("Fewer plans than a year before", written) == page_of("The figures are in Table 1.", written)


def test_a_report_of_many_tables_has_them_all() -> None:
    sections = [
        a_section(
            f"s{place}",
            parts=tuple(
                a_section(f"s{place}-{part}", said("So it is. " * 30), a_table(f"t{place}-{part}", columns=5, rows=12))
                for part in range(10)
            ),
        )
        for place in range(12)
    ]
    written = pdf.write(a_report(*sections))
    found = tags(opened(written)).all("Table")
    assert len(found) == 120
    assert all(len(table.all("TR")) == 13 for table in found)
    assert len(opened(written).pages) >= 60


def test_a_headline_says_all_that_is_known_of_its_figure() -> None:
    written = pdf.write(a_report(a_section("summary", Headlines((a_headline(),), notes=(Note("Not final.", "p"),)))))
    words = close("".join(pages(written)))
    wanted = "Reviews on time 96.8% (p) 61 of 63 Up from 93.3%. England 2023-24 90.6% Near (A): 97.0% Higher is better"
    assert close(wanted) in words
    assert close("Notes: • (p) Not final.") in words


def test_how_a_figure_stands_is_said_in_words() -> None:
    table = replace(a_table(columns=1, rows=0), rows=(Row("Reviews", (Cell("Not met (R)", standing="not_met"),)),))
    assert "Reviews Not met (R)" in "".join(pages(pdf.write(a_report(a_section("one", table)))))


def a_headline() -> Headline:
    own = number(96.8, unit="percent", marks=("p",))
    england = number(90.6, unit="percent", place="England", year=YEAR.before(), marks=("y",))
    return Headline(
        name="Reviews on time", number=own, words="96.8%", base="61 of 63", movement=said("Up from 93.3%."),
        beside=(("England", england, "90.6%"),), good="Higher is better",
        target=Cell("Near (A): 97.0%", own, standing="near"),
    )  # fmt: skip
