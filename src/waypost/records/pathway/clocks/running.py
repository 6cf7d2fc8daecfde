"""Which clocks run, or have run, for a child: each with the event that started it and the one that stopped it.

    running(case)  # [Running(icpc, started 3 March 2025, done 24 March 2025), ...]

A clock that no longer asks for anything (a core group after the plan ended, a conference that the enquiry did not call
for) is left out where it was never done. Nothing here asks the database.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from waypost.domain.calendars import ENGLAND_AND_WALES
from waypost.domain.limits import TimescaleId
from waypost.domain.timescales import (
    CORE_ASSESSMENT,
    FIRST_CORE_GROUP,
    FIRST_REVIEW,
    INITIAL_ASSESSMENT,
    INITIAL_CONFERENCE,
    LATER_CORE_GROUP,
    LATER_REVIEW,
    PLAN_VISIT,
    POLICE_PROTECTION,
    REFERRAL_DECISION,
    SINGLE_ASSESSMENT,
    STRATEGY_DISCUSSION,
    TRANSFER_IN_CONFERENCE,
)
from waypost.records.pathway.case import Case
from waypost.records.pathway.models import Assessment, CinPlan, Conference, ProtectionPlan, Transfer

NEWLY_ALLOCATED_SEEN = TimescaleId("child_seen_newly_allocated")
TELL_REFERRER = TimescaleId("referrer_feedback")
ENQUIRY = TimescaleId("s47_enquiry")
EMERGENCY_ORDER = TimescaleId("epo")
LONG_PLAN = TimescaleId("long_plan_panel")
AFTER_PLAN = TimescaleId("post_plan_support")
CIN_VISIT = TimescaleId("cin_visit")
"""A visit under a child in need plan. No source limits it: the plan itself says how often."""

ASSESSMENTS = {
    Assessment.INITIAL: INITIAL_ASSESSMENT,
    Assessment.CORE: CORE_ASSESSMENT,
    Assessment.SINGLE: SINGLE_ASSESSMENT,
    Assessment.PRE_BIRTH: SINGLE_ASSESSMENT,
}
FROM_REFERRAL = frozenset({Assessment.INITIAL})
"""Kinds of assessment whose limit runs from the referral. The others run from their own start, as the census counts."""

POWERS = {"police_protection": POLICE_PROTECTION, "epo": EMERGENCY_ORDER}


@dataclass(frozen=True, slots=True)
class Running:
    """A clock of one child. `row` is what it is about, `kind` the sort of row, and `asks` what is to be done.

    `every` is the plan's own limit in days, where the plan sets one, and `days` how they are counted.
    """

    timescale: TimescaleId
    kind: str
    row: uuid.UUID
    started_on: date
    done_on: date | None
    asks: str
    every: int | None = None
    days: str = "calendar_day"

    @property
    def own_due_on(self) -> date | None:
        """The day that the plan itself sets."""
        if self.every is None:
            return None
        if self.days == "working_day":
            return ENGLAND_AND_WALES.due(self.started_on, self.every)
        return self.started_on + timedelta(days=self.every)


def running(case: Case) -> list[Running]:
    """Every clock of a child, in order of their start."""
    found = [
        *_front_door(case),
        *_assessments(case),
        *_protection(case),
        *_emergencies(case),
        *_allocated(case),
        *(each for plan in case.cin_plans for each in _of_cin_plan(case, plan)),
        *(each for plan in case.plans if not plan.is_temporary for each in _of_plan(case, plan)),
    ]
    return sorted(found, key=lambda each: (each.started_on, each.timescale))


# ---------------------------------------------------------------- the front door and the assessment


def _front_door(case: Case) -> Iterator[Running]:
    for contact in case.contacts:
        came, decided = timezone.localdate(contact.contact.received_at), _day(contact.decided_at)
        yield Running(
            REFERRAL_DECISION, "contact", contact.contact_id, came, decided, "Decide what to do about the contact"
        )
        if decided:
            told = _day(contact.told_at)
            yield Running(
                TELL_REFERRER, "contact", contact.contact_id, decided, told, "Tell the referrer what was decided"
            )
    for referral in case.referrals:
        decided = _day(referral.decided_at)
        yield Running(REFERRAL_DECISION, "referral", referral.pk, referral.received_on, decided, "Decide the referral")


def _assessments(case: Case) -> Iterator[Running]:
    received = {referral.pk: referral.received_on for referral in case.referrals}
    for each in case.assessments:
        started = received.get(each.referral_id, each.started_on) if each.kind in FROM_REFERRAL else each.started_on
        asks = f"Finish the {each.get_kind_display().lower()}"
        yield Running(ASSESSMENTS[each.kind], "assessment", each.pk, started, each.authorised_on, asks)


# ---------------------------------------------------------------- protection


def _protection(case: Case) -> Iterator[Running]:
    yield from _strategy_discussions(case)
    for enquiry in case.enquiries:
        yield Running(
            ENQUIRY, "enquiry", enquiry.pk, enquiry.started_on, enquiry.ended_on, "Finish the section 47 enquiry"
        )
        held = _first(each.conference.held_on for each in case.conferences if each.enquiry_id == enquiry.pk)
        if held or enquiry.decision in ("", "conference"):
            asks = "Hold the initial conference"
            yield Running(INITIAL_CONFERENCE, "enquiry", enquiry.pk, enquiry.started_on, held, asks)
    for move in case.transfers:
        if move.direction == Transfer.IN and move.is_permanent:
            held = _first(
                each.conference.held_on
                for each in case.conferences
                if each.conference.kind == Conference.TRANSFER_IN and each.conference.asked_on >= move.notified_on
            )
            asks = "Hold the transfer-in conference"
            yield Running(TRANSFER_IN_CONFERENCE, "transfer", move.pk, move.notified_on, held, asks)


def _strategy_discussions(case: Case) -> Iterator[Running]:
    """From a decision that asks for a strategy discussion to the first one held after it."""
    held = sorted(timezone.localdate(each.discussion.held_at) for each in case.strategies)
    asked = [
        (each.pk, kind, decided)
        for kind, rows in (("referral", case.referrals), ("assessment", case.assessments))
        for each in rows
        if each.decision == "strategy_discussion" and (decided := _day(each.decided_at))
    ]
    for row, kind, decided in asked:
        done = next((day for day in held if day >= decided), None)
        yield Running(STRATEGY_DISCUSSION, kind, row, decided, done, "Hold a strategy discussion")


def _emergencies(case: Case) -> Iterator[Running]:
    for each in case.emergencies:
        if each.power in POWERS:
            began = timezone.localdate(each.began_at)
            asks = f"{each.get_power_display()} ends"
            yield Running(POWERS[each.power], "emergency", each.pk, began, _day(each.ended_at), asks)


# ---------------------------------------------------------------- plans


def _of_plan(case: Case, plan: ProtectionPlan) -> Iterator[Running]:
    core_groups = [each.core_group.held_on for each in case.core_groups if each.plan_id == plan.pk]
    reviews = [
        each.conference.held_on
        for each in case.conferences
        if each.plan_id == plan.pk and each.conference.kind == Conference.REVIEW and each.conference.held_on
    ]
    seen = [each.on for each in case.visits if each.seen]
    yield from _repeating(plan, core_groups, FIRST_CORE_GROUP, LATER_CORE_GROUP, "Hold the core group")
    yield from _repeating(plan, reviews, FIRST_REVIEW, LATER_REVIEW, "Hold the review conference")
    yield from _repeating(plan, seen, PLAN_VISIT, PLAN_VISIT, "Visit and see the child")
    if not plan.ended_on:
        yield Running(LONG_PLAN, "plan", plan.pk, plan.started_on, None, "Look at why the plan goes on")
    else:
        closed = _first(each.closed_on for each in case.referrals if each.pk == plan.referral_id)
        yield Running(AFTER_PLAN, "plan", plan.pk, plan.ended_on, closed, "Keep the service involved")


def _of_cin_plan(case: Case, plan: CinPlan) -> Iterator[Running]:
    seen = [each.on for each in case.visits if each.seen]
    yield from _repeating(plan, seen, CIN_VISIT, CIN_VISIT, "Visit and see the child")


def _repeating(
    plan: ProtectionPlan | CinPlan, done: Sequence[date], first: TimescaleId, later: TimescaleId, asks: str
) -> Iterator[Running]:
    """What is done again and again while a plan runs, each time from the last. The open one ends with the plan."""
    kind = "plan" if isinstance(plan, ProtectionPlan) else "cin_plan"
    is_visit = first in (PLAN_VISIT, CIN_VISIT)
    every = plan.visit_every_days if is_visit else None
    days = sorted({day for day in done if plan.started_on < day and (plan.ended_on is None or day <= plan.ended_on)})
    started, which = plan.started_on, first
    for day in days:
        yield Running(which, kind, plan.pk, started, day, asks, every, plan.visit_days)
        started, which = day, later
    if plan.ended_on is None:
        yield Running(which, kind, plan.pk, started, None, asks, every, plan.visit_days)


def _allocated(case: Case) -> Iterator[Running]:
    """A child who is newly given to a worker is seen by them."""
    for each in case.allocations:
        if each.worker_id and each.started_on and (each.ended_on is None or each.ended_on > each.started_on):
            seen = _first(visit.on for visit in case.visits if visit.seen and visit.on >= each.started_on)
            if each.ended_on is None or (seen and seen <= each.ended_on):
                yield Running(NEWLY_ALLOCATED_SEEN, "allocation", each.pk, each.started_on, seen, "See the child")


def _first(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day), default=None)


def _day(moment: object) -> date | None:
    return timezone.localdate(moment) if moment else None  # type: ignore[arg-type]
