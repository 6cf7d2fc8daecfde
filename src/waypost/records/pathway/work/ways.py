"""Where each thing that is due is done: the words of the one action on its line, and the page it leads to."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.urls import reverse

from waypost.records.pathway.models import Clock

CHILD, ROW, BOTH = ("child",), ("row",), ("child", "row")


@dataclass(frozen=True, slots=True)
class Way:
    """`asks` says what is to be done, `does` is the words of the link, `address` the page."""

    asks: str
    does: str
    address: str


@dataclass(frozen=True, slots=True)
class _Door:
    asks: str
    does: str
    view: str
    takes: tuple[str, ...] = CHILD


DOORS: Mapping[str, _Door] = MappingProxyType(
    {
        "contact_decision:contact": _Door("Decide about the contact", "Screen the contact", "contact", ROW),
        "contact_decision:referral": _Door("Decide the referral", "Decide", "referral", BOTH),
        "referrer_feedback": _Door("Tell the referrer", "Record it", "contact_tell", ROW),
        "initial_assessment": _Door("Finish the initial assessment", "Write it", "assessment", BOTH),
        "core_assessment": _Door("Finish the core assessment", "Write it", "assessment", BOTH),
        "single_assessment": _Door("Finish the assessment", "Write it", "assessment", BOTH),
        "child_seen_newly_allocated": _Door("See the child for the first time", "Record the visit", "visit_add"),
        "strategy_discussion": _Door("Hold a strategy discussion", "Record it", "strategy_add"),
        "s47_enquiry": _Door("Finish the section 47 enquiry", "Write it", "enquiry", BOTH),
        "icpc": _Door("Hold the initial conference", "See the enquiry", "enquiry", BOTH),
        "transfer_in_conference": _Door("Hold the transfer-in conference", "See the transfer", "transfer", BOTH),
        "core_group_first": _Door("Hold the first core group", "Record it", "core_group_add"),
        "core_group_repeat": _Door("Hold the core group", "Record it", "core_group_add"),
        "rcpc_first": _Door("Hold the first review conference", "See the plan", "child_plan"),
        "rcpc_repeat": _Door("Hold the review conference", "See the plan", "child_plan"),
        "cp_visit": _Door("Visit and see the child", "Record the visit", "visit_add"),
        "cin_visit": _Door("Visit and see the child", "Record the visit", "visit_add"),
        "police_protection": _Door("Police protection ends", "See the journey", "emergency_action_end", BOTH),
        "epo": _Door("The emergency protection order ends", "See the journey", "emergency_action_end", BOTH),
        "long_plan_panel": _Door("Look at why the plan goes on", "See the plan", "child_plan"),
        "post_plan_support": _Door("The time of support after the plan ends", "See the journey", "child_plan"),
    }
)
"""By the timescale, and where one timescale is of two kinds of work by both."""


def way(clock: Clock) -> Way:
    """What is to be done about a clock and where."""
    door = DOORS.get(f"{clock.timescale}:{clock.kind}") or DOORS[clock.timescale]
    named = {"child": clock.child_id, "row": clock.row}
    return Way(door.asks, door.does, reverse(door.view, args=[named[each] for each in door.takes]))


SOURCES: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        "contact": ("contact", ROW),
        "referral": ("referral", BOTH),
        "early_help": ("early_help_case", BOTH),
        "assessment": ("assessment", BOTH),
        "emergency": ("emergency_action_end", BOTH),
        "strategy_discussion": ("strategy", BOTH),
        "enquiry": ("enquiry", BOTH),
        "conference": ("conference", BOTH),
        "plan": ("child_plan", CHILD),
        "cin_plan": ("child_plan", CHILD),
        "core_group": ("core_group", BOTH),
        "visit": ("visit", BOTH),
        "family_meeting": ("meeting_hold", BOTH),
        "transfer": ("transfer", BOTH),
    }
)
"""Where each kind of event is recorded, for the links of the chronology."""


def source(child: uuid.UUID, kind: str, row: uuid.UUID) -> str:
    """The page on which an event of a child is recorded."""
    view, takes = SOURCES[kind]
    return reverse(view, args=[{"child": child, "row": row}[each] for each in takes])
