"""Tables from another system: the ways a fact is written, what has no place, and what cannot be read at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from waypost.datasets.load.ssd import Loading, load
from waypost.datasets.ssd import SSD_TABLES
from waypost.domain.errors import CannotRead, WrongUse
from waypost.domain.periods import FinancialYear

PEOPLE = "pers_person_id,pers_sex,pers_ethnicity,pers_dob,pers_death_date\nP1,F,WBRI,2015-06-30 00:00:00.000,NULL\n"
EPISODES = (
    "cine_referral_id,cine_person_id,cine_referral_date,cine_cin_primary_need_code,cine_close_date,cine_referral_nfa\n"
    "E1,P1,2023-05-02,N1,2024-01-31,N\nE2,P1,2024-06-03T09:15:00,N1,,n\n"
)
PLANS = (
    "cppl_cp_plan_id,cppl_referral_id,cppl_person_id,cppl_cp_plan_start_date,cppl_cp_plan_end_date,"
    "cppl_cp_plan_initial_category,cppl_cp_plan_latest_category\n"
)
YEAR = FinancialYear(2025)
Read = Callable[..., Loading]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a folder of the tables given, with a child and two episodes where these are not among them."""

    def write_and_read(**tables: str | bytes) -> Loading:
        folder = tmp_path / "ssd"
        folder.mkdir(exist_ok=True)
        for name, text in ({"ssd_person": PEOPLE, "ssd_cin_episodes": EPISODES} | tables).items():
            content = text.encode() if isinstance(text, str) else text
            (folder / f"{name}.csv").write_bytes(content)
        return load([folder], authority="991", year=YEAR)

    return write_and_read


