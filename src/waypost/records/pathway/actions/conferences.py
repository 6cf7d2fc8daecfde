"""Conferences as facts: asked for, planned, cancelled, and held with a decision for each child, which opens a plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError

from waypost.access.acting import action
from waypost.access.actor import Actor
from waypost.access.models import User
from waypost.access.rules import Decision, No
from waypost.domain.pathway import step
from waypost.domain.timescales import FIRST_REVIEW, INITIAL_CONFERENCE, LATER_REVIEW, TRANSFER_IN_CONFERENCE
from waypost.records.casework.models import Child
from waypost.records.pathway.actions.enquiries import open_referral
from waypost.records.pathway.actions.plans import NewAction, NewMember, PlanStart, change_to, close, start
from waypost.records.pathway.days import in_order, limit_of, moment_of
from waypost.records.pathway.family import siblings
from waypost.records.pathway.models import Conference, ConferenceChild, Enquiry, ProtectionPlan, Transfer
from waypost.records.pathway.opening import Opening, open_each, opens
from waypost.records.pathway.order import note_if_out_of_order
from waypost.records.pathway.rules import may_hold_conference, may_work, of_each

INITIAL, REVIEW = "initial_conference", "review_conference"
ADD = "add_child"


@dataclass(frozen=True, slots=True)
class ConferenceDecision:
    """What a conference decided for one child.

    `decision` is one of the step "initial_conference" or "review_conference". `ended_by` is one of the step
    "protection_plan", where a review ends a plan. `plan` is of a plan that begins; `actions` and `members` of one that
    begins or goes on.
    """

    child: Child
    decision: str
    why: str
    category: str = ""
    late_reason: str = ""
    ended_by: str = ""
    long_reason: str = ""
    plan: PlanStart = field(default_factory=PlanStart)
    actions: Sequence[NewAction] = ()
    members: Sequence[NewMember] = ()


def step_of(conference: Conference) -> str:
    return REVIEW if conference.kind == Conference.REVIEW else INITIAL


def children_of(conference: Conference) -> list[Child]:
    rows = ConferenceChild.objects.filter(conference=conference).select_related("child__person", "child__authority")
    return [row.child for row in rows.order_by("child__person__born_on", "pk")]


# ---------------------------------------------------------------- who may


def may_plan_conference(by: Actor, conference: Conference) -> Decision:
    return _if_to_come(conference, lambda: of_each(may_hold_conference)(by, children_of(conference)))


def may_cancel_conference(by: Actor, conference: Conference) -> Decision:
    """By the chair's service, or by those who asked for it."""

    def asked() -> Decision:
        children = children_of(conference)
        return of_each(may_hold_conference)(by, children) or of_each(may_work)(by, children)

    return _if_to_come(conference, asked)


def may_put_conference(by: Actor, conference: Conference) -> Decision:
    return may_plan_conference(by, conference)


def _if_to_come(conference: Conference, may: Callable[[], Decision]) -> Decision:
    if conference.held_on:
        return No("This conference has been held already.")
    return No("This conference was cancelled.") if conference.cancelled_on else may()


# ---------------------------------------------------------------- asked for, planned, cancelled


@action("ask for conference", may=of_each(may_work))
def ask_conference(
    children: Sequence[Child],
    *,
    kind: str,
    on: date,
    chair: User | None = None,
    why_out_of_order: str = "",
    by: Actor,
) -> Conference:
    """Asks for one conference about brothers and sisters. A review takes those of them with it who have a plan.

    Raises:
        ValidationError: a review of a child without a plan, or a first conference without what the law puts before it
            and no reason for that.
    """
    conference = Conference(
        authority_id=children[0].authority_id, kind=kind, asked_on=on, asked_by=by.user, chair=chair
    )
    conference.save()
    for child in children:
        _bring(conference, child, why_out_of_order)
    return conference


@action("plan conference", may=may_plan_conference)
def plan_conference(conference: Conference, *, planned_on: date, chair: User | None = None, by: Actor) -> Conference:
    """Sets the day of a conference, and who chairs it.

    Raises:
        ChangedSince: someone else has saved it since it was opened.
        ValidationError: it would be before the day on which it was asked for.
    """
    in_order(
        "the conference is planned before it was asked for",
        first=("day it was asked for", conference.asked_on),
        then=("day it is planned for", planned_on),
        field="planned_on",
    )
    conference.planned_on, conference.chair = planned_on, chair or conference.chair
    conference.save()
    return conference


