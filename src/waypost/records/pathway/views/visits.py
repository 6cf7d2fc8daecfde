"""Visits: a child's list, one visit, and the form that records one for brothers and sisters."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from waypost.access.asked import Asked
from waypost.access.local.reader import settings_of
from waypost.access.recorded import Recorded
from waypost.domain.timescales import PLAN_VISIT
from waypost.records.casework.beside import Look
from waypost.records.casework.presenters.child import called
from waypost.records.casework.views.child import drawn, opened
from waypost.records.pathway.actions.visits import NewVisit, VisitOf, put_visit_right, record_visit
from waypost.records.pathway.case import case_of
from waypost.records.pathway.clocks import running, shown
from waypost.records.pathway.clocks.running import CIN_VISIT, NEWLY_ALLOCATED_SEEN
from waypost.records.pathway.forms.families import AS_ANSWER
from waypost.records.pathway.forms.visits import (
    ALONE,
    NOT_SEEN,
    SEEN,
    Todo,
    VisitForm,
    VisitRightForm,
    facts_of,
    progress_of,
)
from waypost.records.pathway.models import ActionProgress, PlanAction, VisitChild
from waypost.records.pathway.presenters import visits as words
from waypost.records.pathway.rules import may_work
from waypost.records.pathway.views.asking import Page, Siblings, ask, changing, first_name, fresh, siblings
from waypost.records.pathway.views.rows import child_of, row_of

TO_SEE = (PLAN_VISIT, CIN_VISIT, NEWLY_ALLOCATED_SEEN)


def page(request: Asked, key: uuid.UUID) -> HttpResponse:
    """The visits to a child, the latest first, and when the next is due."""
    found, record = opened(request, key, "visits")
    today = timezone.localdate(record.at) if record.at else timezone.localdate()
    look = Look(request.actor, found, record.at)
    case = look.once(case_of)
    prefetch_related_objects(case.visits, "visit__by")
    local = settings_of(found.authority, today)
    due = [shown(each, today=today, local=local) for each in running(case) if each.timescale in TO_SEE]
    held = {
        "visits": words.lines(case.visits),
        "due": [each for each in due if each.is_open],
        "may_work": record.at is None and bool(may_work(request.actor, found)),
    }
    return drawn(request, "pathway/visits/page.jinja", record, held, look)


def visit(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """One visit, as far as it concerns this child. Brothers and sisters are named where their records are open too."""
    found, record = opened(request, key, "visit")
    held = get_object_or_404(VisitChild.objects.select_related("visit__by"), child=found, visit=row)
    others = request.scope.visits_to_children.filter(visit=row).exclude(child=found)
    named = others.select_related("child__person").prefetch_related("child__person__names")
    said = ActionProgress.objects.filter(visit=row, plan__child=found).select_related("action")
    today = timezone.localdate()
    context: dict[str, Any] = {
        "visit": words.one(held, said),
        "others": [(each.child_id, called(each.child.person.names.all(), today)) for each in named],
        "row": held.pk,
        "may_work": bool(may_work(request.actor, found)),
    }
    return drawn(request, "pathway/visits/visit.jinja", record, context)


def add(request: Asked, key: uuid.UUID) -> HttpResponse:
    """Records a visit, once for brothers and sisters."""
    child = child_of(request, key)
    may_work(request.actor, child).or_refuse()
    family = siblings(request, child)
    form = fresh(request, VisitForm, members=family.members, ticked=family.ticked, todo=_todo(family), initial=_now())
    page = Page("Record a visit", "The visit was recorded.", "child_visits", "Record the visit")

    def save() -> object:
        each = [_said(form, family, member.key) for member in form.chosen]
        return record_visit(family.of(form), new=NewVisit(**form.household()), each=each, by=request.actor)

    return ask(request, child, _as_family(page), form, save)


def put_right(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """What a visit says of this child, put right with a reason."""
    found = row_of(request, "visits_to_children", key, row)
    may_work(request.actor, found.child).or_refuse()
    form = changing(request, VisitRightForm, found, _known)
    page = Page("Put right what a visit says", "It was put right.", "child_visits")

    def save() -> object:
        given = {**form.cleaned_data, "said": form.cleaned_data["child_said"]}
        facts = facts_of(given, is_unborn=False)
        row_opened = found.as_opened(form.opened)
        return put_visit_right(row_opened, to=facts, because=form.cleaned_data["because"], by=request.actor)

    return ask(request, found.child, page, form, save, says=_known)


def _as_family(page: Page) -> Page:
    return Page(page.title, page.done, page.back, page.button, page.lead, "pathway/protection/family_form.jinja")


def _now() -> dict[str, Any]:
    return {"on": timezone.localdate(), "was_made": "yes", "purpose": "statutory", "place": "home"}


def _todo(family: Siblings) -> Mapping[str, list[Todo]]:
    """The actions of each child's plan that are still to be done. One question."""
    found: dict[str, list[Todo]] = {}
    rows = PlanAction.objects.filter(plan__child__in=family.children, plan__ended_on=None, state="open")
    for each in rows.select_related("plan").order_by("due_on", "pk"):
        owner = first_name(each.owner)
        found.setdefault(str(each.plan.child_id), []).append(Todo(str(each.pk), f"{owner}: {each.action}"))
    return found


def _said(form: VisitForm, family: Siblings, key: str) -> VisitOf:
    member = next(each for each in form.members if each.key == key)
    said = form.of(member)
    actions = {uuid.UUID(action): how for action, how in progress_of(said).items()}
    return VisitOf(family.children[key], **facts_of(said, is_unborn=member.is_unborn), actions=actions)


def _known(row: Recorded) -> Mapping[str, Any]:
    """What is recorded of a child at a visit, as the form asks it."""
    held: Any = row
    seen = NOT_SEEN if not held.seen else ALONE if held.seen_alone else SEEN
    said = {"child_said": held.said, "worries": held.worries, "changed": held.changed}
    return {**said, "seen": seen, "bedroom_seen": AS_ANSWER[held.bedroom_seen]}
