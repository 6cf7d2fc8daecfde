"""Changes to contacts: one is recorded, each child of it is decided, and the referrer is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from waypost.access import notices
from waypost.access.acting import action
from waypost.access.actor import Actor
from waypost.access.models import Agency, Team, User
from waypost.access.recorded import Recorded
from waypost.access.rules import Decision
from waypost.domain.calendars import ENGLAND_AND_WALES
from waypost.domain.pathway import step
from waypost.domain.pathway.hours import is_out_of_hours
from waypost.records.casework.models import Child
from waypost.records.pathway.models import Contact, ContactChild
from waypost.records.pathway.opening import Opening, open_each
from waypost.records.pathway.rules import may_screen, of_each
from waypost.web import words

OPEN_CASE, REFERRAL = "open_case", "referral"
TELL_WITHIN = timedelta(days=1)
"""A worker is sent word of what was decided just now, and not of what is recorded later."""


@dataclass(frozen=True, slots=True)
class NewContact:
    """What came in. `received_at` is when it came, to the minute, whenever it is recorded."""

    received_at: datetime
    how: str
    source: str
    reason: str
    account: str
    agency: Agency | None = None
    referrer: str = ""
    referrer_reached: str = ""
    tried_before: str = ""


@dataclass(frozen=True, slots=True)
class Screened:
    """What is decided for one child of a contact: the decision, the level of the threshold statement, and why.

    `team` is the one that a referral or early help goes to.
    """

    row: ContactChild
    decision: str
    level: int
    why: str
    team: Team | None = None


@action("record contact", may=of_each(may_screen))
def record_contact(children: Sequence[Child], *, new: NewContact, by: Actor) -> Contact:
    """Somebody told the service something about a child or several, and each of them has a decision to come.

    Raises:
        ValidationError: it is said to have come later than now.
    """
    if new.received_at > timezone.now():
        raise ValidationError({"received_time": "The moment it came must not be later than now."})
    contact = Contact(
        authority_id=children[0].authority_id,
        received_at=new.received_at,
        is_out_of_hours=is_out_of_hours(new.received_at, ENGLAND_AND_WALES),
        how=new.how,
        source=new.source,
        agency=new.agency,
        referrer=new.referrer,
        referrer_reached=new.referrer_reached,
        reason=new.reason,
        account=new.account,
        tried_before=new.tried_before,
    )
    contact.save()
    for child in children:
        ContactChild(contact=contact, child=child).save()
    return contact


def _may_screen_each(by: Actor, decided: Sequence[Screened]) -> Decision:
    return of_each(may_screen)(by, [each.row.child for each in decided])


@action("screen contact", may=_may_screen_each)
def screen(decided: Sequence[Screened], *, at: datetime, by: Actor) -> list[Recorded]:
    """Decides for each child, and begins what each decision opens. Gives the rows that were begun.

    Raises:
        ChangedSince: someone else has decided since the page was opened.
        ValidationError: a decision cannot be made for a child; nothing is decided for any.
    """
    made: list[Recorded] = []
    for each in decided:
        _must_fit(each, at)
        row = each.row
        row.decision, row.level, row.why, row.decided_at, row.decided_by = (
            each.decision,
            each.level,
            each.why,
            at,
            by.user,
        )
        row.save()
        opening = Opening(row.child, None, row, timezone.localdate(at), by, at=at, team=each.team)
        made += open_each("contact", each.decision, opening)
    _send_word(decided, at)
    return made


def _must_fit(each: Screened, at: datetime) -> None:
    row = each.row
    if each.decision not in step("contact").decisions:
        raise ValidationError("Select what is decided.")
    if row.is_decided:
        raise ValidationError("This contact has been decided already.")
    if at < row.contact.received_at:
        came = words.moment(row.contact.received_at)
        raise ValidationError(f"The decision must not be before the contact came, {came}.")
    is_open = row.child.referrals.filter(closed_on=None).exists()
    if each.decision == REFERRAL and is_open:
        raise ValidationError("This child's case is open. Pass the contact to the worker who holds it.")
    if each.decision == OPEN_CASE and not is_open:
        raise ValidationError("This child has no open case, so there is no worker to pass the contact to.")


def _send_word(decided: Sequence[Screened], at: datetime) -> None:
    """Tells the workers of open cases that a contact was passed to them. It names nobody."""
    passed = [each.row.child_id for each in decided if each.decision == OPEN_CASE]
    if passed and timezone.now() - at < TELL_WITHIN:
        holders = User.objects.filter(allocations__child__in=passed, allocations__ended_on=None, is_active=True)
        transaction.on_commit(partial(_tell, list(holders.distinct())))


def _tell(holders: list[User]) -> None:
    says = "A contact about a child whose case you hold was passed to you."
    notices.tell(holders, "A contact was passed to you", says, "Sign in to Waypost and look at your work.")


def _may_tell(by: Actor, rows: Sequence[ContactChild]) -> Decision:
    return of_each(may_screen)(by, [row.child for row in rows])


@action("tell referrer", may=_may_tell)
def tell_referrer(rows: Sequence[ContactChild], *, how: str, what: str, at: datetime, by: Actor) -> list[ContactChild]:
    """Whoever made a contact was told what was decided: how, when, and in what words.

    Raises:
        ValidationError: there is nothing decided yet to tell, or they were told before it was decided.
    """
    for row in rows:
        if not row.decided_at:
            raise ValidationError("Decide about every child first, and tell the referrer then.")
        if at < row.decided_at:
            raise ValidationError(f"They cannot have been told before it was decided, {words.moment(row.decided_at)}.")
        row.told_at, row.told_how, row.told_what = at, how, what
        row.save()
    return list(rows)
