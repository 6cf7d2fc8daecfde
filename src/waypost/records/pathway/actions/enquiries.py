"""Strategy discussions and section 47 enquiries: held once for brothers and sisters, and decided for each child."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from waypost.access.acting import action
from waypost.access.actor import Actor
from waypost.access.models import Agency, User
from waypost.access.rules import Decision, No
from waypost.domain.pathway import step
from waypost.domain.timescales import INITIAL_CONFERENCE
from waypost.records.casework.actions import approvals
from waypost.records.casework.models import Approval, Child
from waypost.records.casework.models.dated import true_on
from waypost.records.pathway.days import in_order, limit_of, moment_of
from waypost.records.pathway.models import (
    Assessment,
    CriminalMatter,
    Enquiry,
    Medical,
    Referral,
    StrategyChild,
    StrategyDiscussion,
    StrategyParticipant,
)
from waypost.records.pathway.opening import Opening, open_each, opens
from waypost.records.pathway.order import note_if_out_of_order
from waypost.records.pathway.rules import may_approve, may_work, of_each, of_row

STRATEGY, ENQUIRY = "strategy_discussion", "section47_enquiry"
APPROVE = "Approve section 47 enquiry"
WRITTEN = frozenset({"worker", "is_joint", "seen_on", "seen_alone", "findings", "alternatives", "took_part"})
"""What a worker writes of an enquiry. The rest is decided, or follows from the strategy discussion."""


@dataclass(frozen=True, slots=True)
class NewStrategy:
    """A strategy discussion as it was held. `shared` is the information that was shared, of the family as a whole."""

    held_at: datetime
    kind: str
    seniority: str
    shared: str
    chair: User | None = None
    needed_on: date | None = None
    actions: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A kind of agency that was asked to take part in a strategy discussion, and whether it did."""

    sector: str
    who: str = ""
    agency: Agency | None = None
    took_part: bool = True


@dataclass(frozen=True, slots=True)
class StrategyDecision:
    """What a strategy discussion decided for one child. `decision` is one of the step "strategy_discussion"."""

    child: Child
    decision: str
    why: str
    reasonable_cause: str = ""
    alternatives: str = ""
    is_joint: bool | None = None
    why_out_of_order: str = ""


# ---------------------------------------------------------------- strategy discussions


@action("hold strategy discussion", may=of_each(may_work))
def hold_strategy(
    children: Sequence[Child],
    *,
    new: NewStrategy,
    asked: Sequence[Asked],
    decisions: Sequence[StrategyDecision],
    by: Actor,
) -> StrategyDiscussion:
    """Records a strategy discussion about brothers and sisters, and opens what it decided for each of them.

    Raises:
        ValidationError: a child has no decision, or one that needs a referral and has none; or why it stands out of
            the usual order was not said.
    """
    one_for_each(children, [each.child for each in decisions])
    discussion = StrategyDiscussion(
        authority_id=children[0].authority_id,
        **{name: getattr(new, name) for name in NewStrategy.__slots__},
    )
    discussion.save()
    for one in asked:
        StrategyParticipant(
            discussion=discussion, agency=one.agency, sector=one.sector, who=one.who, took_part=one.took_part
        ).save()
    on = timezone.localdate(new.held_at)
    for decision in decisions:
        _decide(discussion, decision, on=on, at=new.held_at, by=by)
    return discussion


def _decide(discussion: StrategyDiscussion, said: StrategyDecision, *, on: date, at: datetime, by: Actor) -> None:
    referral = open_referral(said.child)
    if step(STRATEGY).decisions[said.decision].opens and referral is None:
        raise ValidationError("Record a referral first: what this decides belongs to one, and none is open.")
    row = StrategyChild(
        discussion=discussion,
        child=said.child,
        referral=referral,
        decision=said.decision,
        why=said.why,
        reasonable_cause=said.reasonable_cause,
        alternatives=said.alternatives,
        is_joint=said.is_joint,
        decided_at=at,
        decided_by=discussion.chair or by.user,
    )
    note_if_out_of_order(STRATEGY, row, said.child, why=said.why_out_of_order)
    row.save()
    open_each(STRATEGY, said.decision, Opening(said.child, referral, row, on, by, at=at))


