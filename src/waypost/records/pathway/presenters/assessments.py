"""Assessments, as words: one as it is or as it was authorised, and the list of those outstanding and overdue."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from waypost.domain.calendars import ENGLAND_AND_WALES
from waypost.domain.codes import ASSESSMENT_FACTORS
from waypost.domain.pathway import step
from waypost.records.casework.models import Approval
from waypost.records.pathway.clocks.shown import due_words
from waypost.records.pathway.models import Assessment, Clock, Consulted
from waypost.records.pathway.presenters.contacts import name_of
from waypost.records.pathway.presenters.referrals import Fact
from waypost.web import words

ANSWERS = {True: "Yes", False: "No", None: "Not recorded"}
NOT_WRITTEN = "Not written yet"

PARTS = (
    ("wishes_and_feelings", "The child's wishes and feelings"),
    ("why_not_seen", "Why the child was not seen, or their wishes are not known"),
    ("needs", "What the child needs"),
    ("mothers_capacity", "What the mother can do for the child"),
    ("fathers_capacity", "What the father can do for the child"),
    ("why_father_not_assessed", "Why what the father can do is not known"),
    ("strengths", "Strengths, and what protects the child"),
    ("risks", "Risks"),
    ("household_work", "Work in the household"),
    ("what_must_change", "What must change"),
    ("analysis", "Analysis"),
)
OF_THE_BORN = ("wishes_and_feelings", "why_not_seen")
ONLY_IF_SAID = ("why_not_seen", "why_father_not_assessed", "household_work")
NAMES = dict(PARTS) | {
    "seen_on": "Seen",
    "seen_alone": "Seen alone",
    "spoken_to_alone": "Talked to alone",
    "factors": "Factors found",
    "is_young_carer": "Young carer",
    "reviewed_on": "Internal review",
    "done_with": "Done together with",
}
"""What each part is called."""


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    says: str


@dataclass(frozen=True, slots=True)
class ConsultedLine:
    who: str
    when: str
    said: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction after approval: when, by whom, why, and which parts it changed."""

    when: str
    by: str
    because: str
    parts: str


# ---------------------------------------------------------------- one assessment


def facts(row: Any, *, author: str, authorised_by: str) -> list[Fact]:
    """What is recorded of an assessment, now or in a version of its history."""
    found = [
        Fact("Kind", dict(Assessment.KINDS)[row.kind]),
        Fact("Begun", words.day(row.started_on)),
        Fact("Written by", author or "No author yet"),
    ]
    if row.done_with:
        found.append(Fact("Done together with", row.done_with))
    if row.kind != Assessment.PRE_BIRTH:
        found += [
            Fact("Seen", words.day(row.seen_on) if row.seen_on else "Not recorded"),
            Fact("Seen alone", ANSWERS[row.seen_alone]),
            Fact("Talked to alone", ANSWERS[row.spoken_to_alone]),
            Fact("Young carer", ANSWERS[row.is_young_carer]),
        ]
    found.append(Fact("Factors found", factor_words(row.factors)))
    if row.reviewed_on:
        found.append(Fact("Internal review", words.day(row.reviewed_on)))
    if row.authorised_on:
        found += [
            Fact("Authorised", f"{words.day(row.authorised_on)}, by {authorised_by or 'a person not recorded'}"),
            Fact("Outcome", outcome_words(row.decision)),
            Fact("Why", row.why or "Not recorded"),
        ]
    return found


def parts(row: Any) -> list[Part]:
    """What was written, part by part. What is asked and not written yet says so."""
    is_unborn = row.kind == Assessment.PRE_BIRTH
    return [
        Part(title, getattr(row, name) or NOT_WRITTEN)
        for name, title in PARTS
        if getattr(row, name) or not (name in ONLY_IF_SAID or (is_unborn and name in OF_THE_BORN))
    ]


