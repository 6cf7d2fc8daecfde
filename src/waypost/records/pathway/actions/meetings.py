"""Family group conferences, other family meetings and written agreements; and what the family has reached."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from waypost.access.acting import action
from waypost.access.actor import Actor
from waypost.access.rules import Decision
from waypost.records.casework.models import Child
from waypost.records.pathway.days import in_order
from waypost.records.pathway.models import FamilyMeeting, FamilyMeetingChild, Goal
from waypost.records.pathway.rules import may_work, of_each


def may_put_meeting(by: Actor, meeting: FamilyMeeting) -> Decision:
    rows = FamilyMeetingChild.objects.filter(meeting=meeting).select_related("child")
    return of_each(may_work)(by, [row.child for row in rows])


@action("ask for family meeting", may=of_each(may_work))
def ask_family_meeting(children: Sequence[Child], *, kind: str, on: date, by: Actor) -> FamilyMeeting:
    """A family group conference or another family meeting is asked for, once for brothers and sisters."""
    meeting = FamilyMeeting(authority_id=children[0].authority_id, kind=kind, referred_on=on)
    meeting.save()
    for child in children:
        FamilyMeetingChild(meeting=meeting, child=child).save()
    return meeting


@action("hold family meeting", may=may_put_meeting)
def hold_family_meeting(
    meeting: FamilyMeeting,
    *,
    held_on: date,
    outcome: str,
    who_came: str = "",
    shared_with: str = "",
    carers_found: bool | None = None,
    by: Actor,
) -> FamilyMeeting:
    """It met, or the agreement was signed: who came, what came of it, with whom it was shared.

    Raises:
        ChangedSince: someone else has saved it since it was opened.
        ValidationError: it would be before it was asked for.
    """
    in_order(
        "the meeting is held before it was asked for",
        first=("day it was asked for", meeting.referred_on),
        then=("day it was held", held_on),
        field="held_on",
    )
    meeting.held_on, meeting.outcome, meeting.who_came = held_on, outcome, who_came
    meeting.shared_with, meeting.carers_found = shared_with, carers_found
    meeting.save()
    return meeting


@action("record goal", may=may_work)
def add_goal(child: Child, *, kind: str, on: date, what: str, how_known: str, by: Actor) -> Goal:
    """Something that the family reached, or a difference made to the child's life, and how it is known."""
    goal = Goal(child=child, kind=kind, on=on, what=what, how_known=how_known)
    goal.save()
    return goal
