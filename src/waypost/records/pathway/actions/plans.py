"""Protection plans: what they say, who does what, who is in the core group, and how they end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from waypost.access.acting import action
from waypost.access.actor import Actor
from waypost.access.models import Agency, User
from waypost.access.rules import Decision, No
from waypost.domain.pathway import step
from waypost.records.casework.models import Involvement, Person
from waypost.records.casework.models.dated import Dated
from waypost.records.pathway.actions.enquiries import worker_of
from waypost.records.pathway.days import in_order, moment_of
from waypost.records.pathway.models import (
    ActionProgress,
    CinPlan,
    Conference,
    ConferenceChild,
    CoreGroup,
    CoreGroupMember,
    KeyWorker,
    PlanAction,
    PlanCategory,
    ProtectionPlan,
    Visit,
)
from waypost.records.pathway.opening import Opening, open_each, opens
from waypost.records.pathway.rules import may_approve, may_hold_conference, may_work

STEP = "protection_plan"
WITHOUT_A_REVIEW = ("turned_18", "died", "transferred")
"""Ends of a plan that no review decides: they have happened, and a manager records them."""

DESCRIBED = frozenset(
    {
        "visit_every_days",
        "visit_days",
        "worried_since",
        "danger",
        "contingency",
        "contingency_by",
        "is_refused_by_parents",
        "early_help_before",
        "previous_elsewhere",
        "repeat_reason",
        "long_reason",
    }
)
"""What is written of a plan. The rest is decided, or follows from what was decided."""


@dataclass(frozen=True, slots=True)
class PlanStart:
    """What is known of a plan when it begins, beside its category. The key worker is else whoever carries the case."""

    key_worker: User | None = None
    visit_every_days: int | None = None
    visit_days: str = "calendar_day"
    danger: str = ""
    contingency: str = ""
    contingency_by: date | None = None
    worried_since: date | None = None
    early_help_before: bool | None = None
    is_refused_by_parents: bool = False
    previous_elsewhere: int = 0
    repeat_reason: str = ""


@dataclass(frozen=True, slots=True)
class NewAction:
    """One thing to be done. Each of its words is needed: an action without a measure cannot be seen to be done."""

    risk: str
    outcome: str
    action: str
    owner: str
    owner_kind: str
    due_on: date
    measure: str
    agency: Agency | None = None

    def on_plan(self, plan: ProtectionPlan, on: date) -> PlanAction:
        """The action, agreed on a day.

        Raises:
            ValidationError: it is to be done before it was agreed.
        """
        in_order(
            "the action is due before it is agreed",
            first=("day it is agreed", on),
            then=("day it is due", self.due_on),
            field="due_on",
        )
        return PlanAction(plan=plan, started_on=on, **{name: getattr(self, name) for name in NewAction.__slots__})


@dataclass(frozen=True, slots=True)
class NewMember:
    """Somebody in a core group, and what they agreed to do. A worker or a relative is named by their record too."""

    name: str
    tasks: str = ""
    person: Person | None = None
    user: User | None = None
    agency: Agency | None = None

    def on_plan(self, plan: ProtectionPlan, on: date) -> CoreGroupMember:
        """The member, from a day on. From then on the child's record is open to them, or to their agency."""
        if self.user is not None or self.agency is not None:
            agency = None if self.user else self.agency
            Involvement(child=plan.child, user=self.user, agency=agency, kind="core_group", started_on=on).save()
        return CoreGroupMember(plan=plan, started_on=on, **{name: getattr(self, name) for name in NewMember.__slots__})


# ---------------------------------------------------------------- who may


def may_change_plan(by: Actor, plan: ProtectionPlan) -> Decision:
    """By those who work with the child, and by the chair."""
    if not plan.is_open:
        return No("This plan has ended, so it is not changed any more.")
    return may_work(by, plan.child) or may_hold_conference(by, plan.child)


def may_end_plan(by: Actor, plan: ProtectionPlan) -> Decision:
    if not plan.is_open:
        return No("This plan has ended already.")
    return may_hold_conference(by, plan.child) or may_approve(by, plan.child)


def may_change_action(by: Actor, of: PlanAction) -> Decision:
    return may_change_plan(by, of.plan)


def may_change_member(by: Actor, member: CoreGroupMember) -> Decision:
    return may_change_plan(by, member.plan)


# ---------------------------------------------------------------- the plan begins


