"""Strategy discussions, enquiries, conferences and moves, as words: what a child's page of protection shows."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from waypost.access.models import Agency
from waypost.domain.pathway import step
from waypost.records.pathway.case import Case
from waypost.records.pathway.models import (
    ConferenceChild,
    CriminalMatter,
    Enquiry,
    Medical,
    StrategyChild,
    StrategyParticipant,
    Transfer,
)
from waypost.records.pathway.models.conferences import CATEGORY_WORDS
from waypost.records.pathway.models.enquiries import LATE_REASONS
from waypost.web import words

SECTORS = dict(Agency.KINDS)
MUST_BE_THERE = (("police", "the police"), ("health", "health"))
HEALTH = frozenset({"health", "gp"})
CATEGORIES = dict(CATEGORY_WORDS)
LATE = dict(LATE_REASONS)
Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list: where it leads, what it is, what is to be said of it, and a word where it needs one."""

    key: uuid.UUID
    title: str
    says: str
    tag: str = ""
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class Protection:
    strategies: tuple[Row, ...]
    enquiries: tuple[Row, ...]
    conferences: tuple[Row, ...]
    transfers: tuple[Row, ...]


def protection(case: Case) -> Protection:
    """What a child's page of protection lists, the latest first."""
    strategies = sorted(case.strategies, key=lambda row: row.discussion.held_at, reverse=True)
    enquiries = sorted(case.enquiries, key=lambda row: row.started_on, reverse=True)
    conferences = sorted(case.conferences, key=lambda row: row.conference.asked_on, reverse=True)
    moves = sorted(case.transfers, key=lambda row: row.notified_on, reverse=True)
    return Protection(
        tuple(map(_strategy, strategies)),
        tuple(map(_enquiry, enquiries)),
        tuple(map(conference_row, conferences)),
        tuple(map(_transfer, moves)),
    )


def _strategy(row: StrategyChild) -> Row:
    held = row.discussion
    senior = "" if held.is_senior_enough else "Below team manager"
    title = f"Strategy discussion, {words.day(timezone.localdate(held.held_at))}"
    return Row(held.pk, title, decision_words("strategy_discussion", row.decision), senior)


def _enquiry(row: Enquiry) -> Row:
    title = f"Section 47 enquiry, begun {words.day(row.started_on)}"
    if row.ended_on:
        said = f"Ended {words.day(row.ended_on)}. {decision_words('section47_enquiry', row.decision)}"
        return Row(row.pk, title, said)
    if row.submitted_at:
        return Row(row.pk, title, f"Outcome given {words.moment(row.submitted_at)}", "Waits for a manager")
    return Row(row.pk, title, "Made with the police" if row.is_joint else "Made by social care", "Open")


def conference_row(row: ConferenceChild) -> Row:
    held = row.conference
    if held.cancelled_on:
        return Row(held.pk, str(held), f"Cancelled {words.day(held.cancelled_on)}: {held.why_cancelled}", "Cancelled")
    if held.held_on:
        title = f"{held}, {words.day(held.held_on)}"
        return Row(held.pk, title, decided(row))
    asked = f"Asked for {words.day(held.asked_on)}"
    planned = f", planned for {words.day(held.planned_on)}" if held.planned_on else ", no day yet"
    return Row(held.pk, str(held), asked + planned, "To come")


def decided(row: ConferenceChild) -> str:
    """What a conference decided for a child, with the category where it has one."""
    said = decision_words(step_id(row), row.decision)
    return f"{said}: {CATEGORIES[row.category].lower()}" if row.category else said


def step_id(row: ConferenceChild) -> str:
    return "review_conference" if row.conference.kind == "review" else "initial_conference"


def _transfer(row: Transfer) -> Row:
    title = f"Move {'in from' if row.direction == Transfer.IN else 'out to'} {row.other_authority}"
    told = f"{'We were' if row.direction == Transfer.IN else 'They were'} told {words.day(row.notified_on)}"
    if row.accepted_on:
        return Row(row.pk, title, f"{told}. The plan was taken {words.day(row.accepted_on)}")
    tag = "Plan not taken yet" if row.is_permanent else "For a time"
    return Row(row.pk, title, told, tag)


def decision_words(step_of: str, decision: str) -> str:
    """A decision in the words of the pathway; nothing where none was made."""
    return step(step_of).decisions[decision].says if decision else "Nothing decided"


# ---------------------------------------------------------------- one strategy discussion


@dataclass(frozen=True, slots=True)
class Sector:
    """A kind of agency that was asked: who, and whether it took part."""

    name: str
    who: str
    took_part: bool


@dataclass(frozen=True, slots=True)
class StrategyPage:
    """`warnings` are what a manager must know: too junior a chair, or the police or health not there."""

    when: str
    warnings: tuple[str, ...]
    facts: Facts
    sectors: tuple[Sector, ...]
    decided: Facts


