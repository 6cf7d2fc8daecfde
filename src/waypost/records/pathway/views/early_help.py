"""Early help: the open cases by locality, those who may be offered it, and one case from its opening to its end."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from waypost.access.asked import Asked
from waypost.records.casework.views.child import drawn, opened
from waypost.records.casework.views.saving import saved
from waypost.records.pathway import early_help
from waypost.records.pathway.actions.early_help import end_early_help, open_early_help, plan_early_help
from waypost.records.pathway.days import moment_of
from waypost.records.pathway.forms import offers
from waypost.records.pathway.forms.early_help import EarlyHelpEndForm, EarlyHelpForm
from waypost.records.pathway.models import EarlyHelp
from waypost.records.pathway.presenters import early_help as said
from waypost.records.pathway.rules import may_work
from waypost.records.pathway.views.rows import about, child_of, row_of
from waypost.web import drafts

MOST, MOST_CANDIDATES = 300, 50


def cases(request: Asked) -> HttpResponse:
    """The open cases by locality, and the children who may be offered early help."""
    request.actor.may("work_case").or_refuse()
    today = timezone.localdate()
    held = request.scope.early_help.filter(closed_on=None, child__authority__in=request.actor.where("work_case"))
    rows = held.select_related("child__person", "lead_worker").prefetch_related("child__person__names")
    groups = said.by_locality(rows.order_by("locality", "opened_on", "pk")[:MOST], today)
    may_be = early_help.candidates(request.scope.children, today=today)
    context = {"groups": groups, "count": held.count(), "candidates": said.candidates(may_be[:MOST_CANDIDATES], today)}
    return render(request, "pathway/early_help/cases.jinja", context)


def case(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """One case."""
    found, record = opened(request, key, "early help")
    request.actor.may("see_confidential", found.authority_id).or_refuse()
    rows = request.scope.early_help.select_related("team", "lead_worker", "referral")
    held: EarlyHelp = get_object_or_404(rows, pk=row, child=found)
    stepped_up = request.scope.referrals.filter(stepped_up_from=held).first()
    context: dict[str, Any] = {
        "case": held,
        "facts": said.facts(held),
        "stepped_up": stepped_up,
        "may_work": record.at is None and held.is_open and bool(may_work(request.actor, found)),
    }
    return drawn(request, "pathway/early_help/case.jinja", record, context)


def open_case(request: Asked, key: uuid.UUID) -> HttpResponse:
    """Early help that no decision opened."""
    child = child_of(request, key)
    may_work(request.actor, child).or_refuse()
    form = drafts.ask(request, EarlyHelpForm, is_new=True, version=0, **_offered(child.authority_id))
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["opened_on"]
        if saved(form, lambda: open_early_help(child, on=on, **form.facts(), by=request.actor), dict):
            messages.success(request, "Early help was opened.")
            return redirect("child_referrals", key=key)
    context = {"form": form, "title": "Open early help", "button": "Open early help", **about(child)}
    return render(request, "pathway/referrals/form.jinja", context)


def plan(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """Where, for whom, on what ground and how."""
    held: EarlyHelp = row_of(request, "early_help", key, row)
    may_work(request.actor, held.child).or_refuse()
    given = {"is_new": False, "version": held.version, "initial": EarlyHelpForm.of(held)}
    form = drafts.ask(request, EarlyHelpForm, **given, **_offered(held.child.authority_id))
    if request.method == "POST" and form.is_valid():

        def save() -> None:
            plan_early_help(held.as_opened(form.opened), to=form.facts(), by=request.actor)

        if saved(form, save, EarlyHelpForm.of):
            messages.success(request, "Early help was changed.")
            return redirect("early_help_case", key=key, row=row)
    context = {"form": form, "title": "Change early help", "button": "Save", **about(held.child)}
    return render(request, "pathway/referrals/form.jinja", context)


def end(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """Early help ends, or steps up."""
    held: EarlyHelp = row_of(request, "early_help", key, row)
    may_work(request.actor, held.child).or_refuse()
    form = drafts.ask(request, EarlyHelpEndForm, version=held.version, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("decision", "why")}
        at = moment_of(form.cleaned_data["on"])

        def save() -> None:
            end_early_help(held.as_opened(form.opened), **given, at=at, by=request.actor)

        if saved(form, save, lambda now: {"decision": now.ended_by, "why": now.why}):
            messages.success(request, "The end of early help was recorded.")
            return redirect("early_help_case", key=key, row=row)
    context = {"form": form, "title": "End early help", "button": "End early help", **about(held.child)}
    return render(request, "pathway/referrals/form.jinja", context)


def _offered(authority: int) -> dict[str, Any]:
    return {"teams": offers.teams(authority), "workers": offers.workers(authority)}
