"""Referrals: the register, one referral, what is done about it, and a child's way through the front door."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from waypost.access.asked import Asked
from waypost.access.local.reader import settings_of
from waypost.domain.timescales import FIRST_RESPONSE, REFERRAL_DECISION
from waypost.records.casework import beside
from waypost.records.casework.beside import Look
from waypost.records.casework.views.child import drawn, opened
from waypost.records.casework.views.saving import saved
from waypost.records.pathway.actions import referrals as actions
from waypost.records.pathway.case import Case, case_of
from waypost.records.pathway.clocks import Running, ShownClock, running, shown
from waypost.records.pathway.closing import still_open
from waypost.records.pathway.forms import offers
from waypost.records.pathway.forms import referrals as forms
from waypost.records.pathway.models import Assessment, EmergencyAction, InformationRequest, Referral
from waypost.records.pathway.presenters import referrals as said
from waypost.records.pathway.rules import may_approve, may_work
from waypost.records.pathway.views.rows import about, child_of, row_of
from waypost.web import drafts

MOST = 50


# ---------------------------------------------------------------- the register


def register(request: Asked) -> HttpResponse:
    """Every referral, the latest first, or those that something is still to be done about."""
    request.actor.may("screen_contact").or_refuse()
    where = request.actor.where("screen_contact")
    every = request.scope.referrals.filter(child__authority__in=where)
    asked = forms.RegisterFilterForm(request.GET or None, teams=offers.teams(request.actor.home("screen_contact").pk))
    found = _filtered(every, asked.cleaned_data if asked.is_valid() else {})
    page = Paginator(found.order_by("-received_on", "-pk"), MOST).get_page(request.GET.get("page"))
    with_ = page.object_list.select_related("child__person", "contact__contact", "agency", "decided_by")  # type: ignore[attr-defined]
    lines = said.register(with_.prefetch_related("child__person__names"), timezone.localdate())
    by_source = found.order_by().values("source").annotate(count=Count("pk")).order_by("-count", "source")
    sources = [(dict(forms.SOURCES_SAID)[each["source"]], each["count"]) for each in by_source]
    held = {"form": asked, "page": page, "lines": lines, "sources": sources, "query": _query(request)}
    return render(request, "pathway/referrals/register.jinja", held)


def _filtered(rows: QuerySet[Referral], given: dict[str, Any]) -> QuerySet[Referral]:
    if given.get("team"):
        rows = rows.filter(team=given["team"])
    if given.get("source"):
        rows = rows.filter(source=given["source"])
    assessed = Exists(Assessment.objects.filter(referral=OuterRef("pk")))
    states = {
        "undecided": lambda: rows.filter(decision=""),
        "open": lambda: rows.filter(closed_on=None),
        "not_assessed": lambda: rows.filter(~assessed, why_not_assessed="").exclude(decision=""),
        "untold": lambda: rows.filter(contact__isnull=False, contact__told_at=None).exclude(
            contact__contact__source="9"
        ),
        "pilot": lambda: rows.filter(is_pilot=True),
    }
    return states.get(given.get("state", ""), lambda: rows)()


def _query(request: Asked) -> str:
    """What was asked, for the addresses of the other pages of the list."""
    asked = request.GET.copy()
    asked.pop("page", None)
    return f"&{asked.urlencode()}" if asked else ""


# ---------------------------------------------------------------- a child's way through the front door


def of_child(request: Asked, key: uuid.UUID) -> HttpResponse:
    """The contacts, referrals, early help and assessments of a child, each with the way to it."""
    found, record = opened(request, key, "referrals")
    look = Look(request.actor, found, record.at)
    case = look.once(case_of)
    may = record.at is None and bool(may_work(request.actor, found))
    held: dict[str, Any] = {
        "contacts": said.contact_rows(case),
        "referrals": said.referral_rows(case.referrals),
        "early_help": said.early_help_rows(case.early_help),
        "assessments": said.assessment_rows(case.assessments),
        "emergencies": said.emergency_rows(case.emergencies),
        "information": said.information_rows(
            request.scope.information_requests.filter(child=found).select_related("agency")
        ),
        "may_work": may,
        "may_read": bool(request.actor.may("see_confidential", found.authority_id)),
        "may_screen": bool(request.actor.may("screen_contact", found.authority_id)),
        "has_open_case": any(each.is_open for each in case.referrals),
        "has_early_help": any(each.is_open for each in case.early_help),
    }
    return drawn(request, "pathway/referrals/of_child.jinja", record, held, look)


def referral(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """One referral: what was decided and why, its clocks, and what is still to be done."""
    found, record = opened(request, key, "referral")
    request.actor.may("see_confidential", found.authority_id).or_refuse()
    look = Look(request.actor, found, record.at)
    case = look.once(case_of)
    held = get_object_or_404(
        request.scope.referrals.select_related("team", "agency", "decided_by", "contact", "stepped_up_from"),
        pk=row,
        child=found,
    )
    is_now = record.at is None
    may_decide = is_now and bool(may_approve(request.actor, found))
    context: dict[str, Any] = {
        "referral": held,
        "facts": said.facts(held),
        "again": said.again_words(said.came_before(held, case.referrals)),
        "clocks": _clocks(case, held),
        "assessments": said.assessment_rows(each for each in case.assessments if each.referral_id == held.pk),
        "may_decide": may_decide and not held.is_decided and held.is_open,
        "may_amend": may_decide and held.is_decided,
        "may_close": may_decide and held.is_open and held.is_decided,
        "may_work": is_now and bool(may_work(request.actor, found)),
        "may_screen": bool(request.actor.may("screen_contact", found.authority_id)),
        "still_open": still_open(found) if may_decide and held.is_open else "",
        "is_unexplained": held.is_decided and not held.why_not_assessed
        and not any(each.referral_id == held.pk for each in case.assessments),
    }  # fmt: skip
    return drawn(request, "pathway/referrals/referral.jinja", record, context, look)


def _clocks(case: Case, held: Referral) -> list[ShownClock]:
    """The limits of a referral: to decide it, and to give a first response."""
    today = timezone.localdate()
    local = settings_of(case.child.authority, today)
    respond = "Give a first response"
    own = Running(FIRST_RESPONSE, "referral", held.pk, held.received_on, held.responded_on, respond)
    decide = (each for each in running(case) if each.row == held.pk and each.timescale == REFERRAL_DECISION)
    return [shown(each, today=today, local=local) for each in (*decide, own)]


def decide(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """A manager decides a referral."""
    held = _row(request, key, row)
    may_approve(request.actor, held.child).or_refuse()
    if request.method == "GET" and held.is_decided:
        messages.info(request, "This referral has been decided already.")
        return redirect("referral", key=key, row=row)
    given = {"version": held.version, "initial": forms.DecideForm.of(held)}
    form = drafts.ask(request, forms.DecideForm, teams=offers.teams(held.child.authority_id), **given)
    beside.say_beside(form, held.child, "referral")
    if request.method == "POST" and form.is_valid():

        def save() -> None:
            now = timezone.now()
            actions.decide_referral(held.as_opened(form.opened), decided=form.decided(), at=now, by=request.actor)

        if saved(form, save, forms.DecideForm.of):
            messages.success(request, "The decision was saved.")
            return redirect("referral", key=key, row=row)
    return _asked(request, "decide", form, held)


def respond(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """The day of the first response."""
    held = _row(request, key, row)
    may_work(request.actor, held.child).or_refuse()
    form = drafts.ask(request, forms.ResponseForm, version=held.version, initial=forms.ResponseForm.of(held))
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"]

        def save() -> None:
            actions.record_response(held.as_opened(form.opened), on=on, by=request.actor)

        if saved(form, save, forms.ResponseForm.of):
            messages.success(request, "The first response was recorded.")
            return redirect("referral", key=key, row=row)
    return _asked(request, "respond", form, held)


def amend(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """Why there is no assessment, and whether a pilot team handles it."""
    held = _row(request, key, row)
    may_approve(request.actor, held.child).or_refuse()
    form = drafts.ask(request, forms.AmendForm, version=held.version, initial=forms.AmendForm.of(held))
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("why_not_assessed", "is_pilot")}

        def save() -> None:
            actions.amend_referral(held.as_opened(form.opened), **given, by=request.actor)

        if saved(form, save, forms.AmendForm.of):
            messages.success(request, "The change was saved.")
            return redirect("referral", key=key, row=row)
    return _asked(request, "amend", form, held)


def close(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """The case closes."""
    held = _row(request, key, row)
    may_approve(request.actor, held.child).or_refuse()
    form = drafts.ask(request, forms.CloseForm, version=held.version, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("on", "reason", "because")}

        def save() -> None:
            actions.close_case(held.as_opened(form.opened), **given, by=request.actor)

        if saved(form, save, lambda now: {"on": now.closed_on, "reason": now.closure_reason}):
            messages.success(request, "The case was closed, and the child's allocation ended with it.")
            return redirect("referral", key=key, row=row)
    return _asked(request, "close", form, held)


def _row(request: Asked, key: uuid.UUID, row: uuid.UUID) -> Referral:
    found: Referral = row_of(request, "referrals", key, row)
    return found


def _asked(request: Asked, name: str, form: Any, held: Referral) -> HttpResponse:
    context = {"form": form, "referral": held.pk, "came": held.received_on, **about(held.child)}
    return render(request, f"pathway/referrals/{name}.jinja", context)


# ---------------------------------------------------------------- emergencies, and requests for information


def emergency(request: Asked, key: uuid.UUID) -> HttpResponse:
    """What was done at once."""
    child = child_of(request, key)
    may_work(request.actor, child).or_refuse()
    form = drafts.ask(request, forms.EmergencyForm, version=0)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and saved(form, lambda: actions.record_emergency(child, new=form.new(), by=request.actor), dict):
        messages.success(request, "The emergency action was recorded.")
        return redirect("child_referrals", key=key)
    return _of_child(request, child, form, "Record emergency action", "Record it")


def end_emergency(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """The end of what was done at once."""
    held: EmergencyAction = row_of(request, "emergency_actions", key, row)
    may_work(request.actor, held.child).or_refuse()
    form = drafts.ask(request, forms.EmergencyEndForm, version=held.version, initial={"outcome": held.outcome})
    if request.method == "POST" and form.is_valid():
        at, outcome = form.ended_at(), form.cleaned_data["outcome"]

        def save() -> None:
            actions.end_emergency(held.as_opened(form.opened), at=at, outcome=outcome, by=request.actor)

        if saved(form, save, lambda now: {"outcome": now.outcome}):
            messages.success(request, "The end of the emergency action was recorded.")
            return redirect("child_referrals", key=key)
    return _of_child(request, held.child, form, f"{held.get_power_display()}: how it ended", "Save")


def ask(request: Asked, key: uuid.UUID) -> HttpResponse:
    """A question put to an agency, or by one."""
    child = child_of(request, key)
    may_work(request.actor, child).or_refuse()
    form = drafts.ask(request, forms.AskForm, agencies=offers.agencies(), version=0)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and saved(form, lambda: actions.ask_information(child, new=form.new(), by=request.actor), dict):
        messages.success(request, "The request was recorded.")
        return redirect("child_referrals", key=key)
    return _of_child(request, child, form, "Record a request for information", "Record it")


def answer(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """The answer to a question."""
    held: InformationRequest = row_of(request, "information_requests", key, row)
    may_work(request.actor, held.child).or_refuse()
    initial = {"answer": held.answer, "on": held.answered_on}
    form = drafts.ask(request, forms.AnswerForm, version=held.version, initial=initial)
    if request.method == "POST" and form.is_valid():
        said_, on = form.cleaned_data["answer"], form.cleaned_data["on"]

        def save() -> None:
            actions.answer_information(held.as_opened(form.opened), answer=said_, on=on, by=request.actor)

        if saved(form, save, lambda now: {"answer": now.answer, "on": now.answered_on}):
            messages.success(request, "The answer was recorded.")
            return redirect("child_referrals", key=key)
    return _of_child(request, held.child, form, "Record the answer", "Save")


def _of_child(request: Asked, child: Any, form: Any, title: str, button: str) -> HttpResponse:
    context = {"form": form, "title": title, "button": button, **about(child)}
    return render(request, "pathway/referrals/form.jinja", context)
