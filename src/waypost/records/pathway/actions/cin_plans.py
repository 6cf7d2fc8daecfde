"""Child in need plans: begun by a decision, reviewed, and ended by a manager."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from waypost.access.acting import action
from waypost.access.actor import Actor
from waypost.access.rules import Decision, No
from waypost.domain.pathway import step
from waypost.records.pathway.actions.enquiries import worker_of
from waypost.records.pathway.closing import close
from waypost.records.pathway.days import in_order, moment_of
from waypost.records.pathway.models import CinPlan, CinReview, ProtectionPlan
from waypost.records.pathway.opening import Opening, open_each, opens
from waypost.records.pathway.rules import may_approve, may_work

STEP = "cin_plan"
DESCRIBED = frozenset({"aims", "visit_every_days", "visit_days", "lead_worker"})


def may_change_cin_plan(by: Actor, plan: CinPlan) -> Decision:
    if plan.ended_on:
        return No("This plan has ended, so it is not changed any more.")
    return may_work(by, plan.child)


def may_end_cin_plan(by: Actor, plan: CinPlan) -> Decision:
    if plan.ended_on:
        return No("This plan has ended already.")
    return may_approve(by, plan.child)


@opens(STEP)
def begin_cin_plan(opening: Opening) -> CinPlan | None:
    """A decision begins a plan. One that is open goes on, and a child with a protection plan needs none beside it."""
    if CinPlan.objects.filter(child=opening.child, ended_on=None).exists():
        return None
    if ProtectionPlan.objects.filter(child=opening.child, ended_on=None, is_temporary=False).exists():
        return None
    if opening.referral is None:
        raise ValueError("a child in need plan belongs to the episode of a referral")
    plan = CinPlan(
        child=opening.child,
        referral=opening.referral,
        lead_worker=worker_of(opening.child, opening.on),
        started_on=opening.on,
        is_step_down=isinstance(opening.source, ProtectionPlan),
    )
    plan.save()
    return plan


@action("change child in need plan", may=may_change_cin_plan)
def describe_cin_plan(plan: CinPlan, *, to: Mapping[str, Any], by: Actor) -> CinPlan:
    """Writes what the plan is to reach, how often the child is visited, and who leads.

    Raises:
        ChangedSince: someone else has saved it since it was opened.
    """
    for name, value in to.items():
        if name not in DESCRIBED:
            raise ValueError(f"{name} of a child in need plan is not written by hand")
        setattr(plan, name, value)
    plan.save()
    return plan


@action("review child in need plan", may=may_change_cin_plan)
def review_cin_plan(plan: CinPlan, *, held_on: date, says: str, next_on: date | None = None, by: Actor) -> CinReview:
    """A review was held: what it said, and when the next one is.

    Raises:
        ValidationError: it would be before the plan starts, or the next one before it.
    """
    in_order(
        "the review is held before the plan starts",
        first=("start date", plan.started_on),
        then=("day of the review", held_on),
        field="held_on",
    )
    in_order(
        "the next review comes before this one",
        first=("day of this review", held_on),
        then=("day of the next", next_on),
        field="next_on",
    )
    review = CinReview(child=plan.child, plan=plan, held_on=held_on, says=says, next_on=next_on)
    review.save()
    return review


@action("end child in need plan", may=may_end_cin_plan)
def end_cin_plan(plan: CinPlan, *, decision: str, why: str, on: date, closure_reason: str = "", by: Actor) -> CinPlan:
    """A manager ends the plan by a decision of the step "cin_plan", and opens what it asks for.

    With a `closure_reason`, of the census, the episode of need closes on the same day.

    Raises:
        ChangedSince: someone else has saved it since it was opened.
        ValidationError: it would end before it starts; or the episode would close with other work still open.
    """
    in_order("the plan ends before it starts", first=("start date", plan.started_on), then=("end date", on))
    plan.ended_on, plan.ended_by, plan.why_ended = on, step(STEP).decisions[decision].id, why
    plan.save()
    open_each(STEP, decision, Opening(plan.child, plan.referral, plan, on, by, at=moment_of(on)))
    if closure_reason:
        close(plan.referral, on=on, reason=closure_reason)
    return plan
