"""Changes to referrals, and to what belongs to an episode: emergencies, and requests for information."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from waypost.access.acting import action
from waypost.access.actor import Actor
from waypost.access.models import Agency, Team
from waypost.access.recorded import Recorded
from waypost.domain.pathway import step
from waypost.records.casework.models import Child
from waypost.records.pathway.closing import close
from waypost.records.pathway.models import ContactChild, EarlyHelp, EmergencyAction, InformationRequest, Referral
from waypost.records.pathway.opening import Opening, open_each, opens
from waypost.records.pathway.rules import may_approve, may_work, of_row
from waypost.web import words

FROM_EARLY_HELP = "5D"
"""The source of a referral that early help stepped up."""


# ---------------------------------------------------------------- a referral comes


@opens("referral")
def _begin(opening: Opening) -> Referral:
    """A contact becomes a referral, which was received when the contact was; or early help steps up, at that moment."""
    _must_be_closed(opening.child)
    source = opening.source
    referral = Referral(child=opening.child, team=opening.team)
    if isinstance(source, ContactChild):
        contact = source.contact
        referral.contact, referral.level = source, source.level
        referral.source, referral.agency = contact.source, contact.agency
        referral.received_at = _after_the_last(opening, contact.received_at)
    else:
        referral.source = FROM_EARLY_HELP
        referral.stepped_up_from = source if isinstance(source, EarlyHelp) else None
        referral.received_at = opening.at or timezone.now()
    referral.received_on = timezone.localdate(referral.received_at)
    referral.save()
    return referral


def _after_the_last(opening: Opening, received_at: datetime) -> datetime:
    """An episode does not begin within the one before: what came then and was decided after begins at its decision."""
    last = opening.child.referrals.order_by("-received_on").first()
    is_within = last is not None and last.closed_on is not None and timezone.localdate(received_at) < last.closed_on
    return (opening.at or timezone.now()) if is_within else received_at


def _must_be_closed(child: Child) -> None:
    if child.referrals.filter(closed_on=None).exists():
        raise ValidationError("This child's case is open already.")


@action("record referral", may=may_work)
def record_referral(
    child: Child,
    *,
    received_at: datetime,
    source: str,
    agency: Agency | None = None,
    need: str = "",
    level: int | None = None,
    team: Team | None = None,
    by: Actor,
) -> Referral:
    """A referral that no contact stands before, as one that came from another system.

    Raises:
        ValidationError: the child's case is open already.
    """
    _must_be_closed(child)
    referral = Referral(
        child=child,
        received_at=received_at,
        received_on=timezone.localdate(received_at),
        source=source,
        agency=agency,
        need=need,
        level=level,
        team=team,
    )
    referral.save()
    return referral


# ---------------------------------------------------------------- it is decided, answered, and closed


@dataclass(frozen=True, slots=True)
class ReferralDecided:
    """A manager's decision on a referral. `need` is the primary need, without which work cannot be counted.

    `why_not_assessed` is asked where no assessment is to be made; left empty, `why` says it.
    """

    decision: str
    why: str
    level: int | None = None
    need: str = ""
    why_not_assessed: str = ""
    team: Team | None = None
    is_pilot: bool = False


@action("decide referral", may=of_row(may_approve))
def decide_referral(referral: Referral, *, decided: ReferralDecided, at: datetime, by: Actor) -> list[Recorded]:
    """Decides a referral and begins what the decision opens. Gives the rows that were begun.

    Raises:
        ChangedSince: someone else has saved it since it was opened.
        ValidationError: it was decided already, or the decision would close a case with work still open.
    """
    found = step("referral").decisions.get(decided.decision)
    if found is None:
        raise ValidationError({"decision": "Select what is decided."})
    if referral.is_decided or not referral.is_open:
        raise ValidationError("This referral has been decided already.")
    if at < referral.received_at:
        came = words.moment(referral.received_at)
        raise ValidationError({"decided_on": f"The decision must not be before the referral came, {came}."})
    on = timezone.localdate(at)
    referral.decision, referral.why, referral.decided_at, referral.decided_by = found.id, decided.why, at, by.user
    referral.level = decided.level or referral.level
    referral.need = decided.need or referral.need
    referral.team = decided.team or referral.team
    referral.is_pilot = decided.is_pilot
    referral.why_not_assessed = decided.why_not_assessed or (decided.why if found.closes else "")
    if found.closes:
        close(referral, on=on, reason=found.closure_code)
    else:
        referral.save()
    opening = Opening(referral.child, referral, referral, on, by, at=at, team=referral.team)
    return open_each("referral", found.id, opening)


@action("record first response", may=of_row(may_work))
def record_response(referral: Referral, *, on: date, by: Actor) -> Referral:
    """The day on which the family or the referrer first heard from the worker.

    Raises:
        ValidationError: it is before the referral came.
    """
    if on < referral.received_on:
        came = words.day(referral.received_on)
        raise ValidationError({"on": f"The first response must be on or after {came}, when the referral came"})
    referral.responded_on = on
    referral.save()
    return referral


@action("change referral", may=of_row(may_approve))
def amend_referral(referral: Referral, *, why_not_assessed: str, is_pilot: bool, by: Actor) -> Referral:
    """Why it has no assessment, and whether a pilot team handles it, so that totals without it are provisional.

    Raises:
        ChangedSince: someone else has saved it since it was opened.
    """
    referral.why_not_assessed, referral.is_pilot = why_not_assessed, is_pilot
    referral.save()
    return referral


@action("close case", may=of_row(may_approve))
def close_case(referral: Referral, *, on: date, reason: str, because: str = "", by: Actor) -> Referral:
    """Ends the episode of need, and the child's allocations on that day with it.

    Raises:
        ValidationError: a plan, an enquiry or an assessment is open, or the day is before the referral came.
    """
    close(referral, on=on, reason=reason)
    return referral


# ---------------------------------------------------------------- emergencies


@dataclass(frozen=True, slots=True)
class NewEmergency:
    """What was done at once. `decided_by` is whoever decided it, by name and office."""

    began_at: datetime
    power: str
    what: str
    decided_by: str
    ended_at: datetime | None = None
    outcome: str = ""


@action("record emergency action", may=may_work)
def record_emergency(child: Child, *, new: NewEmergency, by: Actor) -> EmergencyAction:
    """
    Raises:
        ValidationError: it is said to have ended before it began.
    """
    _must_end_after(new.began_at, new.ended_at)
    row = EmergencyAction(
        child=child,
        began_at=new.began_at,
        ended_at=new.ended_at,
        power=new.power,
        what=new.what,
        outcome=new.outcome,
        decided_by=new.decided_by,
    )
    row.save()
    return row


@action("end emergency action", may=of_row(may_work))
def end_emergency(row: EmergencyAction, *, at: datetime, outcome: str, by: Actor) -> EmergencyAction:
    """
    Raises:
        ValidationError: it is said to have ended before it began.
    """
    _must_end_after(row.began_at, at)
    row.ended_at, row.outcome = at, outcome
    row.save()
    return row


def _must_end_after(began_at: datetime, ended_at: datetime | None) -> None:
    if ended_at and ended_at < began_at:
        raise ValidationError({"ended_on": f"It must end after it began, {words.moment(began_at)}."})


# ---------------------------------------------------------------- requests for information


@dataclass(frozen=True, slots=True)
class NewRequest:
    """A question put to an agency or by one: who asks or is asked, what, and under which power."""

    direction: str
    who: str
    what: str
    asked_on: date
    agency: Agency | None = None
    power: str = ""


@action("ask for information", may=may_work)
def ask_information(child: Child, *, new: NewRequest, by: Actor) -> InformationRequest:
    row = InformationRequest(
        child=child,
        direction=new.direction,
        agency=new.agency,
        who=new.who,
        what=new.what,
        power=new.power,
        asked_on=new.asked_on,
    )
    row.save()
    return row


@action("answer request for information", may=of_row(may_work))
def answer_information(row: InformationRequest, *, answer: str, on: date, by: Actor) -> InformationRequest:
    """
    Raises:
        ValidationError: the answer is said to have come before the question.
    """
    if on < row.asked_on:
        raise ValidationError({"on": f"The answer must be on or after {words.day(row.asked_on)}, when it was asked"})
    row.answer, row.answered_on = answer, on
    row.save()
    return row
