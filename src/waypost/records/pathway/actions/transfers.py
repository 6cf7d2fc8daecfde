"""Children with a plan who move into the area or out of it. The sending authority keeps the plan until it is taken."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError

from waypost.access.acting import action
from waypost.access.actor import Actor
from waypost.access.rules import Decision, No
from waypost.domain.pathway import step
from waypost.records.casework.models import Child
from waypost.records.pathway.actions.enquiries import open_referral
from waypost.records.pathway.actions.plans import close, may_end_plan
from waypost.records.pathway.days import in_order, moment_of
from waypost.records.pathway.models import ConferenceChild, PlanCategory, ProtectionPlan, Referral, Transfer
from waypost.records.pathway.opening import Opening, open_each
from waypost.records.pathway.rules import may_work

STEP = "transfer_in"
OTHER_AUTHORITY = "5C"
"""The census's source of a referral that another authority makes."""


def may_confirm(by: Actor, transfer: Transfer) -> Decision:
    if transfer.direction != Transfer.IN or transfer.is_permanent:
        return No("This move is known to be for good already.")
    return may_work(by, transfer.child)


def may_accept(by: Actor, transfer: Transfer) -> Decision:
    if transfer.direction != Transfer.OUT or transfer.accepted_on or transfer.plan is None:
        return No("No plan of ours waits for another authority to take it here.")
    return may_end_plan(by, transfer.plan)


@action("record transfer in", may=may_work)
def transfer_in(
    child: Child,
    *,
    other_authority: str,
    notified_on: date,
    is_permanent: bool,
    category: str = "",
    plan_started_on: date | None = None,
    note: str = "",
    by: Actor,
) -> Transfer:
    """A child with a plan elsewhere has moved here. The other authority's plan is kept here as a temporary one.

    A move for good asks for a transfer-in conference; its clock runs from the notification.

    Raises:
        ValidationError: the child has a plan here already, or the plan elsewhere would start after the notification.
    """
    if ProtectionPlan.objects.filter(child=child, ended_on=None).exists():
        raise ValidationError("This child has a protection plan here already, so it is not moved in.")
    in_order(
        "the plan elsewhere starts after we were told of it",
        first=("day the plan started", plan_started_on),
        then=("day we were told", notified_on),
        field="notified_on",
    )
    referral = open_referral(child) or _refer(child, other_authority, notified_on, by)
    transfer = Transfer(
        child=child,
        referral=referral,
        direction=Transfer.IN,
        other_authority=other_authority,
        is_permanent=is_permanent,
        notified_on=notified_on,
        category=category,
        plan_started_on=plan_started_on,
        note=note,
    )
    transfer.save()
    temporary = ProtectionPlan(
        child=child, referral=referral, started_on=notified_on, is_temporary=True, other_authority=other_authority
    )
    temporary.save()
    if category:
        PlanCategory(plan=temporary, category=category, started_on=notified_on).save()
    if is_permanent:
        _ask_conference(transfer, notified_on, by)
    return transfer


@action("confirm transfer in", may=may_confirm)
def confirm_transfer_in(transfer: Transfer, *, on: date, by: Actor) -> Transfer:
    """A stay that was for a time is for good: the sending authority has said so in writing, and the clock starts.

    Raises:
        ChangedSince: someone else has saved it since it was opened.
        ValidationError: it would be before we were first told.
    """
    in_order(
        "the move is confirmed before we were told of it",
        first=("day we were told", transfer.notified_on),
        then=("day it was confirmed", on),
    )
    transfer.is_permanent, transfer.notified_on = True, on
    transfer.save()
    _ask_conference(transfer, on, by)
    return transfer


@action("end temporary stay", may=may_work)
def end_stay(child: Child, *, on: date, why: str, by: Actor) -> ProtectionPlan:
    """A child whose plan is another authority's has gone again. The plan was never ours, and ends here only."""
    held = ProtectionPlan.objects.filter(child=child, ended_on=None, is_temporary=True).first()
    if held is None:
        raise ValidationError("No plan of another authority is kept here for this child.")
    close(held, decision="transferred", why=why, on=on, by=by)
    return held


@action("record transfer out", may=may_work)
def transfer_out(child: Child, *, other_authority: str, notified_on: date, note: str = "", by: Actor) -> Transfer:
    """A child with a plan of ours moves away. The plan stays ours until the other authority has taken it."""
    plan = ProtectionPlan.objects.filter(child=child, ended_on=None, is_temporary=False).first()
    if plan is None:
        raise ValidationError("This child has no protection plan of ours, so there is none to pass on.")
    transfer = Transfer(
        child=child,
        referral=plan.referral,
        direction=Transfer.OUT,
        other_authority=other_authority,
        is_permanent=True,
        notified_on=notified_on,
        plan=plan,
        note=note,
    )
    transfer.save()
    return transfer


@action("record acceptance of transfer", may=may_accept)
def accept_transfer_out(transfer: Transfer, *, on: date, by: Actor) -> Transfer:
    """The other authority has held its conference and taken the plan. Ours ends that day.

    Raises:
        ChangedSince: someone else has saved it since it was opened.
        ValidationError: it would be before they were told, or before the plan starts.
    """
    in_order(
        "the plan is taken before they were told of it",
        first=("day they were told", transfer.notified_on),
        then=("day they took it", on),
    )
    if transfer.plan is None:
        raise ValidationError("There is no plan of ours to pass on.")
    transfer.accepted_on = on
    transfer.save()
    close(transfer.plan, decision="transferred", why=f"{transfer.other_authority} has taken the plan.", on=on, by=by)
    return transfer


def _ask_conference(transfer: Transfer, on: date, by: Actor) -> None:
    """Opens the transfer-in conference, which brothers and sisters who move together share."""
    open_each(STEP, "conference", Opening(transfer.child, transfer.referral, transfer, on, by))
    row = (
        ConferenceChild.objects.filter(child=transfer.child, conference__kind="transfer_in", conference__asked_on=on)
        .select_related("conference")
        .first()
    )
    if row is not None:
        transfer.conference = row.conference
        transfer.save()


def _refer(child: Child, other_authority: str, on: date, by: Actor) -> Referral:
    """The other authority's notification is a referral, and it is assessed."""
    referral = Referral(
        child=child,
        received_at=moment_of(on),
        received_on=on,
        source=OTHER_AUTHORITY,
        decision=step("referral").decisions["assessment"].id,
        why=f"The child has a protection plan of {other_authority}, and moves here.",
        decided_at=moment_of(on),
        decided_by=by.user,
    )
    referral.save()
    open_each("referral", "assessment", Opening(child, referral, referral, on, by, at=moment_of(on)))
    return referral
