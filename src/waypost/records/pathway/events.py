"""The events of a child's way, each once, in the words of the work: what the journey draws and the chronology lists."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils import timezone

from waypost.domain.pathway import step
from waypost.records.pathway.case import Case
from waypost.records.pathway.models import ConferenceChild, Contact, Transfer
from waypost.records.pathway.models.conferences import CATEGORY_WORDS

Lane = Literal["referral", "enquiry", "plan", "meetings", "moves"]
CATEGORIES = dict(CATEGORY_WORDS)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. With `lasts` it went on from `on` to `ended_on`, or still does where that is None.

    `says` is the outcome in a sentence or two, empty where there is none yet. `is_main` picks the events that a
    chronology holds from the start; visits and core groups are many, and come in when a worker chooses them.
    """

    on: date
    title: str
    lane: Lane
    kind: str
    row: uuid.UUID
    says: str = ""
    lasts: bool = False
    ended_on: date | None = None
    is_main: bool = True


def events(case: Case) -> list[Event]:
    """Every event of a child's way, the earliest first."""
    found = [*_front_door(case), *_protection(case), *_plans(case), *_meetings(case), *_moves(case)]
    return sorted(found, key=lambda each: (each.on, each.title))


def _front_door(case: Case) -> Iterator[Event]:
    reasons = dict(Contact.REASONS)
    for each in case.contacts:
        on = timezone.localdate(each.contact.received_at)
        said = _decided("contact", each.decision)
        title = f"Contact: {reasons[each.contact.reason].lower()}"
        yield Event(on, title, "referral", "contact", each.contact_id, said)
    for referral in case.referrals:
        closed = f"Closed: {referral.get_closure_reason_display()}." if referral.closure_reason else ""
        said = " ".join(filter(None, (_decided("referral", referral.decision), closed)))
        title = f"Referral from {referral.get_source_display()}"
        yield Event(referral.received_on, title, "referral", "referral", referral.pk, said, True, referral.closed_on)
    for help_ in case.early_help:
        said = _decided("early_help", help_.ended_by)
        yield Event(help_.opened_on, "Early help", "referral", "early_help", help_.pk, said, True, help_.closed_on)
    for assessment in case.assessments:
        said = _decided("assessment", assessment.decision)
        title = assessment.get_kind_display()
        yield Event(
            assessment.started_on, title, "referral", "assessment", assessment.pk, said, True, assessment.authorised_on
        )
    for action in case.emergencies:
        began, ended = timezone.localdate(action.began_at), action.ended_at
        title = action.get_power_display()
        yield Event(
            began, title, "enquiry", "emergency", action.pk, "", True, timezone.localdate(ended) if ended else None
        )


def _protection(case: Case) -> Iterator[Event]:
    for each in case.strategies:
        on = timezone.localdate(each.discussion.held_at)
        said = _decided("strategy_discussion", each.decision)
        yield Event(on, "Strategy discussion", "enquiry", "strategy_discussion", each.discussion_id, said)
    for enquiry in case.enquiries:
        said = _decided("section47_enquiry", enquiry.decision)
        title = "Section 47 enquiry, joint" if enquiry.is_joint else "Section 47 enquiry"
        yield Event(enquiry.started_on, title, "enquiry", "enquiry", enquiry.pk, said, True, enquiry.ended_on)
    for held in case.conferences:
        if held.conference.held_on:
            title, said = held.conference.get_kind_display(), _conference(held)
            yield Event(held.conference.held_on, title, "plan", "conference", held.conference_id, said)


def _plans(case: Case) -> Iterator[Event]:
    for plan in case.cin_plans:
        said = _decided("cin_plan", plan.ended_by)
        yield Event(plan.started_on, "Child in need plan", "plan", "cin_plan", plan.pk, said, True, plan.ended_on)
    for each in case.plans:
        held = sorted(
            (row for row in case.categories if row.plan_id == each.pk), key=lambda row: row.started_on or date.min
        )
        for_ = f" for {CATEGORIES[held[-1].category].lower()}" if held else ""
        name = "Temporary protection plan of another authority" if each.is_temporary else "Child protection plan"
        said = _decided("protection_plan", each.ended_by)
        yield Event(each.started_on, f"{name}{for_}", "plan", "plan", each.pk, said, True, each.ended_on)


def _meetings(case: Case) -> Iterator[Event]:
    for each in case.core_groups:
        yield Event(each.core_group.held_on, "Core group", "meetings", "core_group", each.core_group_id, is_main=False)
    for visit in case.visits:
        if visit.visit.was_made:
            seen = "Seen alone." if visit.seen_alone else "Seen." if visit.seen else "Not seen."
            yield Event(visit.on, "Visit", "meetings", "visit", visit.visit_id, seen, is_main=False)
    for held in case.family_meetings:
        if held.meeting.held_on:
            title = held.meeting.get_kind_display()
            yield Event(held.meeting.held_on, title, "meetings", "family_meeting", held.meeting_id)


def _moves(case: Case) -> Iterator[Event]:
    for each in case.transfers:
        way = "from" if each.direction == Transfer.IN else "to"
        yield Event(each.notified_on, f"Moved {way} {each.other_authority}", "moves", "transfer", each.pk)


def _conference(held: ConferenceChild) -> str:
    of = "review_conference" if held.conference.kind == "review" else "initial_conference"
    category = f" {CATEGORIES[held.category]}." if held.category else ""
    return f"{_decided(of, held.decision)}{category}"


def _decided(step_id: str, decision: str) -> str:
    """A decision in the words of its step, as a sentence; empty where none was made."""
    held = step(step_id).decisions.get(decision)
    return f"{held.says}." if held else ""
