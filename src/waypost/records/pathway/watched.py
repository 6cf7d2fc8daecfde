"""Questions that managers and chairs ask of many children at once: what has gone on too long, and what is missing.

Each starts from rows that are in somebody's scope, and answers with those of them that need to be looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from waypost.domain.bands import LBHF_LENGTHS, length_band
from waypost.domain.dates import add_months
from waypost.records.casework.models import Allocation
from waypost.records.casework.models.dated import true_on
from waypost.records.pathway.models import (
    Assessment,
    CinPlan,
    CoreGroupAttendance,
    Enquiry,
    PlanAction,
    ProtectionPlan,
    Referral,
)

YEAR = timedelta(days=366)
LAST, MISSED = 3, 2
"""Somebody persistently misses core groups who missed, without word, so many of so many last ones."""

MEETINGS_SINCE = timedelta(days=270)


# ---------------------------------------------------------------- enquiries


def enquiries_too_long(rows: QuerySet[Any], today: date) -> QuerySet[Any]:
    """Enquiries that are open after the day by which a conference would have had to be held."""
    return rows.filter(ended_on=None, conference_target_on__lt=today).order_by("started_on", "pk")


def conferences_late(rows: QuerySet[Any], today: date) -> QuerySet[Any]:
    """First conferences of the last year that were held after their limit, the latest first."""
    held = rows.filter(conference__held_on__gte=today - YEAR, enquiry__isnull=False)
    late = held.filter(conference__held_on__gt=F("enquiry__conference_target_on"))
    return late.order_by("-conference__held_on", "pk")


def conferences_awaited(rows: QuerySet[Any], today: date) -> QuerySet[Any]:
    """Conferences that were asked for and are past their limit, or near it, without having been held."""
    soon = today + timedelta(days=7)
    open_ = rows.filter(conference__held_on=None, conference__cancelled_on=None, enquiry__isnull=False)
    return open_.filter(enquiry__conference_target_on__lte=soon).order_by("enquiry__conference_target_on", "pk")


# ---------------------------------------------------------------- plans


def open_plans(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Plans of ours that run. Another authority's are not ours to count."""
    return rows.filter(ended_on=None, is_temporary=False)


def plans_from_to(rows: QuerySet[Any], today: date, *, months: int, to: int | None) -> QuerySet[Any]:
    """Open plans that have run for so many months and no more, the longest first."""
    found = open_plans(rows).filter(started_on__lte=add_months(today, -months))
    if to is not None:
        found = found.filter(started_on__gt=add_months(today, -to))
    return found.order_by("started_on", "pk")


def without_worker(rows: QuerySet[Any], today: date) -> QuerySet[Any]:
    """Open plans of children whom no social worker carries today."""
    held = Allocation.objects.filter(true_on(today), child=OuterRef("child"), worker__isnull=False)
    return open_plans(rows).exclude(Exists(held)).order_by("started_on", "pk")


def contingency_due(rows: QuerySet[Any], today: date) -> QuerySet[Any]:
    """Open plans whose day for what happens if nothing gets better is past."""
    return open_plans(rows).filter(contingency_by__lt=today).order_by("contingency_by", "pk")


def bands(started: Iterable[date], today: date) -> Mapping[str, int]:
    """How many plans stand in each band of length, in the order of the bands."""
    counted = {band.label: 0 for band in LBHF_LENGTHS}
    for day in started:
        label = length_band(day, today, LBHF_LENGTHS)
        if label in counted:
            counted[label] += 1
    return counted


# ---------------------------------------------------------------- children without a plan


def without_plan(children: QuerySet[Any], today: date) -> QuerySet[Any]:
    """Children whom a worker carries today and who have no plan that says what is done.

    `is_assessed` marks those for whom a plan may follow: a referral undecided, an assessment or an enquiry under way.
    """
    held = Allocation.objects.filter(true_on(today), child=OuterRef("pk"), worker__isnull=False)
    to_do = PlanAction.objects.filter(plan=OuterRef("pk"), state="open")
    plans = ProtectionPlan.objects.filter(child=OuterRef("pk"), ended_on=None)
    need = CinPlan.objects.filter(child=OuterRef("pk"), ended_on=None)
    ours = Q(is_temporary=True) | Exists(to_do)
    assessed = (
        Exists(Assessment.objects.filter(child=OuterRef("pk"), authorised_on=None))
        | Exists(Enquiry.objects.filter(child=OuterRef("pk"), ended_on=None))
        | Exists(Referral.objects.filter(child=OuterRef("pk"), closed_on=None, decision=""))
    )
    found = children.filter(Exists(held)).exclude(Exists(plans.filter(ours))).exclude(Exists(need.exclude(aims="")))
    said: QuerySet[Any] = found.annotate(has_plan=Exists(plans), has_need=Exists(need), is_assessed=assessed)
    return said.order_by("is_assessed", "person__born_on", "pk")


# ---------------------------------------------------------------- core groups


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody who persistently misses the core groups of a child: how many of the last ones they missed."""

    attendance: CoreGroupAttendance
    missed: int
    of: int


def persistent_absence(plans: QuerySet[Any], today: date) -> list[Absence]:
    """Those who missed, without word, most of the last core groups of an open plan. One question."""
    rows = CoreGroupAttendance.objects.filter(
        plan__in=open_plans(plans), member__ended_on=None, core_group__held_on__gte=today - MEETINGS_SINCE
    )
    held: dict[Any, list[CoreGroupAttendance]] = {}
    with_ = ("member__agency", "core_group", "plan__child__person")
    for row in (
        rows.select_related(*with_)
        .prefetch_related("plan__child__person__names")
        .order_by("-core_group__held_on", "pk")
    ):
        held.setdefault(row.member_id, []).append(row)
    found = []
    for theirs in held.values():
        last = theirs[:LAST]
        missed = sum(not row.came and not row.sent_word for row in last)
        if missed >= MISSED:
            found.append(Absence(last[0], missed, len(last)))
    return sorted(found, key=lambda each: (-each.missed, each.attendance.member.name))
