"""What goes on today with the families of the cast: enough of each kind that every list of work has something in it.

Days are counted back from today, so that the demonstration is always of now.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from waypost.access.actor import Actor
from waypost.demo.service.lived import said
from waypost.demo.service.lived.clock import as_at, today
from waypost.records.casework.actions import children as cases
from waypost.records.casework.models import Child, Identifier
from waypost.records.pathway import models as held
from waypost.records.pathway.actions import assessments, conferences, contacts, core_groups, enquiries, plans, referrals
from waypost.records.pathway.actions import visits as visiting

MARLOWES = ("ASH00101", "ASH00102", "ASH00103", "ASH00104")
ADEYOS = ("ASH00105", "ASH00106")
DAMYAN = ("ASH00107",)


@dataclass(frozen=True)
class People:
    """Who does the work, by name."""

    farrin: Actor
    sunniva: Actor
    idris: Actor
    marlo: Actor
    chidera: Actor

    def on(self, day: date) -> People:
        names = ("farrin", "sunniva", "idris", "marlo", "chidera")
        return replace(self, **{name: replace(getattr(self, name), today=day) for name in names})


def go_on(people: Mapping[str, Actor]) -> None:
    """Puts today's work into the record. `people` are the cast by given name."""
    who = People(**{name: people[name] for name in ("farrin", "sunniva", "idris", "marlo", "chidera")})
    _plan(_children(MARLOWES), who)
    _assessment(_children(ADEYOS), who)
    _new_contact(_children(DAMYAN), who)


def _plan(children: list[Child], who: People) -> None:
    """The Marlowes: four children, one not born yet, on plans for neglect since the conference seven weeks ago."""
    _referred(children, who, days=84, source="2A", worker="sunniva")
    _held_strategy(children, who, days=80)
    for child in children:
        _enquired(child, who, days=70)
    conference = held.Conference.objects.filter(children__child__in=children).distinct().get()
    with _day(50):
        on, chair = _back(50), who.on(_back(50)).chidera
        decisions = [_on_plan(child, who, on) for child in children]
        conferences.hold_conference(conference, on=on, decisions=decisions, by=chair)
    for child in children:
        _assessed(child, who, days=49, decision="goes_on")
    for days in (44, 31, 19):
        _visited([child for child in children if not child.person.is_unborn], who, days)
    with _day(41):
        on = _back(41)
        each = [
            core_groups.CoreGroupOf(plan, progress=said.PROGRESS[0])
            for plan in held.ProtectionPlan.objects.filter(child__in=children, ended_on=None)
        ]
        core_groups.hold_core_group(each, on=on, where="Alder Primary School", by=who.on(on).sunniva)


def _assessment(children: list[Child], who: People) -> None:
    """The Adeyos: an assessment that waits for the manager, and one that is still being written."""
    _referred(children, who, days=52, source="6", worker="idris")
    with _day(1):
        idris = who.on(_back(1)).idris
        row = children[0].assessments.get()
        assessments.write_assessment(row, to=_written(_back(40)), by=idris)
        assessments.submit_assessment(row, at=timezone.now(), by=idris)


def _new_contact(children: list[Child], who: People) -> None:
    """Damyan: a contact of this morning that nobody has screened yet."""
    received_at = timezone.now() - timedelta(hours=2)
    new = contacts.NewContact(received_at, "phone", "3B", "neglect", said.ACCOUNTS["3B"], referrer="Health visitor")
    contacts.record_contact(children, new=new, by=who.farrin)


# ---------------------------------------------------------------- the steps


def _referred(children: list[Child], who: People, *, days: int, source: str, worker: str) -> None:
    on = _back(days)
    with _day(days):
        then = who.on(on)
        new = contacts.NewContact(
            timezone.now() - timedelta(hours=5), "phone", source, said.REASONS[source], said.ACCOUNTS[source]
        )
        contact = contacts.record_contact(children, new=new, by=then.farrin)
        rows = [contacts.Screened(row, "referral", 3, said.WHY_LEVEL_3) for row in contact.children.all()]
        contacts.screen(rows, at=timezone.now(), by=then.farrin)
        carried_by = getattr(then, worker)
        decided = referrals.ReferralDecided("assessment", said.WHY_LEVEL_3, level=3, need="N1")
        for child in children:
            team = child.allocations.get(ended_on=None).team
            cases.allocate(child, team=team, worker=carried_by.user, since=on, by=then.marlo)
            referral = held.Referral.objects.get(child=child, closed_on=None)
            referrals.decide_referral(referral, decided=decided, at=timezone.now(), by=then.marlo)


