"""Referrals, as words: the register, one referral with what belongs to it, and a child's way through the front door."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from waypost.domain.dates import add_months
from waypost.domain.pathway import step
from waypost.records.pathway.case import Case
from waypost.records.pathway.models import (
    Assessment,
    EarlyHelp,
    EmergencyAction,
    InformationRequest,
    Referral,
)
from waypost.records.pathway.presenters.contacts import name_of
from waypost.web import words

AGAIN_MONTHS = 12
"""A referral within so many months of another of the same child is a re-referral."""


@dataclass(frozen=True, slots=True)
class Fact:
    name: str
    says: str


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One referral of the register."""

    key: uuid.UUID
    child: uuid.UUID
    name: str
    came: str
    source: str
    agency: str
    reason: str
    decision: str
    decided: str
    told: str
    is_pilot: bool


@dataclass(frozen=True, slots=True)
class Row:
    """Something that belongs to an episode: its title, what is to be known of it, and whether it is still open."""

    key: uuid.UUID
    title: str
    says: str
    is_open: bool = False


# ---------------------------------------------------------------- the register


def register(referrals: Iterable[Referral], today: date) -> list[RegisterLine]:
    return [_line(each, today) for each in referrals]


def _line(referral: Referral, today: date) -> RegisterLine:
    contact = referral.contact.contact if referral.contact else None
    return RegisterLine(
        key=referral.pk,
        child=referral.child_id,
        name=name_of(referral.child, today),
        came=words.day(referral.received_on),
        source=_capital(referral.get_source_display()),
        agency=referral.agency.name if referral.agency else "",
        reason=contact.get_reason_display() if contact else "",
        decision=decision_words(referral),
        decided=decided_words(referral),
        told="" if referral.contact is None else "Told" if referral.contact.told_at else "Not told",
        is_pilot=referral.is_pilot,
    )


def decision_words(referral: Referral) -> str:
    return step("referral").decisions[referral.decision].says if referral.decision else "Not decided yet"


def decided_words(referral: Referral) -> str:
    """Marlo Thistle, 4 February 2026 at 10:00am"""
    if referral.decided_at is None:
        return ""
    return f"{referral.decided_by or 'Not recorded'}, {words.moment(referral.decided_at)}"


# ---------------------------------------------------------------- one referral


def facts(referral: Referral) -> list[Fact]:
    """What is recorded of a referral. What is not known says so."""
    response = f"{words.day(referral.responded_on)}" if referral.responded_on else "Not recorded"
    found = [
        Fact("Received", words.moment(referral.received_at)),
        Fact("Source", ": ".join(filter(None, (_capital(referral.get_source_display()), _agency(referral))))),
        Fact("Team", referral.team.name if referral.team else "Not given to a team"),
        Fact("Decision", decision_words(referral)),
        Fact("Decided by", decided_words(referral) or "Not decided yet"),
        Fact("Why", referral.why or "Not decided yet"),
        Fact("Threshold", referral.get_level_display() or "Not recorded"),
        Fact("Primary need", _capital(referral.get_need_display()) or "Not recorded"),
        Fact("First response", response),
    ]
    if referral.is_pilot:
        found.append(Fact("Pilot", "A pilot or redesign team handles it"))
    if referral.why_not_assessed and referral.why_not_assessed != referral.why:
        found.append(Fact("Why not assessed", referral.why_not_assessed))
    if referral.closed_on:
        why = f". {_capital(referral.get_closure_reason_display())}" if referral.closure_reason else ""
        found.append(Fact("Closed", f"{words.day(referral.closed_on)}{why}"))
    return found


def _agency(referral: Referral) -> str:
    return referral.agency.name if referral.agency else ""


def came_before(referral: Referral, others: Iterable[Referral]) -> Referral | None:
    """The referral of the same child that it follows within twelve months: then it is a re-referral."""
    since = add_months(referral.received_on, -AGAIN_MONTHS)
    earlier = [
        each for each in others if each.pk != referral.pk and since <= each.received_on and _is_before(each, referral)
    ]
    return max(earlier, key=lambda each: each.received_at, default=None)


