"""A child's plan, its page for the family, and every change to it."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Q, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from waypost.access.asked import Asked
from waypost.access.local.reader import settings_of
from waypost.access.recorded import Recorded
from waypost.domain.timescales import FIRST_CORE_GROUP, FIRST_REVIEW, LATER_CORE_GROUP, LATER_REVIEW, PLAN_VISIT
from waypost.records.casework.beside import Look
from waypost.records.casework.models import Child
from waypost.records.casework.views.child import drawn, opened
from waypost.records.pathway.actions import plans as does
from waypost.records.pathway.actions.plans import NewAction, NewMember
from waypost.records.pathway.case import Case, case_of
from waypost.records.pathway.clocks import ShownClock, running, shown
from waypost.records.pathway.family import with_siblings
from waypost.records.pathway.forms import offers
from waypost.records.pathway.forms import plans as forms
from waypost.records.pathway.models import (
    ActionProgress,
    CinPlan,
    CinReview,
    CoreGroupMember,
    KeyWorker,
    PlanAction,
    ProtectionPlan,
)
from waypost.records.pathway.presenters import plans as words
from waypost.records.pathway.presenters.plans import Parts
from waypost.records.pathway.views.asking import Page, ask, changing, fresh, options, who_may
from waypost.records.pathway.views.rows import row_of
from waypost.web.words import plural

HOME = "child_plan"
MEETS = {
    FIRST_CORE_GROUP: "The core group meets",
    LATER_CORE_GROUP: "The core group meets",
    FIRST_REVIEW: "The review conference meets",
    LATER_REVIEW: "The review conference meets",
    PLAN_VISIT: "The social worker visits",
}


def page(request: Asked, key: uuid.UUID) -> HttpResponse:
    """The plan that the child is on, or the last one; another of theirs where it is asked for."""
    found, record = opened(request, key, "plan")
    look = Look(request.actor, found, record.at)
    case = look.once(case_of)
    plan = _shown(case, request.GET.get("plan", ""))
    parts = parts_of(plan, record.at)
    today = timezone.localdate(record.at) if record.at else timezone.localdate()
    is_protection = isinstance(plan, ProtectionPlan)
    is_now = record.at is None
    # The record is in scope and is read here, so the role decides what is offered; each act asks the whole rule again.
    authority = found.authority_id
    works, chairs = (bool(request.actor.may(verb, authority)) for verb in ("work_case", "hold_conference"))
    held: dict[str, Any] = {
        "plan": None,
        "cin": words.cin_plan(plan, parts) if isinstance(plan, CinPlan) else None,
        "earlier": words.earlier(case, plan.pk if plan else None),
        "clocks": _clocks(found, case, plan, today),
        "may_change": is_now and (works or (chairs and is_protection)),
        "may_end": is_now and bool(request.actor.may("approve", authority)),
    }
    if isinstance(plan, ProtectionPlan):
        siblings = "" if record.at else _siblings_on_plans(request, found)
        held["plan"] = words.protection_plan(case, plan, parts, today=today, siblings=siblings)
    return drawn(request, "pathway/plans/page.jinja", record, held, look)


def family(request: Asked, key: uuid.UUID) -> HttpResponse:
    """The same plan in plain words, for the family to read and keep."""
    found, record = opened(request, key, "plan for the family")
    look = Look(request.actor, found, record.at)
    case = look.once(case_of)
    plan = next((each for each in case.plans if each.is_open), None)
    if plan is None:
        return drawn(request, "pathway/plans/family.jinja", record, {"held": None}, look)
    today = timezone.localdate(record.at) if record.at else timezone.localdate()
    due = [(each.name, each.due_on) for each in _clocks(found, case, plan, today, named=True)]
    held = words.family_page(plan, parts_of(plan, record.at), due=due, today=today)
    return drawn(request, "pathway/plans/family.jinja", record, {"held": held}, look)


def parts_of(plan: ProtectionPlan | CinPlan | None, at: datetime | None) -> Parts:
    """The rows of a plan now, or as they were at a moment."""
    if plan is None:
        return Parts()
    which = Q(plan=plan.pk)
    if isinstance(plan, CinPlan):
        return Parts(reviews=_rows(CinReview, at, which))
    return Parts(
        actions=_rows(PlanAction, at, which),
        progress=_rows(ActionProgress, at, which),
        members=_rows(CoreGroupMember, at, which, "agency"),
        key_workers=_rows(KeyWorker, at, which, "user"),
    )


def _rows(model: Any, at: datetime | None, which: Q, *with_: str) -> list[Any]:
    if at is None:
        rows = model.objects.filter(which)
        return sorted(rows.select_related(*with_) if with_ else rows, key=_in_order)
    found = sorted(model.history.as_of(at).filter(which), key=_in_order)
    # Rows of the past are versions, so what they point to is read as it is now.
    prefetch_related_objects(found, *with_)
    return found


def _in_order(row: Any) -> tuple[str, str]:
    return str(getattr(row, "started_on", "") or ""), str(row.pk)


def _shown(case: Case, asked: str) -> ProtectionPlan | CinPlan | None:
    every: list[ProtectionPlan | CinPlan] = [*case.plans, *case.cin_plans]
    wanted = next((each for each in every if str(each.pk) == asked), None)
    if wanted is not None:
        return wanted
    return max(every, key=lambda each: (each.ended_on is None, each in case.plans, each.started_on), default=None)


def _clocks(
    child: Child, case: Case, plan: ProtectionPlan | CinPlan | None, today: Any, *, named: bool = False
) -> list[ShownClock]:
    """The clocks of a plan that run. `named` gives those that a family keeps, each by what happens."""
    if plan is None:
        return []
    local = settings_of(child.authority, today)
    mine = [each for each in running(case) if each.row == plan.pk and each.done_on is None]
    if not named:
        every = [shown(each, today=today, local=local) for each in mine]
        return sorted((each for each in every if each.due_on), key=lambda each: each.due_on or today)
    kept = [each for each in mine if each.timescale in MEETS]
    return [replace(shown(each, today=today, local=local), name=MEETS[each.timescale]) for each in kept]


def _siblings_on_plans(request: Asked, child: Child) -> str:
    others = with_siblings(child, request.scope.children).exclude(pk=child.pk)
    on_plans = Q(protection_plans__ended_on=None, protection_plans__is_temporary=False, protection_plans__isnull=False)
    number, all_of = others.filter(on_plans).distinct().count(), others.count()
    return f"{number} of {plural(all_of, 'brother or sister', 'brothers and sisters')}" if all_of else ""


# ---------------------------------------------------------------- what the plan says


def change(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    held = row_of(request, "protection_plans", key, row)
    does.may_change_plan(request.actor, held).or_refuse()
    form = changing(request, forms.PlanForm, held, forms.PlanForm.says)

    def save() -> object:
        return does.describe_plan(held.as_opened(form.opened), to=form.facts(), by=request.actor)

    page = Page("Change what the plan says", "The plan was saved.", HOME)
    return ask(request, held.child, page, form, save, says=forms.PlanForm.says)


def end(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """An end that has happened without a review."""
    held = row_of(request, "protection_plans", key, row, "referral")
    does.may_end_plan(request.actor, held).or_refuse()
    form = changing(request, forms.EndPlanForm, held, lambda _: {"on": timezone.localdate()})

    def save() -> object:
        given = {name: form.cleaned_data[name] for name in ("decision", "on", "why")}
        return does.end_plan(held.as_opened(form.opened), **given, by=request.actor)

    lead = "A review conference decides that a child is safe. Record here what has happened without one."
    return ask(request, held.child, Page("End the plan", "The plan was ended.", HOME, "End the plan", lead), form, save)


def key_worker(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    held = row_of(request, "protection_plans", key, row)
    does.may_change_plan(request.actor, held).or_refuse()
    workers = who_may("work_case", held.child.authority_id)
    form = fresh(request, forms.KeyWorkerForm, workers=options(workers), initial={"since": timezone.localdate()})

    def save() -> object:
        given = form.cleaned_data
        return does.name_key_worker(held, user=workers[given["user"]], since=given["since"], by=request.actor)

    return ask(request, held.child, Page("Name the key worker", "The key worker was named.", HOME), form, save)


# ---------------------------------------------------------------- who does what


def add_action(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    held = row_of(request, "protection_plans", key, row)
    does.may_change_plan(request.actor, held).or_refuse()
    form = fresh(request, forms.ActionForm, is_new=True, initial={"on": timezone.localdate()})

    def save() -> object:
        return does.add_action(held, new=NewAction(**form.facts()), on=form.cleaned_data["on"], by=request.actor)

    lead = "One thing for one risk. Keep the wider needs of the child with the core group, and out of the plan."
    page = Page("Add an action", "The action was added.", HOME, "Add the action", lead)
    return ask(request, held.child, page, form, save)


def change_action(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    held, child = _action(request, key, row)
    form = changing(request, forms.ActionForm, held, forms.ActionForm.says, is_new=False)

    def save() -> object:
        to, because = NewAction(**form.facts()), form.cleaned_data["because"]
        return does.change_action(held.as_opened(form.opened), to=to, because=because, by=request.actor)

    page = Page("Change an action", "The action was changed.", HOME)
    return ask(request, child, page, form, save, says=forms.ActionForm.says)


def progress(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    held, child = _action(request, key, row)
    form = fresh(request, forms.ProgressForm, initial={"on": timezone.localdate()})

    def save() -> object:
        given = {name: form.cleaned_data[name] for name in ("how", "on", "says")}
        return does.note_progress(held, **given, by=request.actor)

    page = Page("How an action is going", "It was recorded.", HOME, lead=held.action)
    return ask(request, child, page, form, save)


def drop_action(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    held, child = _action(request, key, row)
    form = changing(request, forms.BecauseForm, held, lambda _: {"on": timezone.localdate()})

    def save() -> object:
        given = {name: form.cleaned_data[name] for name in ("on", "because")}
        return does.drop_action(held.as_opened(form.opened), **given, by=request.actor)

    page = Page("Drop an action", "The action was dropped.", HOME, "Drop the action", held.action)
    return ask(request, child, page, form, save)


def _action(request: Asked, key: uuid.UUID, row: uuid.UUID) -> tuple[PlanAction, Child]:
    plans = request.scope.protection_plans.filter(child=key)
    rows = PlanAction.objects.select_related("plan__child__person", "plan__child__authority")
    held = get_object_or_404(rows, pk=row, plan__in=plans)
    does.may_change_action(request.actor, held).or_refuse()
    return held, held.plan.child


# ---------------------------------------------------------------- who is in the core group


def add_member(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    held = row_of(request, "protection_plans", key, row)
    does.may_change_plan(request.actor, held).or_refuse()
    agencies = offers.agencies()
    first = {"since": timezone.localdate()}
    form = fresh(request, forms.MemberForm, agencies=offers.named(agencies), initial=first)

    def save() -> object:
        given = form.cleaned_data
        new = NewMember(given["name"], given["tasks"], agency=agencies.get(given["agency"]))
        return does.add_member(held, new=new, since=given["since"], by=request.actor)

    page = Page("Add somebody to the core group", "They were added to the core group.", HOME, "Add them")
    return ask(request, held.child, page, form, save)


def member_tasks(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    held, child = _member(request, key, row)
    form = changing(request, forms.TasksForm, held, _tasks)

    def save() -> object:
        tasks = form.cleaned_data["tasks"]
        return does.change_member(held.as_opened(form.opened), tasks=tasks, by=request.actor)

    page = Page("What somebody agreed to do", "It was saved.", HOME, lead=held.name)
    return ask(request, child, page, form, save, says=_tasks)


def end_member(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    held, child = _member(request, key, row)
    form = changing(request, forms.DayForm, held, lambda _: {"on": timezone.localdate()})

    def save() -> object:
        return does.end_member(held.as_opened(form.opened), on=form.cleaned_data["on"], by=request.actor)

    lead = f"{held.name} will not be in the core group any more."
    page = Page("Somebody leaves the core group", "It was recorded.", HOME, lead=lead)
    return ask(request, child, page, form, save)


def _tasks(row: Recorded) -> dict[str, Any]:
    held: Any = row
    return {"tasks": held.tasks}


def _member(request: Asked, key: uuid.UUID, row: uuid.UUID) -> tuple[CoreGroupMember, Child]:
    plans = request.scope.protection_plans.filter(child=key)
    rows = CoreGroupMember.objects.select_related("plan__child__person", "plan__child__authority")
    held = get_object_or_404(rows, pk=row, plan__in=plans)
    does.may_change_member(request.actor, held).or_refuse()
    return held, held.plan.child
