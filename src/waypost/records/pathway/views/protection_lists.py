"""The lists that managers and chairs work from: enquiries, plans, children without a plan, absence from core groups."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from waypost.access.asked import Asked
from waypost.records.pathway import watched
from waypost.records.pathway.presenters import lists as words

MOST = 100
"""How many lines of each group a page shows. The count above them is of all."""


def enquiries(request: Asked) -> HttpResponse:
    """Enquiries that are open too long; conferences past their limit, and those that were held late, with why."""
    request.actor.may("see_child").or_refuse()
    today = timezone.localdate()
    late = watched.conferences_late(request.scope.conference_decisions, today)
    awaited = watched.conferences_awaited(request.scope.conference_decisions, today)
    too_long = watched.enquiries_too_long(request.scope.enquiries, today)
    groups = [
        _group("Enquiries open beyond their time", "No enquiry is open beyond its time.", too_long,
               lambda row: words.enquiry(row, today), "worker"),
        _group("Conferences due within a week, or past their day", "No conference is due.", awaited,
               lambda row: words.awaited(row, today), "conference", "enquiry"),
        _group("Held late in the last 12 months, with why", "None was held late.", late,
               words.held_late, "conference", "enquiry"),
    ]  # fmt: skip
    return _drawn(request, "Enquiries and conferences", groups)


def plans(request: Asked) -> HttpResponse:
    """Plans that have run long, plans without a worker, and how long plans have run."""
    request.actor.may("see_child").or_refuse()
    today, rows = timezone.localdate(), request.scope.protection_plans

    def says(row: Any) -> words.Line:
        return words.plan(row, today)

    two = watched.plans_from_to(rows, today, months=24, to=None)
    near = watched.plans_from_to(rows, today, months=18, to=24)
    year = watched.plans_from_to(rows, today, months=12, to=18)
    groups = [
        _group("Plans without a social worker", "Every child with a plan has a social worker.",
               watched.without_worker(rows, today), says),
        _group("Plans of two years and more: is legal action needed?", "None.", two, says),
        _group("Plans that near two years", "None.", near, says),
        _group("Plans of 12 to 18 months, for review", "None.", year, says),
        _group("What was to happen if nothing got better is due", "None.", watched.contingency_due(rows, today), says),
    ]  # fmt: skip
    started = list(watched.open_plans(rows).values_list("started_on", flat=True))
    return _drawn(request, "Plans", groups, bands=words.bands(watched.bands(started, today)), total=len(started))


def without_plan(request: Asked) -> HttpResponse:
    """Children whom a worker carries and who have no plan that says what is done."""
    request.actor.may("see_child").or_refuse()
    rows = watched.without_plan(request.scope.children, timezone.localdate())
    counts = rows.aggregate(
        none=Count("pk", filter=Q(is_assessed=False)), later=Count("pk", filter=Q(is_assessed=True))
    )
    named = rows.select_related("person").prefetch_related("person__names")
    today = timezone.localdate()
    groups = [
        words.Group("No plan that says what is done", "Every child with a worker has a plan.", counts["none"],
                    [words.child(row, today) for row in named.filter(is_assessed=False)[:MOST]]),
        words.Group("Being assessed, so a plan may follow", "None.", counts["later"],
                    [words.child(row, today) for row in named.filter(is_assessed=True)[:MOST]]),
    ]  # fmt: skip
    return _drawn(request, "Children without a plan", groups)


def core_groups(request: Asked) -> HttpResponse:
    """Those who persistently miss core groups, for the chair to take up."""
    request.actor.may("see_child").or_refuse()
    today = timezone.localdate()
    found = watched.persistent_absence(request.scope.protection_plans, today)
    lines = [words.absence(each, today) for each in found[:MOST]]
    lead = "Whoever missed two of the last three core groups of a child without sending word."
    groups = [words.Group("Persistently absent", "Nobody misses core groups persistently.", len(found), lines, lead)]
    return _drawn(request, "Absence from core groups", groups)


def _group(title: str, empty: str, rows: QuerySet[Any], says: Callable[[Any], words.Line], *with_: str) -> words.Group:
    """A group of a list: how many there are, and the first of them. Three questions."""
    number = rows.count()
    named = rows.select_related("child__person", *with_).prefetch_related("child__person__names")
    return words.Group(title, empty, number, [says(row) for row in named[:MOST]])


def _drawn(request: Asked, title: str, groups: Iterable[words.Group], **held: Any) -> HttpResponse:
    context = {"title": title, "groups": list(groups), "bands": (), "total": 0, **held}
    return render(request, "pathway/protection/list.jinja", context)