def _is_before(one: Referral, other: Referral) -> bool:
    return (one.received_on, one.received_at) < (other.received_on, other.received_at)


def again_words(before: Referral | None) -> str:
    if before is None:
        return ""
    return f"A re-referral: this child was referred on {words.day(before.received_on)}, less than 12 months before."


# ---------------------------------------------------------------- what belongs to a child


def referral_rows(referrals: Sequence[Referral]) -> list[Row]:
    """Every referral of a child, the newest first, each saying whether it came again within twelve months."""
    ordered = sorted(referrals, key=lambda each: each.received_at, reverse=True)
    return [_referral_row(each, referrals) for each in ordered]


def _referral_row(each: Referral, all_: Sequence[Referral]) -> Row:
    again = "Re-referral. " if came_before(each, all_) else ""
    closed = f" Closed on {words.day(each.closed_on)}." if each.closed_on else ""
    title = f"Referral of {words.day(each.received_on)}"
    return Row(each.pk, title, f"{again}{decision_words(each)}.{closed}", each.is_open)


def assessment_rows(assessments: Iterable[Assessment]) -> list[Row]:
    ordered = sorted(assessments, key=lambda each: each.started_on, reverse=True)
    return [_assessment_row(each) for each in ordered]


def _assessment_row(each: Assessment) -> Row:
    title = f"{each.get_kind_display()} begun on {words.day(each.started_on)}"
    if each.authorised_on:
        said = step("assessment").decisions[each.decision].says if each.decision else "No outcome recorded"
        return Row(each.pk, title, f"Authorised on {words.day(each.authorised_on)}. {said}.")
    return Row(each.pk, title, "Waits for a manager." if each.submitted_at else "Being written.", True)


def early_help_rows(cases: Iterable[EarlyHelp]) -> list[Row]:
    ordered = sorted(cases, key=lambda each: each.opened_on, reverse=True)
    return [
        Row(each.pk, f"Early help from {words.day(each.opened_on)}", early_help_words(each), each.is_open)
        for each in ordered
    ]


def early_help_words(case: EarlyHelp) -> str:
    if case.closed_on is None:
        return "Goes on."
    ended = step("early_help").decisions.get(case.ended_by)
    return f"Ended on {words.day(case.closed_on)}. {f'{ended.says}.' if ended else ''}".strip()


def contact_rows(case: Case) -> list[Row]:
    ordered = sorted(case.contacts, key=lambda each: each.contact.received_at, reverse=True)
    decisions = step("contact").decisions
    return [
        Row(
            each.contact_id,
            f"Contact of {words.day(timezone.localdate(each.contact.received_at))}: "
            f"{each.contact.get_reason_display().lower()}",
            f"{decisions[each.decision].says if each.decision else 'Not decided yet'}.",
            not each.is_decided,
        )
        for each in ordered
    ]


def emergency_rows(rows: Iterable[EmergencyAction]) -> list[Row]:
    return [
        Row(
            each.pk,
            each.get_power_display(),
            f"Began {words.moment(each.began_at)}"
            + (f", ended {words.moment(each.ended_at)}" if each.ended_at else ", and goes on")
            + f". Decided by {each.decided_by}. {each.what}"
            + (f" {each.outcome}" if each.outcome else ""),
            each.ended_at is None,
        )
        for each in rows
    ]


def information_rows(rows: Iterable[InformationRequest]) -> list[Row]:
    return [_information_row(each) for each in rows]


def _information_row(each: InformationRequest) -> Row:
    asks = "We asked" if each.direction == InformationRequest.OURS else "We were asked by"
    of = f"{each.who}, {each.agency.name}" if each.agency else each.who
    power = f" Power: {each.get_power_display()}." if each.power else ""
    answered = (
        f" Answered on {words.day(each.answered_on)}: {each.answer}" if each.answered_on else " Not answered yet."
    )
    title = f"{asks} {of} on {words.day(each.asked_on)}"
    return Row(each.pk, title, f"{each.what}{power}{answered}", each.answered_on is None)


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]