@action("cancel conference", may=may_cancel_conference)
def cancel_conference(conference: Conference, *, on: date, because: str, by: Actor) -> Conference:
    """A conference will not be held, and why."""
    conference.cancelled_on, conference.why_cancelled = on, because
    conference.save()
    return conference


@opens(INITIAL)
def ask_initial(opening: Opening) -> Conference:
    """A decision asks for a conference. Children for whom one strategy discussion asks it on one day share it."""
    source = opening.source
    kind = Conference.TRANSFER_IN if isinstance(source, Transfer) else _initial_kind(opening.child)
    conference = _shared(opening)
    if conference is None:
        conference = Conference(
            authority_id=opening.child.authority_id, kind=kind, asked_on=opening.on, asked_by=opening.by.user
        )
        conference.save()
    elif conference.kind == Conference.PRE_BIRTH and kind == Conference.INITIAL:
        conference.kind = kind
        conference.save()
    row = ConferenceChild(conference=conference, child=opening.child, referral=opening.referral)
    row.enquiry = source if isinstance(source, Enquiry) else None
    row.save()
    return conference


def _initial_kind(child: Child) -> str:
    return Conference.PRE_BIRTH if child.person.is_unborn else Conference.INITIAL


def _shared(opening: Opening) -> Conference | None:
    """The conference that was asked for brothers and sisters on the same day, and is still to come."""
    source = opening.source
    open_ = Conference.objects.filter(
        authority=opening.child.authority_id, asked_on=opening.on, held_on=None, cancelled_on=None
    )
    if isinstance(source, Enquiry) and source.strategy is not None:
        found = open_.filter(children__enquiry__strategy__discussion=source.strategy.discussion_id)
    elif isinstance(source, Transfer):
        found = open_.filter(kind=Conference.TRANSFER_IN, children__child__in=siblings(opening.child))
    else:
        return None
    return found.distinct().first()


def _bring(conference: Conference, child: Child, why_out_of_order: str) -> None:
    """Puts a child into a conference, with what brings them there."""
    row = ConferenceChild(conference=conference, child=child, referral=open_referral(child))
    if conference.kind == Conference.REVIEW:
        row.plan = ProtectionPlan.objects.filter(child=child, ended_on=None, is_temporary=False).first()
        if row.plan is None:
            raise ValidationError("A review is of a child with a protection plan. Leave out whoever has none.")
    else:
        note_if_out_of_order(INITIAL, row, child, why=why_out_of_order)
        enquiries = Enquiry.objects.filter(child=child, conferences=None).order_by("-started_on")
        row.enquiry = None if conference.kind == Conference.TRANSFER_IN else enquiries.first()
    row.save()


# ---------------------------------------------------------------- held


@action("hold conference", may=may_put_conference)
def hold_conference(
    conference: Conference,
    *,
    on: date,
    decisions: Sequence[ConferenceDecision],
    chair: User | None = None,
    at: datetime | None = None,
    by: Actor,
) -> Conference:
    """A conference was held, with a decision for each of its children; each decision opens what follows from it.

    A review may add brothers and sisters who had no plan.

    Raises:
        ChangedSince: someone else has saved the conference since it was opened.
        ValidationError: a child has no decision, or a decision lacks what it needs; or days are not in order.
    """
    in_order(
        "the conference is held before it was asked for",
        first=("day it was asked for", conference.asked_on),
        then=("day it was held", on),
    )
    rows = {row.child_id: row for row in ConferenceChild.objects.filter(conference=conference)}
    decided = {each.child.pk: each for each in decisions}
    if set(rows) - set(decided) or len(decided) != len(decisions):
        raise ValidationError("Make one decision for each child.")
    conference.held_on, conference.chair = on, chair or conference.chair or by.user
    conference.save()
    for said in decisions:
        row = rows.get(said.child.pk) or _added(conference, said, by)
        _decide(row, said, on=on, at=moment_of(on, at), by=by)
    return conference


def _added(conference: Conference, said: ConferenceDecision, by: Actor) -> ConferenceChild:
    """A brother or sister whom a review adds."""
    if conference.kind != Conference.REVIEW or said.decision != ADD:
        raise ValidationError("Only a review adds a child who was not asked for.")
    may_hold_conference(by, said.child).or_refuse()
    return ConferenceChild(conference=conference, child=said.child, referral=open_referral(said.child))


