"""Core groups: held once for brothers and sisters, with what was said of each child's plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from waypost.access.acting import action
from waypost.access.actor import Actor
from waypost.access.models import User
from waypost.access.rules import Decision, No
from waypost.records.pathway.actions.plans import may_change_plan, went
from waypost.records.pathway.days import in_order
from waypost.records.pathway.models import (
    CoreGroup,
    CoreGroupAttendance,
    CoreGroupChild,
    CoreGroupMember,
    PlanAction,
    ProtectionPlan,
)
from waypost.records.pathway.rules import may_work, of_each


@dataclass(frozen=True, slots=True)
class Came:
    """Whether a member came, or else sent word."""

    member: CoreGroupMember
    came: bool
    sent_word: bool = False


@dataclass(frozen=True, slots=True)
class Went:
    """How an action is going, as the core group said."""

    action: PlanAction
    how: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class CoreGroupOf:
    """What a core group says of one plan: how it goes, what was changed in it, who came of its members."""

    plan: ProtectionPlan
    progress: str = ""
    changes: str = ""
    attendance: Sequence[Came] = ()
    actions: Sequence[Went] = ()


def may_hold_core_group(by: Actor, each: Sequence[CoreGroupOf]) -> Decision:
    if not each:
        return No("Choose at least one child with a protection plan.")
    refused = next((said for one in each if not (said := may_change_plan(by, one.plan))), None)
    return refused if refused is not None else of_each(may_work)(by, [one.plan.child for one in each])


@action("hold core group", may=may_hold_core_group)
def hold_core_group(
    each: Sequence[CoreGroupOf], *, on: date, where: str = "", notes: str = "", held_by: User | None = None, by: Actor
) -> CoreGroup:
    """A core group met about the plans of brothers and sisters. `notes` are of the family as a whole.

    Raises:
        ValidationError: it met before a plan starts; or a member or an action is of another plan.
    """
    for one in each:
        in_order(
            "the core group meets before the plan starts",
            first=("start date", one.plan.started_on),
            then=("day of the core group", on),
        )
        _complain(one)
    meeting = CoreGroup(
        authority_id=each[0].plan.child.authority_id, held_on=on, where=where, notes=notes, held_by=held_by or by.user
    )
    meeting.save()
    for one in each:
        _of_plan(meeting, one, on)
    return meeting


def _of_plan(meeting: CoreGroup, one: CoreGroupOf, on: date) -> None:
    CoreGroupChild(
        core_group=meeting, child=one.plan.child, plan=one.plan, progress=one.progress, changes=one.changes
    ).save()
    for came in one.attendance:
        CoreGroupAttendance(
            plan=one.plan,
            core_group=meeting,
            member=came.member,
            came=came.came,
            sent_word=came.sent_word and not came.came,
            started_on=on,
        ).save()
    for said in one.actions:
        went(said.action, said.how, on=on, says=said.says, core_group=meeting)


def _complain(one: CoreGroupOf) -> None:
    parts = [*(came.member.plan_id for came in one.attendance), *(said.action.plan_id for said in one.actions)]
    if any(plan != one.plan.pk for plan in parts):
        raise ValidationError("A member or an action here is of another child's plan. Open the page again.")
