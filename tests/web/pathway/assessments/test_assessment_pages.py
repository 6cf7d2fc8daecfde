"""The pages of an assessment under each regime, from its first word to a correction; and the list of the unfinished."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from waypost.access.actor import Actor
from waypost.access.models import Act, Authority, Team
from waypost.records.casework.actions.children import allocate
from waypost.records.casework.models import Approval, Child
from waypost.records.pathway.actions.assessments import (
    authorise_assessment,
    begin_assessment,
    consult,
    correct_assessment,
    submit_assessment,
    write_assessment,
)
from waypost.records.pathway.actions.referrals import ReferralDecided, decide_referral, record_referral
from waypost.records.pathway.models import Assessment, CinPlan, Consulted

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
SAID = {
    "wishes_and_feelings": "She wants breakfast at home.", "needs": "Regular meals.",
    "fathers_capacity": "He cooks when he is there.", "strengths": "Her grandmother lives near.",
    "risks": "She goes hungry.", "what_must_change": "Food in the house each morning.", "analysis": "Money, not will.",
}  # fmt: skip


def ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def boxes(name: str, day: date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


@pytest.fixture
def author(ashdown: Authority, team: Team, worker: Callable[..., Actor]) -> Actor:
    return worker("social_worker", ashdown, team=team)


@pytest.fixture
def manager(ashdown: Authority, worker: Callable[..., Actor]) -> Actor:
    return worker("team_manager", ashdown)


@pytest.fixture
def held(
    ashdown: Authority, child: Callable[..., Child], team: Team, author: Actor, manager: Actor
) -> Callable[..., Child]:
    """Makes a child whose case the author holds."""

    def made(**given: Any) -> Child:
        found = child(ashdown, **given)
        allocate(found, team=team, worker=author.user, since=date(2008, 1, 7), by=manager)
        return found

    return made


@pytest.fixture
def maya(held: Callable[..., Child]) -> Child:
    return held()


def begun(child: Child, by: Actor, came: datetime | None = None) -> Assessment:
    came = came or ago(20)
    referral = record_referral(child, received_at=came, source="2A", by=by)
    decided = ReferralDecided("assessment", "She may be in need.", level=3, need="N1")
    (made,) = decide_referral(referral, decided=decided, at=came, by=by)
    assert isinstance(made, Assessment)
    return made


def ready(child: Child, author: Actor, manager: Actor) -> Assessment:
    row = begun(child, manager)
    seen = timezone.localdate() - timedelta(days=9)
    write_assessment(row, to={**SAID, "seen_on": seen, "factors": ["16A"]}, by=author)
    return row


def authorised(child: Child, author: Actor, manager: Actor) -> Assessment:
    row = ready(child, author, manager)
    submit_assessment(row, at=ago(2), by=author)
    authorise_assessment(row, decision="cin_plan", why="They need help for a while.", at=ago(1), by=manager)
    return row


def address(row: Assessment) -> str:
    return f"/children/{row.child_id}/assessments/{row.pk}"


# ---------------------------------------------------------------- each regime


@pytest.mark.parametrize(
    ("came", "kind", "given"),
    [
        (datetime(2011, 3, 2, 10, tzinfo=LONDON), "Initial assessment", {"born_on": date(2006, 5, 4)}),
        (None, "Child and family assessment", {}),
        (None, "Pre-birth assessment", {"born_on": None, "expected_on": date(2027, 3, 1)}),
    ],
)
def test_an_assessment_is_written_submitted_and_authorised_under_its_regime(
    client: Client, held: Callable[..., Child], author: Actor, manager: Actor, came: datetime | None, kind: str,
    given: dict[str, Any],
) -> None:  # fmt: skip
    row = begun(held(**given), manager, came)
    here = address(row)
    client.force_login(author.user)
    page = client.get(here).content.decode()
    assert f"{kind}</h2>" in page
    assert "Being written." in page
    asked = client.get(f"{here}/write").content.decode()
    assert ("The child&#39;s wishes and feelings" in asked) is (row.kind != "pre_birth")
    sent = {**SAID, "factors": ["16A"], "version": "1", **boxes("seen_on", row.started_on)}
    assert client.post(f"{here}/write", sent)["Location"] == here
    assert client.post(f"{here}/submit", {"version": "2"})["Location"] == here
    client.force_login(manager.user)
    said = {"decision": "cin_plan", "why": "They need help for a while.", "version": "3"}
    assert client.post(f"{here}/authorise", said)["Location"] == here
    row.refresh_from_db()
    assert (row.authorised_on, row.decision) == (timezone.localdate(), "cin_plan")
    assert CinPlan.objects.get().child == row.child
    assert "Child in need plan" in client.get(here).content.decode()


def test_a_core_assessment_follows_an_initial_one(
    client: Client, held: Callable[..., Child], author: Actor, manager: Actor
) -> None:
    came = datetime(2011, 3, 2, 10, tzinfo=LONDON)
    row = begun(held(born_on=date(2006, 5, 4)), manager, came)
    client.force_login(manager.user)
    assert client.get(f"{address(row)}/authorise")["Location"] == address(row)
    write_assessment(row, to={**SAID, "seen_on": date(2011, 3, 4)}, by=author)
    submit_assessment(row, at=came + timedelta(days=5), by=author)
    client.force_login(manager.user)
    assert "Authorise. Core assessment" in client.get(f"{address(row)}/authorise").content.decode()
    (core,) = authorise_assessment(
        row, decision="core_assessment", why="More is to be known.", at=came + timedelta(days=6), by=manager
    )
    assert isinstance(core, Assessment)
    page = client.get(address(core)).content.decode()
    assert "Core assessment</h2>" in page
    write_assessment(core, to={**SAID, "seen_on": date(2011, 3, 10), "factors": ["16A"]}, by=author)
    submit_assessment(core, at=came + timedelta(days=30), by=author)
    assert "Authorise. Core assessment" not in client.get(f"{address(core)}/authorise").content.decode()


def test_the_clock_of_each_kind_shows_its_working(
    client: Client, held: Callable[..., Child], author: Actor, manager: Actor
) -> None:
    initial = begun(held(born_on=date(2006, 5, 4)), manager, datetime(2011, 3, 2, 10, tzinfo=LONDON))
    client.force_login(author.user)
    page = client.get(address(initial)).content.decode()
    assert "10 working days" in page
    assert "16 March 2011" in page
    assert "45 working days" in client.get(address(begun(held(given="Wren"), manager))).content.decode()


# ---------------------------------------------------------------- refusals


def test_what_is_not_finished_is_said_and_nothing_is_submitted(
    client: Client, maya: Child, author: Actor, manager: Actor
) -> None:
    row = begun(maya, manager)
    client.force_login(author.user)
    assert "Enter the day the child was seen" in client.get(f"{address(row)}/submit").content.decode()
    page = client.post(f"{address(row)}/submit", {"version": "1"}).content.decode()
    for said in ("Enter the day the child was seen", "wishes and feelings", "what the father can do"):
        assert said in page
    assert not Approval.objects.exists()
    row.refresh_from_db()
    assert row.submitted_at is None


def test_factors_that_cannot_stand_together_are_refused_beside_them(
    client: Client, maya: Child, author: Actor, manager: Actor
) -> None:
    row = begun(maya, manager)
    client.force_login(author.user)
    page = client.post(f"{address(row)}/write", {"factors": ["21", "16A"], "version": "1"}).content.decode()
    assert page.count("or that none was found, not both") == 2


def test_a_worker_does_not_authorise_and_nobody_their_own(
    client: Client, maya: Child, author: Actor, manager: Actor
) -> None:
    row = ready(maya, author, manager)
    submit_assessment(row, at=ago(1), by=manager)
    said = {"decision": "cin_plan", "why": "They need help for a while.", "version": str(row.version)}
    for someone in (author, manager):
        client.force_login(someone.user)
        assert client.post(f"{address(row)}/authorise", said).status_code == 403
    assert not CinPlan.objects.exists()


def test_it_is_returned_with_what_must_change(client: Client, maya: Child, author: Actor, manager: Actor) -> None:
    row = ready(maya, author, manager)
    submit_assessment(row, at=ago(1), by=author)
    client.force_login(manager.user)
    said = {"decision": "return", "why": "Say what the school thinks.", "version": str(row.version)}
    client.post(f"{address(row)}/authorise", said)
    client.force_login(author.user)
    page = client.get(address(row)).content.decode()
    assert f"Returned by {manager.user}: Say what the school thinks." in page
    assert "Submit for approval" in page


def test_two_who_write_at_once_see_both_versions(client: Client, maya: Child, author: Actor, manager: Actor) -> None:
    row = begun(maya, manager)
    write_assessment(row, to={"needs": "Regular meals."}, by=manager)
    client.force_login(author.user)
    page = client.post(f"{address(row)}/write", {"needs": "A bed of her own.", "version": "1"}).content.decode()
    assert "Someone else saved this" in page
    assert "Regular meals." in page
    assert "A bed of her own." in page


def test_an_assessment_is_begun_again_in_an_open_case_and_not_in_a_closed_one(
    client: Client, maya: Child, author: Actor, manager: Actor
) -> None:
    client.force_login(author.user)
    here = f"/children/{maya.pk}/assessments/new"
    assert client.get(here)["Location"] == f"/children/{maya.pk}/referrals"
    begun(maya, manager)
    sent = {"kind": "initial", "version": "0", **boxes("on", timezone.localdate())}
    assert "the kind of assessment to begin is: child and family assessment" in client.post(here, sent).content.decode()
    client.post(here, {**sent, "kind": "single"})
    assert Assessment.objects.count() == 2


def test_who_was_asked_is_recorded_with_what_they_said(
    client: Client, maya: Child, author: Actor, manager: Actor
) -> None:
    row = begun(maya, manager)
    client.force_login(author.user)
    sent = {
        "who": "Grandmother",
        "they_said": "I cook on Sundays.",
        "version": "0",
        **boxes("on", timezone.localdate()),
    }
    client.post(f"{address(row)}/consulted/new", sent)
    assert Consulted.objects.get().said == "I cook on Sundays."
    assert "I cook on Sundays." in client.get(address(row)).content.decode()


# ---------------------------------------------------------------- corrected


def test_a_correction_after_approval_keeps_what_was_authorised_readable(
    client: Client, maya: Child, author: Actor, manager: Actor
) -> None:
    row = authorised(maya, author, manager)
    here = address(row)
    client.force_login(author.user)
    assert client.get(f"{here}/write")["Location"] == here
    sent = {**SAID, "needs": "Regular meals at home.", "factors": ["16A"], "version": str(row.version),
            **boxes("seen_on", row.seen_on)}  # fmt: skip
    assert "Enter why" in client.post(f"{here}/correct", sent).content.decode()
    why = "The two words at home were left out."
    assert client.post(f"{here}/correct", {**sent, "because": why})["Location"] == here
    page = client.get(here).content.decode()
    assert "Regular meals at home." in page
    assert f"what the child needs. Why: {why}" in page
    assert "waits for a manager" in page
    assert "Approve or return it" not in page
    then = client.get(f"{here}/as-authorised").content.decode()
    assert "Regular meals." in then
    assert "Regular meals at home." not in then
    assert "on version 1 of the form" in then
    assert Act.objects.get(what="correct assessment").because == why


def test_a_correction_is_approved_by_another_or_returned(
    client: Client, maya: Child, author: Actor, manager: Actor
) -> None:
    row = authorised(maya, author, manager)
    correct_assessment(row, to={"needs": "Meals."}, because="It was left out before now.", by=author)
    client.force_login(manager.user)
    here = f"{address(row)}/correction"
    assert "Approve or return it" in client.get(address(row)).content.decode()
    assert "Enter what must change" in client.post(here, {"decision": "return"}).content.decode()
    client.post(here, {"decision": "return", "why": "Say which meals."})
    assert "returned the last correction: Say which meals." in client.get(address(row)).content.decode()
    assert client.get(here).status_code == 404
    correct_assessment(row, to={"needs": "Breakfast."}, because="The manager asked which meals.", by=author)
    client.post(here, {"decision": "approve"})
    assert "approved the last correction" in client.get(address(row)).content.decode()


def test_what_was_not_authorised_has_no_version_that_was(
    client: Client, maya: Child, author: Actor, manager: Actor
) -> None:
    row = begun(maya, manager)
    client.force_login(author.user)
    assert client.get(f"{address(row)}/as-authorised").status_code == 404


# ---------------------------------------------------------------- lists and questions


def test_outstanding_and_overdue_are_listed_by_team_worker_and_delay(
    client: Client, held: Callable[..., Child], author: Actor, manager: Actor
) -> None:
    begun(held(), manager, ago(120))
    begun(held(given="Wren"), manager, ago(5))
    authorised(held(given="Rowan"), author, manager)
    client.force_login(manager.user)
    page = client.get("/assessments").content.decode()
    assert "1 assessment was completed in time and 0 completed late" in page
    assert "2 assessments, the most pressing first" in page
    assert page.index("Maya Marlowe") < page.index("Wren Marlowe")
    assert "Rowan Marlowe" not in page
    assert "More than 20 days late" in page
    assert "North" in page
    assert "1 assessment" in page
    assert "Nothing" not in client.get("/assessments", {"worker": str(author.user.pk)}).content.decode()
    client.force_login(author.user)
    assert client.get("/assessments").status_code == 403


def test_the_list_asks_the_same_questions_however_long_it_is(
    client: Client, held: Callable[..., Child], manager: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for given in ("Maya", "Rowan", "Wren"):
        begun(held(given=given), manager)
    client.force_login(manager.user)
    with django_assert_num_queries(12):
        client.get("/assessments")


def test_a_page_asks_the_same_questions_however_much_is_recorded(
    client: Client, maya: Child, author: Actor, manager: Actor
) -> None:
    row = authorised(maya, author, manager)
    correct_assessment(row, to={"needs": "Meals."}, because="It was left out before now.", by=author)
    client.force_login(author.user)

    def questions(at: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(at).status_code == 200
        return len(asked)

    pages = [address(row), f"/children/{maya.pk}/referrals", f"/children/{maya.pk}/referrals/{row.referral_id}"]
    before = [questions(at) for at in pages]
    for place in range(3):
        correct_assessment(row, to={"needs": f"Meals, {place}."}, because="It was left out before now.", by=author)
        again = begin_assessment(maya, referral=row.referral, on=timezone.localdate(), by=author)
        consult(again, who="Grandmother", on=timezone.localdate(), said="I cook.", by=author)
    assert [questions(at) for at in pages] == before


@pytest.mark.parametrize(
    ("part", "questions"),
    [("write", 11), ("consulted/new", 12), ("submit", 10), ("authorise", 11), ("correct", 11)],
)
def test_each_page_of_an_assessment_says_its_questions(
    client: Client, maya: Child, author: Actor, manager: Actor, part: str, questions: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    row = (authorised if part == "correct" else ready)(maya, author, manager)
    if part == "authorise":
        submit_assessment(row, at=ago(1), by=author)
    client.force_login(manager.user)
    with django_assert_num_queries(questions):
        assert client.get(f"{address(row)}/{part}").status_code == 200
