"""What is said of one child never stands on another's page, whoever was visited or discussed together."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.pathway.protection.family import DISCUSSED, HELD, Family, at, new_action
from waypost.access.actor import Actor
from waypost.access.models import Agency, Authority
from waypost.records.casework.models import Child
from waypost.records.pathway.actions import conferences, core_groups, enquiries, plans, visits
from waypost.records.pathway.actions.conferences import ConferenceDecision
from waypost.records.pathway.actions.core_groups import CoreGroupOf, Went
from waypost.records.pathway.actions.enquiries import Asked, NewStrategy, StrategyDecision
from waypost.records.pathway.actions.plans import NewMember, PlanStart
from waypost.records.pathway.actions.visits import NewVisit, VisitOf
from waypost.records.pathway.models import (
    Conference,
    ConferenceChild,
    CoreGroupChild,
    Enquiry,
    ProtectionPlan,
    StrategyChild,
    VisitChild,
)

pytestmark = pytest.mark.django_db


class Said:
    """Words that are said of one child each, so that a page can be searched for those of the others."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311  it keeps nothing secret
        self.number = 0
        self.of: dict[Child, list[str]] = {}

    def __call__(self, child: Child) -> str:
        self.number += 1
        word = f"word{self.number:04}x"
        self.of.setdefault(child, []).append(word)
        return word

    def some(self, children: list[Child]) -> list[Child]:
        return self.chance.sample(children, self.chance.randint(1, len(children)))


def live(family: Family, say: Said) -> None:
    """A way through the service in which everything is done together, and each child is spoken of alone."""
    enquiries.hold_strategy(
        family.all,
        new=NewStrategy(at(DISCUSSED), "meeting", "team_manager", "Shared."),
        asked=[Asked("police"), Asked("health")],
        decisions=[StrategyDecision(each, "section47_enquiry", say(each), say(each), say(each)) for each in family.all],
        by=family.worker,
    )
    for enquiry in Enquiry.objects.select_related("child"):
        child = enquiry.child
        to = {"findings": say(child), "alternatives": say(child)}
        enquiries.submit_enquiry(enquiry, outcome="conference", why=say(child), on=DISCUSSED, to=to, by=family.worker)
        enquiries.approve_enquiry(enquiry, on=DISCUSSED, by=family.manager)
    conferences.hold_conference(
        Conference.objects.get(),
        on=HELD,
        decisions=[
            ConferenceDecision(
                each,
                "protection_plan",
                say(each),
                "NEG",
                plan=PlanStart(danger=say(each), contingency=say(each)),
                actions=[new_action(action=say(each), risk=say(each), measure=say(each), owner=say(each))],
                members=[NewMember(say(each), say(each))],
            )
            for each in family.all
        ],
        by=family.chair,
    )
    for number in range(4):
        on = HELD + timedelta(days=7 * number + 1)
        some = say.some(family.all)
        new = NewVisit(at(on), "statutory")
        said = [VisitOf(each, seen=True, said=say(each), worries=say(each), changed=say(each)) for each in some]
        visits.record_visit(some, new=new, each=said, by=family.worker)
        of_each = [
            CoreGroupOf(
                plan, say(plan.child), say(plan.child), actions=[Went(plan.actions.get(), "slow", say(plan.child))]
            )
            for plan in ProtectionPlan.objects.filter(child__in=say.some(family.all)).select_related("child")
        ]
        core_groups.hold_core_group(of_each, on=on, by=family.worker)


def pages(child: Child) -> list[str]:
    rows = [
        *(("visit", row.visit_id) for row in VisitChild.objects.filter(child=child)),
        *(("core_group", row.core_group_id) for row in CoreGroupChild.objects.filter(child=child)),
        *(("strategy", row.discussion_id) for row in StrategyChild.objects.filter(child=child)),
        *(("enquiry", row.pk) for row in Enquiry.objects.filter(child=child)),
        *(("conference", row.conference_id) for row in ConferenceChild.objects.filter(child=child)),
    ]
    alone = ("child", "child_protection", "child_plan", "child_plan_words", "child_visits", "child_meetings")
    alone += ("child_journey", "child_chronology")
    return [reverse(view, args=[child.pk]) for view in alone] + [
        reverse(view, args=[child.pk, row]) for view, row in rows
    ]


@pytest.mark.parametrize("seed", [1, 2])
def test_no_page_of_a_child_says_what_was_said_of_another(client: Client, family: Family, seed: int) -> None:
    say = Said(seed)
    live(family, say)
    client.force_login(family.manager.user)
    seen: dict[Child, str] = {}
    for child in family.all:
        drawn = [client.get(address).content.decode() for address in pages(child)]
        seen[child] = " ".join(drawn)
        for other in family.all:
            if other != child:
                assert not [word for word in say.of[other] if word in seen[child]]
    # And nothing is kept apart by not being shown at all.
    assert all(word in seen[child] for child in family.all for word in say.of[child])


def test_a_partner_of_one_child_meets_no_brother_or_sister(
    client: Client, family: Family, ashdown: Authority, worker: Callable[..., Actor]
) -> None:
    held = family.plans()
    agency = Agency.objects.create(name="Ashdown Infants", kind="school")
    partner = worker("partner", ashdown)
    partner.user.agency = agency
    partner.user.save()
    plans.add_member(held[0], new=NewMember("Ms Pell", agency=agency), since=HELD, by=family.worker)
    new = NewVisit(at(date(2025, 4, 2)), "statutory")
    said = [VisitOf(each, seen=True) for each in family.all]
    visit = visits.record_visit(family.all, new=new, each=said, by=family.worker)
    client.force_login(partner.user)
    drawn = client.get(reverse("visit", args=[family.maya.pk, visit.pk]))
    assert drawn.status_code == 200
    for name in ("Jonah", "Freya", "Baby"):
        assert name not in drawn.content.decode()
    assert client.get(reverse("visit", args=[family.jonah.pk, visit.pk])).status_code == 404
    assert client.get(reverse("child_plan", args=[family.jonah.pk])).status_code == 404
    assert "brother" not in client.get(reverse("child_plan", args=[family.maya.pk])).content.decode().lower()
