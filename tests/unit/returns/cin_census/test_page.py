"""The page of what was found: whole in itself, in order for those who listen to it, and safe with any value."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree
from lxml import html as parser

from tests.spec.returns.cin_census.filed import child, cin_plan, episode, file, many, plan, write
from waypost.returns.cin_census import collection_named, page, read_file, validate_filing

HOSTILE = "<script>alert('x')</script>"
FOUND = file(
    child(
        episode(plan("2025-09-08", CPPendDate="2025-06-03"), cin_plan(CINPlanStartDate="2025-02-30")),
        LAchildID=HOSTILE,
        disabilities=(HOSTILE,),
    ),
    child(episode(plan(), plan(CPPstartDate="2025-07-07", CPPendDate="2025-08-04")), LAchildID=None),
    *many(12, Sex="X"),
)


def document(example: object, folder: Path, collection: str = "2025-26") -> etree._Element:
    filing = read_file(write(example, folder, collection))  # type: ignore[arg-type]
    return parser.fromstring(page.write(validate_filing(filing, collection_named(collection)), filing))


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> etree._Element:
    return document(FOUND, tmp_path_factory.mktemp("page"))


def words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_it_has_its_language_title_and_landmarks(found: etree._Element) -> None:
    assert found.get("lang") == "en-GB"
    assert words(found.find(".//title")) == "Checking cin.xml: children in need census 2025-26"
    for one in ("h1", "header", "main", "footer"):
        assert len(found.findall(f".//{one}")) == 1
    assert found.find(".//a[@class='govuk-skip-link']").get("href") == "#main"


def test_headings_never_skip_a_level(found: etree._Element) -> None:
    levels = [int(element.tag[1]) for element in found.iter("h1", "h2", "h3", "h4")]
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))


def test_every_link_leads_somewhere_and_every_id_is_one(found: etree._Element) -> None:
    ids = Counter(element.get("id") for element in found.iter() if element.get("id"))
    assert not [name for name, count in ids.items() if count > 1]
    targets = {link.get("href") for link in found.iter("a")}
    assert {target.removeprefix("#") for target in targets} <= ids.keys()
    assert {element.get("aria-labelledby") for element in found.iter()} - {None} <= ids.keys()


def test_it_fetches_nothing_and_runs_nothing(found: etree._Element) -> None:
    assert not list(found.iter("script", "link", "img", "iframe"))
    assert not [element for element in found.iter() if element.get("style")]
    (policy,) = found.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")


def test_the_counts_stand_first(found: etree._Element) -> None:
    names, numbers = ([words(element) for element in found.iter(tag)] for tag in ("dt", "dd"))
    counts = dict(zip(names, numbers, strict=True))
    assert counts["children in the file"] == "14"
    assert counts["children with an error"] == "14"


def test_the_rows_that_the_rule_read_are_shown_with_those_that_break_it(found: etree._Element) -> None:
    (rule,) = found.xpath("//section[@aria-labelledby='rule-8940']")
    (table,) = rule.iter("table")
    rows = [words(row) for row in table.find("tbody")]
    assert rows == ["1 2025-06-09 blank", "2, breaks the rule 2025-07-07 2025-08-04"]
    assert "To put it right:" in words(rule)


def test_what_was_filed_is_text_and_never_markup(found: etree._Element) -> None:
    headings = [words(heading) for heading in found.iter("h3")]
    assert HOSTILE in headings
    assert "Child 2 in the file, who has no LAchildID" in headings


def test_many_children_are_counted_and_the_first_shown(found: etree._Element) -> None:
    (rule,) = found.xpath("//section[@aria-labelledby='rule-4180']")
    assert len(list(rule.iter("h3"))) == 10
    assert "The first 10 of 12 children are shown." in words(rule)


def test_values_that_are_not_dates_are_listed(found: etree._Element) -> None:
    (section,) = found.xpath("//section[h2/@id='unread']")
    assert "Child in need plans, row 1 CINPlanStartDate 2025-02-30" in words(section)


def test_a_draft_says_so(tmp_path: Path) -> None:
    assert "The rules of 2026-27 are a draft" in words(document(child(episode()), tmp_path, "2026-27"))


def test_a_file_with_nothing_wrong_says_so(tmp_path: Path) -> None:
    codes = ("MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR", "VIS")
    said = words(document(child(episode(), disabilities=codes), tmp_path))
    assert "No rule found anything wrong with the file." in said


def test_a_child_with_very_many_rows_shows_those_that_matter(tmp_path: Path) -> None:
    plans = [plan(CPPstartDate=f"2025-{month:02}-{day:02}") for month in range(5, 10) for day in range(1, 13)]
    (rule,) = document(child(episode(*plans)), tmp_path).xpath("//section[@aria-labelledby='rule-8935']")
    (table,) = rule.iter("table")
    assert "20 of 60 rows" in words(table.find("caption"))
    assert len(table.find("tbody")) == 20
