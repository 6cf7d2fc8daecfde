"""The census as columns: what is missing, where a row stands, and what a file that is not in order reads as."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.spec.returns.cin_census.filed import (
    Example,
    assessment,
    child,
    cin_plan,
    enquiry,
    episode,
    file,
    plan,
    write,
)
from waypost.returns.cin_census import read_file, validate
from waypost.returns.cin_census.census import ASSESSMENTS, CHILDREN, EPISODES, FACTORS, PLANS, REVIEWS, Census
from waypost.returns.cin_census.collections import COLLECTIONS
from waypost.returns.cin_census.conditions import is_no, is_yes, missing


def census(example: Example, folder: Path) -> Census:
    return Census(read_file(write(example, folder, "2025-26")), "2025-26")


def rules(example: Example, folder: Path, collection: str = "2025-26") -> list[str]:
    return [issue.rule for issue in validate(write(example, folder, "2025-26"), collection=collection).issues]


def test_blank_is_missing_and_space_around_a_value_is_left_aside(tmp_path: Path) -> None:
    there = census(episode(ReferralSource="  ", ReasonForClosure=" RC7\n", CINclosureDate=" 2025-09-01 "), tmp_path)
    episodes = there.rows(EPISODES)
    assert missing(episodes.ReferralSource).tolist() == [True]
    assert episodes.ReasonForClosure.where("RC7".__eq__).tolist() == [True]
    assert episodes.CINclosureDate.tolist() == [np.datetime64("2025-09-01").item()]


@pytest.mark.parametrize(
    "text",
    ["2025-02-30", "2025-9-1", "01/09/2025", "20250901", "2025-09-01T00:00:00", "\u0662\u0660\u0662\u0665-09-01"],
)
def test_what_is_not_a_real_day_written_so_is_missing(text: str, tmp_path: Path) -> None:
    assert missing(census(episode(CINclosureDate=text), tmp_path).rows(EPISODES).CINclosureDate).tolist() == [True]


def test_yes_and_no_are_neither_where_they_are_anything_else(tmp_path: Path) -> None:
    said = [enquiry(ICPCnotRequired=text) for text in ("1", "TRUE", "0", "False", "yes", None)]
    column = census(tuple(said), tmp_path).rows("Section47").ICPCnotRequired
    assert is_yes(column).tolist() == [True, True, False, False, False, False]
    assert is_no(column).tolist() == [False, False, True, True, False, False]


def test_a_row_knows_what_it_stands_in(tmp_path: Path) -> None:
    there = census(
        (
            child(episode(plan("2025-09-08"))),
            child(
                episode(assessment("16A", "4B"), CINreferralDate="2025-06-02"),
                episode(plan("2025-12-01", "2026-02-02"), assessment("21")),
            ),
        ),
        tmp_path,
    )
    assert there.rows(REVIEWS).child.place.tolist() == [0, 1, 1]
    assert there.rows(REVIEWS).episode.place.tolist() == [0, 2, 2]
    assert there.rows(FACTORS).episode.place.tolist() == [1, 1, 2]
    assert there.rows(FACTORS).assessment.place.tolist() == [0, 0, 1]
    assert there.rows(CHILDREN).count(PLANS).tolist() == [1, 1]
    assert there.rows(EPISODES).first(ASSESSMENTS).tolist() == [-1, 0, 1]
    assert there.rows(PLANS).child.count(EPISODES).tolist() == [1, 2]


def test_a_name_that_the_table_does_not_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AttributeError, match="CINdetails has no CPPendDate"):
        _ = census(episode(), tmp_path).rows(EPISODES).CPPendDate


def test_rows_are_counted_within_the_child_as_filed(tmp_path: Path) -> None:
    example = (
        child(episode(plan())),
        child(
            episode(plan()),
            episode(plan(CPPstartDate="2025-06-10", CPPendDate="2025-06-09"), CINreferralDate="2025-06-09"),
        ),
    )
    (issue,) = (issue for issue in validate(write(example, tmp_path, "2025-26")).issues if issue.rule == "8925")
    assert (issue.child_id, issue.child, issue.row) == ("C2", 2, 2)


def test_the_year_is_the_file_s_own(tmp_path: Path) -> None:
    example = file(
        child(episode(CINclosureDate="2023-09-01", ReasonForClosure="RC7")), Year="2024", ReferenceDate="2024-03-31"
    )
    assert "8620" not in rules(example, tmp_path)
    assert "8620" in rules(file(example.children[0], Year=None, ReferenceDate=None), tmp_path)


@pytest.mark.parametrize("reference", ["0001-01-01", "0001-12-31", "9999-12-31", "2024-02-29"])
def test_any_reference_date_is_counted_from(reference: str, tmp_path: Path) -> None:
    example = file(
        child(episode(assessment(AssessmentAuthorisationDate=None), enquiry(), cin_plan())), ReferenceDate=reference
    )
    assert "100" in rules(example, tmp_path)


def test_a_file_with_no_children_passes_all_but_what_counts_the_whole(tmp_path: Path) -> None:
    for collection in COLLECTIONS:
        assert set(rules(file(), tmp_path, collection)) <= {"2887Q", "8995Q", "9000Q"}


def test_two_children_with_one_id_are_treated_apart(tmp_path: Path) -> None:
    twins = (child(episode(plan()), LAchildID="A1"), child(episode(plan()), LAchildID="A1", UPN=None, UPNunknown="UN2"))
    found = rules(twins, tmp_path)
    assert "8935" not in found
    assert found.count("8510") == 2


def test_a_child_without_identifiers_is_noted_and_not_asked_for_them(tmp_path: Path) -> None:
    path = write(child(episode(), without=("ChildIdentifiers",)), tmp_path, "2025-26")
    found = validate(path)
    assert not {"8500", "4180", "8525Q"} & {issue.rule for issue in found.issues}
    assert found.notes == ("1 child has no ChildIdentifiers group. What the group should hold is not asked of them.",)
