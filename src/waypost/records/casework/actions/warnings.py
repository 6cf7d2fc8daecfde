"""Changes to warnings: one is given, it is reviewed and stands, or it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from waypost.access.acting import action
from waypost.access.actor import Actor
from waypost.records.casework.models import Child, Warning
from waypost.records.casework.warned import may_review_warning, may_warn


@dataclass(frozen=True, slots=True)
class NewWarning:
    """`told` is who has been told of it, in words."""

    kind: str
    evidence: str
    review_on: date
    told: str = ""


@action("add warning", may=may_warn)
def warn(child: Child, *, new: NewWarning, by: Actor) -> Warning:
    """From today on, whoever opens the record meets this first."""
    warning = Warning(
        child=child,
        kind=new.kind,
        evidence=new.evidence,
        review_on=new.review_on,
        told=new.told,
        started_on=timezone.localdate(),
    )
    warning.save()
    return warning


@action("review warning", may=may_review_warning)
def keep_warning(warning: Warning, *, evidence: str, told: str, review_on: date, by: Actor) -> Warning:
    """The warning was reviewed and stands, with what it rests on now and the day it is reviewed next.

    Raises:
        ChangedSince: someone else has saved it since it was opened.
    """
    warning.evidence, warning.told, warning.review_on = evidence, told, review_on
    warning.save()
    return warning


@action("end warning", may=may_review_warning)
def end_warning(warning: Warning, *, because: str, by: Actor) -> Warning:
    """The warning was reviewed and is not needed any more. Today is the last day on which it is shown.

    Raises:
        ChangedSince: someone else has saved it since it was opened.
    """
    warning.ended_on = timezone.localdate()
    warning.save()
    return warning