def strategy(row: StrategyChild, asked: Sequence[StrategyParticipant]) -> StrategyPage:
    held = row.discussion
    facts = (
        ("How", held.get_kind_display()),
        ("Chaired by", f"{held.chair or 'Not recorded'}, {held.get_seniority_display().lower()}"),
        ("Seen to be needed", words.day(held.needed_on) if held.needed_on else ""),
        ("Information shared", held.shared),
        ("Agreed", held.actions),
    )
    joint = {True: "Together with the police", False: "Social care alone", None: ""}
    said = (
        ("Decision", decision_words("strategy_discussion", row.decision)),
        ("Why", row.why),
        ("Reasonable cause", row.reasonable_cause),
        ("Who makes the enquiry", joint[row.is_joint] if row.decision == "section47_enquiry" else ""),
        ("What else was considered", row.alternatives),
    )
    return StrategyPage(
        words.moment(held.held_at),
        tuple(_of_strategy(row, asked)),
        _said(facts),
        tuple(Sector(SECTORS[each.sector], each.who, each.took_part) for each in asked),
        _said(said),
    )


def _of_strategy(row: StrategyChild, asked: Sequence[StrategyParticipant]) -> Iterable[str]:
    if not row.discussion.is_senior_enough:
        yield "It was chaired below the level of a team manager. A manager should look at what it decided."
    came = {each.sector for each in asked if each.took_part}
    missing = [says for sector, says in MUST_BE_THERE if not (came & HEALTH if sector == "health" else sector in came)]
    if missing:
        yield f"It was held without {words.listed(missing)}, who must take part."


# ---------------------------------------------------------------- one enquiry


@dataclass(frozen=True, slots=True)
class MedicalLine:
    key: uuid.UUID
    says: str
    took: str
    findings: str


@dataclass(frozen=True, slots=True)
class EnquiryPage:
    title: str
    state: str
    facts: Facts
    outcome: Facts
    medicals: tuple[MedicalLine, ...]
    matters: Facts


def enquiry(row: Enquiry, medicals: Sequence[Medical], matters: Sequence[CriminalMatter]) -> EnquiryPage:
    alone = {True: ", alone", False: ", not alone", None: ""}[row.seen_alone]
    facts = (
        ("Made by", "Social care together with the police" if row.is_joint else "Social care"),
        ("Worker", str(row.worker or "Nobody yet")),
        ("Child seen", f"{words.day(row.seen_on)}{alone}" if row.seen_on else "Not yet"),
        ("Agencies that took part", words.listed([SECTORS.get(each, each) for each in row.took_part])),
        ("What was found", row.findings),
        ("Considered instead of a conference", row.alternatives),
    )
    target = row.conference_target_on
    outcome = (
        ("Outcome", decision_words("section47_enquiry", row.decision) if row.decision else ""),
        ("Why", row.why),
        ("Approved", f"{words.day(row.ended_on)}, by {row.authorised_by}" if row.ended_on else ""),
        ("A conference would be due by", words.day(target) if target else ""),
    )
    state = "Ended" if row.ended_on else "Waits for a manager" if row.submitted_at else "Open"
    return EnquiryPage(
        f"Section 47 enquiry, begun {words.day(row.started_on)}",
        state,
        _said(facts),
        _said(outcome),
        tuple(map(_medical, medicals)),
        tuple((f"{each}, {words.day(each.on)}", _matter(each)) for each in matters),
    )


def _medical(row: Medical) -> MedicalLine:
    said = [f"Asked for {words.day(row.asked_on)}"]
    said += [f"held {words.day(row.held_on)}"] if row.held_on else ["not held yet"]
    said += [f"report received {words.day(row.reported_on)}"] if row.reported_on else []
    return MedicalLine(row.pk, ", ".join(said), _took(row), row.findings)


def _took(row: Medical) -> str:
    """How long a medical took, from the request; nothing of one that is still to be held."""
    if row.held_on is None:
        return ""
    held = words.plural((row.held_on - row.asked_on).days, "day", "days")
    if row.reported_on is None:
        return f"{held} to the medical"
    reported = words.plural((row.reported_on - row.asked_on).days, "day", "days")
    return f"{held} to the medical, {reported} to its report"


def _matter(row: CriminalMatter) -> str:
    return f"{row.what} Support: {row.support}" if row.support else row.what


# ---------------------------------------------------------------- one conference


def conference(row: ConferenceChild, *, limit: date | None) -> Facts:
    held = row.conference
    late = LATE.get(row.late_reason, "")
    due = words.day(limit) if limit else ""
    return _said(
        (
            ("Asked for", words.day(held.asked_on)),
            ("Due by", due),
            ("Planned for", words.day(held.planned_on) if held.planned_on else ""),
            ("Chair", str(held.chair or "Not known yet")),
            ("Held", words.day(held.held_on) if held.held_on else ""),
            ("Held late because", late),
            ("Decision", decided(row) if held.held_on else ""),
            ("Why", row.why),
            ("Cancelled", f"{words.day(held.cancelled_on)}: {held.why_cancelled}" if held.cancelled_on else ""),
        )
    )


def transfer(row: Transfer) -> Facts:
    """A move, in or out."""
    return _said(
        (
            ("Other authority", row.other_authority),
            ("Told", words.day(row.notified_on)),
            ("For good", {True: "Yes", False: "No, for a time", None: "Not known"}[row.is_permanent]),
            ("Category of the plan elsewhere", CATEGORIES.get(row.category, "")),
            ("That plan started", words.day(row.plan_started_on) if row.plan_started_on else ""),
            ("The plan was taken", words.day(row.accepted_on) if row.accepted_on else ""),
            ("Note", row.note),
        )
    )


def _said(facts: Iterable[tuple[str, str]]) -> Facts:
    return tuple((name, says) for name, says in facts if says)
