"""A dataset is known by its content: the same records have the same id, and other records another."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from tests.unit.datasets.catalogue import JUDGED, every_element, good_values, kind, message, places
from tests.unit.datasets.filings import ORDINARY, census, child, header, of_year, plan, read_one, referral, write
from waypost.datasets.load.cin_census import read
from waypost.domain.codes import Field

NOT_IN_THE_CONTRACT = {"UPNunknown"}
Case = tuple[str, Field]
SEXES = ("Sex", "GenderCurrent")
KEPT = [case for case in JUDGED if case[1].element not in NOT_IN_THE_CONTRACT]


def named(case: Case) -> str:
    table, field = case
    return f"{table}.{field.element}"


def id_of(folder: Path, content: str | bytes, name: str = "cin.xml") -> str:
    return read([write(folder, content, name)]).id


def without_sex(one: Element) -> Element:
    """GenderCurrent is looked at only where Sex is blank."""
    for leaf in one.iter("Sex"):
        leaf.text = ""
    return one


def test_an_id_says_how_it_was_made(tmp_path: Path) -> None:
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", id_of(tmp_path, ORDINARY))


SAME = (
    ORDINARY,
    ORDINARY.replace("<Message>", '<Message xmlns="urn:a" a="1" b="2">'),
    ORDINARY.replace("<Message>", '<Message b="2" a="1" xmlns="urn:b">'),
    ORDINARY.replace("<Child>", '<Child id="7">'),
    ORDINARY.replace("><", ">\n\t<"),
    ORDINARY.replace(">A1<", "> A1 <"),
    ORDINARY.replace("<Children>", "<!-- by hand --><Children>"),
    ORDINARY.replace("<Sex/>", ""),
    ORDINARY.encode("utf-16"),
    ORDINARY.replace("2025-06-01T12:00:00", "2025-07-01T12:00:00"),
    ORDINARY.replace("<ReferenceDate>2025-03-31</ReferenceDate>", "<ReferenceDate/>"),
)


@pytest.mark.parametrize("content", SAME, ids=map(str, range(len(SAME))))
def test_the_same_records_have_the_same_id(tmp_path: Path, content: str | bytes) -> None:
    assert id_of(tmp_path, content, "another name.xml") == id_of(tmp_path, ORDINARY)


@pytest.mark.parametrize("case", KEPT, ids=named)
def test_another_value_gives_another_id(tmp_path: Path, case: Case) -> None:
    table, field = case
    first, second = (every_element("A1"), every_element("A1"))
    if field.element == "GenderCurrent":
        first, second = without_sex(first), without_sex(second)
    *_, last = places(second, table, field)
    allowed = [value for value in good_values(field) if value != last.text]
    last.text = {"Sex": "F", "GenderCurrent": "2"}.get(field.element, allowed[0])
    if kind(field) == "code" and field.element in SEXES:
        for leaf in places(first, table, field):
            leaf.text = {"Sex": "M", "GenderCurrent": "1"}[field.element]
    assert id_of(tmp_path, message(first)) != id_of(tmp_path, message(second))


# Sex and GenderCurrent serve in place of one another.
@pytest.mark.parametrize("case", [case for case in KEPT if case[1].element not in SEXES], ids=named)
def test_a_blank_is_not_a_value(tmp_path: Path, case: Case) -> None:
    table, field = case
    filled, blank = every_element("A1"), every_element("A1")
    places(blank, table, field)[-1].text = ""
    assert id_of(tmp_path, message(filled)) != id_of(tmp_path, message(blank))


OTHERS = {
    "another authority": census(child("A1", referral()), head=header(lea="206")),
    "another year": census(child("A1", referral()), head=of_year(2024)),
    "another child": census(child("A2", referral())),
    "a child more": census(child("A1", referral()), child("A2")),
    "a referral more": census(child("A1", referral(), referral())),
    "a plan more": census(child("A1", referral(inside=plan()))),
    "a child without an id": census(child("", referral())),
    "no child": census(),
}


def test_other_records_have_other_ids(tmp_path: Path) -> None:
    ids = [id_of(tmp_path, content) for content in (census(child("A1", referral())), *OTHERS.values())]
    assert len(set(ids)) == len(ids)


def test_the_order_that_files_are_named_in_does_not_matter(tmp_path: Path) -> None:
    paths = [write(tmp_path, census(child("A1"), head=of_year(ends)), f"{ends}.xml") for ends in (2023, 2024, 2025)]
    assert read(paths).id == read(paths[::-1]).id != read(paths[:2]).id


def test_a_file_that_is_left_out_does_not_matter(tmp_path: Path) -> None:
    own = write(tmp_path, census(child("A1"), head=of_year(2025, "2025-06-02")), "own.xml")
    other = write(tmp_path, census(child("A2"), head=of_year(2025, "2025-06-01")), "other.xml")
    assert read([own, other]).id == read([own]).id


def test_text_that_looks_like_other_columns_is_not_mistaken_for_them(tmp_path: Path) -> None:
    ids = {id_of(tmp_path, census(child(name, referral()))) for name in ('A",1', "A", "A,1", 'A"', "A\n1", "null", "1")}
    assert len(ids) == 7


def test_it_is_the_same_each_time(tmp_path: Path) -> None:
    assert read_one(tmp_path, ORDINARY).id == read_one(tmp_path, ORDINARY).id
