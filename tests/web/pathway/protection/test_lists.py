"""The lists of managers and chairs: who stands in them and why, and who does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.web.pathway.protection.family import HELD, Family
from waypost.access.actor import Actor
from waypost.access.models import Authority
from waypost.domain.dates import add_months
from waypost.records.casework.actions import children as of_children
from waypost.records.casework.models import Child
from waypost.records.pathway import watched
from waypost.records.pathway.actions import conferences, core_groups, plans
from waypost.records.pathway.actions.conferences import ConferenceDecision
from waypost.records.pathway.actions.core_groups import Came, CoreGroupOf
from waypost.records.pathway.models import CinPlan, ConferenceChild, Enquiry, ProtectionPlan

pytestmark = pytest.mark.django_db
MARCH = date(2025, 3, 24)


def on(client: Client, view: str) -> str:
    return client.get(reverse(view)).content.decode()


def test_an_enquiry_is_open_too_long_the_day_after_its_conference_was_due(family: Family) -> None:
    family.discuss()
    assert not watched.enquiries_too_long(Enquiry.objects.all(), MARCH).exists()
    assert watched.enquiries_too_long(Enquiry.objects.all(), MARCH + timedelta(days=1)).count() == 4


def test_a_conference_that_was_held_late_stands_there_with_why(client: Client, family: Family) -> None:
    conference = family.enquire()
    assert conference is not None
    held = MARCH + timedelta(days=2)
    said = [ConferenceDecision(each, "no_further_action", "No.", late_reason="interpreter") for each in family.all]
    conferences.hold_conference(conference, on=held, decisions=said, by=family.chair)
    rows = ConferenceChild.objects.all()
    assert watched.conferences_late(rows, held).count() == 4
    assert not watched.conferences_late(rows, date(2027, 1, 1)).exists()
    row = rows.select_related("child__person", "conference", "enquiry").first()
    from waypost.records.pathway.presenters import lists

    assert row is not None
    assert lists.held_late(row).says == "Held 26 March 2025, 2 working days late: no interpreter was free."


def test_long_plans_stand_in_their_group_by_how_long_they_have_run(family: Family) -> None:
    family.plans()
    rows = ProtectionPlan.objects.all()
    for months, group in ((11, None), (12, (12, 18)), (17, (12, 18)), (18, (18, 24)), (24, (24, None))):
        today = add_months(HELD, months)
        for first, last in ((12, 18), (18, 24), (24, None)):
            found = watched.plans_from_to(rows, today, months=first, to=last).count()
            assert found == (4 if group == (first, last) else 0), (months, first)


def test_bands_hold_every_plan_once() -> None:
    today = date(2026, 3, 2)
    counted = watched.bands([today, date(2025, 12, 1), date(2024, 3, 2), date(2020, 1, 1)], today)
    assert counted["0-3 months"] == 1
    assert counted["4-6"] == 1
    assert counted["2-4 years"] == 1
    assert sum(counted.values()) == 4


def test_a_plan_without_a_worker_is_an_alert(client: Client, family: Family) -> None:
    family.plans()
    held = family.maya.allocations.get()
    of_children.allocate(family.maya, team=held.team, worker=None, since=date(2025, 5, 1), by=family.manager)
    found = watched.without_worker(ProtectionPlan.objects.all(), timezone.localdate())
    assert [plan.child for plan in found] == [family.maya]
    client.force_login(family.manager.user)
    assert "Plans without a social worker (1)" in on(client, "list_plans")
    page = client.get(reverse("child_plan", args=[family.maya.pk])).content.decode()
    assert "No social worker is allocated to this child" in page


def test_a_child_with_a_worker_and_no_plan_that_says_what_is_done(client: Client, family: Family) -> None:
    family.enquire("substantiated")
    today = timezone.localdate()
    found = watched.without_plan(Child.objects.all(), today)
    assert found.count() == 4
    need = CinPlan.objects.get(child=family.maya)
    from waypost.records.pathway.actions import cin_plans

    cin_plans.describe_cin_plan(need, to={"aims": "Warm."}, by=family.worker)
    assert family.maya not in found.all()
    client.force_login(family.manager.user)
    page = on(client, "list_without_plan")
    assert "The child in need plan says nothing." in page
    assert "Maya" not in page


def test_whoever_misses_two_of_three_core_groups_without_word(client: Client, family: Family) -> None:
    plan = family.plans()[0]
    member = plan.core_group.get()
    today = timezone.localdate()
    for days, came, word in ((90, True, False), (60, False, False), (30, False, True), (10, False, False)):
        each = CoreGroupOf(plan, attendance=[Came(member, came=came, sent_word=word)])
        core_groups.hold_core_group([each], on=today - timedelta(days=days), by=family.worker)
    (found,) = watched.persistent_absence(ProtectionPlan.objects.all(), today)
    assert (found.missed, found.of) == (2, 3)
    client.force_login(family.chair.user)
    page = on(client, "list_core_groups")
    assert "Delphine Marlowe missed 2 of the last 3 core groups without word" in page
    plans.end_member(member, on=today, by=family.worker)
    assert not watched.persistent_absence(ProtectionPlan.objects.all(), today)


def test_a_plan_that_is_not_the_first_says_so_and_why(client: Client, family: Family) -> None:
    plan = family.plans()[0]
    conferences_held(family, plan)
    client.force_login(family.manager.user)
    page = client.get(reverse("child_plan", args=[family.maya.pk])).content.decode()
    assert "This is plan number 2 for the child, within 12 months of the last. Domestic abuse again." in page


def conferences_held(family: Family, plan: ProtectionPlan) -> None:
    """Maya's plan ends at a review, and another begins four months later."""
    end, again = date(2025, 6, 12), date(2025, 10, 13)
    review = conferences.ask_conference([family.maya], kind="review", on=end, by=family.worker)
    said = ConferenceDecision(family.maya, "end", "Safe.", ended_by="no_longer_at_risk")
    conferences.hold_conference(review, on=end, decisions=[said], by=family.chair)
    why = "The enquiry is on paper."
    asked = conferences.ask_conference([family.maya], kind="initial", on=again, why_out_of_order=why, by=family.worker)
    said = ConferenceDecision(
        family.maya, "protection_plan", "Harm.", "EMO", plan=plans.PlanStart(repeat_reason="domestic_abuse")
    )
    conferences.hold_conference(asked, on=again, decisions=[said], by=family.chair)


def test_lists_hold_nobody_out_of_scope(
    client: Client, family: Family, brookvale: Authority, worker: Callable[..., Actor]
) -> None:
    family.discuss()
    client.force_login(worker("team_manager", brookvale).user)
    for view in ("list_enquiries", "list_plans", "list_without_plan", "list_core_groups"):
        assert "Marlowe" not in on(client, view)


@pytest.mark.parametrize(
    ("view", "count"), [("list_enquiries", 13), ("list_plans", 17), ("list_without_plan", 10), ("list_core_groups", 7)]
)
def test_a_list_asks_a_fixed_number_of_questions(
    view: str, count: int, client: Client, family: Family, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(family.manager.user)
    on(client, view)
    family.discuss()
    with django_assert_num_queries(count):
        on(client, view)
