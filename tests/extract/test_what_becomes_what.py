"""Each kind of row of the record, and what a census of the year would hold of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.extract.building import Builder
from waypost.datasets.dataset import Dataset
from waypost.domain.errors import WrongUse
from waypost.extract import extract
from waypost.records.casework.actions import merging
from waypost.records.casework.models import Child
from waypost.records.casework.rules import Pair
from waypost.records.pathway import models as held

REFERRED, HELD, STARTED = date(2025, 5, 1), date(2025, 6, 4), date(2025, 6, 4)
THIS, LAST = 2026, 2025


def rows(dataset: Dataset, table: str, collection: int = THIS) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = dataset.tables[table].to_pylist()
    return [row for row in found if row["collection"] == collection]


def the(dataset: Dataset, table: str, collection: int = THIS) -> dict[str, Any]:
    (row,) = rows(dataset, table, collection)
    return row


@pytest.fixture
def maya(record: Builder) -> Child:
    return record.child("A0001")


@pytest.fixture
def referral(record: Builder, maya: Child) -> held.Referral:
    return record.referral(maya, REFERRED)


def test_a_referral_and_its_child(referral: held.Referral) -> None:
    dataset = extract("991")
    found = the(dataset, "referrals")
    assert (found["authority"], found["child"], found["episode"]) == ("991", "A0001", 1)
    assert (found["referred_on"], found["source"], found["primary_need"]) == (REFERRED, "2A", "N1")
    assert (found["is_no_further_action"], found["closed_on"]) == (False, None)
    child = the(dataset, "children")
    assert (child["born_on"], child["sex"], child["ethnic_group"]) == (date(2018, 5, 4), "female", "white")
    assert (child["disability"], the(dataset, "disabilities")["disability"]) == ("no", "NONE")


@pytest.mark.parametrize("decision", ["no_further_action", "advice", "early_help"])
def test_a_referral_that_closes_without_an_assessment_is_no_further_action(
    record: Builder, maya: Child, decision: str
) -> None:
    record.referral(maya, REFERRED, decision, closed_on=date(2025, 5, 2))
    dataset = extract("991")
    found = the(dataset, "referrals")
    assert (found["is_no_further_action"], found["closed_on"], found["closure_reason"]) == (True, None, None)
    assert rows(dataset, "referrals", THIS + 1) == []


def test_what_ended_after_the_year_is_open_in_it(record: Builder, maya: Child) -> None:
    referral = record.referral(maya, date(2025, 2, 3), closed_on=date(2025, 4, 30), closure_reason="RC8")
    record.assessment(referral, date(2025, 2, 4), date(2025, 4, 1), factors=["4B", "16A"])
    dataset = extract("991")
    assert [year.ends for year in dataset.years][:1] == [THIS]  # the record is whole from the year of its first closure
    record.referral(record.child("A0002"), date(2024, 6, 3), "no_further_action", closed_on=date(2024, 6, 3))
    dataset = extract("991")
    before = next(row for row in rows(dataset, "referrals", LAST) if row["child"] == "A0001")
    assert (before["closed_on"], before["closure_reason"], before["is_not_in_need"]) == (None, None, False)
    assert the(dataset, "assessments", LAST)["authorised_on"] is None
    assert rows(dataset, "assessment_factors", LAST) == []
    after = the(dataset, "referrals")
    assert (after["closed_on"], after["closure_reason"], after["is_not_in_need"]) == (date(2025, 4, 30), "RC8", True)
    assert [row["factor"] for row in rows(dataset, "assessment_factors")] == ["4B", "16A"]
    assert the(dataset, "assessments")["due_on"] == date(2025, 4, 8)


def test_an_enquiry_is_done_by_its_conference(record: Builder, referral: held.Referral) -> None:
    enquiry = record.enquiry(referral, date(2025, 5, 12), "conference", ended_on=date(2025, 5, 26))
    open_still = the(extract("991"), "section47_enquiries")
    assert (open_still["conference_on"], open_still["is_conference_not_required"]) == (None, False)
    record.conference(referral.child, HELD, enquiry=enquiry, referral=referral, decision="protection_plan")
    dataset = extract("991")
    assert the(dataset, "section47_enquiries")["conference_on"] == HELD
    conference = the(dataset, "initial_conferences")
    assert (conference["held_on"], conference["is_after_enquiry"]) == (HELD, True)
    assert (conference["enquiry_started_on"], conference["due_on"]) == (date(2025, 5, 12), date(2025, 6, 3))


def test_an_enquiry_without_a_conference_is_done_when_it_ends(record: Builder, referral: held.Referral) -> None:
    record.enquiry(referral, date(2026, 3, 20), "not_substantiated", ended_on=date(2026, 4, 2))
    dataset = extract("991")
    assert the(dataset, "section47_enquiries")["is_conference_not_required"] is False
    assert the(dataset, "section47_enquiries", THIS + 1)["is_conference_not_required"] is True


def test_an_enquiry_whose_conference_was_cancelled_is_done_then(record: Builder, referral: held.Referral) -> None:
    enquiry = record.enquiry(referral, date(2025, 5, 12), "conference", ended_on=date(2025, 5, 26))
    record.conference(referral.child, None, enquiry=enquiry, cancelled_on=date(2025, 6, 2))
    assert the(extract("991"), "section47_enquiries")["is_conference_not_required"] is True


@pytest.mark.parametrize(
    ("kind", "decision"), [("transfer_in", "protection_plan"), ("review", "add_child"), ("pre_birth", "cin_plan")]
)
def test_a_first_conference_without_an_enquiry_stands_alone(
    record: Builder, referral: held.Referral, kind: str, decision: str
) -> None:
    record.conference(referral.child, HELD, kind, decision=decision)
    conference = the(extract("991"), "initial_conferences")
    assert (conference["episode"], conference["held_on"], conference["is_after_enquiry"]) == (1, HELD, False)


def test_of_two_conferences_without_an_enquiry_the_census_holds_the_last(
    record: Builder, referral: held.Referral
) -> None:
    record.conference(referral.child, HELD)
    record.conference(referral.child, date(2025, 9, 1), "transfer_in")
    dataset = extract("991")
    assert the(dataset, "initial_conferences")["held_on"] == date(2025, 9, 1)
    assert any("1 conferences without an enquiry" in note for note in dataset.notes)


def test_a_plan_its_categories_and_reviews(record: Builder, referral: held.Referral) -> None:
    plan = record.plan(referral, STARTED, "NEG", previous_elsewhere=1)
    first = plan.categories.get()
    first.ended_on = date(2026, 4, 19)
    record.save(first, held.PlanCategory(plan=plan, category="EMO", started_on=date(2026, 4, 20)))
    record.conference(referral.child, date(2025, 8, 20), "review", plan=plan, decision="continue")
    record.conference(referral.child, date(2026, 4, 20), "review", decision="change_category")
    record.conference(referral.child, None, "review", plan=plan)
    dataset = extract("991")
    now, next_year = the(dataset, "protection_plans"), the(dataset, "protection_plans", THIS + 1)
    assert (now["started_on"], now["ended_on"], now["previous_plans"]) == (STARTED, None, 1)
    assert (now["initial_category"], now["latest_category"]) == ("neglect", "neglect")
    assert (next_year["initial_category"], next_year["latest_category"]) == ("neglect", "emotional")
    assert [row["held_on"] for row in rows(dataset, "plan_reviews")] == [date(2025, 8, 20)]
    assert len(rows(dataset, "plan_reviews", THIS + 1)) == 2
    assert rows(dataset, "initial_conferences") == []


def test_a_later_plan_counts_those_before_it_here_and_elsewhere(record: Builder, referral: held.Referral) -> None:
    record.plan(referral, STARTED, previous_elsewhere=2, ended_on=date(2025, 9, 1))
    record.plan(referral, date(2025, 10, 1), is_temporary=True, ended_on=date(2025, 11, 1))
    record.plan(referral, date(2026, 1, 5))
    assert [row["previous_plans"] for row in rows(extract("991"), "protection_plans")] == [2, 3]


def test_a_temporary_plan_is_another_authoritys(record: Builder, referral: held.Referral) -> None:
    plan = record.plan(referral, STARTED, is_temporary=True)
    record.conference(referral.child, date(2025, 8, 20), "review", plan=plan, decision="continue")
    dataset = extract("991")
    assert rows(dataset, "protection_plans") == rows(dataset, "plan_reviews") == []


def test_a_child_in_need_plan(record: Builder, referral: held.Referral) -> None:
    record.save(
        held.CinPlan(child=referral.child, referral=referral, started_on=STARTED, ended_on=date(2026, 4, 2)),
    )
    plan = the(extract("991"), "cin_plans")
    assert (plan["started_on"], plan["ended_on"]) == (STARTED, None)


def test_a_child_not_born_by_the_years_end_has_the_day_expected(record: Builder) -> None:
    unborn = record.child("A0009", None, expected_on=date(2026, 12, 1), disabilities=[])
    born = record.child("A0010", date(2026, 5, 2), died_on=date(2026, 6, 1))
    for child in (unborn, born):
        record.referral(child, date(2026, 2, 2))
    of_year = {row["child"]: row for row in rows(extract("991"), "children")}
    assert (of_year["A0009"]["born_on"], of_year["A0009"]["expected_on"]) == (None, date(2026, 12, 1))
    assert (of_year["A0010"]["born_on"], of_year["A0010"]["expected_on"]) == (None, date(2026, 5, 2))
    assert of_year["A0010"]["died_on"] is None
    assert of_year["A0009"]["disability"] is None


def test_a_sealed_child_is_counted(record: Builder, referral: held.Referral) -> None:
    referral.child.is_sealed = True
    record.save(referral.child)
    assert the(extract("991"), "children")["child"] == "A0001"


def test_a_record_joined_to_another_counts_as_one_child(record: Builder, maya: Child) -> None:
    other = record.child("A0077")
    record.referral(maya, REFERRED, closed_on=date(2025, 6, 1), closure_reason="RC7")
    record.referral(other, date(2025, 9, 1))
    merging.merge(Pair(maya.person, other.person), because="One girl, entered twice.", by=record.by)
    dataset = extract("991")
    assert the(dataset, "children")["child"] == "A0001"
    assert [row["child"] for row in rows(dataset, "referrals")] == ["A0001", "A0001"]


def test_two_children_with_one_number_stay_two(record: Builder, referral: held.Referral) -> None:
    record.referral(record.child("A0001"), REFERRED)
    dataset = extract("991")
    assert len(rows(dataset, "children")) == 2
    assert any(note.startswith("1 child has no local identifier") for note in dataset.notes)


def test_another_authoritys_children_are_its_own(record: Builder, referral: held.Referral) -> None:
    from waypost.access.models import Authority

    Authority.objects.create(code="992", name="Brookvale")
    with pytest.raises(WrongUse, match="held no referral"):
        extract("992")
    with pytest.raises(WrongUse, match="holds 991 Ashdown, 992 Brookvale"):
        extract("993")


def test_a_year_under_way_says_so(referral: held.Referral) -> None:
    assert any("is not over" in note for note in extract("991").notes)


def test_how_many_questions_do_not_grow(record: Builder, django_assert_num_queries: Any) -> None:
    for place in range(3):
        record.plan(record.referral(record.child(f"A000{place}"), REFERRED), STARTED)
    with django_assert_num_queries(13):
        extract("991")
    for place in range(3, 9):
        record.plan(record.referral(record.child(f"A000{place}"), REFERRED), STARTED)
    with django_assert_num_queries(13):
        extract("991")
