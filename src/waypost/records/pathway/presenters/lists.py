"""The lists of managers and chairs, as lines: which child, what it is about, and why it stands there."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from waypost.domain.calendars import ENGLAND_AND_WALES
from waypost.domain.dates import completed_months
from waypost.records.casework.presenters.child import called
from waypost.records.pathway.models import ConferenceChild, Enquiry, ProtectionPlan
from waypost.records.pathway.models.enquiries import LATE_REASONS
from waypost.records.pathway.presenters.plans import BANDS
from waypost.records.pathway.watched import Absence
from waypost.web import words

LATE = dict(LATE_REASONS)


@dataclass(frozen=True, slots=True)
class Line:
    child: uuid.UUID
    name: str
    says: str
    view: str


@dataclass(frozen=True, slots=True)
class Group:
    """A group of lines. `count` is of all; `lines` are the first of them."""

    title: str
    empty: str
    count: int
    lines: Sequence[Line]
    lead: str = ""


def enquiry(row: Enquiry, today: date) -> Line:
    used = ENGLAND_AND_WALES.working_days_between(row.started_on, today)
    waits = " It waits for a manager." if row.submitted_at else ""
    says = f"Begun {words.day(row.started_on)}, open for {used} working days. Worker: {row.worker or 'nobody'}.{waits}"
    return _line(row, says, "child_protection", today)


def awaited(row: ConferenceChild, today: date) -> Line:
    target = row.enquiry.conference_target_on if row.enquiry else None
    if target is None:
        return _line(row, "No limit is known.", "child_protection", today)
    left = ENGLAND_AND_WALES.working_days_between(today, target)
    due = f"Due by {words.day(target)}, "
    due += f"in {words.plural(left, 'working day', 'working days')}" if target >= today else "which is past"
    planned = f"Planned for {words.day(row.conference.planned_on)}" if row.conference.planned_on else "No day is set"
    return _line(row, f"{due}. {planned}.", "child_protection", today)


def held_late(row: ConferenceChild) -> Line:
    held, target = row.conference.held_on, row.enquiry.conference_target_on if row.enquiry else None
    if held is None or target is None:
        raise ValueError("a conference is late that was held, and had a limit")
    late = ENGLAND_AND_WALES.working_days_between(target, held)
    why = LATE.get(row.late_reason, "nobody has said why")
    why = why[:1].lower() + why[1:]
    says = f"Held {words.day(held)}, {words.plural(late, 'working day', 'working days')} late: {why}."
    return _line(row, says, "child_protection", held)


def plan(row: ProtectionPlan, today: date) -> Line:
    months = completed_months(row.started_on, today)
    says = f"On a plan since {words.day(row.started_on)}, {words.plural(months, 'month', 'months')}."
    if row.long_reason:
        says += f" {row.get_long_reason_display()}."
    if row.contingency_by and row.contingency_by < today:
        says += f" If nothing got better, by {words.day(row.contingency_by)}: {row.contingency}"
    return _line(row, says, "child_plan", today)


def child(row: Any, today: date) -> Line:
    if row.has_plan:
        says = "The protection plan has no action that is still to be done."
    elif row.has_need:
        says = "The child in need plan says nothing."
    else:
        says = "No plan is recorded."
    return Line(row.pk, called(row.person.names.all(), today), says, "child_plan")


def absence(each: Absence, today: date) -> Line:
    member = each.attendance.member
    who = f"{member.name}, {member.agency.name}," if member.agency else member.name
    last = words.day(each.attendance.core_group.held_on)
    says = f"{who} missed {each.missed} of the last {each.of} core groups without word; the last was on {last}."
    return _line(each.attendance.plan, says, "child_meetings", today)


def bands(counted: Mapping[str, int]) -> list[tuple[str, int]]:
    """How long plans have run, in words."""
    return [(BANDS[label][:1].upper() + BANDS[label][1:], number) for label, number in counted.items()]


def _line(row: Any, says: str, view: str, today: date) -> Line:
    return Line(row.child_id, called(row.child.person.names.all(), today), says, view)
