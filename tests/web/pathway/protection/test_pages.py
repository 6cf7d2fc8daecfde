"""The pages from a strategy discussion to the end of a plan: each is drawn, with a fixed number of questions."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.web.pathway.protection.family import HELD, Family, at, new_action
from waypost.records.pathway.actions import core_groups, meetings, plans, transfers, visits
from waypost.records.pathway.actions.core_groups import Came, CoreGroupOf, Went
from waypost.records.pathway.actions.visits import NewVisit, VisitOf
from waypost.records.pathway.models import (
    ConferenceChild,
    CoreGroup,
    Enquiry,
    FamilyMeeting,
    PlanAction,
    ProtectionPlan,
    StrategyDiscussion,
    Transfer,
    Visit,
)
from waypost.records.pathway.views.plans import parts_of

pytestmark = pytest.mark.django_db


def lived(family: Family) -> None:
    """A plan for each of four, with visits, core groups, a meeting, a goal and a move."""
    held = family.plans(enquired=True)
    new = NewVisit(at(date(2025, 4, 2)), "statutory", who_was_there="Delphine", what_happened="Tea.")
    each = [VisitOf(child, seen=True, said=f"Said {place}.") for place, child in enumerate(family.all)]
    visits.record_visit(family.all, new=new, each=each, by=family.worker)
    for on in (date(2025, 4, 1), date(2025, 5, 1), date(2025, 6, 1)):
        of_each = [
            CoreGroupOf(
                plan,
                f"Slow {place}.",
                attendance=[Came(plan.core_group.get(), came=False)],
                actions=[Went(plan.actions.get(), "slow")],
            )
            for place, plan in enumerate(held)
        ]
        core_groups.hold_core_group(of_each, on=on, by=family.worker)
    meetings.ask_family_meeting(family.all, kind="fgc", on=HELD, by=family.worker)
    meetings.add_goal(family.maya, kind="goal", on=HELD, what="Warm.", how_known="The worker saw it.", by=family.worker)
    transfers.transfer_out(family.jonah, other_authority="Calder", notified_on=date(2025, 6, 2), by=family.worker)


def addresses(family: Family) -> list[str]:
    child = family.maya.pk
    of_child = [
        "child_protection", "child_plan", "child_plan_words", "child_visits", "child_meetings", "strategy_add",
        "conference_add", "visit_add", "core_group_add", "meeting_ask", "goal_add", "transfer_in", "transfer_out",
    ]  # fmt: skip
    conference = ConferenceChild.objects.filter(child=child).get().conference_id
    plan, enquiry = ProtectionPlan.objects.get(child=child), Enquiry.objects.get(child=child)
    action, member = PlanAction.objects.get(plan=plan), plan.core_group.get()
    of_rows = [
        ("strategy", StrategyDiscussion.objects.get()),
        ("enquiry", enquiry),
        ("medical_ask", enquiry),
        ("criminal_add", enquiry),
        ("visit", Visit.objects.get()),
        ("core_group", CoreGroup.objects.order_by("held_on").first()),
        ("meeting_hold", FamilyMeeting.objects.get()),
        *((view, plan) for view in ("plan_change", "plan_end", "key_worker", "action_add", "member_add")),
        *((view, action) for view in ("action_change", "action_progress", "action_drop")),
        *((view, member) for view in ("member_tasks", "member_end")),
    ]
    return [
        *(reverse(view, args=[child]) for view in of_child),
        reverse("conference", args=[child, conference]),
        *(reverse(view, args=[child, row.pk]) for view, row in of_rows if row is not None),
        reverse("transfer", args=[family.jonah.pk, Transfer.objects.get().pk]),
        *(reverse(view) for view in ("list_enquiries", "list_plans", "list_without_plan", "list_core_groups")),
    ]


def test_every_page_is_drawn_for_a_manager(client: Client, family: Family) -> None:
    lived(family)
    client.force_login(family.manager.user)
    for address in addresses(family):
        assert client.get(address).status_code == 200, address


COUNTS = {
    "child_protection": 40,
    "child_plan": 45,
    "child_visits": 41,
    "child_meetings": 40,
    "visit_add": 15,
    "core_group_add": 17,
    "strategy_add": 16,
}
"""How many questions each page asks, whatever the record holds."""


def test_each_page_asks_a_fixed_number_of_questions(
    client: Client, family: Family, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(family.manager.user)
    client.get(reverse("child_plan", args=[family.maya.pk]))
    lived(family)
    for view, count in COUNTS.items():
        with django_assert_num_queries(count):
            client.get(reverse(view, args=[family.maya.pk]))
    again = NewVisit(at(date(2025, 6, 20)), "support")
    visits.record_visit(family.all, new=again, each=[VisitOf(each, seen=True) for each in family.all], by=family.worker)
    plan = ProtectionPlan.objects.get(child=family.maya)
    plans.add_action(plan, new=new_action(due_on=date(2030, 1, 1)), on=date(2025, 6, 2), by=family.worker)
    for view, count in COUNTS.items():
        with django_assert_num_queries(count):
            client.get(reverse(view, args=[family.maya.pk]))


def test_the_parts_of_a_plan_are_read_as_they_were_known(family: Family) -> None:
    plan = family.plans()[0]
    then = timezone.now()
    plans.note_progress(plan.actions.get(), how="done", on=date(2025, 4, 1), by=family.worker)
    plans.add_member(plan, new=plans.NewMember("Ms Pell"), since=HELD, by=family.worker)
    before, now = parts_of(plan, then), parts_of(plan, None)
    assert [each.state for each in before.actions] == ["open"]
    assert [each.state for each in now.actions] == ["done"]
    assert ([len(before.members), len(before.progress)], [len(now.members), len(now.progress)]) == ([1, 0], [2, 1])
    assert [str(each.user) for each in before.key_workers] == [str(family.worker.user)]