def _held_strategy(children: list[Child], who: People, *, days: int) -> None:
    with _day(days):
        then = who.on(_back(days))
        new = enquiries.NewStrategy(timezone.now(), "online", "team_manager", said.SHARED, chair=then.marlo.user)
        asked = [enquiries.Asked("police"), enquiries.Asked("health"), enquiries.Asked("school", took_part=False)]
        decisions = [
            enquiries.StrategyDecision(child, "section47_enquiry", said.WHY_LEVEL_4, said.CAUSE) for child in children
        ]
        enquiries.hold_strategy(children, new=new, asked=asked, decisions=decisions, by=then.marlo)


def _enquired(child: Child, who: People, *, days: int) -> None:
    with _day(days):
        on = _back(days)
        then, row = who.on(on), child.enquiries.get(ended_on=None)
        found = {"findings": said.FINDINGS, "seen_on": row.started_on, "seen_alone": True}
        enquiries.submit_enquiry(row, outcome="conference", why=said.FINDINGS, on=on, to=found, by=then.sunniva)
        enquiries.approve_enquiry(held.Enquiry.objects.get(pk=row.pk), on=on, by=then.marlo)


def _assessed(child: Child, who: People, *, days: int, decision: str) -> None:
    with _day(days):
        on = _back(days)
        then, row = who.on(on), child.assessments.get(authorised_on=None)
        assessments.write_assessment(row, to=_written(row.started_on), by=then.sunniva)
        assessments.submit_assessment(row, at=timezone.now(), by=then.sunniva)
        row = held.Assessment.objects.get(pk=row.pk)
        why = said.ASSESSED["analysis"]
        assessments.authorise_assessment(row, decision=decision, why=why, at=timezone.now(), by=then.marlo)


def _on_plan(child: Child, who: People, on: date) -> conferences.ConferenceDecision:
    return conferences.ConferenceDecision(
        child,
        "protection_plan",
        said.WHY_LEVEL_4,
        category="NEG",
        plan=plans.PlanStart(
            key_worker=who.sunniva.user,
            visit_every_days=14,
            danger=said.DANGER,
            contingency=said.CONTINGENCY,
            contingency_by=on + timedelta(days=90),
            early_help_before=True,
        ),
        actions=[
            plans.NewAction(risk, outcome, action, owner, kind, on + timedelta(days=45 + 15 * place), measure)
            for place, (risk, outcome, action, owner, kind, measure) in enumerate(said.ACTIONS)
        ],
        members=[plans.NewMember(name, tasks) for name, tasks in said.MEMBERS],
    )


def _visited(children: list[Child], who: People, days: int) -> None:
    with _day(days):
        then = who.on(_back(days))
        new = visiting.NewVisit(timezone.now(), "statutory", home_seen=True, what_happened=said.VISITED[days % 3])
        each = [
            visiting.VisitOf(child, seen=True, seen_alone=True, bedroom_seen=True, said=said.CHILD_SAID[place % 3])
            for place, child in enumerate(children)
        ]
        visiting.record_visit(children, new=new, each=each, by=then.sunniva)


def _written(seen_on: date) -> dict[str, object]:
    return {**said.ASSESSED, "seen_on": seen_on, "seen_alone": True, "factors": ["3B", "16A"]}


# ---------------------------------------------------------------- the days


def _back(days: int) -> date:
    return today() - timedelta(days=days)


def _day(days: int) -> AbstractContextManager[None]:
    """A time in the afternoon so many days ago."""
    return as_at(timezone.make_aware(datetime.combine(_back(days), time(15))))


def _children(ids: tuple[str, ...]) -> list[Child]:
    """The children with these local identifiers, in their order."""
    found = {
        row.value: row.person.child
        for row in Identifier.objects.filter(kind="local", value__in=ids).select_related("person__child__authority")
    }
    return [found[each] for each in ids]
