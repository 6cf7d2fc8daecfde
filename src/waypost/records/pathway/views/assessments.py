"""Assessments: the list of those not finished, and one from its beginning to its correction."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, F, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from waypost.access import trail
from waypost.access.asked import Asked
from waypost.access.local.reader import settings_of
from waypost.access.models import Act, User
from waypost.domain.pathway.finished import missing
from waypost.records.casework.actions import approvals
from waypost.records.casework.beside import Look
from waypost.records.casework.models import Approval
from waypost.records.casework.views.child import drawn, opened
from waypost.records.casework.views.saving import saved
from waypost.records.pathway.actions import assessments as actions
from waypost.records.pathway.case import Case, case_of
from waypost.records.pathway.clocks import ShownClock, running, shown
from waypost.records.pathway.forms import assessments as forms
from waypost.records.pathway.forms import offers
from waypost.records.pathway.models import Assessment, Referral
from waypost.records.pathway.presenters import assessments as said
from waypost.records.pathway.rules import may_approve, may_work
from waypost.records.pathway.views.rows import about, child_of, row_of
from waypost.web import drafts

MOST = 50
A_YEAR = timedelta(days=365)


# ---------------------------------------------------------------- those that are not finished


def unfinished(request: Asked) -> HttpResponse:
    """The assessments that are outstanding and overdue, by team, worker and how late they are."""
    request.actor.may("approve").or_refuse()
    today = timezone.localdate()
    clocks = request.scope.clocks.filter(kind="assessment", authority__in=request.actor.where("approve"))
    open_ = clocks.filter(done_on=None)
    counted = list(open_.values_list("team", "team__name", "worker", "worker__name", "due_on"))
    asked = forms.LateFilterForm(
        request.GET or None,
        teams=_options((team, name) for team, name, *_ in counted),
        workers=_options((worker, name) for _, _, worker, name, _ in counted),
    )
    given = asked.cleaned_data if asked.is_valid() else {}
    for name in ("team", "worker"):
        open_ = open_.filter(**{name: given[name]}) if given.get(name) else open_
    in_order = open_.order_by(F("due_on").asc(nulls_last=True), "pk").select_related("child__person", "worker", "team")
    page = Paginator(in_order.prefetch_related("child__person__names"), MOST).get_page(request.GET.get("page"))
    held = list(page.object_list)
    kinds = Assessment.objects.filter(pk__in=[each.row for each in held])
    done = clocks.filter(done_on__gte=today - A_YEAR)
    context = {
        "form": asked,
        "page": page,
        "bands": said.BANDS,
        "lines": said.late_lines(held, {each.pk: each.get_kind_display() for each in kinds}, today),
        "teams": said.late_groups(((team, due) for _, team, _, _, due in counted), nobody="No team", today=today),
        "workers": said.late_groups(((who, due) for _, _, _, who, due in counted), nobody="No worker yet", today=today),
        "done": done.aggregate(
            in_time=Count("pk", filter=Q(done_on__lte=F("due_on"))), late=Count("pk", filter=Q(done_on__gt=F("due_on")))
        ),
    }
    return render(request, "pathway/assessments/unfinished.jinja", context)


def _options(pairs: Any) -> list[tuple[str, str]]:
    found = {str(key): str(name) for key, name in pairs if key}
    return sorted(found.items(), key=lambda pair: pair[1])


# ---------------------------------------------------------------- one assessment


def assessment(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """One assessment: what is written, where it stands, its clock, and what was corrected since it was authorised."""
    found, record = opened(request, key, "assessment")
    request.actor.may("see_confidential", found.authority_id).or_refuse()
    rows = request.scope.assessments.select_related("author", "authorised_by", "referral")
    held: Assessment = get_object_or_404(rows, pk=row, child=found)
    look = Look(request.actor, found, record.at)
    case = look.once(case_of)
    asked = list(_approvals(held).select_related("decided_by").order_by("asked_at"))
    is_now, may = record.at is None, bool(may_work(request.actor, found))
    is_writable = is_now and may and held.is_open and not held.submitted_at
    context: dict[str, Any] = {
        "assessment": held,
        "state": said.state_words(held, _returned(asked)),
        "facts": said.facts(held, author=str(held.author or ""), authorised_by=str(held.authorised_by or "")),
        "parts": said.parts(held),
        "consulted": said.consulted(held.consulted.select_related("agency").order_by("on", "pk")),
        "enquiries": [each for each in case.enquiries if each.assessment_id == held.pk],
        "clocks": _clocks(case, held),
        "corrections": _corrections(held),
        "correction": said.correction_words(asked[-1] if asked and asked[-1].what == actions.CORRECTION else None),
        "may_approve_correction": is_now and _waits_for(asked, request) and bool(may_approve(request.actor, found)),
        "may_write": is_writable,
        "may_authorise": is_now
        and bool(held.submitted_at)
        and held.is_open
        and bool(may_approve(request.actor, found)),
        "may_correct": is_now and may and not held.is_open,
    }
    return drawn(request, "pathway/assessments/assessment.jinja", record, context, look)


def as_authorised(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """An assessment as it was authorised, whatever was corrected since."""
    found, record = opened(request, key, "assessment as authorised")
    request.actor.may("see_confidential", found.authority_id).or_refuse()
    held: Assessment = get_object_or_404(request.scope.assessments, pk=row, child=found)
    then = _versions(held)[:1]
    if not then:
        raise Http404
    users = User.objects.in_bulk([key for key in (then[0].author_id, then[0].authorised_by_id) if key])
    context = {
        "assessment": held,
        "then": then[0],
        "facts": said.facts(
            then[0],
            author=str(users.get(then[0].author_id, "")),
            authorised_by=str(users.get(then[0].authorised_by_id, "")),
        ),
        "parts": said.parts(then[0]),
    }
    return drawn(request, "pathway/assessments/as_authorised.jinja", record, context)


def _versions(held: Assessment) -> list[Any]:
    """Each version from the one that was authorised on."""
    if held.is_open:
        return []
    rows: Any = held.history
    return list(rows.filter(authorised_on__isnull=False).select_related("history_user").order_by("version"))


def _corrections(held: Assessment) -> list[said.Correction]:
    versions = _versions(held)
    acts = Act.objects.filter(key__in=[each.act for each in versions[1:] if each.act]).values_list("key", "because")
    return said.corrections(versions, dict(acts), actions.WRITTEN)


def _approvals(held: Assessment) -> Any:
    return Approval.objects.filter(kind=held._meta.label, row=held.pk)


def _waits_for(asked: list[Approval], request: Asked) -> bool:
    """Whether the last thing asked is a correction that waits, and that somebody else asked for."""
    last = asked[-1] if asked else None
    is_waiting = last is not None and last.what == actions.CORRECTION and last.state == Approval.WAITING
    return is_waiting and last is not None and last.asked_by_id != request.user.pk


def _returned(asked: list[Approval]) -> Approval | None:
    last = asked[-1] if asked else None
    return last if last is not None and last.state == Approval.RETURNED else None


def _clocks(case: Case, held: Assessment) -> list[ShownClock]:
    today = timezone.localdate()
    local = settings_of(case.child.authority, today)
    return [shown(each, today=today, local=local) for each in running(case) if each.row == held.pk]


# ---------------------------------------------------------------- it begins, and is written


def begin(request: Asked, key: uuid.UUID) -> HttpResponse:
    """An assessment that no decision opened, as again in an open case."""
    child = child_of(request, key)
    may_work(request.actor, child).or_refuse()
    open_: Referral | None = request.scope.referrals.filter(child=child, closed_on=None).first()
    if open_ is None:
        messages.info(request, "This child has no open case. An assessment begins with a referral.")
        return redirect("child_referrals", key=key)
    today = timezone.localdate()
    kinds = actions.possible_kinds(child, today)
    form = drafts.ask(request, forms.BeginForm, kinds=kinds, version=0, initial={"on": today})
    if request.method == "POST" and form.is_valid():
        made: list[Assessment] = []
        given = {name: form.cleaned_data[name] for name in ("on", "kind")}

        def save() -> None:
            made.append(actions.begin_assessment(child, referral=open_, **given, by=request.actor))

        if saved(form, save, dict):
            messages.success(request, "The assessment was begun.")
            return redirect("assessment", key=key, row=made[0].pk)
    context = {"form": form, "title": "Begin an assessment", "button": "Begin the assessment", **about(child)}
    return render(request, "pathway/referrals/form.jinja", context)


def write(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """The parts of an assessment."""
    held = _row(request, key, row, "form: assessment")
    may_work(request.actor, held.child).or_refuse()
    if request.method == "GET" and (held.submitted_at or not held.is_open):
        messages.info(request, "This assessment was submitted, so it cannot be written on now.")
        return redirect("assessment", key=key, row=row)
    given = {"kind": held.kind, "version": held.version, "initial": forms.WriteForm.of(held)}
    form = drafts.ask(request, forms.WriteForm, **given)
    if request.method == "POST" and form.is_valid():

        def save() -> None:
            actions.write_assessment(held.as_opened(form.opened), to=form.facts(), by=request.actor)

        if saved(form, save, forms.WriteForm.of):
            messages.success(request, "The assessment was saved.")
            return redirect("assessment", key=key, row=row)
    return _asked(request, form, held, f"Write the {held.get_kind_display().lower()}", "Save the assessment")


def consult(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """Somebody who was asked, and what they said."""
    held = _row(request, key, row, "form: consulted")
    may_work(request.actor, held.child).or_refuse()
    form = drafts.ask(request, forms.ConsultForm, agencies=offers.agencies(), version=0)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and saved(form, lambda: actions.consult(held, **form.facts(), by=request.actor), dict):
        messages.success(request, "Who was asked, and what they said, was recorded.")
        return redirect("assessment", key=key, row=row)
    return _asked(request, form, held, "Record who was asked", "Save")


def correct(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """A correction after approval. What was authorised stays readable."""
    held = _row(request, key, row, "form: assessment")
    may_work(request.actor, held.child).or_refuse()
    if held.is_open:
        messages.info(request, "This assessment has not been authorised yet, so there is nothing to correct.")
        return redirect("assessment", key=key, row=row)
    given = {"kind": held.kind, "version": held.version, "initial": forms.CorrectForm.of(held)}
    form = drafts.ask(request, forms.CorrectForm, **given)
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]

        def save() -> None:
            opened_ = held.as_opened(form.opened)
            actions.correct_assessment(opened_, to=form.facts(), because=because, by=request.actor)

        if saved(form, save, forms.CorrectForm.of):
            messages.success(request, "The assessment was corrected. A manager is asked to approve it.")
            return redirect("assessment", key=key, row=row)
    return _asked(request, form, held, "Correct an authorised assessment", "Save the correction")


# ---------------------------------------------------------------- it is submitted, and answered


def submit(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """Puts an assessment before a manager, or says which parts are not finished."""
    held = _row(request, key, row, "form: submit assessment")
    may_work(request.actor, held.child).or_refuse()
    form = forms.SubmitForm(request.POST or None, version=held.version)
    if request.method == "POST" and form.is_valid():

        def save() -> None:
            actions.submit_assessment(held.as_opened(form.opened), at=timezone.now(), by=request.actor)

        if saved(form, save, dict):
            messages.success(request, "The assessment was submitted, and waits for a manager.")
            return redirect("assessment", key=key, row=row)
    unfinished_ = missing(held.kind, {name: getattr(held, name) for name in actions.WRITTEN})
    context = {"form": form, "row": held.pk, "unfinished": list(unfinished_.values()), **about(held.child)}
    return render(request, "pathway/assessments/submit.jinja", context)


def authorise(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """A manager authorises an assessment with its outcome, or returns it with what must change."""
    held = _row(request, key, row, "form: authorise assessment")
    may_approve(request.actor, held.child).or_refuse()
    if request.method == "GET" and not (held.submitted_at and held.is_open):
        messages.info(request, "This assessment does not wait for a decision.")
        return redirect("assessment", key=key, row=row)
    given = {"version": held.version, "outcomes": actions.outcomes(held)}
    form = drafts.ask(request, forms.AuthoriseForm, **given)
    if request.method == "POST" and form.is_valid():
        said_ = form.cleaned_data

        def save() -> None:
            row_ = held.as_opened(form.opened)
            if said_["decision"] == forms.RETURN:
                actions.return_assessment(row_, because=said_["why"], by=request.actor)
            else:
                now = timezone.now()
                actions.authorise_assessment(
                    row_, decision=said_["decision"], why=said_["why"], at=now, by=request.actor
                )

        if saved(form, save, lambda now: {"decision": now.decision, "why": now.why}):
            was_returned = said_["decision"] == forms.RETURN
            messages.success(request, f"The assessment was {'returned' if was_returned else 'authorised'}.")
            return redirect("assessment", key=key, row=row)
    return _asked(request, form, held, "Authorise or return", "Save the decision")


def correction(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """A manager approves a correction, or returns it with what must change."""
    held = _row(request, key, row, "form: approve correction")
    may_approve(request.actor, held.child).or_refuse()
    asked: Approval = get_object_or_404(_approvals(held), what=actions.CORRECTION, state=Approval.WAITING)
    form = drafts.ask(request, forms.CorrectionForm, version=held.version)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["decision"] == forms.RETURN:
            approvals.return_for_changes(asked, because=form.cleaned_data["why"], by=request.actor)
        else:
            approvals.approve(asked, by=request.actor)
        messages.success(request, "Your decision on the correction was saved.")
        return redirect("assessment", key=key, row=row)
    return _asked(request, form, held, "Approve or return the correction", "Save the decision")


def _row(request: Asked, key: uuid.UUID, row: uuid.UUID, what: str) -> Assessment:
    """An assessment in scope; that someone reads it in a form is logged as a look."""
    held: Assessment = row_of(request, "assessments", key, row, "referral")
    if request.method == "GET":
        trail.looked(request.actor, what, held.child_id, authority=held.child.authority_id)
    return held


def _asked(request: Asked, form: Any, held: Assessment, title: str, button: str) -> HttpResponse:
    context = {"form": form, "row": held.pk, "title": title, "button": button, "kind": held.get_kind_display()}
    return render(request, "pathway/assessments/form.jinja", context | about(held.child))
