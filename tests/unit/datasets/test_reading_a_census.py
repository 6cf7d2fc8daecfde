"""What a census file says, however it is written down."""

from __future__ import annotations

import hashlib
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from tests.unit.datasets.filings import (
    ORDINARY,
    census,
    child,
    element,
    header,
    of_year,
    plan,
    read_one,
    referral,
    rows,
    write,
)
from waypost.datasets.dataset import Source
from waypost.datasets.load.cin_census import read
from waypost.datasets.tables import CONTRACT
from waypost.domain.periods import FinancialYear

DECLARED = '<?xml version="1.0" encoding="{}"?>'
PREFIXED = (
    ORDINARY.replace("<", "<c:").replace("<c:/", "</c:").replace("<c:Message>", '<c:Message xmlns:c="urn:census">')
)
MIXED = ORDINARY.replace("<Message>", '<Message xmlns="urn:one">').replace("<Children>", '<Children xmlns="urn:two">')
WAYS = {
    "with a declaration": DECLARED.format("UTF-8") + ORDINARY,
    "with a default namespace": ORDINARY.replace("<Message>", '<Message xmlns="urn:census">'),
    "with a namespace that has a prefix": PREFIXED,
    "with two namespaces": MIXED,
    "with a schema named": ORDINARY.replace(
        "<Message>",
        '<Message xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="cin.xsd">',
    ),
    "on many lines": ORDINARY.replace("><", ">\r\n  <"),
    "UTF-8 with a byte order mark": ORDINARY.encode("utf-8-sig"),
    "UTF-16": ORDINARY.encode("utf-16"),
    "UTF-16, declared": (DECLARED.format("UTF-16") + ORDINARY).encode("utf-16"),
    "big-endian UTF-16": b"\xfe\xff" + ORDINARY.encode("utf-16-be"),
    "Latin-1": (DECLARED.format("ISO-8859-1") + ORDINARY).encode("latin-1"),
    "Windows-1252": (DECLARED.format("windows-1252") + ORDINARY).encode("cp1252"),
    "with comments and instructions": "<!-- made by hand -->"
    + ORDINARY.replace("<Children>", "<!--1--><Children><?page 1?>").replace("<CINdetails>", "<CINdetails><!--<x>-->"),
    "with space around values": ORDINARY.replace("2024", "\n\t 2024").replace("</LAchildID>", " </LAchildID>"),
}