def _decide(row: ConferenceChild, said: ConferenceDecision, *, on: date, at: datetime, by: Actor) -> None:
    decision = step(step_of(row.conference)).decisions[said.decision]
    _complain(row, said)
    row.decision, row.why, row.category, row.late_reason = decision.id, said.why, said.category, said.late_reason
    row.decided_at, row.decided_by = at, row.conference.chair or by.user
    row.save()
    opening = Opening(said.child, row.referral, row, on, by, at=at)
    begun = _plan_among(open_each(step_of(row.conference), said.decision, opening))
    if begun is not None:
        row.plan = begun
        row.save()
        start(begun, said.plan, on=on)
        _accept_transfer(said.child, begun, on)
    elif row.plan is not None:
        _go_on(row, row.plan, said, on=on, by=by)
    plan = row.plan
    if plan is not None and plan.is_open:
        for new in said.actions:
            new.on_plan(plan, on).save()
        for member in said.members:
            member.on_plan(plan, on).save()


def _complain(row: ConferenceChild, said: ConferenceDecision) -> None:
    """What a decision needs and has not."""
    needs_category = said.decision in ("protection_plan", ADD, "change_category")
    if needs_category and not said.category:
        raise ValidationError({"category": "Select the category of the plan"})
    if needs_category and said.decision != "change_category" and row.referral is None:
        raise ValidationError("Record a referral first: a plan belongs to one, and none is open.")
    if said.decision == "end" and said.ended_by not in step("protection_plan").decisions:
        raise ValidationError({"ended_by": "Select why the plan ends"})
    if row.conference.kind == Conference.REVIEW and said.decision != ADD and row.plan is None:
        raise ValidationError("A review is of a child with a protection plan. Leave out whoever has none.")


def _go_on(row: ConferenceChild, plan: ProtectionPlan, said: ConferenceDecision, *, on: date, by: Actor) -> None:
    """What a review makes of a plan that is there."""
    if said.decision == "end":
        close(plan, decision=said.ended_by, why=said.why, on=on, by=by)
        return
    if said.decision == "change_category":
        change_to(plan, said.category, on=on)
    if said.long_reason and said.long_reason != plan.long_reason:
        plan.long_reason = said.long_reason
        plan.save()


def _plan_among(rows: Sequence[object]) -> ProtectionPlan | None:
    return next((row for row in rows if isinstance(row, ProtectionPlan)), None)


def _accept_transfer(child: Child, plan: ProtectionPlan, on: date) -> None:
    """The plan is ours from the conference on, and the sending authority's no more."""
    moves = Transfer.objects.filter(child=child, direction=Transfer.IN, accepted_on=None, is_permanent=True)
    for move in moves:
        move.plan, move.accepted_on = plan, on
        move.save()


# ---------------------------------------------------------------- limits


def limit(row: ConferenceChild) -> date | None:
    """The last day in time for the conference of a child; None where no number is set.

    Once held, a review is measured from the one before it; a first conference from its strategy discussion, and a
    transfer-in from the notification.
    """
    kind = row.conference.kind
    if kind == Conference.REVIEW:
        return _review_limit(row)
    if kind == Conference.TRANSFER_IN:
        moves = Transfer.objects.filter(child=row.child, direction=Transfer.IN, is_permanent=True)
        move = moves.filter(notified_on__lte=row.conference.asked_on).order_by("-notified_on").first()
        return limit_of(TRANSFER_IN_CONFERENCE, row.child, after=move.notified_on) if move else None
    return limit_of(INITIAL_CONFERENCE, row.child, after=row.enquiry.started_on) if row.enquiry else None


def _review_limit(row: ConferenceChild) -> date | None:
    if row.plan is None:
        return None
    reviews = ConferenceChild.objects.filter(plan=row.plan, conference__kind=Conference.REVIEW)
    held = reviews.exclude(pk=row.pk).filter(conference__held_on__gt=row.plan.started_on)
    last: Mapping[str, Any] | None = held.order_by("-conference__held_on").values("conference__held_on").first()
    if last is None:
        return limit_of(FIRST_REVIEW, row.child, after=row.plan.started_on)
    return limit_of(LATER_REVIEW, row.child, after=last["conference__held_on"])
