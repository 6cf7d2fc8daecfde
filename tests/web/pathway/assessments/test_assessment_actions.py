"""Assessments: each kind under the regime of its day, written, submitted, authorised, returned and corrected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from waypost.access.actor import Actor
from waypost.access.local.models import Setting
from waypost.access.models import Authority, Team
from waypost.access.recorded import ChangedSince
from waypost.access.rules import NotAllowed
from waypost.records.casework.actions.children import allocate
from waypost.records.casework.models import Approval, Child
from waypost.records.pathway.actions.assessments import (
    authorise_assessment,
    begin_assessment,
    consult,
    correct_assessment,
    outcomes,
    return_assessment,
    submit_assessment,
    write_assessment,
)
from waypost.records.pathway.actions.referrals import ReferralDecided, close_case, decide_referral, record_referral
from waypost.records.pathway.models import Assessment, CinPlan, EarlyHelp, Referral

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
WRITTEN = {
    "seen_on": date(2026, 2, 10),
    "seen_alone": True,
    "wishes_and_feelings": "She wants breakfast at home.",
    "needs": "Regular meals.",
    "fathers_capacity": "He cooks when he is there.",
    "strengths": "Her grandmother lives near.",
    "risks": "She goes hungry.",
    "what_must_change": "Food in the house each morning.",
    "analysis": "Money, not will.",
    "factors": ["16A"],
}


def at(day: int, hour: int = 10, *, month: int = 2, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=LONDON)


@pytest.fixture
def author(ashdown: Authority, team: Team, worker: Callable[..., Actor]) -> Actor:
    return worker("social_worker", ashdown, team=team)


@pytest.fixture
def manager(ashdown: Authority, worker: Callable[..., Actor]) -> Actor:
    return worker("team_manager", ashdown)


@pytest.fixture
def maya(ashdown: Authority, child: Callable[..., Child], team: Team, author: Actor, manager: Actor) -> Child:
    found = child(ashdown, born_on=date(2008, 5, 4))
    allocate(found, team=team, worker=author.user, since=date(2009, 1, 5), by=manager)
    return found


def referral(child: Child, came: datetime, by: Actor) -> Referral:
    return record_referral(child, received_at=came, source="2A", by=by)


def begun(child: Child, by: Actor, came: datetime | None = None) -> Assessment:
    came = came or at(3)
    decided = ReferralDecided("assessment", "She may be in need.", level=3, need="N1")
    (made,) = decide_referral(referral(child, came, by), decided=decided, at=came, by=by)
    assert isinstance(made, Assessment)
    return made


def submitted(child: Child, author: Actor, manager: Actor, **said: object) -> Assessment:
    row = begun(child, manager)
    write_assessment(row, to={**WRITTEN, **said}, by=author)
    submit_assessment(row, at=at(20), by=author)
    return row


# ---------------------------------------------------------------- which kind


def test_it_is_the_allocated_worker_and_their_team_that_assess(maya: Child, author: Actor, manager: Actor) -> None:
    row = begun(maya, manager)
    assert (row.author, row.team.name, row.started_on) == (author.user, "North", date(2026, 2, 3))


@pytest.mark.parametrize(
    ("came", "kind"),
    [(at(2, month=3, year=2011), "initial"), (at(12, month=4, year=2013), "initial"),
     (at(15, month=4, year=2013), "single"), (at(3), "single")],
)  # fmt: skip
def test_the_kind_is_of_the_regime_of_the_day(maya: Child, manager: Actor, came: datetime, kind: str) -> None:
    assert begun(maya, manager, came).kind == kind


def test_an_authority_takes_up_the_single_assessment_on_its_own_day(
    maya: Child, manager: Actor, ashdown: Authority
) -> None:
    from waypost.access.acting import action
    from waypost.access.rules import YES

    @action("settle", may=lambda by, authority: YES)
    def settle(authority: Authority, *, by: Actor) -> None:
        Setting(
            authority=authority, kind="switch", about="single_assessment", from_on=date(2012, 2, 1),
            value={"takes_up": True}, because="A pilot of one assessment.", set_by=by.user, set_at=at(1),
        ).save()  # fmt: skip

    settle(ashdown, by=manager)
    assert begun(maya, manager, at(1, year=2012)).kind == "single"


def test_a_child_who_is_not_born_has_a_pre_birth_assessment(
    ashdown: Authority, child: Callable[..., Child], author: Actor, manager: Actor
) -> None:
    unborn = child(ashdown, given="Baby", born_on=None, expected_on=date(2026, 5, 1))
    row = begun(unborn, manager)
    assert row.kind == "pre_birth"
    with pytest.raises(ValidationError, match="On 3 February 2026 the kind of assessment to begin is: pre-birth"):
        begin_assessment(unborn, referral=row.referral, on=date(2026, 2, 3), kind="single", by=manager)


def test_a_core_assessment_follows_an_initial_one(maya: Child, author: Actor, manager: Actor) -> None:
    initial = begun(maya, manager, at(2, month=3, year=2011))
    said = {name: value for name, value in WRITTEN.items() if name not in ("seen_on", "factors", "fathers_capacity")}
    write_assessment(initial, to={**said, "seen_on": date(2011, 3, 7)}, by=author)
    submit_assessment(initial, at=at(9, month=3, year=2011), by=author)
    when = at(10, month=3, year=2011)
    (core,) = authorise_assessment(initial, decision="core_assessment", why="More is to be known.", at=when, by=manager)
    assert (core.kind, core.started_on, core.referral) == ("core", date(2011, 3, 10), initial.referral)
    assert "core_assessment" in dict(outcomes(initial))
    assert "core_assessment" not in dict(outcomes(core))


# ---------------------------------------------------------------- finished or not


def test_it_is_not_submitted_until_the_child_was_seen_and_heard(maya: Child, author: Actor, manager: Actor) -> None:
    row = begun(maya, manager)
    write_assessment(row, to={**WRITTEN, "seen_on": None, "wishes_and_feelings": ""}, by=author)
    with pytest.raises(ValidationError) as refused:
        submit_assessment(row, at=at(20), by=author)
    assert set(refused.value.message_dict) == {"seen_on", "wishes_and_feelings"}
    write_assessment(row, to={"why_not_seen": "She is abroad until June."}, by=author)
    submit_assessment(row, at=at(20), by=author)
    assert Approval.objects.get().row_version == row.version


def test_the_fathers_capacity_is_asked_of_a_single_one_or_why_not(maya: Child, author: Actor, manager: Actor) -> None:
    row = begun(maya, manager)
    write_assessment(row, to={**WRITTEN, "fathers_capacity": ""}, by=author)
    with pytest.raises(ValidationError, match="what the father can do"):
        submit_assessment(row, at=at(20), by=author)
    write_assessment(row, to={"why_father_not_assessed": "He died in 2019."}, by=author)
    submit_assessment(row, at=at(20), by=author)


def test_what_cannot_stand_is_refused(maya: Child, author: Actor, manager: Actor) -> None:
    row = begun(maya, manager)
    with pytest.raises(ValidationError, match="not both"):
        write_assessment(row, to={"factors": ["21", "16A"]}, by=author)
    row.refresh_from_db()
    with pytest.raises(ValidationError, match="on or after 3 February 2026"):
        write_assessment(row, to={"seen_on": date(2026, 1, 1)}, by=author)


def test_what_waits_for_approval_is_not_changed(maya: Child, author: Actor, manager: Actor) -> None:
    row = submitted(maya, author, manager)
    with pytest.raises(ValidationError, match="waits for approval"):
        write_assessment(row, to={"needs": "More."}, by=author)
    with pytest.raises(ValidationError, match="waits for approval"):
        consult(row, who="Grandmother", on=date(2026, 2, 9), said="She helps.", by=author)
    with pytest.raises(ValidationError, match="already"):
        submit_assessment(row, at=at(20), by=author)


# ---------------------------------------------------------------- authorised


def test_a_manager_authorises_and_the_outcome_opens_the_next_work(maya: Child, author: Actor, manager: Actor) -> None:
    row = submitted(maya, author, manager)
    (plan,) = authorise_assessment(row, decision="cin_plan", why="They need help for a while.", at=at(24), by=manager)
    assert isinstance(plan, CinPlan)
    assert (plan.started_on, plan.referral) == (date(2026, 2, 24), row.referral)
    assert (row.authorised_on, row.authorised_by) == (date(2026, 2, 24), manager.user)
    assert Approval.objects.get().state == Approval.APPROVED
    with pytest.raises(ValidationError, match="has been authorised"):
        authorise_assessment(row, decision="cin_plan", why="Again.", at=at(25), by=manager)


def test_nobody_authorises_their_own(maya: Child, manager: Actor) -> None:
    row = begun(maya, manager)
    write_assessment(row, to=WRITTEN, by=manager)
    submit_assessment(row, at=at(20), by=manager)
    with pytest.raises(NotAllowed, match="You asked for this yourself"):
        authorise_assessment(row, decision="cin_plan", why="They need help.", at=at(24), by=manager)
    assert not CinPlan.objects.exists()


def test_a_worker_authorises_nothing_and_a_manager_nothing_that_was_not_submitted(
    maya: Child, author: Actor, manager: Actor
) -> None:
    row = begun(maya, manager)
    with pytest.raises(ValidationError, match="does not wait for approval"):
        authorise_assessment(row, decision="cin_plan", why="They need help.", at=at(24), by=manager)
    with pytest.raises(NotAllowed):
        authorise_assessment(row, decision="cin_plan", why="They need help.", at=at(24), by=author)


def test_it_is_returned_with_what_must_change_and_written_on(maya: Child, author: Actor, manager: Actor) -> None:
    row = submitted(maya, author, manager)
    return_assessment(row, because="Say what the school thinks.", by=manager)
    write_assessment(row, to={"analysis": "The school thinks so too."}, by=author)
    submit_assessment(row, at=at(23), by=author)
    states = Approval.objects.order_by("asked_at").values_list("state", "because")
    assert list(states) == [("returned", "Say what the school thinks."), ("waiting", "")]


def test_an_outcome_that_closes_ends_the_case_and_the_allocation(maya: Child, author: Actor, manager: Actor) -> None:
    row = submitted(maya, author, manager)
    authorise_assessment(row, decision="early_help", why="School will lead.", at=at(24), by=manager)
    closed = Referral.objects.get()
    assert (closed.closed_on, closed.closure_reason) == (date(2026, 2, 24), "RC9")
    assert EarlyHelp.objects.get().referral == closed
    assert maya.allocations.get().ended_on == date(2026, 2, 24)


def test_a_case_is_not_closed_while_work_is_open(maya: Child, author: Actor, manager: Actor) -> None:
    row = submitted(maya, author, manager)
    with pytest.raises(ValidationError, match="because an assessment is open since 3 February 2026"):
        close_case(row.referral, on=date(2026, 2, 24), reason="RC7", by=manager)
    authorise_assessment(row, decision="cin_plan", why="They need help.", at=at(24), by=manager)
    with pytest.raises(ValidationError, match="because a child in need plan is open since 24 February 2026"):
        close_case(row.referral, on=date(2026, 2, 25), reason="RC7", by=manager)
    again = begin_assessment(maya, referral=row.referral, on=date(2026, 2, 25), by=author)
    write_assessment(again, to=WRITTEN, by=author)
    submit_assessment(again, at=at(26), by=author)
    with pytest.raises(ValidationError, match="a child in need plan is open"):
        authorise_assessment(again, decision="no_further_action", why="All is well.", at=at(27), by=manager)
    again.refresh_from_db()
    assert again.is_open


# ---------------------------------------------------------------- corrected


def test_a_correction_keeps_what_was_authorised_readable(maya: Child, author: Actor, manager: Actor) -> None:
    row = submitted(maya, author, manager)
    with pytest.raises(ValidationError, match="not been authorised yet"):
        correct_assessment(row, to={"needs": "Meals."}, because="A slip.", by=author)
    authorise_assessment(row, decision="cin_plan", why="They need help.", at=at(24), by=manager)
    authorised = row.version
    correct_assessment(row, to={"needs": "Regular meals at home."}, because="The word home was left out.", by=author)
    then = row.history.get(version=authorised)
    assert (then.needs, then.form_version, then.authorised_on) == ("Regular meals.", 1, date(2026, 2, 24))
    assert row.history.latest().history_change_reason == "The word home was left out."
    assert (row.decision, row.authorised_on) == ("cin_plan", date(2026, 2, 24))
    assert Approval.objects.get(what="Approve correction").row_version == row.version


def test_a_correction_leaves_no_part_unfinished(maya: Child, author: Actor, manager: Actor) -> None:
    row = submitted(maya, author, manager)
    authorise_assessment(row, decision="cin_plan", why="They need help.", at=at(24), by=manager)
    stale = Assessment.objects.get()
    with pytest.raises(ValidationError, match="what the child needs"):
        correct_assessment(row, to={"needs": ""}, because="A slip.", by=author)
    row.refresh_from_db()
    correct_assessment(row, to={"needs": "Meals."}, because="A slip.", by=author)
    with pytest.raises(ChangedSince):
        correct_assessment(stale, to={"needs": "Food."}, because="A slip.", by=author)