@opens(STEP)
def begin_plan(opening: Opening) -> ProtectionPlan:
    """A conference decides on a plan, from its own day on. A plan below it, or another authority's, gives way to it.

    Raises:
        ValidationError: the child has a plan of ours already.
    """
    source, child = opening.source, opening.child
    if not isinstance(source, ConferenceChild) or opening.referral is None:
        raise ValueError("a protection plan begins with a conference, in the episode of a referral")
    for open_ in ProtectionPlan.objects.filter(child=child, ended_on=None):
        if not open_.is_temporary:
            raise ValidationError("This child has a protection plan already. A review changes it.")
        _end(open_, "transferred", "The child has a plan of this authority.", opening.on)
    for below in CinPlan.objects.filter(child=child, ended_on=None):
        below.ended_on, below.ended_by = max(opening.on, below.started_on), "strategy_discussion"
        below.why_ended = "A child protection plan began."
        below.save()
    plan = ProtectionPlan(child=child, referral=opening.referral, started_on=opening.on)
    plan.save()
    PlanCategory(plan=plan, category=source.category, started_on=opening.on).save()
    return plan


def start(plan: ProtectionPlan, said: PlanStart, *, on: date) -> None:
    """Writes what is known of a plan that begins. Inside an action."""
    for name in PlanStart.__slots__:
        if name != "key_worker":
            setattr(plan, name, getattr(said, name))
    plan.save()
    worker = said.key_worker or worker_of(plan.child, on)
    if worker is not None:
        KeyWorker(plan=plan, user=worker, started_on=on).save()


def change_to(plan: ProtectionPlan, category: str, *, on: date) -> PlanCategory:
    """The plan goes on under another category from a day on. Inside an action."""
    for held in PlanCategory.objects.filter(plan=plan, ended_on=None):
        if held.category == category:
            return held
        in_order(
            "the category changes before it began",
            first=("day the category began", held.started_on),
            then=("day it changes", on),
        )
        held.ended_on = max(on - date.resolution, held.started_on or on)
        held.save()
    category_now = PlanCategory(plan=plan, category=category, started_on=on)
    category_now.save()
    return category_now


@action("change plan", may=may_change_plan)
def describe_plan(plan: ProtectionPlan, *, to: Mapping[str, Any], by: Actor) -> ProtectionPlan:
    """Writes what the plan says: of the fields `DESCRIBED`, those that are given.

    Raises:
        ChangedSince: someone else has saved it since it was opened.
    """
    for name, value in to.items():
        if name not in DESCRIBED:
            raise ValueError(f"{name} of a plan is not written by hand")
        setattr(plan, name, value)
    plan.save()
    return plan


@action("change category", may=may_change_plan)
def change_category(plan: ProtectionPlan, *, category: str, on: date, because: str, by: Actor) -> PlanCategory:
    """Puts the category of a plan right, or records a change that a conference made elsewhere."""
    return change_to(plan, category, on=on)


# ---------------------------------------------------------------- who


@action("name key worker", may=may_change_plan)
def name_key_worker(plan: ProtectionPlan, *, user: User, since: date, by: Actor) -> KeyWorker:
    """Somebody is the key worker from a day on; who was before ends the day before."""
    for held in KeyWorker.objects.filter(plan=plan, ended_on=None):
        _end_fact(held, max(since - date.resolution, held.started_on or since))
    found = KeyWorker(plan=plan, user=user, started_on=since)
    found.save()
    return found


@action("add core group member", may=may_change_plan)
def add_member(plan: ProtectionPlan, *, new: NewMember, since: date, by: Actor) -> CoreGroupMember:
    member = new.on_plan(plan, since)
    member.save()
    return member


@action("change core group member", may=may_change_member)
def change_member(member: CoreGroupMember, *, tasks: str, by: Actor) -> CoreGroupMember:
    """What somebody in the core group has agreed to do."""
    member.tasks = tasks
    member.save()
    return member


@action("end core group member", may=may_change_member)
def end_member(member: CoreGroupMember, *, on: date, by: Actor) -> CoreGroupMember:
    """Somebody leaves the core group; where that opened the record to them, it closes."""
    in_order(
        "the member leaves before they came",
        first=("day they came", member.started_on),
        then=("day they leave", on),
    )
    _end_fact(member, on)
    who: dict[str, Any] = {"user": member.user_id} if member.user_id else {"user": None, "agency": member.agency_id}
    stays = CoreGroupMember.objects.filter(plan__child=member.plan.child_id, ended_on=None, **who)
    if any(who.values()) and not stays.exists():
        for each in Involvement.objects.filter(child=member.plan.child_id, kind="core_group", ended_on=None, **who):
            _end_fact(each, max(on, each.started_on or on))
    return member