def factor_words(factors: Sequence[str]) -> str:
    said = "; ".join(ASSESSMENT_FACTORS.get(code, code) for code in factors)
    return said[:1].upper() + said[1:] or "Not recorded"


def outcome_words(decision: str) -> str:
    return step("assessment").decisions[decision].says if decision else "Not decided yet"


def state_words(row: Assessment, returned: Approval | None) -> str:
    """Where an assessment stands."""
    if row.authorised_on:
        return f"Authorised on {words.day(row.authorised_on)}."
    if row.submitted_at:
        return f"Submitted on {words.moment(row.submitted_at)}, and waits for a manager."
    if returned is not None:
        return f"Returned by {returned.decided_by}: {returned.because}"
    return "Being written."


def correction_words(asked: Approval | None) -> str:
    """Where the last correction stands with a manager."""
    if asked is None:
        return ""
    if asked.state == Approval.RETURNED:
        return f"{asked.decided_by} returned the last correction: {asked.because}"
    return (
        "The last correction waits for a manager."
        if asked.state == Approval.WAITING
        else (f"{asked.decided_by} approved the last correction.")
    )


def consulted(rows: Iterable[Consulted]) -> list[ConsultedLine]:
    return [
        ConsultedLine(f"{each.who}, {each.agency.name}" if each.agency else each.who, words.day(each.on), each.said)
        for each in rows
    ]


def corrections(versions: Sequence[Any], reasons: Mapping[uuid.UUID, str], names: Sequence[str]) -> list[Correction]:
    """What was corrected since it was authorised, from every version from then on, the earliest first."""
    found = []
    for before, after in pairwise(versions):
        changed = [NAMES[name].lower() for name in names if getattr(before, name) != getattr(after, name)]
        if changed:
            why = reasons.get(after.act) or after.history_change_reason or ""
            by = str(after.history_user or "Waypost")
            found.append(Correction(words.moment(after.history_date), by, why, words.listed(changed)))
    return found


# ---------------------------------------------------------------- outstanding and overdue

BANDS = ("In time", "Up to 10 days late", "11 to 20 days late", "More than 20 days late", "No limit")
"""How late an open assessment is, in working days."""


@dataclass(frozen=True, slots=True)
class LateLine:
    """An assessment that is not finished."""

    row: uuid.UUID
    child: uuid.UUID
    name: str
    kind: str
    worker: str
    team: str
    due: str
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class LateGroup:
    """How many of a team's or a worker's assessments are open, by how late they are."""

    name: str
    counts: tuple[int, ...]
    total: int


def band(due_on: date | None, today: date) -> int:
    """The place among the bands of an assessment that is still open."""
    if due_on is None:
        return len(BANDS) - 1
    if due_on >= today:
        return 0
    late = ENGLAND_AND_WALES.working_days_between(due_on, today)
    return 1 if late <= 10 else 2 if late <= 20 else 3


def late_groups(rows: Iterable[tuple[str | None, date | None]], *, nobody: str, today: date) -> list[LateGroup]:
    """The open assessments of each, those with the most overdue first."""
    found: dict[str, list[int]] = {}
    for name, due_on in rows:
        found.setdefault(name or nobody, [0] * len(BANDS))[band(due_on, today)] += 1
    groups = [LateGroup(name, tuple(counts), sum(counts)) for name, counts in found.items()]
    return sorted(groups, key=lambda each: (-sum(each.counts[1:4]), -each.total, each.name))


def late_lines(clocks: Iterable[Clock], kinds: Mapping[uuid.UUID, str], today: date) -> list[LateLine]:
    return [
        LateLine(
            row=each.row,
            child=each.child_id,
            name=name_of(each.child, today),
            kind=kinds.get(each.row, "Assessment"),
            worker=str(each.worker) if each.worker else "No worker yet",
            team=each.team.name if each.team else "No team",
            due=due_words(each.due_on, today=today),
            is_overdue=each.due_on is not None and each.due_on < today,
        )
        for each in clocks
    ]
