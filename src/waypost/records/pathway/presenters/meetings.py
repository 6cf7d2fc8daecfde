"""Core groups, family meetings and goals, as words."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from waypost.records.pathway.case import Case
from waypost.records.pathway.models import ActionProgress, CoreGroupAttendance, CoreGroupChild, FamilyMeeting, Goal
from waypost.web import words

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Line:
    key: uuid.UUID
    title: str
    says: str
    is_to_come: bool = False


@dataclass(frozen=True, slots=True)
class Meetings:
    core_groups: tuple[Line, ...]
    family: tuple[Line, ...]
    goals: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CoreGroupPage:
    """A core group as far as it concerns one child: who came, how the plan went, and how each action did."""

    when: str
    facts: Facts
    attendance: tuple[tuple[str, str], ...]
    actions: Facts


def meetings(case: Case, goals: Iterable[Goal]) -> Meetings:
    core_groups = sorted(case.core_groups, key=lambda row: row.core_group.held_on, reverse=True)
    family = sorted((row.meeting for row in case.family_meetings), key=lambda row: row.referred_on, reverse=True)
    reached = sorted(goals, key=lambda row: row.on, reverse=True)
    return Meetings(
        tuple(
            Line(row.core_group_id, words.day(row.core_group.held_on), row.progress or "Nothing said of how it goes")
            for row in core_groups
        ),
        tuple(_family(row) for row in family),
        tuple((f"{row}, {words.day(row.on)}", f"{row.what} How it is known: {row.how_known}") for row in reached),
    )


def _family(row: FamilyMeeting) -> Line:
    asked = f"Asked for {words.day(row.referred_on)}"
    if row.held_on is None:
        return Line(row.pk, str(row), f"{asked}, not held yet", is_to_come=True)
    found = {True: " Somebody in the family can care for the children.", False: " No carer was found.", None: ""}
    who = f" Who came: {row.who_came}." if row.who_came else ""
    shared = f" Shared with: {row.shared_with}." if row.shared_with else ""
    title = f"{row}, {words.day(row.held_on)}"
    return Line(row.pk, title, f"{asked}. {row.outcome}{found[row.carers_found]}{who}{shared}")


def core_group(
    row: CoreGroupChild, came: Iterable[CoreGroupAttendance], said: Iterable[ActionProgress]
) -> CoreGroupPage:
    told = (
        ("Where", row.core_group.where),
        ("How the plan is going", row.progress),
        ("What was changed", row.changes),
        ("Notes", row.core_group.notes),
    )
    return CoreGroupPage(
        words.day(row.core_group.held_on),
        tuple((name, says) for name, says in told if says),
        tuple((_who(each), _came(each)) for each in sorted(came, key=lambda each: each.member.name)),
        tuple((each.action.action, f"{each.get_how_display()}. {each.says}".strip()) for each in said),
    )


def _who(each: CoreGroupAttendance) -> str:
    agency = each.member.agency
    return f"{each.member.name}, {agency.name}" if agency else each.member.name


def _came(each: CoreGroupAttendance) -> str:
    return "Came" if each.came else "Sent word" if each.sent_word else "Did not come"
