"""A census file into the record: good rows in, bad rows on the list, a child known again, and all of it or nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.spec.indicators.children import Census, assessment, census, child, enquiry, plan, referral
from tests.spec.indicators.children import Child as Filed
from waypost.access.actor import Actor
from waypost.access.models import Act, Authority
from waypost.access.rules import NotAllowed
from waypost.datasets.load.cin_census.reader import read_file
from waypost.domain.errors import WrongUse
from waypost.extract import loading
from waypost.extract.loading import Loaded, load
from waypost.records.casework.models import Child, Identifier
from waypost.records.pathway import models as held

REFERRED, ENQUIRED, MET = "2024-05-01", "2024-06-03", "2024-06-20"


class Door:
    """Loads what tests write."""

    def __init__(self, folder: Path, by: Actor) -> None:
        self._folder, self._by = folder, by

    def load(self, filed: Census, *, is_trial: bool = False) -> Loaded:
        return load(read_file(filed.write(self._folder)), actor=lambda _: self._by, is_trial=is_trial)


@pytest.fixture
def door(tmp_path: Path, manager: Actor) -> Door:
    return Door(tmp_path, manager)


def maya(closed: str | None = None, ends: str | None = None, latest: str = "NEG") -> Filed:
    """A girl whose referral led to an enquiry, a conference and a plan."""
    return child(
        "A1",
        referral(
            REFERRED,
            assessment("2024-05-02", "2024-06-18", factors=["3B", "16A"]),
            enquiry(ENQUIRED, conference=MET),
            plan(MET, ends, category=latest, at_first="NEG", previous=1, reviews=["2024-09-12"]),
            closed=closed,
        ),
        upn_unknown="UN4",
    )


def test_a_child_and_all_that_a_census_says(door: Door) -> None:
    loaded = door.load(census(2025, maya()))
    assert (loaded.rejects, loaded.children, str(loaded.year)) == ((), 1, "2024-25")
    person = Child.objects.get().person
    assert (person.born_on, person.sex, person.ethnicity, person.disabilities) == (
        date(2015, 6, 1), "female", "WBRI", ["NONE"],
    )  # fmt: skip
    assert dict(person.identifiers.values_list("kind", "value")) == {"local": "A1", "no_upn": "UN4"}
    assert not person.names.exists()
    referral = held.Referral.objects.get()
    assert (referral.received_on, referral.decision, referral.is_open) == (date(2024, 5, 1), "assessment", True)
    assert held.Assessment.objects.get().factors == ["3B", "16A"]
    enquiry = held.Enquiry.objects.get()
    assert (enquiry.decision, enquiry.ended_on) == ("conference", date(2024, 6, 20))
    first = held.ConferenceChild.objects.get(conference__kind="initial")
    assert (first.enquiry, first.decision, first.conference.held_on) == (enquiry, "protection_plan", date(2024, 6, 20))
    plan = held.ProtectionPlan.objects.get()
    assert (plan.started_on, plan.previous_elsewhere, plan.categories.get().category) == (date(2024, 6, 20), 1, "NEG")
    assert plan.conferences.get().conference.held_on == date(2024, 9, 12)


def test_each_child_is_one_line_of_the_trail(door: Door) -> None:
    door.load(census(2025, maya(), child("A2", referral(REFERRED))))
    lines = Act.objects.filter(what="load from a census")
    assert {line.child for line in lines} == set(Child.objects.values_list("pk", flat=True))
    assert {line.because for line in lines} == {"cin_2025.xml, 2024-25"}


def test_the_same_file_again_adds_nothing(door: Door) -> None:
    door.load(census(2025, maya()))
    again = door.load(census(2025, maya()))
    assert (again.children, dict(again.added), dict(again.completed), again.rejects) == (1, {}, {}, ())


def test_the_next_years_file_goes_on_where_this_one_ended(door: Door) -> None:
    door.load(census(2025, maya()))
    later = door.load(census(2026, maya(closed="2025-10-01", ends="2025-09-10", latest="EMO")))
    assert (later.rejects, dict(later.added)) == ((), {"plan categories": 1})
    plan = held.ProtectionPlan.objects.get()
    assert (plan.ended_on, held.Referral.objects.get().closed_on) == (date(2025, 9, 10), date(2025, 10, 1))
    first, last = plan.categories.order_by("started_on")
    assert (first.category, first.ended_on, last.category, last.started_on) == (
        "NEG", date(2025, 3, 31), "EMO", date(2025, 4, 1),
    )  # fmt: skip


def test_an_earlier_plan_is_no_longer_elsewhere_once_it_is_here(door: Door) -> None:
    door.load(census(2025, maya()))
    before = child("A1", referral("2022-04-04", plan("2022-05-03", "2023-01-10"), closed="2023-02-01"))
    door.load(census(2023, before))
    assert list(held.ProtectionPlan.objects.order_by("started_on").values_list("previous_elsewhere", flat=True)) == [
        0,
        0,
    ]


def test_a_trial_says_what_would_be_and_changes_nothing(door: Door) -> None:
    tried = door.load(census(2025, maya()), is_trial=True)
    assert tried.added["referrals"] == 1
    assert not Child.objects.exists()
    assert not Act.objects.exists()


def test_all_or_nothing_on_a_crash(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    saved, keep = [], loading.keep

    def breaks(*given: object, **named: object) -> None:
        if saved:
            raise KeyboardInterrupt
        keep(*given, **named)
        saved.append(1)

    monkeypatch.setattr(loading, "keep", breaks)
    with pytest.raises(KeyboardInterrupt):
        door.load(census(2025, maya(), child("A2", referral(REFERRED))))
    assert saved
    assert not Child.objects.exists()


def test_a_child_is_known_by_pupil_number_where_the_id_is_new(door: Door) -> None:
    number = "H801200001001"
    door.load(census(2025, child("A1", referral(REFERRED), upn=number, upn_unknown=None)))
    door.load(census(2026, child("B1", referral("2025-05-06", nfa=True), upn=number, upn_unknown=None)))
    assert Child.objects.count() == 1
    assert Identifier.objects.get(kind="upn").value == number


def test_what_the_record_says_of_a_child_stays(door: Door) -> None:
    door.load(census(2025, child("A1", referral(REFERRED), born=None, expected="2024-08-01", sex="U", disabilities=[])))
    door.load(census(2026, child("A1", referral(REFERRED), born="2024-08-03", sex="M", ethnicity="BAFR")))
    person = Child.objects.get().person
    assert (person.born_on, person.expected_on, person.sex) == (date(2024, 8, 3), date(2024, 8, 1), "male")
    assert (person.ethnicity, person.disabilities) == ("WBRI", ["NONE"])


BAD = {
    "no id": (child("", referral(REFERRED)), ("ChildIdentifiers", 1, "has no LAchildID")),
    "no real date": (child("A1", referral("2024-02-31")), ("CINdetails", 1, "not a real date")),
    "no date at all": (child("A1", referral(None)), ("CINdetails", 1, "has no CINreferralDate")),
    "closed before it came": (child("A1", referral(REFERRED, closed="2024-04-01")), ("CINdetails", 1, "before")),
    "twice": (child("A1", referral(REFERRED), referral(REFERRED)), ("CINdetails", 2, "repeats row 1")),
    "two open at once": (child("A1", referral(REFERRED), referral("2024-07-01")), ("CINdetails", 2, "another open")),
    "a plan that ends before it starts": (
        child("A1", referral(REFERRED, plan(MET, "2024-06-01"))), ("ChildProtectionPlans", 1, "before CPPstartDate"),
    ),
    "a review before its plan": (
        child("A1", referral(REFERRED, plan(MET, reviews=["2024-06-20"]))), ("Reviews", 1, "the plan began on"),
    ),
    "a category that is none": (
        child("A1", referral(REFERRED, plan(MET, category="XXX", at_first="NEG"))),
        ("ChildProtectionPlans", 1, "not a code"),
    ),
    "a code that is none, of a row that stands without it": (
        child("A1", referral(REFERRED, source="ZZ")), ("CINdetails", 1, "ReferralSource is 'ZZ'"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_row_is_left_out_with_its_reason_and_the_rest_is_taken(door: Door, name: str) -> None:
    filed, (table, row, says) = BAD[name]
    loaded = door.load(census(2025, filed, child("A2", referral(REFERRED))))
    assert (loaded.rejects[0].table, loaded.rejects[0].row) == (table, row)
    assert says in loaded.rejects[0].reason
    assert Identifier.objects.filter(kind="local", value="A2").exists()


def test_what_stands_in_a_row_that_is_left_out_is_left_out_too(door: Door) -> None:
    loaded = door.load(census(2025, child("A1", referral("never", assessment("2024-05-02"), plan(MET)))))
    assert [each.table for each in loaded.rejects] == ["CINdetails", "Assessments", "ChildProtectionPlans"]
    assert loaded.rejects[1].reason == "It stands in a CINdetails group that was left out."
    assert not held.Assessment.objects.exists()


def test_a_file_of_an_authority_that_the_record_does_not_hold(door: Door) -> None:
    with pytest.raises(WrongUse, match="holds no authority 992"):
        door.load(census(2025, child("A1", referral(REFERRED)), authority="992"))


def test_somebody_whose_role_does_not_let_them(tmp_path: Path, ashdown: Authority, manager: Actor) -> None:
    manager.user.roles_held.update(role_id="board_manager")
    nobody = Actor.of(manager.user, today=manager.today)
    path = census(2025, child("A1", referral(REFERRED))).write(tmp_path)
    with pytest.raises(NotAllowed):
        load(read_file(path), actor=lambda _: nobody)
    assert not Child.objects.exists()
