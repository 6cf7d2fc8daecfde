"""What the file says of itself, before a page is opened."""

from __future__ import annotations

import pikepdf
import pytest

from tests.unit.reports.pdf.made import a_chart, a_report, a_section, a_table, opened, pages, said
from waypost.reports import pdf


@pytest.fixture(scope="module")
def written() -> bytes:
    return pdf.write(a_report(a_section("plans", said("So it is."), a_table(), a_chart())))


@pytest.fixture(scope="module")
def document(written: bytes) -> pikepdf.Pdf:
    return opened(written)


def test_it_is_tagged_and_in_british_english(document: pikepdf.Pdf) -> None:
    assert bool(document.Root.MarkInfo.Marked)
    assert str(document.Root.Lang) == "en-GB"


def test_it_says_that_it_meets_pdf_ua_1(document: pikepdf.Pdf) -> None:
    assert document.open_metadata()["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"


def test_it_names_and_shows_its_title_and_author(document: pikepdf.Pdf) -> None:
    assert str(document.docinfo["/Title"]) == "Annual child protection report 2024-25: Ashdown"
    assert str(document.docinfo["/Author"]) == "Ashdown"
    assert bool(document.Root.ViewerPreferences.DisplayDocTitle)


def test_its_moment_is_that_of_the_freeze(document: pikepdf.Pdf) -> None:
    assert str(document.docinfo["/CreationDate"]) == "D:20260514093000Z"


def test_its_pages_are_labelled_as_they_are_numbered(document: pikepdf.Pdf, written: bytes) -> None:
    assert [page.label for page in document.pages] == [str(page) for page in range(1, len(document.pages) + 1)]
    for page, words in enumerate(pages(written), 1):
        assert f"Page {page} of {len(document.pages)}" in words


def test_every_font_is_ours_and_inside_it(document: pikepdf.Pdf) -> None:
    fonts = [each for each in document.objects if isinstance(each, pikepdf.Dictionary) and "/FontFile2" in each]
    named = {str(font.FontName).partition("+")[2] for font in fonts}
    assert named == {"LiberationSans", "LiberationSans-Bold"}
    described = [each for each in document.objects if isinstance(each, pikepdf.Dictionary) and "/FontBBox" in each]
    assert len(described) == len(fonts)


def test_the_same_report_is_written_the_same(written: bytes) -> None:
    assert pdf.write(a_report(a_section("plans", said("So it is."), a_table(), a_chart()))) == written


def test_a_chart_that_says_nothing_to_those_who_cannot_see_it_is_refused() -> None:
    with pytest.raises(ValueError, match="must say its shape"):
        pdf.write(a_report(a_section("plans", a_table(), a_chart(shape=" "))))
