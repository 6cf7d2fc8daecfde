"""From a strategy discussion to the end of a plan: what each decision makes, for brothers and sisters at once."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tests.web.pathway.protection.family import DISCUSSED, ENQUIRED, HELD, Family, at, new_action
from waypost.access.rules import NotAllowed
from waypost.records.casework.models import Involvement
from waypost.records.pathway.actions import cin_plans, conferences, core_groups, enquiries, meetings, plans, transfers
from waypost.records.pathway.actions import visits as of_visits
from waypost.records.pathway.actions.conferences import ConferenceDecision
from waypost.records.pathway.actions.core_groups import Came, CoreGroupOf, Went
from waypost.records.pathway.actions.enquiries import NewStrategy, StrategyDecision
from waypost.records.pathway.actions.visits import NewVisit, VisitOf
from waypost.records.pathway.models import (
    CinPlan,
    Conference,
    ConferenceChild,
    Enquiry,
    OutOfOrder,
    PlanAction,
    PlanCategory,
    ProtectionPlan,
    VisitChild,
)

pytestmark = pytest.mark.django_db


def test_a_discussion_begins_an_enquiry_for_each_child(family: Family) -> None:
    begun = family.discuss()
    assert len(begun) == 4
    assert {each.started_on for each in begun} == {DISCUSSED}
    # 15 working days from Monday 3 March 2025.
    assert {each.conference_target_on for each in begun} == {date(2025, 3, 24)}
    assert all(each.is_joint and each.worker == family.worker.user for each in begun)


def test_an_enquiry_that_is_open_goes_on_and_its_clock_with_it(family: Family) -> None:
    family.discuss()
    family.discuss(on=date(2025, 3, 7))
    assert Enquiry.objects.count() == 4
    assert set(Enquiry.objects.values_list("conference_target_on", flat=True)) == {date(2025, 3, 24)}


def test_every_child_is_decided_and_none_beside(family: Family) -> None:
    new = NewStrategy(at(DISCUSSED), "meeting", "other", "Shared.")
    said = StrategyDecision(family.maya, "no_further_action", "No.")
    for children, decisions in (([family.maya, family.jonah], [said]), ([family.jonah], [said])):
        with pytest.raises(ValidationError, match="one decision for each child"):
            enquiries.hold_strategy(children, new=new, asked=[], decisions=decisions, by=family.worker)
    assert not Enquiry.objects.exists()


def test_a_manager_agrees_to_the_outcome_and_brothers_and_sisters_share_a_conference(family: Family) -> None:
    conference = family.enquire()
    assert conference is not None
    assert Conference.objects.count() == 1
    # The baby to come makes no pre-birth conference of one that its brothers and sisters share.
    assert conference.kind == Conference.INITIAL
    assert conference.asked_on == ENQUIRED
    assert {row.child for row in conference.children.all()} == set(family.all)
    assert all(row.enquiry is not None for row in conference.children.all())


def test_nobody_agrees_to_their_own_enquiry_and_it_stays_open(family: Family) -> None:
    enquiry = family.discuss()[0]
    enquiries.submit_enquiry(enquiry, outcome="conference", why="Because.", on=ENQUIRED, by=family.manager)
    with pytest.raises(NotAllowed):
        enquiries.approve_enquiry(enquiry, on=ENQUIRED, by=family.manager)
    with pytest.raises(NotAllowed):
        enquiries.write_enquiry(enquiry, to={"findings": "More."}, by=family.worker)
    assert Enquiry.objects.get(pk=enquiry.pk).is_open


def test_an_enquiry_is_returned_and_submitted_again(family: Family) -> None:
    enquiry = family.discuss()[0]
    enquiries.submit_enquiry(enquiry, outcome="conference", why="Because.", on=ENQUIRED, by=family.worker)
    enquiries.return_enquiry(enquiry, because="Say who was seen.", by=family.manager)
    enquiries.submit_enquiry(enquiry, outcome="not_substantiated", why="No.", on=ENQUIRED, by=family.worker)
    enquiries.approve_enquiry(enquiry, on=ENQUIRED, by=family.manager)
    enquiry.refresh_from_db()
    assert (enquiry.decision, enquiry.ended_on) == ("not_substantiated", ENQUIRED)
    assert not Conference.objects.exists()


def test_a_substantiated_enquiry_without_likely_harm_begins_a_child_in_need_plan(family: Family) -> None:
    family.enquire("substantiated")
    assert CinPlan.objects.filter(started_on=ENQUIRED, is_step_down=False).count() == 4


def test_a_conference_begins_plans_with_category_key_worker_core_group_and_actions(family: Family) -> None:
    begun = family.plans()
    assert {plan.started_on for plan in begun} == {HELD}
    for plan in begun:
        assert [each.category for each in plan.categories.all()] == ["NEG"]
        assert [each.user for each in plan.key_workers.all()] == [family.worker.user]
        assert [each.name for each in plan.core_group.all()] == ["Delphine Marlowe"]
        assert plan.visit_every_days == 14
        assert plan.actions.count() == 1


def test_a_decision_needs_what_it_leads_to(family: Family) -> None:
    conference = family.enquire()
    assert conference is not None
    said = [ConferenceDecision(child, "protection_plan", "Harm.") for child in family.all]
    with pytest.raises(ValidationError, match="Select the category"):
        conferences.hold_conference(conference, on=HELD, decisions=said, by=family.chair)
    assert not ProtectionPlan.objects.exists()
    with pytest.raises(NotAllowed):
        conferences.hold_conference(conference, on=HELD, decisions=said, by=family.worker)


def test_a_day_before_the_one_before_it_gets_a_sentence_with_both(family: Family) -> None:
    conference = family.enquire()
    assert conference is not None
    said = [ConferenceDecision(child, "no_further_action", "No.") for child in family.all]
    with pytest.raises(ValidationError) as wrong:
        conferences.hold_conference(conference, on=date(2025, 3, 10), decisions=said, by=family.chair)
    said = (
        "We could not save this because the conference is held before it was asked for. "
        "Change the day it was held, 10 March 2025, or the day it was asked for, 12 March 2025."
    )
    assert wrong.value.message_dict["on"] == [said]


def review(family: Family, on: date, said: list[ConferenceDecision]) -> Conference:
    children = [each.child for each in said if each.decision != "add_child"]
    asked = conferences.ask_conference(children, kind="review", on=on, by=family.worker)
    return conferences.hold_conference(asked, on=on, decisions=said, by=family.chair)


def test_a_review_continues_changes_ends_and_steps_down(family: Family) -> None:
    family.plans()
    on = date(2025, 6, 12)
    review(
        family,
        on,
        [
            ConferenceDecision(family.maya, "continue", "Not yet safe."),
            ConferenceDecision(family.jonah, "change_category", "More.", "EMO"),
            ConferenceDecision(family.freya, "end", "Safe now.", ended_by="no_longer_at_risk"),
            ConferenceDecision(family.baby, "change_plan", "Another way.", actions=[new_action(due_on=on)]),
        ],
    )
    assert [
        (each.category, each.started_on, each.ended_on)
        for each in PlanCategory.objects.filter(plan__child=family.jonah).order_by("started_on")
    ] == [("NEG", HELD, date(2025, 6, 11)), ("EMO", on, None)]
    freya = ProtectionPlan.objects.get(child=family.freya)
    assert (freya.ended_on, freya.ended_by) == (on, "no_longer_at_risk")
    assert CinPlan.objects.get(child=family.freya, started_on=on).is_step_down
    assert PlanAction.objects.filter(plan__child=family.baby).count() == 2


def test_a_review_adds_a_brother_or_sister(family: Family) -> None:
    conference = family.enquire()
    assert conference is not None
    decided = {child: "protection_plan" if child == family.maya else "no_further_action" for child in family.all}
    said = [ConferenceDecision(child, decision, "So.", "NEG") for child, decision in decided.items()]
    conferences.hold_conference(conference, on=HELD, decisions=said, by=family.chair)
    on = date(2025, 6, 12)
    said = [
        ConferenceDecision(family.maya, "continue", "Goes on."),
        ConferenceDecision(family.jonah, "add_child", "He is at risk too.", "PHY"),
    ]
    held = review(family, on, said)
    plan = ProtectionPlan.objects.get(child=family.jonah)
    assert plan.started_on == on
    assert ConferenceChild.objects.get(conference=held, child=family.jonah).plan == plan


def test_a_conference_without_an_enquiry_asks_why(family: Family) -> None:
    with pytest.raises(ValidationError, match="usually follows a section 47 enquiry or transfer in"):
        conferences.ask_conference([family.maya], kind="initial", on=HELD, by=family.worker)
    because = {"why_out_of_order": "The enquiry is recorded on paper."}
    conferences.ask_conference([family.maya], kind="initial", on=HELD, **because, by=family.worker)  # type: ignore[arg-type]
    assert OutOfOrder.objects.get().why == "The enquiry is recorded on paper."


def test_a_conference_is_planned_and_cancelled_with_a_reason(family: Family) -> None:
    conference = family.enquire()
    assert conference is not None
    conferences.plan_conference(conference, planned_on=HELD, chair=family.chair.user, by=family.chair)
    conferences.cancel_conference(conference, on=date(2025, 3, 19), because="Moved away.", by=family.worker)
    said = [ConferenceDecision(child, "no_further_action", "No.") for child in family.all]
    with pytest.raises(NotAllowed, match="was cancelled"):
        conferences.hold_conference(conference, on=HELD, decisions=said, by=family.chair)


# ---------------------------------------------------------------- plans


def test_a_plan_ends_before_it_starts_gets_both_dates(family: Family) -> None:
    plan = family.plans()[0]
    with pytest.raises(ValidationError) as wrong:
        plans.end_plan(plan, decision="died", why="She died.", on=date(2025, 3, 3), by=family.manager)
    said = (
        "We could not save this because the plan ends before it starts. "
        "Change the end date, 3 March 2025, or the start date, 20 March 2025."
    )
    assert wrong.value.message_dict["on"] == [said]


def test_only_a_review_says_that_a_child_is_safe(family: Family) -> None:
    plan = family.plans()[0]
    with pytest.raises(ValidationError, match="A review conference decides this"):
        plans.end_plan(plan, decision="no_longer_at_risk", why="x", on=date(2025, 5, 1), by=family.manager)
    plans.end_plan(plan, decision="turned_18", why="18 today.", on=date(2032, 5, 4), by=family.manager)
    assert not CinPlan.objects.filter(child=family.maya).exists()


def test_whoever_joins_the_core_group_may_see_the_child_until_they_leave(family: Family) -> None:
    plan = family.plans()[0]
    new = plans.NewMember("A midwife", "Visits", user=family.chair.user)
    member = plans.add_member(plan, new=new, since=HELD, by=family.worker)
    involved = Involvement.objects.get(child=family.maya, kind="core_group")
    assert involved.ended_on is None
    plans.end_member(member, on=date(2025, 5, 1), by=family.worker)
    involved.refresh_from_db()
    assert involved.ended_on == date(2025, 5, 1)


def test_an_action_that_is_done_is_done_from_that_day(family: Family) -> None:
    todo = PlanAction.objects.filter(plan=family.plans()[0]).get()
    plans.note_progress(todo, how="slow", on=date(2025, 4, 14), by=family.worker)
    plans.note_progress(todo, how="done", on=date(2025, 5, 2), says="It runs.", by=family.worker)
    todo.refresh_from_db()
    assert (todo.state, todo.ended_on) == ("done", date(2025, 5, 2))
    assert [each.how for each in todo.progress.order_by("on")] == ["slow", "done"]


def test_a_core_group_meets_once_for_brothers_and_sisters(family: Family) -> None:
    each = [
        CoreGroupOf(
            plan,
            progress=f"Progress {place}.",
            attendance=[Came(plan.core_group.get(), came=False, sent_word=True)],
            actions=[Went(plan.actions.get(), "on_track")],
        )
        for place, plan in enumerate(family.plans())
    ]
    meeting = core_groups.hold_core_group(each, on=date(2025, 4, 1), by=family.worker)
    assert [row.progress for row in meeting.children.order_by("progress")] == [f"Progress {n}." for n in range(4)]
    assert meeting.attendance.filter(came=False, sent_word=True).count() == 4
    mixed = CoreGroupOf(each[0].plan, actions=[Went(each[1].plan.actions.get(), "done")])
    with pytest.raises(ValidationError, match="another child's plan"):
        core_groups.hold_core_group([mixed], on=date(2025, 5, 1), by=family.worker)


def test_a_child_in_need_plan_is_reviewed_and_ended_by_a_manager(family: Family) -> None:
    family.enquire("substantiated")
    plan = CinPlan.objects.get(child=family.maya)
    cin_plans.describe_cin_plan(plan, to={"aims": "Warm.", "visit_every_days": 30}, by=family.worker)
    cin_plans.review_cin_plan(plan, held_on=date(2025, 6, 1), says="Better.", by=family.worker)
    with pytest.raises(NotAllowed):
        cin_plans.end_cin_plan(plan, decision="needs_met", why="Met.", on=date(2025, 9, 1), by=family.worker)
    cin_plans.end_cin_plan(
        plan, decision="needs_met", why="Met.", on=date(2025, 9, 1), closure_reason="RC7", by=family.manager
    )
    plan.refresh_from_db()
    assert (plan.ended_on, plan.referral.closed_on) == (date(2025, 9, 1), date(2025, 9, 1))


# ---------------------------------------------------------------- visits


def test_a_visit_lands_on_each_child_with_what_concerns_that_child(family: Family) -> None:
    todo = PlanAction.objects.get(plan=family.plans()[0])
    said = [
        VisitOf(family.maya, seen=True, seen_alone=True, bedroom_seen=True, said="M", actions={todo.pk: "done"}),
        VisitOf(family.jonah, seen=True, seen_alone=False, said="J"),
        VisitOf(family.freya, seen=False, said=""),
        VisitOf(family.baby, seen=False),
    ]
    new = NewVisit(at(date(2025, 4, 2)), "statutory", who_was_there="Delphine", home_seen=True)
    visit = of_visits.record_visit(family.all, new=new, each=said, by=family.worker)
    rows = {row.child: row for row in visit.children.all()}
    assert [rows[child].said for child in family.all] == ["M", "J", "", ""]
    assert [rows[child].seen for child in family.all] == [True, True, False, False]
    assert {row.on for row in rows.values()} == {date(2025, 4, 2)}
    todo.refresh_from_db()
    assert todo.state == "done"


def test_a_visit_not_made_says_why_and_no_child_was_seen(family: Family) -> None:
    new = NewVisit(at(date(2025, 4, 2)), "statutory", was_made=False)
    with pytest.raises(ValidationError, match="Enter why"):
        of_visits.record_visit(family.all, new=new, each=[], by=family.worker)
    new = NewVisit(at(date(2025, 4, 2)), "statutory", was_made=False, why_not_made="Nobody answered.")
    of_visits.record_visit(family.all, new=new, each=[], by=family.worker)
    assert VisitChild.objects.filter(seen=False).count() == 4


def test_no_child_is_seen_alone_and_not_seen(family: Family) -> None:
    said = [VisitOf(family.maya, seen=False, seen_alone=True)]
    with pytest.raises(ValidationError, match="was not seen alone"):
        of_visits.record_visit(
            [family.maya], new=NewVisit(at(date(2025, 4, 2)), "support"), each=said, by=family.worker
        )


def test_an_action_of_a_sister_is_not_spoken_of_on_a_brothers_row(family: Family) -> None:
    hers = PlanAction.objects.get(plan=family.plans()[0])
    said = [VisitOf(family.jonah, seen=True, actions={hers.pk: "done"})]
    with pytest.raises(ValidationError, match="not of this child's plan"):
        of_visits.record_visit(
            [family.jonah], new=NewVisit(at(date(2025, 4, 2)), "support"), each=said, by=family.worker
        )


# ---------------------------------------------------------------- transfers and meetings


def test_a_child_who_moves_in_for_good_has_a_conference_and_then_a_plan_of_ours(family: Family) -> None:
    for child in (family.maya, family.jonah):
        transfers.transfer_in(
            child,
            other_authority="Calder",
            notified_on=DISCUSSED,
            is_permanent=True,
            category="NEG",
            plan_started_on=date(2024, 9, 2),
            by=family.worker,
        )
    conference = Conference.objects.get()
    assert (conference.kind, conference.children.count()) == (Conference.TRANSFER_IN, 2)
    row = conference.children.first()
    assert row is not None
    assert conferences.limit(row) == date(2025, 3, 24)
    assert ProtectionPlan.objects.filter(is_temporary=True, ended_on=None).count() == 2
    said = [ConferenceDecision(each.child, "protection_plan", "So.", "NEG") for each in conference.children.all()]
    conferences.hold_conference(conference, on=HELD, decisions=said, by=family.chair)
    move = family.maya.transfers.get()
    assert (move.accepted_on, move.plan.is_temporary) == (HELD, False)
    assert ProtectionPlan.objects.get(child=family.maya, is_temporary=True).ended_on == HELD


def test_a_stay_for_a_time_starts_no_clock_until_it_is_for_good(family: Family) -> None:
    move = transfers.transfer_in(
        family.maya, other_authority="Calder", notified_on=DISCUSSED, is_permanent=False, by=family.worker
    )
    assert not Conference.objects.exists()
    transfers.confirm_transfer_in(move, on=ENQUIRED, by=family.worker)
    assert Conference.objects.get().asked_on == ENQUIRED
    transfers.end_stay(family.maya, on=HELD, why="Went home.", by=family.manager)


def test_a_plan_stays_ours_until_the_other_authority_takes_it(family: Family) -> None:
    plan = family.plans()[0]
    move = transfers.transfer_out(
        family.maya, other_authority="Brookvale", notified_on=date(2025, 5, 1), by=family.worker
    )
    plan.refresh_from_db()
    assert plan.is_open
    transfers.accept_transfer_out(move, on=date(2025, 5, 20), by=family.manager)
    plan.refresh_from_db()
    assert (plan.ended_on, plan.ended_by) == (date(2025, 5, 20), "transferred")


def test_a_family_meeting_is_asked_for_and_held(family: Family) -> None:
    meeting = meetings.ask_family_meeting(family.all, kind="fgc", on=DISCUSSED, by=family.worker)
    with pytest.raises(ValidationError, match="before it was asked for"):
        meetings.hold_family_meeting(meeting, held_on=date(2025, 2, 1), outcome="x", by=family.worker)
    meeting.refresh_from_db()
    meetings.hold_family_meeting(meeting, held_on=HELD, outcome="Agreed.", carers_found=True, by=family.worker)
    assert meeting.children.count() == 4