def rows(loading: Loading, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = loading.dataset.tables[name].to_pylist()
    return found


def reasons(loading: Loading) -> list[tuple[str, int | None, str, str]]:
    return [(entry.table, entry.row, entry.value, entry.reason.partition(", so")[0]) for entry in loading.rejected]


def test_dates_and_claims_as_systems_write_them(read: Read) -> None:
    loading = read()
    (child,) = rows(loading, "children")
    assert (child["born_on"], child["died_on"], child["sex"]) == (date(2015, 6, 30), None, "female")
    first, second = rows(loading, "referrals")
    assert (second["referred_on"], second["closed_on"]) == (date(2024, 6, 3), None)
    assert (first["episode"], second["episode"], second["is_no_further_action"]) == (1, 2, False)
    assert loading.rejected == loading.dataset.unread == ()


def test_categories_by_word_or_code_and_plans_counted(read: Read) -> None:
    """The dataset has no column for how many plans there were before, so those in it are counted."""
    plans = "A,E1,P1,2023-06-01,2023-12-01,NEG,Neglect\nB,E2,P1,2024-07-01,,emotional,SAB\n"
    loading = read(ssd_cp_plans=PLANS + plans)
    held = [
        (row["initial_category"], row["latest_category"], row["previous_plans"])
        for row in rows(loading, "protection_plans")
    ]
    assert held == [("neglect", "neglect", 0), ("emotional", "sexual", 1)]


@pytest.mark.parametrize(
    "written", ['["3B", "16A"]', '{"3B": "Yes", "16A": "Y", "4A": "N"}', "3B, 16A", "[3B,16A]", '["3B","16A",null]']
)
def test_factors_in_each_shape(read: Read, written: str) -> None:
    quoted = '"' + written.replace('"', '""') + '"'
    loading = read(
        ssd_cin_assessments="cina_assessment_id,cina_person_id,cina_referral_id,cina_assessment_start_date\nA,P1,E2,2024-06-04\n",
        ssd_assessment_factors=f"cinf_table_id,cinf_assessment_id,cinf_assessment_factors_json\nF,A,{quoted}\n",
    )
    assert [row["factor"] for row in rows(loading, "assessment_factors")] == ["3B", "16A"]


def test_a_value_that_cannot_be_read_is_blank_and_listed(read: Read) -> None:
    people = PEOPLE.replace("2015-06-30 00:00:00.000", "30/06/2015").replace("WBRI", "WHITE")
    loading = read(ssd_person=people)
    (child,) = rows(loading, "children")
    assert (child["born_on"], child["ethnicity"], child["ethnic_group"]) == (None, None, None)
    listed = [(entry.file, entry.child, entry.row, entry.field, entry.value) for entry in loading.dataset.unread]
    assert listed == [
        ("ssd_person.csv", "P1", 1, "pers_dob", "30/06/2015"),
        ("ssd_person.csv", "P1", 1, "pers_ethnicity", "WHITE"),
    ]


def test_a_row_without_a_place_is_left_out_and_listed(read: Read) -> None:
    plans = (
        "A,E2,P1,2024-07-01,,NEG,NEG\n"
        "B,E2,P9,2024-07-01,,NEG,NEG\n"
        "A,E2,P1,2024-08-01,,NEG,NEG\n"
        ",E2,P1,2024-08-01,,NEG,NEG\n"
        "C,E9,P1,2024-08-01,,NEG,NEG\n"
    )
    reviews = (
        "cppr_cp_review_id,cppr_person_id,cppr_cp_plan_id,cppr_cp_review_date\nR1,P1,A,2024-09-30\nR2,P1,Z,2024-09-30\n"
    )
    loading = read(ssd_cp_plans=PLANS + plans, ssd_cp_reviews=reviews)
    assert len(rows(loading, "protection_plans")) == len(rows(loading, "plan_reviews")) == 1
    assert reasons(loading) == [
        ("ssd_cp_plans", 2, "P9", "ssd_person has nobody of this key"),
        ("ssd_cp_plans", 3, "A", "a row before it has the same key"),
        ("ssd_cp_plans", 4, "", "it has no key"),
        ("ssd_cp_plans", 5, "E9", "ssd_cin_episodes has no such referral of this child"),
        ("ssd_cp_reviews", 2, "Z", "ssd_cp_plans has no such plan of this child"),
    ]


def test_a_row_of_the_wrong_length_is_left_out_by_its_number(read: Read) -> None:
    plans = 'A,E2,P1,2024-07-01,,"NEG\nLECT",NEG\nB,E2\nC,E2,P1,2024-08-01,,X,NEG\n'
    loading = read(ssd_cp_plans=PLANS + plans)
    assert [row["started_on"] for row in rows(loading, "protection_plans")] == [date(2024, 7, 1), date(2024, 8, 1)]
    assert reasons(loading) == [("ssd_cp_plans", 2, "", "it has more or fewer values than the first line names")]
    assert [(entry.row, entry.value) for entry in loading.dataset.unread] == [(1, "NEG\nLECT"), (3, "X")]


@pytest.mark.parametrize(
    ("started", "episode"),
    [("2023-06-01", 1), ("2024-02-15", 1), ("2024-07-01", 2), ("2020-01-01", 1), ("", 1)],
)
def test_a_row_that_names_no_referral_goes_to_the_one_open_then(read: Read, started: str, episode: int) -> None:
    """Open then; or the last before; or the first of all."""
    loading = read(ssd_cp_plans=PLANS + f"A,,P1,{started},,NEG,NEG\n")
    assert [row["episode"] for row in rows(loading, "protection_plans")] == [episode]


def test_a_child_never_referred_cannot_have_a_plan(read: Read) -> None:
    loading = read(ssd_person=PEOPLE + "P2,M,WBRI,2016-01-01,\n", ssd_cp_plans=PLANS + "A,,P2,2024-07-01,,NEG,NEG\n")
    assert reasons(loading) == [("ssd_cp_plans", 1, "", "it names no referral, and the child has none")]


def test_conferences_with_and_without_an_enquiry(read: Read) -> None:
    enquiries = (
        "s47e_s47_enquiry_id,s47e_referral_id,s47e_person_id,s47e_s47_start_date,s47e_s47_nfa\nS1,E2,P1,2024-06-10,N\n"
    )
    conferences = (
        "icpc_icpc_id,icpc_s47_enquiry_id,icpc_person_id,icpc_referral_id,icpc_icpc_target_date,icpc_icpc_date\n"
        "C1,S1,P1,,2024-07-01,2024-06-28\nC2,,P1,E1,,2023-06-05\nC3,S9,P1,E2,,2024-06-28\n"
    )
    loading = read(ssd_s47_enquiry=enquiries, ssd_initial_cp_conference=conferences)
    held = [
        (row["episode"], row["held_on"], row["is_after_enquiry"], row["due_on"])
        for row in rows(loading, "initial_conferences")
    ]
    assert held == [(2, date(2024, 6, 28), True, date(2024, 7, 1)), (1, date(2023, 6, 5), False, None)]
    (enquiry,) = rows(loading, "section47_enquiries")
    assert (enquiry["conference_on"], enquiry["conference_target_on"]) == (date(2024, 6, 28), date(2024, 7, 1))
    assert reasons(loading) == [
        ("ssd_initial_cp_conference", 3, "S9", "ssd_s47_enquiry has no such enquiry of this child")
    ]


def test_names_of_columns_in_any_case_with_a_mark_of_their_order(read: Read) -> None:
    assert len(rows(read(ssd_person=b"\xef\xbb\xbf" + PEOPLE.replace("pers", "PERS").encode()), "children")) == 1


def test_a_table_of_no_rows_is_empty(read: Read) -> None:
    loading = read(
        ssd_cp_plans=PLANS, ssd_cp_reviews=PLANS.replace("cppl", "cppr").replace("cppr_cp_plan_id", "cppr_cp_review_id")
    )
    assert rows(loading, "protection_plans") == []
    assert "has no ssd_s47_enquiry.csv" in "".join(loading.dataset.notes)


@pytest.mark.parametrize(
    ("table", "content", "says"),
    [
        ("ssd_person", b"", "none of the columns"),
        ("ssd_person", b"a,b\n1,2\n", "none of the columns"),
        ("ssd_person", b"pers_person_id,pers_person_id\n1,2\n", "names a column twice"),
        ("ssd_person", b"pers_person_id\nP\xff\xfe\n", "not a CSV table in UTF-8"),
        ("ssd_person", b"pers_person_id,\xff\nP1,1\n", "not a CSV table in UTF-8"),
        ("manifest.json", b"{", "not JSON"),
        ("manifest.json", b'{"authority": "991", "format": 2}', "another format"),
        ("manifest.json", b'{"authority": "991", "format": 1, "year": "then"}', "of which year"),
        ("manifest.json", b'{"authority": "9", "format": 1, "year": "2024-25"}', "three digits"),
    ],
)
def test_what_cannot_be_read_at_all(tmp_path: Path, table: str, content: bytes, says: str) -> None:
    (tmp_path / "ssd_person.csv").write_text(PEOPLE)
    (tmp_path / "ssd_cin_episodes.csv").write_text(EPISODES)
    (tmp_path / (table if "." in table else f"{table}.csv")).write_bytes(content)
    with pytest.raises(CannotRead, match=says):
        load([tmp_path], authority="991", year=YEAR)


def test_whose_and_of_which_year_must_be_known_and_one(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "ssd_person.csv").write_text(PEOPLE)
        (tmp_path / name / "ssd_cin_episodes.csv").write_text(EPISODES)
    one, two = tmp_path / "one", tmp_path / "two"
    with pytest.raises(WrongUse, match="--authority"):
        load([one], year=YEAR)
    with pytest.raises(WrongUse, match="--year"):
        load([one], authority="991")
    with pytest.raises(WrongUse, match="both of 2024-25"):
        load([one, two], authority="991", year=YEAR)
    (one / "manifest.json").write_text(json.dumps({"format": 1, "authority": "992", "year": "2023-24"}))
    with pytest.raises(WrongUse, match="authority 992, not 991"):
        load([one], authority="991")
    assert load([one, two], year=YEAR).dataset.years == (FinancialYear(2024), YEAR)
    with pytest.raises(CannotRead, match="not a folder"):
        load([one / "ssd_person.csv"])
    with pytest.raises(CannotRead, match=r"no ssd_person.csv"):
        load([tmp_path])
    with pytest.raises(WrongUse, match="No folder"):
        load([])


def test_the_reference_table_is_whole() -> None:
    assert len(SSD_TABLES) == 48
    assert sum(len(table.columns) for table in SSD_TABLES.values()) == 362
    assert "pers_single_unique_id" in {column.name for column in SSD_TABLES["ssd_person"].deployed}
    assert "pers_common_child_id" not in {column.name for column in SSD_TABLES["ssd_person"].deployed}
