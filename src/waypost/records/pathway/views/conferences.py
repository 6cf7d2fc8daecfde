"""Conferences as facts: asked for, planned, cancelled, and held with a decision for each child."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from waypost.access.asked import Asked
from waypost.access.recorded import Recorded
from waypost.domain.bands import two_years
from waypost.records.casework.models import Child
from waypost.records.casework.views.child import drawn, opened
from waypost.records.pathway.actions import conferences as does
from waypost.records.pathway.actions.conferences import ConferenceDecision
from waypost.records.pathway.actions.plans import PlanStart
from waypost.records.pathway.forms.conferences import AskForm, CancelForm, DayForm, HeldForm, Stands, plan_of
from waypost.records.pathway.models import Conference, ConferenceChild, ProtectionPlan
from waypost.records.pathway.presenters import enquiries as words
from waypost.records.pathway.rules import may_work
from waypost.records.pathway.views.asking import (
    Page,
    Siblings,
    ask,
    changing,
    fresh,
    member,
    options,
    siblings,
    who_may,
)
from waypost.records.pathway.views.rows import child_of

HOME = "child_protection"
FAMILY_FORM = "pathway/protection/family_form.jinja"


def conference(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """One conference, as far as it concerns this child."""
    found, record = opened(request, key, "conference")
    rows = ConferenceChild.objects.select_related("conference__chair", "enquiry", "plan", "child__authority")
    held = get_object_or_404(rows, child=found, conference=row)
    is_to_come = held.conference.held_on is None and held.conference.cancelled_on is None
    chairs = bool(request.actor.may("hold_conference", found.authority_id))
    context: dict[str, Any] = {
        "title": str(held.conference),
        "facts": words.conference(held, limit=does.limit(held)),
        "conference": held.conference_id,
        "may_hold": is_to_come and chairs,
        "may_cancel": is_to_come and (chairs or bool(request.actor.may("work_case", found.authority_id))),
    }
    return drawn(request, "pathway/protection/conference.jinja", record, context)


def add(request: Asked, key: uuid.UUID) -> HttpResponse:
    """Asks for a conference, once for brothers and sisters."""
    child = child_of(request, key)
    may_work(request.actor, child).or_refuse()
    family = siblings(request, child)
    has_plan = ProtectionPlan.objects.filter(child=child, ended_on=None, is_temporary=False).exists()
    first = {"on": timezone.localdate(), "kind": "review" if has_plan else "initial"}
    form = fresh(request, AskForm, members=family.members, ticked=family.ticked, initial=first)

    def save() -> object:
        given = {name: form.cleaned_data[name] for name in ("kind", "on", "why_out_of_order")}
        return does.ask_conference(family.of(form), **given, by=request.actor)

    page = Page("Ask for a conference", "The conference was asked for.", HOME, "Ask for it", template=FAMILY_FORM)
    return ask(request, child, page, form, save)


def plan(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """The day of a conference, and its chair."""
    child, held = _of(request, key, row)
    does.may_plan_conference(request.actor, held).or_refuse()
    chairs = who_may("hold_conference", child.authority_id)
    form = changing(request, DayForm, held, _day, chairs=options(chairs))

    def save() -> object:
        given = form.cleaned_data
        on, chair = given["planned_on"], chairs.get(given["chair"])
        return does.plan_conference(held.as_opened(form.opened), planned_on=on, chair=chair, by=request.actor)

    page = Page("Set the day of the conference", "The day was set.", HOME)
    return ask(request, child, page, form, save, says=_day)


def cancel(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    child, held = _of(request, key, row)
    does.may_cancel_conference(request.actor, held).or_refuse()
    form = changing(request, CancelForm, held, lambda _: {"on": timezone.localdate()})

    def save() -> object:
        given = {name: form.cleaned_data[name] for name in ("on", "because")}
        return does.cancel_conference(held.as_opened(form.opened), **given, by=request.actor)

    page = Page("Cancel the conference", "The conference was cancelled.", HOME, "Cancel the conference")
    return ask(request, child, page, form, save)


def hold(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """What a conference decided, for each child."""
    child, held = _of(request, key, row)
    does.may_put_conference(request.actor, held).or_refuse()
    rows = {each.child_id: each for each in held.children.select_related("child__authority", "enquiry", "plan")}
    only = None if held.kind == Conference.REVIEW else [each.child for each in rows.values()]
    family = siblings(request, child, only=only)
    family = _with_those_asked(request, family, rows)
    stands = _stands(family, rows)
    asked = frozenset(key for key, each in stands.items() if each.is_asked)
    first = {"on": held.planned_on or timezone.localdate()}
    form = changing(
        request,
        HeldForm,
        held,
        lambda _: first,
        members=family.members,
        ticked=asked,
        step_id=does.step_of(held),
        stands=stands,
    )

    def save() -> object:
        decisions = [_decision(family.children[each.key], form.of(each)) for each in form.chosen]
        on = form.cleaned_data["on"]
        return does.hold_conference(held.as_opened(form.opened), on=on, decisions=decisions, by=request.actor)

    page = Page(
        f"What the {str(held).lower()} decided",
        "The decisions were recorded.",
        HOME,
        "Record the decisions",
        template=FAMILY_FORM,
    )
    return ask(request, child, page, form, save)


def _of(request: Asked, key: uuid.UUID, row: uuid.UUID) -> tuple[Child, Conference]:
    child = child_of(request, key)
    found: Conference = get_object_or_404(request.scope.conferences.filter(children__child=child).distinct(), pk=row)
    return child, found


def _day(row: Recorded) -> Mapping[str, Any]:
    held: Any = row
    return {"planned_on": held.planned_on, "chair": str(held.chair_id or "")}


def _with_those_asked(request: Asked, family: Siblings, rows: Mapping[uuid.UUID, ConferenceChild]) -> Siblings:
    """A child for whom it was asked is in it, whether or not they are tied to the others in the record."""
    missing = request.scope.children.filter(pk__in=[key for key in rows if str(key) not in family.children])
    found = list(missing.select_related("person", "authority").prefetch_related("person__names"))
    today = timezone.localdate()
    children = {**family.children, **{str(each.pk): each for each in found}}
    return Siblings(children, (*family.members, *(member(each, today) for each in found)), family.ticked)


def _stands(family: Siblings, rows: Mapping[uuid.UUID, ConferenceChild]) -> dict[str, Stands]:
    """Where each child stands as the conference begins."""
    keys = [each.pk for each in family.children.values()]
    plans: dict[uuid.UUID, list[ProtectionPlan]] = {}
    for plan in ProtectionPlan.objects.filter(child__in=keys, is_temporary=False):
        plans.setdefault(plan.child_id, []).append(plan)
    today = timezone.localdate()
    found = {}
    for key, child in family.children.items():
        theirs = plans.get(child.pk, [])
        row = rows.get(child.pk)
        found[key] = Stands(
            has_plan=any(each.is_open for each in theirs),
            limit=_limit(row),
            plans_before=sum(not each.is_open for each in theirs),
            is_long=any(each.is_open and two_years(each.started_on, today) for each in theirs),
            is_asked=row is not None,
        )
    return found


def _limit(row: ConferenceChild | None) -> date | None:
    return does.limit(row) if row is not None else None


def _decision(child: Child, said: Mapping[str, Any]) -> ConferenceDecision:
    """What was said of a child, as the action takes it. What its decision does not need is left."""
    names = ("decision", "why", "category", "late_reason", "ended_by", "long_reason")
    held = {name: said.get(name, "") for name in names}
    if held["decision"] not in ("protection_plan", "add_child", "change_category"):
        held["category"] = ""
    return ConferenceDecision(child, **held, plan=PlanStart(**plan_of(said)))
