"""The report as a page: whole in itself, in order for those who listen to it, and safe with any value."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import etree
from lxml import html as parser

from tests.unit.reports.conftest import THIS_YEAR
from waypost.datasets.dataset import Dataset, Unread
from waypost.reports import html
from waypost.reports.annual import build
from waypost.reports.model import Report


@pytest.fixture(scope="module")
def written(report: Report) -> str:
    return html.write(report)


@pytest.fixture(scope="module")
def document(written: str) -> etree._Element:
    return parser.fromstring(written)


def words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_the_page_names_its_language_title_and_parts(document: etree._Element) -> None:
    assert document.get("lang") == "en-GB"
    assert words(document.find(".//title")) == "Annual child protection report 2024-25: Ashdown"
    assert len(document.findall(".//h1")) == 1
    for landmark in ("header", "nav", "main", "footer"):
        assert len(document.findall(f".//{landmark}")) == 1
    assert document.find(".//a[@class='govuk-skip-link']").get("href") == "#main"


def test_headings_never_skip_a_level(document: etree._Element) -> None:
    levels = [int(element.tag[1]) for element in document.iter("h1", "h2", "h3", "h4")]
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))


def test_the_contents_lead_to_every_section(document: etree._Element, report: Report) -> None:
    links = {link.get("href"): words(link) for link in document.findall(".//nav//a")}
    assert links == {f"#{section.key}": f"{section.number}{section.title}" for section in report.walk()}


def test_every_link_leads_somewhere_and_every_id_is_one(document: etree._Element) -> None:
    ids = Counter(element.get("id") for element in document.iter() if element.get("id"))
    assert not [name for name, count in ids.items() if count > 1]
    targets = {link.get("href") for link in document.iter("a")}
    assert {target.removeprefix("#") for target in targets} <= ids.keys()
    named = {element.get(by) for element in document.iter() for by in ("aria-labelledby", "aria-describedby")} - {None}
    assert named <= ids.keys()


def test_the_page_needs_nothing_else(written: str, document: etree._Element) -> None:
    addresses = set(re.findall(r"https?://[^\s\"'<]+", written)) - {"http://www.w3.org/2000/svg"}
    assert not {address for address in addresses if "w3.org" not in address}
    assert not list(document.iter("script", "link", "img", "iframe"))
    assert not re.search(r"url\((?!#)|@import", written)
    policy = document.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert not [element for element in document.iter() if element.get("style")]


def test_every_table_is_titled_and_headed(document: etree._Element, report: Report) -> None:
    captions = [words(caption) for caption in document.findall(".//table/caption")]
    assert len(captions) == len(document.findall(".//table")) == len(report.tables)
    for caption, table in zip(captions, report.tables, strict=True):
        assert caption.startswith(f"Table {table.number}: {table.title}")
    assert all(head.get("scope") in ("col", "colgroup", "row") for head in document.findall(".//th"))


def test_every_row_is_as_wide_as_its_head(document: etree._Element) -> None:
    for table in document.findall(".//table"):
        across = sum(int(head.get("colspan", "1")) for head in table.findall("./thead/tr[1]/th"))
        assert {len(row) for row in table.findall("./tbody/tr")} == {across}


def test_no_cell_is_blank(document: etree._Element) -> None:
    assert not [cell for cell in document.iter("td", "th") if not words(cell)]


def test_tables_that_scroll_on_a_phone_can_be_reached_by_keyboard(document: etree._Element) -> None:
    regions = document.findall(".//div[@role='region']")
    assert regions
    for region in regions:
        assert region.get("tabindex") == "0"
        assert region.get("aria-labelledby") == region.find(".//caption").get("id")


def test_each_chart_is_drawn_wide_and_narrow_and_leads_to_its_table(document: etree._Element, report: Report) -> None:
    figures = document.findall(".//figure")
    assert len(figures) == len(report.charts)
    for figure, chart in zip(figures, report.charts, strict=True):
        assert len([child for child in figure if child.tag.endswith("svg")]) == 2
        assert f"#{chart.table}" in {link.get("href") for link in figure.iter("a")}


def test_a_question_to_a_person_cannot_be_taken_for_text(document: etree._Element, report: Report) -> None:
    asked = [words(element) for element in document.findall(".//div[@role='note']")]
    assert asked == [f"To be written by: {prompt.owner} Question: {prompt.question}" for prompt in report.prompts]


def test_an_internal_edition_says_that_it_is_not_for_publication(document: etree._Element) -> None:
    assert "Internal edition Small numbers are shown. Not for publication." in words(document)


def test_values_from_a_file_are_shown_as_they_are_and_do_nothing(dataset: Dataset) -> None:
    nasty = Unread("<img src=x>.xml", "A&B", "Plans", None, "Date", "<script>alert(1)</script>", "not a date")
    document = parser.fromstring(html.write(build(replace(dataset, unread=(nasty,)), THIS_YEAR)))
    assert not list(document.iter("script", "img"))
    assert "<script>alert(1)</script>" in words(document.find(".//div[@id='unread-table']"))


def test_the_same_report_is_written_the_same(written: str, report: Report) -> None:
    assert html.write(report) == written
