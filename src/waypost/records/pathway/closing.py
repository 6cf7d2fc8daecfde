"""The end of a child's case: what must be ended first, and what ends with it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from waypost.records.casework.models import Child
from waypost.records.pathway import models as held
from waypost.records.pathway.models import Referral
from waypost.web import words

AFTER_ASSESSMENT, OTHER = ("RC8", "RC9"), "RC7"
"""Closures "after assessment" are for episodes that held an assessment and nothing more."""

_OPEN: tuple[tuple[Any, str, str, str], ...] = (
    (held.ProtectionPlan, "ended_on", "A child protection plan", "End the plan first"),
    (held.CinPlan, "ended_on", "A child in need plan", "End the plan first"),
    (held.Enquiry, "ended_on", "A section 47 enquiry", "Finish the enquiry first"),
    (held.Assessment, "authorised_on", "An assessment", "Finish the assessment first"),
)


def still_open(child: Child, *, but: Any = None) -> str:
    """What keeps a case open: "An assessment is open since 4 March 2024. Finish the assessment first."

    Empty where nothing does. `but` is a row that is just being ended.
    """
    for model, ends, name, first in _OPEN:
        rows = model.objects.filter(**{"child": child, ends: None})
        row = rows.exclude(pk=but.pk).first() if isinstance(but, model) else rows.first()
        if row is not None:
            return f"{name} is open since {words.day(row.started_on)}. {first}."
    return ""


def close(referral: Referral, *, on: date, reason: str, but: Any = None) -> None:
    """Ends an episode, the child's allocations and the wait for a worker with it. Called inside an action.

    Raises:
        ValidationError: a plan, an enquiry or an assessment is still open, or the day is before the referral.
    """
    if not referral.is_open:
        raise ValidationError("This case is closed already.")
    if complaint := still_open(referral.child, but=but):
        raise ValidationError(f"We could not close this case because {complaint[0].lower()}{complaint[1:]}")
    if on < referral.received_on:
        raise ValidationError(f"The day it closes must be on or after {words.day(referral.received_on)}.")
    referral.closed_on, referral.closure_reason = on, _reason(referral, reason)
    referral.save()
    for allocation in referral.child.allocations.filter(ended_on=None):
        allocation.ended_on = max(on, allocation.started_on or on)
        allocation.save()
    for waiting in referral.child.waiting.filter(until_at=None):
        waiting.until_at = max(timezone.make_aware(datetime.combine(on, time.min)), waiting.since_at)
        waiting.save()


def _reason(referral: Referral, reason: str) -> str:
    """Where more than an assessment was done, the case did not close "after assessment"."""
    if reason not in AFTER_ASSESSMENT:
        return reason
    more = (referral.enquiries, referral.cin_plans, referral.protection_plans)
    return OTHER if any(rows.exists() for rows in more) else reason