# ---------------------------------------------------------------- who does what


@action("add action", may=may_change_plan)
def add_action(plan: ProtectionPlan, *, new: NewAction, on: date, by: Actor) -> PlanAction:
    """Something is to be done under the plan, agreed on a day.

    Raises:
        ValidationError: it is to be done before it was agreed.
    """
    made = new.on_plan(plan, on)
    made.save()
    return made


@action("change action", may=may_change_action)
def change_action(of: PlanAction, *, to: NewAction, because: str, by: Actor) -> PlanAction:
    """What is to be done is said in another way, or by another day; what it said stays in its history.

    Raises:
        ChangedSince: someone else has saved it since it was opened.
        ValidationError: it is to be done before it was agreed.
    """
    said = to.on_plan(of.plan, of.started_on or to.due_on)
    for name in NewAction.__slots__:
        setattr(of, name, getattr(said, name))
    of.save()
    return of


@action("record progress", may=may_change_action)
def note_progress(of: PlanAction, *, how: str, on: date, says: str = "", by: Actor) -> ActionProgress:
    """How an action is going. One that is done is done from that day."""
    return went(of, how, on=on, says=says)


@action("drop action", may=may_change_action)
def drop_action(of: PlanAction, *, on: date, because: str, by: Actor) -> PlanAction:
    """An action is not needed any more, and why."""
    of.state, of.ended_on = "dropped", max(on, of.started_on or on)
    of.save()
    return of


def went(
    of: PlanAction,
    how: str,
    *,
    on: date,
    says: str = "",
    core_group: CoreGroup | None = None,
    conference: Conference | None = None,
    visit: Visit | None = None,
) -> ActionProgress:
    """How an action is going, as was said on a day and at what. Inside an action."""
    progress = ActionProgress(
        plan_id=of.plan_id,
        action=of,
        core_group=core_group,
        conference=conference,
        visit=visit,
        started_on=on,
        on=on,
        how=how,
        says=says,
    )
    progress.save()
    if how == "done" and of.state == "open":
        of.state, of.ended_on = "done", max(on, of.started_on or on)
        of.save()
    return progress


# ---------------------------------------------------------------- the plan ends


@action("end plan", may=may_end_plan)
def end_plan(plan: ProtectionPlan, *, decision: str, why: str, on: date, by: Actor) -> ProtectionPlan:
    """A plan ends without a review: the young person turned 18, the child died, or another authority has taken it.

    Raises:
        ChangedSince: someone else has saved it since it was opened.
        ValidationError: it would end before it starts; or only a review may end it so.
    """
    if decision not in WITHOUT_A_REVIEW and not may_hold_conference(by, plan.child):
        raise ValidationError({"decision": "A review conference decides this. Ask for one, or choose another reason."})
    close(plan, decision=decision, why=why, on=on, by=by)
    return plan


def close(plan: ProtectionPlan, *, decision: str, why: str, on: date, by: Actor) -> None:
    """Ends a plan, and opens what its end asks for: a step-down plan. Inside an action."""
    in_order(
        "the plan ends before it starts",
        first=("start date", plan.started_on),
        then=("end date", on),
    )
    _end(plan, decision, why, on)
    open_each(STEP, decision, Opening(plan.child, plan.referral, plan, on, by, at=moment_of(on)))


def _end(plan: ProtectionPlan, decision: str, why: str, on: date) -> None:
    plan.ended_on, plan.ended_by, plan.why_ended = on, step(STEP).decisions[decision].id, why
    plan.save()
    parts: tuple[Any, ...] = (PlanCategory, KeyWorker, CoreGroupMember)
    for part in parts:
        for held in part.objects.filter(plan=plan, ended_on=None):
            _end_fact(held, max(on, held.started_on or on))
    for involved in Involvement.objects.filter(child=plan.child_id, kind="core_group", ended_on=None):
        _end_fact(involved, max(on, involved.started_on or on))


def _end_fact(fact: Dated, on: date) -> None:
    fact.ended_on = on
    fact.save()
