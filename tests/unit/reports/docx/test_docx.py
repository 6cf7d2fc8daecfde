"""The report as a Word document: every word of the model is in it, and it is what it looks like."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.image.image import Image
from docx.oxml.ns import qn
from lxml import etree

from tests.unit.reports.docx.reading import (
    attribute,
    cells,
    elements,
    exhibits,
    expected_rows,
    outline,
    paragraphs,
    plain,
    text_of,
    words_of,
)
from tests.unit.reports.docx.small import AS_AT, WORDS, small_report, table
from waypost.reports.docx import write
from waypost.reports.docx.markup import LONGEST_NAME, bookmark_name, run
from waypost.reports.model import Paragraph, Placed, Report, Section, Text
from waypost.reports.words import EDITION_WORDS

# ---------------------------------------------------------------- what it says


def test_every_table_of_the_report_is_there_with_every_word(document: Document, report: Report) -> None:
    found = exhibits(document)
    for held in report.tables:
        drawn = cells(found[f"Table {held.number}: {held.title}"])
        assert drawn[-len(held.rows) :] == list(expected_rows(held)), held.key


def test_every_sentence_is_there_in_order(document: Document, report: Report) -> None:
    written = [block for block in report.blocks if isinstance(block, Paragraph)]
    linked = [plain("".join(getattr(span, "words", "") for span in block.spans)) for block in written]
    found = words_of(document, "BodyText")
    assert len(found) == len(linked)
    for said, block, drawn in zip(linked, written, found, strict=True):
        assert drawn == said or any(not hasattr(span, "words") for span in block.spans)


def test_the_summary_shows_each_headline_with_its_figure(document: Document, report: Report) -> None:
    (block,) = [block for block in report.blocks if type(block).__name__ == "Headlines"]
    drawn = cells(exhibits(document)["Headline figures"])[1:]
    assert len(drawn) == len(block.items)
    for row, item in zip(drawn, block.items, strict=True):
        assert row[0] == plain(f"{item.name} {item.good}")
        assert row[1].startswith(item.words)
        for name, _, words in item.beside:
            assert name in row[3]
            assert words in row[3]


def test_a_headline_names_the_year_of_a_figure_of_another_year(small_document: Document) -> None:
    assert cells(exhibits(small_document)["Headline figures"])[1][3] == "England 2023-24: 40.6"


def test_a_headline_carries_its_marks_and_how_it_stands_against_its_target(small_document: Document) -> None:
    row = cells(exhibits(small_document)["Headline figures"])[1]
    assert row[1] == "115 (p) at 31 March"
    assert row[2].endswith("Met (at most 120)")
    notes = [words for style in ("Note", "LastNote") for words in words_of(small_document, style)]
    assert "(p) Provisional, in the summary." in notes
    styles = {attribute(style, "val") for style in elements(small_document, "w:rStyle")}
    assert "StandingMet" in styles


def test_a_question_to_a_person_cannot_be_taken_for_text(document: Document, report: Report) -> None:
    asked = [*words_of(document, "FrontPrompt"), *words_of(document, "Prompt")]
    assert len(asked) == len(report.prompts)
    for prompt, words in zip(report.prompts, asked, strict=True):
        assert words.endswith(f"To be written by: {prompt.owner} Question: {prompt.question}")
    texts = [words for style in ("BodyText", "Callout", "FrontLine") for words in words_of(document, style)]
    assert not [words for words in texts if "To be written" in words]


def test_each_page_says_which_edition_it_is(document: Document, report: Report) -> None:
    for section in document.sections:
        assert EDITION_WORDS[report.edition] in section.header.paragraphs[0].text
        assert report.title in section.header.paragraphs[0].text
        foot = section.footer._element
        assert report.freeze.id.removeprefix("sha256:")[:12] in section.footer.paragraphs[0].text
        assert [attribute(field, "instr") for field in foot.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]


def test_a_public_edition_says_so(small: Report) -> None:
    document = docx.Document(BytesIO(write(replace(small, edition="public"))))
    assert "Public edition" in document.sections[0].header.paragraphs[0].text
    assert words_of(document, "Edition") == ["Public edition"]


def test_words_that_no_document_can_hold_are_shown_as_lost() -> None:
    report = small_report(Section("plain", "A\x00 & <b>", (Paragraph((Text("\ud800 \x1f ok"),)),)))
    document = docx.Document(BytesIO(write(report)))
    assert words_of(document, "Heading1") == ["1 A\N{REPLACEMENT CHARACTER} & <b>"]
    assert words_of(document, "BodyText") == ["\N{REPLACEMENT CHARACTER} \N{REPLACEMENT CHARACTER} ok"]


def test_a_placed_number_is_not_parted_at_the_end_of_a_line(small_document: Document) -> None:
    placed = next(span for span in WORDS.spans if isinstance(span, Placed))
    texts = {found.text for found in elements(small_document, "w:t")}
    assert placed.words.replace(" ", "\N{NO-BREAK SPACE}") in texts


# ---------------------------------------------------------------- what it is


def test_headings_have_their_numbers_and_never_skip_a_level(document: Document, report: Report) -> None:
    levels = outline(document)
    assert levels[0] == 1
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))
    found = [*words_of(document, "Heading1"), *words_of(document, "Heading2")]
    wanted = {f"{'Appendix ' if part.is_appendix else ''}{part.number} {part.title}" for part in report.walk()}
    assert set(found) == wanted


def test_the_contents_are_filled_and_lead_to_every_section(document: Document, report: Report) -> None:
    frame = elements(document, "w:sdt")[0]
    assert "TOC" in "".join(told.text for told in frame.iter(qn("w:instrText")))
    marks = [attribute(mark, "fldCharType") for mark in frame.iter(qn("w:fldChar"))]
    assert marks == ["begin", "separate", "end"]
    lines = {attribute(line, "anchor"): text_of(line) for line in frame.iter(qn("w:hyperlink"))}
    assert lines == {
        bookmark_name(part.key): f"{'Appendix ' if part.is_appendix else ''}{part.number} {part.title}"
        for part in report.walk()
    }


@pytest.mark.parametrize("name", ["document", "small_document"])
def test_every_link_leads_to_a_bookmark_and_each_bookmark_is_one(name: str, request: pytest.FixtureRequest) -> None:
    found: Document = request.getfixturevalue(name)
    starts = elements(found, "w:bookmarkStart")
    names = [attribute(start, "name") for start in starts]
    assert len(set(names)) == len(names)
    assert all(name.isidentifier() and len(name) <= LONGEST_NAME for name in names)
    ids = [attribute(start, "id") for start in starts]
    assert len(set(ids)) == len(ids)
    assert ids == [attribute(end, "id") for end in elements(found, "w:bookmarkEnd")]
    targets = {attribute(link, "anchor") for link in elements(found, "w:hyperlink")}
    assert targets
    assert targets <= set(names)


def test_captions_name_and_number_every_exhibit(document: Document, report: Report) -> None:
    captions = words_of(document, "Caption")
    wanted = [f"Table {held.number}: {held.title}" for held in report.tables]
    wanted += [f"Figure {drawn.number}: {drawn.finding}" for drawn in report.charts]
    assert sorted(captions) == sorted(wanted)


def test_a_caption_and_what_it_says_stay_with_their_table(document: Document) -> None:
    for held in elements(document, "w:tbl"):
        before = held.getprevious()
        while before is not None and before.style in ("Unit", "Caption"):
            assert before.find(f".//{qn('w:keepNext')}") is not None
            before = before.getprevious()


def test_the_source_and_notes_stand_under_every_table(document: Document, report: Report) -> None:
    found = exhibits(document)
    for held in report.tables:
        after = found[f"Table {held.number}: {held.title}"]._tbl.getnext()
        assert text_of(after) == plain(f"Source: {held.source}")
        for note in (None, *held.notes):
            after = after.getnext()
            words = text_of(after)
            assert words == (
                "Notes:" if note is None else plain(f"{f'({note.mark})' if note.mark else ''} {note.words}")
            )


def test_head_rows_are_marked_and_no_row_is_divided(document: Document, report: Report) -> None:
    grouped = {f"Table {held.number}: {held.title}" for held in report.tables if any(c.group for c in held.columns)}
    assert grouped
    for name, held in exhibits(document).items():
        rows = held._tbl.tr_lst
        heads = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows]
        count = 2 if name in grouped else 1
        assert heads == [True] * count + [False] * (len(rows) - count), name
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
        look = next(held._tbl.iter(qn("w:tblLook")))
        assert (attribute(look, "firstRow"), attribute(look, "firstColumn")) == ("1", "1")


def test_every_row_fills_the_columns(small_document: Document) -> None:
    for held in small_document.tables:
        columns = [int(attribute(column, "w")) for column in held._tbl.tblGrid]
        for row in held._tbl.tr_lst:
            assert sum(cell.grid_span for cell in row.tc_lst) == len(columns)
            assert sum(int(attribute(cell.tcPr.find(qn("w:tcW")), "w")) for cell in row.tc_lst) == sum(columns)


def test_groups_stand_over_their_columns(small_document: Document) -> None:
    upper, lower = exhibits(small_document)["Table 2.1b: All of grouped"]._tbl.tr_lst[:2]
    assert [cell.grid_span for cell in upper.tc_lst] == [1, 1, 2, 2]
    assert [cell.vMerge for cell in upper.tc_lst] == ["restart", "restart", None, None]
    assert [cell.vMerge for cell in lower.tc_lst] == ["continue", "continue", None, None, None, None]
    named = [[text_of(cell) for cell in row.tc_lst] for row in (upper, lower)]
    assert named[0] == ["Row", "Column 0", "2024", "2025"]
    assert named[1][2:] == ["Column 1", "Column 2", "Column 3", "Column 4"]


def test_numbers_stand_to_the_right_and_totals_are_bold(small_document: Document) -> None:
    rows = exhibits(small_document)["Table 2.1a: All of plain"]._tbl.tr_lst
    assert [cell.p_lst[0].style for cell in rows[1].tc_lst] == ["TableRowHead", "TableNumber", "TableNumber"]
    right = small_document.styles["Table number"].element.find(f".//{qn('w:jc')}")
    assert attribute(right, "val") == "right"
    bold = [bool(list(row.iter(qn("w:b")))) for row in rows]
    assert bold == [False, False, False, True]


def test_every_table_says_in_words_what_it_is(document: Document, report: Report) -> None:
    told = {attribute(words, "val") for words in elements(document, "w:tblDescription")}
    assert len(elements(document, "w:tblDescription")) == len(elements(document, "w:tbl"))
    for held in report.tables:
        assert any(held.unit in words and held.base in words and held.period in words for words in told)


def test_every_picture_says_in_words_what_it_shows(document: Document, report: Report) -> None:
    pictures = elements(document, "wp:docPr")
    assert len(pictures) == len(report.charts) > 0
    assert len({picture.get("id") for picture in pictures}) == len(pictures)
    for picture, drawn in zip(pictures, report.charts, strict=True):
        assert picture.get("title") == drawn.finding
        assert drawn.finding in picture.get("descr")
        assert drawn.shape in picture.get("descr")


def test_pictures_are_sharp_on_paper_and_fit_the_page(document: Document) -> None:
    across = document.sections[0].page_width - document.sections[0].left_margin - document.sections[0].right_margin
    for shape in document.inline_shapes:
        part = document.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed]
        assert Image.from_blob(part.blob).px_width / shape.width.inches >= 200
        assert shape.width <= across


def test_wide_tables_lie_on_their_side_and_the_page_turns_back(small_document: Document) -> None:
    turned = [section.orientation for section in small_document.sections]
    upright, sideways = WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE
    assert turned == [upright, sideways, upright, sideways, upright]
    for section in small_document.sections:
        assert (section.page_width > section.page_height) == (section.orientation == sideways)
        assert {round(section.page_width.mm), round(section.page_height.mm)} == {210, 297}
        assert section.header.paragraphs[0].text
    held = [[len(found._tbl.tblGrid) for found in _tables_in(section)] for section in small_document.sections]
    assert held == [[4, 3, 6], [10, 17], [], [13], []]


def _tables_in(section: object) -> list[docx.table.Table]:
    return [block for block in section.iter_inner_content() if isinstance(block, docx.table.Table)]  # type: ignore[attr-defined]


def test_a_report_may_end_on_its_side() -> None:
    document = docx.Document(BytesIO(write(small_report(Section("plain", "Wide", (table("wide", 12),))))))
    assert [section.orientation for section in document.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]
    (heading,) = paragraphs(document, "Heading1")
    assert heading._p.getprevious().find(f".//{qn('w:sectPr')}") is not None


# ---------------------------------------------------------------- the file


def test_it_is_in_british_english_and_says_what_it_is(document: Document, report: Report) -> None:
    told = document.core_properties
    assert (told.language, told.author) == ("en-GB", report.authority)
    assert told.title == f"{report.title} {report.year}: {report.authority}"
    assert told.subject
    language = document.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:lang')}")
    assert attribute(language, "val") == "en-GB"
    others = {attribute(found, "val") for found in document.styles.element.iter(qn("w:lang"))}
    assert others == {"en-GB"}


def test_its_dates_are_those_of_the_records(small_document: Document) -> None:
    told = small_document.core_properties
    assert told.created == told.modified == AS_AT


def test_the_same_report_is_written_the_same(report: Report, written: bytes) -> None:
    assert write(report) == written


def test_nothing_in_it_is_locked_or_fetched(written: bytes) -> None:
    with ZipFile(BytesIO(written)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        texts = {name: archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))}
    assert next(iter(texts)) == "[Content_Types].xml"
    for name, text in texts.items():
        assert b'TargetMode="External"' not in text, name
        assert b"documentProtection" not in text, name
        etree.fromstring(text)


def test_every_style_used_is_in_the_template(document: Document, small_document: Document) -> None:
    for found in (document, small_document):
        known = {style.style_id for style in found.styles}
        tags = ("w:pStyle", "w:rStyle", "w:tblStyle")
        parts = [found.element, *(section.header._element for section in found.sections)]
        parts += [section.footer._element for section in found.sections]
        used = {attribute(style, "val") for part in parts for tag in tags for style in part.iter(qn(tag))}
        assert used <= known


def test_a_long_key_gets_a_name_of_its_own() -> None:
    first, second = ("definition-" + "x" * 40 + ending for ending in "ab")
    assert bookmark_name(first) != bookmark_name(second)
    assert len(bookmark_name(first)) == LONGEST_NAME
    assert run("a").tag == qn("w:r")