@opens(ENQUIRY)
def begin_enquiry(opening: Opening) -> Enquiry | None:
    """An enquiry begins on the day of its strategy discussion. One that is open goes on, and its clock with it."""
    if Enquiry.objects.filter(child=opening.child, ended_on=None).exists():
        return None
    if opening.referral is None or not isinstance(opening.source, StrategyChild):
        raise ValueError("an enquiry begins with a strategy discussion, in the episode of a referral")
    enquiry = Enquiry(
        child=opening.child,
        referral=opening.referral,
        strategy=opening.source,
        assessment=Assessment.objects.filter(child=opening.child, authorised_on=None).order_by("-started_on").first(),
        worker=worker_of(opening.child, opening.on),
        started_on=opening.on,
        conference_target_on=limit_of(INITIAL_CONFERENCE, opening.child, after=opening.on),
        is_joint=bool(opening.source.is_joint),
    )
    enquiry.save()
    return enquiry


# ---------------------------------------------------------------- enquiries


def may_write_enquiry(by: Actor, enquiry: Enquiry) -> Decision:
    if not enquiry.is_open:
        return No("This enquiry has ended, so it is not changed any more.")
    if enquiry.submitted_at:
        return No("This enquiry waits for a manager, and is not changed until they have answered.")
    return may_work(by, enquiry.child)


def may_decide_enquiry(by: Actor, enquiry: Enquiry) -> Decision:
    if not enquiry.is_open or not enquiry.submitted_at:
        return No("Nobody has asked for this enquiry to be approved, or it has been decided already.")
    return may_approve(by, enquiry.child)


@action("write section 47 enquiry", may=may_write_enquiry)
def write_enquiry(enquiry: Enquiry, *, to: Mapping[str, Any], by: Actor) -> Enquiry:
    """Writes what was found: of the fields `WRITTEN`, those that are given.

    Raises:
        ChangedSince: someone else has saved it since it was opened.
        ValidationError: the child was seen before the enquiry began.
    """
    _write(enquiry, to)
    enquiry.save()
    return enquiry


@action("submit section 47 enquiry", may=may_write_enquiry)
def submit_enquiry(
    enquiry: Enquiry, *, outcome: str, why: str, on: date, to: Mapping[str, Any] | None = None, by: Actor
) -> Approval:
    """Puts an enquiry with its outcome before a manager. `outcome` is a decision of the step "section47_enquiry".

    Raises:
        ChangedSince: someone else has saved it since it was opened.
        ValidationError: it would end before it began.
    """
    _write(enquiry, to or {})
    in_order(
        "the enquiry is finished before it begins",
        first=("day it began", enquiry.started_on),
        then=("day it is finished", on),
    )
    enquiry.decision, enquiry.why = step(ENQUIRY).decisions[outcome].id, why
    enquiry.submitted_at = enquiry.decided_at = moment_of(on)
    enquiry.decided_by = by.user
    enquiry.save()
    return approvals.ask_approval(enquiry, what=APPROVE, authority=enquiry.child.authority, by=by)


@action("approve section 47 enquiry", may=may_decide_enquiry)
def approve_enquiry(enquiry: Enquiry, *, on: date, by: Actor) -> Enquiry:
    """A manager agrees with the outcome: the enquiry ends, and what the outcome asks for is opened.

    Raises:
        NotAllowed: they submitted it themself, or it was changed since.
        ValidationError: it would end before it began.
    """
    in_order("the enquiry ends before it begins", first=("day it began", enquiry.started_on), then=("day it ends", on))
    approvals.approve(waiting_for(enquiry), by=by)
    enquiry.ended_on, enquiry.authorised_by = on, by.user
    enquiry.save()
    open_each(ENQUIRY, enquiry.decision, Opening(enquiry.child, enquiry.referral, enquiry, on, by, at=moment_of(on)))
    return enquiry