@pytest.mark.parametrize("content", WAYS.values(), ids=WAYS)
def test_the_same_census_reads_the_same(tmp_path: Path, content: str | bytes) -> None:
    plainly, otherwise = read_one(tmp_path, ORDINARY), read_one(tmp_path, content)
    assert otherwise.tables == plainly.tables
    assert otherwise.id == plainly.id
    assert otherwise.unread == ()
    assert rows(otherwise, "referrals", "child", "referred_on") == [("A1", date(2024, 5, 1)), ("A2", date(2024, 7, 9))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_letters_beyond_ascii_survive(tmp_path: Path, encoding: str) -> None:
    text = DECLARED.format(encoding) + census(child("Zoë-Ñ1", referral()))
    assert rows(read_one(tmp_path, text.encode(encoding)), "children", "child") == [("Zoë-Ñ1",)]


@pytest.mark.parametrize(
    "written",
    [
        "A<!-- not me -->12",
        "A<?nor me?>12",
        "<![CDATA[A12]]>",
        "A<![CDATA[1]]>2",
        "&#65;1&#x32;",
        "\n  A12\t",
        "<!-- before -->A12",
    ],
)
def test_a_value_is_its_text_and_nothing_else(tmp_path: Path, written: str) -> None:
    text = census(child("ID", referral())).replace(">ID<", f">{written}<")
    assert rows(read_one(tmp_path, text), "children", "child") == [("A12",)]


def test_marks_of_xml_inside_a_value_are_text(tmp_path: Path) -> None:
    text = census(child("ID")).replace(">ID<", "><![CDATA[<A&1>]]><")
    assert rows(read_one(tmp_path, text), "children", "child") == [("<A&1>",)]


def test_every_table_of_the_contract_is_there_though_the_census_is_empty(tmp_path: Path) -> None:
    dataset = read_one(tmp_path, census())
    assert {name: table.schema for name, table in dataset.tables.items()} == {
        name: table.schema().to_pyarrow() for name, table in CONTRACT.items()
    }
    assert not any(table.num_rows for table in dataset.tables.values())


def test_a_message_with_nothing_in_it_is_an_empty_census(tmp_path: Path) -> None:
    dataset = read_one(tmp_path, "<Message/>", authority="205", year=FinancialYear(2025))
    assert (dataset.authority, dataset.years) == ("205", (FinancialYear(2025),))
    assert dataset.tables["children"].num_rows == 0


def test_what_stands_in_the_content_of_the_header_is_ignored(tmp_path: Path) -> None:
    content = "<Content><CBDSLevels><CBDSLevel>Child</CBDSLevel></CBDSLevels></Content>"
    said = read_one(tmp_path, census(child("A1", referral()), head=header(content=content)))
    assert said.id == read_one(tmp_path, census(child("A1", referral()))).id
    assert said.unread == ()


# ---------------------------------------------------------------- children


@pytest.mark.parametrize(
    ("identifiers", "sex"),
    [
        ("<Sex>M</Sex>", "male"),
        ("<Sex>F</Sex>", "female"),
        ("<Sex>U</Sex>", None),
        ("<GenderCurrent>1</GenderCurrent>", "male"),
        ("<GenderCurrent>2</GenderCurrent>", "female"),
        ("<GenderCurrent>0</GenderCurrent>", None),
        ("<Sex/><GenderCurrent>2</GenderCurrent>", "female"),
        ("<Sex> F </Sex><GenderCurrent>1</GenderCurrent>", "female"),
        ("<Sex>f</Sex><GenderCurrent>1</GenderCurrent>", None),  # filled in, and not a code
        ("", None),
    ],
)
def test_sex_is_read_where_it_is_filled_in_and_else_the_older_gender(
    tmp_path: Path, identifiers: str, sex: str | None
) -> None:
    assert rows(read_one(tmp_path, census(child(identifiers=identifiers))), "children", "sex") == [(sex,)]


def test_two_groups_of_one_id_are_one_child_with_the_first_characteristics(tmp_path: Path) -> None:
    dataset = read_one(
        tmp_path,
        census(
            child("A1", referral("2024-05-01"), identifiers="<Sex>F</Sex>"),
            child("B", referral("2024-05-02")),
            child(
                " A1", referral("2024-05-03"), identifiers="<Sex>M</Sex><PersonBirthDate>2020-01-01</PersonBirthDate>"
            ),
        ),
    )
    assert rows(dataset, "children", "child", "sex", "born_on") == [("A1", "female", None), ("B", None, None)]
    assert rows(dataset, "referrals", "child", "episode") == [("A1", 1), ("B", 2), ("A1", 3)]


@pytest.mark.parametrize("blank", [None, "", "  "])
def test_children_without_an_id_are_each_a_child_of_their_own(tmp_path: Path, blank: str | None) -> None:
    dataset = read_one(tmp_path, census(child(blank, referral()), child(blank, referral()), child("1", referral())))
    keys = [key for (key,) in rows(dataset, "children", "child")]
    assert len(set(keys)) == 3
    assert [key for (key,) in rows(dataset, "referrals", "child")] == keys


def test_a_child_without_an_id_has_no_history(tmp_path: Path) -> None:
    paths = [write(tmp_path, census(child("", referral()), head=of_year(ends)), f"{ends}.xml") for ends in (2024, 2025)]
    keys = rows(read(paths), "children", "child")
    assert len(set(keys)) == 2


# ---------------------------------------------------------------- episodes


def test_reviews_in_several_wrappers_are_all_of_the_plan(tmp_path: Path) -> None:
    def wrapped(*days: str) -> str:
        return f"<Reviews>{''.join(element('CPPreviewDate', day) for day in days)}</Reviews>"

    first = plan("2024-06-20", wrapped("2024-09-01") + "<CPPendDate/>" + wrapped("2024-12-01", "2025-01-01"))
    second = plan("2025-02-01", wrapped("2025-03-01"))
    dataset = read_one(tmp_path, census(child("A1", referral(inside=first + second))))
    begun, again = date(2024, 6, 20), date(2025, 2, 1)
    assert rows(dataset, "plan_reviews", "plan_started_on", "held_on") == [
        (begun, date(2024, 9, 1)),
        (begun, date(2024, 12, 1)),
        (begun, date(2025, 1, 1)),
        (again, date(2025, 3, 1)),
    ]


def test_conferences_of_both_levels_count_with_and_without_an_enquiry(tmp_path: Path) -> None:
    inside = (
        "<DateOfInitialCPC>2024-05-20</DateOfInitialCPC>"
        "<Section47><S47ActualStartDate>2024-05-03</S47ActualStartDate>"
        "<DateOfInitialCPC>2024-05-20</DateOfInitialCPC></Section47>"
        "<Section47><S47ActualStartDate>2024-06-03</S47ActualStartDate><DateOfInitialCPC/></Section47>"
        "<Section47><DateOfInitialCPC>2024-08-01</DateOfInitialCPC></Section47>"
    )
    dataset = read_one(tmp_path, census(child("A1", referral(inside=inside))))
    assert sorted(
        rows(dataset, "initial_conferences", "held_on", "is_after_enquiry", "enquiry_started_on"), key=str
    ) == [
        (date(2024, 5, 20), False, None),
        (date(2024, 5, 20), True, date(2024, 5, 3)),
        (date(2024, 8, 1), True, None),
    ]
    assert len(dataset.tables["section47_enquiries"]) == 3


def test_factors_keep_to_their_own_assessment(tmp_path: Path) -> None:
    def assessed(*factors: str) -> str:
        listed = "".join(element("AssessmentFactors", factor) for factor in factors)
        return f"<Assessments><FactorsIdentifiedAtAssessment>{listed}</FactorsIdentifiedAtAssessment></Assessments>"

    inside = assessed("1A", "2A") + "<Assessments/>" + assessed("3A")
    dataset = read_one(
        tmp_path, census(child("A1", referral(inside=inside)), child("A2", referral(inside=assessed("4A"))))
    )
    assert rows(dataset, "assessment_factors", "child", "episode", "assessment", "factor") == [
        ("A1", 1, 1, "1A"),
        ("A1", 1, 1, "2A"),
        ("A1", 1, 3, "3A"),
        ("A2", 2, 4, "4A"),
    ]


@pytest.mark.parametrize(
    ("episode", "not_in_need"),
    [
        ("<ReasonForClosure>RC8</ReasonForClosure><Assessments/>", True),
        ("<ReasonForClosure>RC9</ReasonForClosure><Assessments/><Assessments/>", True),
        ("<ReasonForClosure>RC8</ReasonForClosure>", False),
        ("<ReasonForClosure>RC7</ReasonForClosure><Assessments/>", False),
        ("<ReasonForClosure>RC8</ReasonForClosure><Assessments/><ReferralNFA>1</ReferralNFA>", False),
        ("<ReasonForClosure>RC8</ReasonForClosure><Assessments/><ReferralNFA>perhaps</ReferralNFA>", True),
        ("<ReasonForClosure>RC8</ReasonForClosure><Assessments/><Section47/>", False),
        ("<ReasonForClosure>RC8</ReasonForClosure><Assessments/><CINPlanDates/>", False),
        ("<ReasonForClosure>RC8</ReasonForClosure><Assessments/><ChildProtectionPlans/>", False),
        (
            "<ReasonForClosure>RC8</ReasonForClosure><DateOfInitialCPC>2024-05-20</DateOfInitialCPC><Assessments/>",
            False,
        ),
        (
            "<ReasonForClosure>RC8</ReasonForClosure><DateOfInitialCPC>2024-02-30</DateOfInitialCPC><Assessments/>",
            True,
        ),
    ],
)
def test_a_referral_is_found_not_in_need_by_its_own_episode(tmp_path: Path, episode: str, not_in_need: bool) -> None:
    beside = referral("2024-04-02", "<Section47/><CINPlanDates/>")
    dataset = read_one(tmp_path, census(child("A1", beside, referral("2024-05-01", episode))))
    assert rows(dataset, "referrals", "is_not_in_need") == [(False,), (not_in_need,)]


# ---------------------------------------------------------------- sources and progress


def test_a_source_is_the_name_of_a_file_and_the_hash_of_its_bytes(tmp_path: Path) -> None:
    folder = tmp_path / "kept apart"
    folder.mkdir()
    path = write(folder, ORDINARY, "cin_2024-25.xml")
    sha256 = hashlib.sha256(ORDINARY.encode()).hexdigest()
    assert read([path]).sources == (Source("cin_2024-25.xml", sha256),)


def test_progress_only_grows_and_ends_at_the_whole(tmp_path: Path) -> None:
    many = [child(f"A{number}", referral(inside=plan())) for number in range(1200)]
    paths = [
        write(tmp_path, census(*some, head=of_year(ends)), f"{ends}.xml")
        for ends, some in ((2023, many), (2024, []), (2025, many[:700]))
    ]
    in_all = sum(path.stat().st_size for path in paths)
    told: list[tuple[int, int]] = []
    read(paths, progress=lambda done, whole: told.append((done, whole)))
    assert {whole for _, whole in told} == {in_all}
    assert all(before <= after for (before, _), (after, _) in pairwise(told))
    assert 0 <= told[0][0] < told[-1][0] == in_all
    assert len({done for done, _ in told}) > len(paths), "it is told within a file too"
