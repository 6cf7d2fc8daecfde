"""The report as those hear it who cannot see it: its tags, in order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pikepdf
import pytest

from tests.unit.reports.pdf.made import Tag, a_report, a_section, a_table, opened, tags
from waypost.reports import pdf
from waypost.reports.model import Callout, Headlines, Link, Paragraph, Report, Section, Table, Terms

HEADINGS = tuple(f"H{level}" for level in range(1, 7))


@pytest.fixture(scope="module")
def document(report: Report) -> pikepdf.Pdf:
    return opened(pdf.write(report))


@pytest.fixture(scope="module")
def tree(document: pikepdf.Pdf) -> Tag:
    return tags(document)


def expected(section: Section, level: int = 1) -> Iterator[tuple[str, str]]:
    """Each heading of a section, and how deep it lies."""
    yield f"H{level}", section.title
    for block in section.blocks:
        if isinstance(block, (Headlines, Terms)):
            yield from ((f"H{level + 1}", item.name) for item in block.items)
    for part in section.sections:
        yield from expected(part, level + 1)


def test_the_headings_are_those_of_the_report_in_order(tree: Tag, report: Report) -> None:
    found = [(tag.kind, tag.title) for tag in tree.all(*HEADINGS)]
    wanted = [heading for section in report.sections for heading in expected(section)]
    assert found == [("H1", "Contents"), *wanted]


def test_headings_never_skip_a_level(tree: Tag) -> None:
    levels = [int(tag.kind[1]) for tag in tree.all(*HEADINGS)]
    assert levels[0] == 1
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))


def test_the_contents_lead_to_every_section(tree: Tag, report: Report) -> None:
    contents = tree.all("TOC")[0]
    assert len(contents.all("TOCI")) == len(list(report.walk())) == len(contents.all("Link"))


def test_each_chart_is_a_figure_that_says_what_it_shows(tree: Tag, report: Report) -> None:
    assert [tag.alt for tag in tree.all("Figure")] == [f"{chart.finding}. {chart.shape}" for chart in report.charts]


def cells_of(row: Tag, *kinds: str) -> int:
    return len([cell for cell in row.parts if cell.kind in kinds])


def test_each_table_has_its_caption_its_heads_and_all_its_rows(tree: Tag, report: Report) -> None:
    found = tree.all("Table")
    assert len(found) == len(report.tables)
    for tag, table in zip(found, report.tables, strict=True):
        assert [part.kind for part in tag.parts] == ["Caption", "THead", "TBody"]
        _, head, body = tag.parts
        assert {scope for cell in head.all("TH") for scope in cell.told("Scope")} == {"Column"}
        assert all(cell.told("Scope") for cell in head.all("TH"))
        assert [cells_of(row, "TD", "TH") for row in body.parts] == [len(table.columns) + 1] * len(table.rows)


def test_the_heads_span_every_column(tree: Tag, report: Report) -> None:
    for tag, table in zip(tree.all("Table"), report.tables, strict=True):
        upper = tag.all("THead")[0].parts[0]
        across = sum(int((cell.told("ColSpan") or ["1"])[0]) for cell in upper.parts)
        assert across == len(table.columns) + 1
        grouped = any(column.group for column in table.columns)
        assert len(tag.all("THead")[0].parts) == (2 if grouped else 1)


def links_in(report: Report) -> int:
    held = [block.paragraph if isinstance(block, Callout) else block for block in report.blocks]
    return sum(isinstance(span, Link) for block in held if isinstance(block, Paragraph) for span in block.spans)


def test_links_are_links_that_lead_somewhere(document: pikepdf.Pdf, tree: Tag, report: Report) -> None:
    leading = [note for page in document.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
    assert all("/Dest" in note or "/D" in note.A for note in leading)
    contents = len(list(report.walk()))
    assert len(tree.all("Link")) == contents + links_in(report) + len(report.charts)


def test_notes_and_definitions_are_lists(tree: Tag, report: Report) -> None:
    terms = [item for block in report.blocks if isinstance(block, Terms) for item in block.items]
    noted = [block for block in report.blocks if isinstance(block, (Table, Headlines))]
    items = sum(len(block.notes) for block in noted) + sum(len(term.rows) for term in terms) + len(report.front)
    assert len(tree.all("LI")) == items


def test_the_rest_is_paragraphs(tree: Tag, report: Report) -> None:
    assert len(tree.all("P")) > sum(isinstance(block, (Paragraph, Callout)) for block in report.blocks) > 0


def test_a_table_without_rows_still_has_its_heads() -> None:
    (table,) = tags(opened(pdf.write(a_report(a_section("one", a_table(rows=0)))))).all("Table")
    assert len(table.all("TH")) == 3