@action("return section 47 enquiry", may=may_decide_enquiry)
def return_enquiry(enquiry: Enquiry, *, because: str, by: Actor) -> Enquiry:
    """A manager sends it back, and says what must change. The outcome is the worker's to give again."""
    approvals.return_for_changes(waiting_for(enquiry), because=because, by=by)
    enquiry.decision, enquiry.why, enquiry.decided_by = "", "", None
    enquiry.submitted_at = enquiry.decided_at = None
    enquiry.save()
    return enquiry


def waiting_for(enquiry: Enquiry) -> Approval:
    """What waits for a manager's answer."""
    found = Approval.objects.filter(row=enquiry.pk, what=APPROVE, state=Approval.WAITING).order_by("-asked_at").first()
    if found is None:
        raise ValidationError("Nothing waits for approval here. Ask the worker to submit the enquiry again.")
    return found


def _write(enquiry: Enquiry, to: Mapping[str, Any]) -> None:
    for name, value in to.items():
        if name not in WRITTEN:
            raise ValueError(f"{name} of an enquiry is not written by hand")
        setattr(enquiry, name, value)
    in_order(
        "the child is seen before the enquiry begins",
        first=("day it began", enquiry.started_on),
        then=("day the child was seen", enquiry.seen_on),
        field="seen_on",
    )


# ---------------------------------------------------------------- medicals and criminal matters


@action("ask for medical", may=may_work)
def ask_medical(child: Child, *, on: date, enquiry: Enquiry | None = None, by: Actor) -> Medical:
    """A child protection medical is asked for."""
    medical = Medical(child=child, enquiry=enquiry, asked_on=on)
    medical.save()
    return medical


@action("record medical", may=of_row(may_work))
def record_medical(
    medical: Medical, *, held_on: date | None, reported_on: date | None = None, findings: str = "", by: Actor
) -> Medical:
    """When a medical was held, when its report came, and what it found.

    Raises:
        ChangedSince: someone else has saved it since it was opened.
        ValidationError: its days are not in order.
    """
    in_order(
        "the medical is held before it was asked for",
        first=("day it was asked for", medical.asked_on),
        then=("day it was held", held_on),
        field="held_on",
    )
    in_order(
        "the report comes before the medical",
        first=("day it was held", held_on),
        then=("day the report came", reported_on),
        field="reported_on",
    )
    medical.held_on, medical.reported_on, medical.findings = held_on, reported_on, findings
    medical.save()
    return medical


@action("record criminal matter", may=may_work)
def note_criminal_matter(
    child: Child, *, kind: str, on: date, what: str, support: str = "", enquiry: Enquiry | None = None, by: Actor
) -> CriminalMatter:
    """A fact of the police or a court that matters to the child: what, when, and what supports the child in it."""
    matter = CriminalMatter(child=child, enquiry=enquiry, kind=kind, on=on, what=what, support=support)
    matter.save()
    return matter


# ---------------------------------------------------------------- what several steps ask


def open_referral(child: Child) -> Referral | None:
    """The episode of need that is open for a child."""
    found: Referral | None = Referral.objects.filter(child=child, closed_on=None).first()
    return found


def worker_of(child: Child, on: date) -> User | None:
    """Who carries the child's case on a day."""
    held = child.allocations.filter(true_on(on)).exclude(worker=None).select_related("worker").order_by("-started_on")
    found = held.first()
    return found.worker if found else None


def one_for_each(children: Sequence[Child], decided: Sequence[Child]) -> None:
    if sorted(str(child.pk) for child in children) != sorted(str(child.pk) for child in decided):
        raise ValidationError("Make one decision for each child.")
