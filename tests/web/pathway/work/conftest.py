"""Brothers and sisters of one home, with rows of their way put into the record as one act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest
from django.db import models

from waypost.access.acting import action
from waypost.access.actor import Actor
from waypost.access.models import Authority, Team, User
from waypost.access.rules import YES
from waypost.records.casework.actions import children, people
from waypost.records.casework.models import Child
from waypost.records.pathway.models import (
    Assessment,
    Conference,
    ConferenceChild,
    Contact,
    ContactChild,
    CoreGroup,
    CoreGroupChild,
    Enquiry,
    PlanCategory,
    ProtectionPlan,
    Referral,
    Visit,
    VisitChild,
)

Put = Callable[..., None]


def at(day: date) -> datetime:
    return datetime.combine(day, time(10), tzinfo=UTC)


@action("set up", may=lambda by, rows: YES)
def put(rows: list[models.Model], *, by: Actor) -> None:
    """Saves rows as one act, in their order."""
    for row in rows:
        row.save()


@pytest.fixture
def manager(ashdown: Authority, team: Team, worker: Callable[..., Actor]) -> Actor:
    return worker("team_manager", ashdown, team=team)


@pytest.fixture
def sunniva(ashdown: Authority, team: Team, worker: Callable[..., Actor]) -> Actor:
    return worker("social_worker", ashdown, team=team)


@pytest.fixture
def idris(ashdown: Authority, team: Team, worker: Callable[..., Actor]) -> Actor:
    return worker("social_worker", ashdown, team=team)


@pytest.fixture
def siblings(
    ashdown: Authority, team: Team, child: Callable[..., Child], manager: Actor, sunniva: Actor
) -> list[Child]:
    """Maya and Teddy, who live together with their mother and are allocated to Sunniva."""
    found = [child(ashdown, given=given) for given in ("Maya", "Teddy")]
    mother = people.register_person(ashdown, new=people.NewPerson(given="Delphine", family="Marlowe"), by=manager)
    for each in found:
        people.relate(mother, other=each.person, kind="mother", by=manager)
        people.move_home(each.person, lines="14 Alder Row", postcode="AA1 1AB", since=date(2020, 1, 1), by=manager)
        children.allocate(
            each, team=team, worker=User.objects.get(pk=sunniva.user.pk), since=date(2026, 1, 5), by=manager
        )
    return found


def on_plan(child: Child, by: Actor, **given: object) -> ProtectionPlan:
    """A child from contact on 5 January 2026 to a plan for neglect from 30 January, visited on 10 February."""
    contact = Contact(
        authority=child.authority,
        received_at=at(date(2026, 1, 5)),
        how="phone",
        source="2A",
        reason="neglect",
        account="The school is worried.",
    )
    decided = {"decided_by": by.user, "why": "The threshold is met."}
    named = ContactChild(
        contact=contact, child=child, decision="referral", decided_at=at(date(2026, 1, 6)), level=3, **decided
    )
    referral = Referral(
        child=child, contact=named, received_at=at(date(2026, 1, 6)), received_on=date(2026, 1, 6), source="2A",
        decision="strategy_discussion", decided_at=at(date(2026, 1, 7)), **decided,
    )  # fmt: skip
    assessment = Assessment(child=child, referral=referral, kind="single", started_on=date(2026, 1, 7))
    enquiry = Enquiry(
        child=child, referral=referral, started_on=date(2026, 1, 9), ended_on=date(2026, 1, 20),
        decision="conference", decided_at=at(date(2026, 1, 20)), **decided,
    )  # fmt: skip
    plan = ProtectionPlan(child=child, referral=referral, started_on=date(2026, 1, 30), visit_every_days=14, **given)
    conference = Conference(
        authority=child.authority, kind="initial", asked_on=date(2026, 1, 20), held_on=date(2026, 1, 30)
    )
    held = ConferenceChild(
        conference=conference, child=child, referral=referral, enquiry=enquiry, plan=plan, category="NEG",
        decision="protection_plan", decided_at=at(date(2026, 1, 30)), **decided,
    )  # fmt: skip
    group = CoreGroup(authority=child.authority, held_on=date(2026, 2, 11))
    visit = Visit(
        authority=child.authority, visited_at=at(date(2026, 2, 10)), by=by.user, purpose="statutory", place="home"
    )
    put(
        [
            contact, named, referral, assessment, enquiry, plan, conference, held,
            PlanCategory(plan=plan, category="NEG", started_on=plan.started_on),
            group, CoreGroupChild(core_group=group, child=child, plan=plan),
            visit, VisitChild(visit=visit, child=child, on=date(2026, 2, 10), seen=True, seen_alone=True),
        ],
        by=by,
    )  # fmt: skip
    return plan
