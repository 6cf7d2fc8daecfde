"""A child's page of protection; strategy discussions, section 47 enquiries, medicals and criminal matters."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from waypost.access.asked import Asked
from waypost.access.local.reader import settings_of
from waypost.access.recorded import Recorded
from waypost.domain.timescales import INITIAL_CONFERENCE, STRATEGY_DISCUSSION, TRANSFER_IN_CONFERENCE
from waypost.records.casework.beside import Look
from waypost.records.casework.models import Child
from waypost.records.casework.views.child import drawn, opened
from waypost.records.pathway.actions import enquiries as does
from waypost.records.pathway.actions.enquiries import Asked as AskedToCome
from waypost.records.pathway.actions.enquiries import NewStrategy, StrategyDecision
from waypost.records.pathway.case import Case, case_of
from waypost.records.pathway.clocks import ShownClock, running, shown
from waypost.records.pathway.clocks.running import ENQUIRY
from waypost.records.pathway.forms.enquiries import (
    CriminalForm,
    DecideForm,
    EnquiryForm,
    MedicalAskForm,
    MedicalForm,
    StrategyForm,
    SubmitForm,
    decision_of,
)
from waypost.records.pathway.models import Enquiry, Referral, StrategyChild, StrategyParticipant
from waypost.records.pathway.order import complaint
from waypost.records.pathway.presenters import enquiries as words
from waypost.records.pathway.rules import may_work
from waypost.records.pathway.views.asking import (
    Page,
    ask,
    changing,
    fresh,
    nothing,
    options,
    siblings,
    who_may,
)
from waypost.records.pathway.views.rows import child_of, row_of

HOME = "child_protection"
CLOCKS = (STRATEGY_DISCUSSION, ENQUIRY, INITIAL_CONFERENCE, TRANSFER_IN_CONFERENCE)


def page(request: Asked, key: uuid.UUID) -> HttpResponse:
    """Strategy discussions, enquiries, conferences and moves of a child, with what runs."""
    found, record = opened(request, key, "protection")
    look = Look(request.actor, found, record.at)
    case = look.once(case_of)
    today = timezone.localdate(record.at) if record.at else timezone.localdate()
    is_now = record.at is None
    held: dict[str, Any] = {
        "held": words.protection(case),
        "clocks": _clocks(found, case, today),
        "may_work": is_now and bool(may_work(request.actor, found)),
        "has_plan": any(plan.is_open and not plan.is_temporary for plan in case.plans),
    }
    return drawn(request, "pathway/protection/page.jinja", record, held, look)


def _clocks(child: Child, case: Case, today: Any) -> list[ShownClock]:
    local = settings_of(child.authority, today)
    running_now = (each for each in running(case) if each.timescale in CLOCKS and each.done_on is None)
    return [shown(each, today=today, local=local) for each in running_now]


# ---------------------------------------------------------------- strategy discussions


def add_strategy(request: Asked, key: uuid.UUID) -> HttpResponse:
    """Records a strategy discussion, once for brothers and sisters."""
    child = child_of(request, key)
    may_work(request.actor, child).or_refuse()
    family = siblings(request, child)
    chairs = who_may("approve", child.authority_id)
    first = {"on": timezone.localdate()}
    around: dict[str, Any] = {"members": family.members, "ticked": family.ticked, "chairs": options(chairs)}
    around["out_of_order"] = _out_of_order(family.children)
    form = fresh(request, StrategyForm, **around, initial=first)

    def save() -> object:
        given = form.cleaned_data
        held = {name: given[name] for name in ("kind", "seniority", "shared", "needed_on", "actions")}
        decisions = [StrategyDecision(family.children[each.key], **decision_of(form.of(each))) for each in form.chosen]
        return does.hold_strategy(
            family.of(form),
            new=NewStrategy(held_at=form.held_at, chair=chairs.get(given["chair"]), **held),
            asked=[AskedToCome(**each) for each in form.asked],
            decisions=decisions,
            by=request.actor,
        )

    where = "pathway/protection/strategy_form.jinja"
    page = Page("Record a strategy discussion", "The strategy discussion was recorded.", HOME, template=where)
    return ask(request, child, page, form, save)


def _out_of_order(children: Mapping[str, Child]) -> dict[str, str]:
    """Why a discussion would leave the usual order, of those whom no referral was ever made about. One question."""
    referred = set(Referral.objects.filter(child__in=children).values_list("child", flat=True))
    said = {key: complaint("strategy_discussion", child) for key, child in children.items() if child.pk not in referred}
    return {key: why for key, why in said.items() if why}


def strategy(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """One strategy discussion, as far as it concerns this child."""
    found, record = opened(request, key, "strategy discussion")
    rows = StrategyChild.objects.select_related("discussion__chair")
    held = get_object_or_404(rows, child=found, discussion=row)
    asked = list(StrategyParticipant.objects.filter(discussion=row).order_by("-took_part", "sector"))
    return drawn(request, "pathway/protection/strategy.jinja", record, {"held": words.strategy(held, asked)})


# ---------------------------------------------------------------- enquiries


def enquiry(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """One enquiry, with its clocks, medicals and criminal matters."""
    found, record = opened(request, key, "enquiry")
    held = get_object_or_404(Enquiry.objects.select_related("worker", "authorised_by"), child=found, pk=row)
    today = timezone.localdate()
    look = Look(request.actor, found, record.at)
    case = look.once(case_of)
    local = settings_of(found.authority, today)
    clocks = [shown(each, today=today, local=local) for each in running(case) if each.row == held.pk]
    medicals, matters = list(held.medicals.order_by("asked_on")), list(held.criminal_matters.order_by("on"))
    # The child is in scope already, so the role and the state of the enquiry decide.
    works = bool(request.actor.may("work_case", found.authority_id))
    context: dict[str, Any] = {
        "held": words.enquiry(held, medicals, matters),
        "row": held.pk,
        "clocks": clocks,
        "may_write": works and held.is_open and not held.submitted_at,
        "may_add": works,
        "may_decide": held.is_open
        and bool(held.submitted_at)
        and held.decided_by_id != request.actor.user.pk
        and bool(request.actor.may("approve", found.authority_id)),
    }
    return drawn(request, "pathway/protection/enquiry.jinja", record, context, look)


def write(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """What the enquiry has found so far."""
    held = row_of(request, "enquiries", key, row)
    does.may_write_enquiry(request.actor, held).or_refuse()
    form = changing(request, EnquiryForm, held, EnquiryForm.says)

    def save() -> object:
        return does.write_enquiry(held.as_opened(form.opened), to=form.facts(), by=request.actor)

    page = Page("Write the section 47 enquiry", "The enquiry was saved.", HOME)
    return ask(request, held.child, page, form, save, says=EnquiryForm.says)


def submit(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """The outcome, for a manager to approve."""
    held = row_of(request, "enquiries", key, row)
    does.may_write_enquiry(request.actor, held).or_refuse()
    form = changing(request, SubmitForm, held, lambda _: {"on": timezone.localdate()})

    def save() -> object:
        given = form.cleaned_data
        outcome = {name: given[name] for name in ("outcome", "why", "on")}
        return does.submit_enquiry(held.as_opened(form.opened), **outcome, by=request.actor)

    page = Page("Outcome of the enquiry", "The enquiry was sent to a manager.", HOME, "Send to a manager")
    return ask(request, held.child, page, form, save, says=_outcome)


def _outcome(row: Recorded) -> Mapping[str, Any]:
    held: Any = row
    return {"outcome": held.decision, "why": held.why}


def decide(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """A manager agrees with the outcome, or sends the enquiry back."""
    held = row_of(request, "enquiries", key, row, "referral", "strategy")
    does.may_decide_enquiry(request.actor, held).or_refuse()
    form = changing(request, DecideForm, held, lambda _: {"on": timezone.localdate()})

    def save() -> object:
        given, opened_ = form.cleaned_data, held.as_opened(form.opened)
        if given["answer"] == DecideForm.RETURN:
            return does.return_enquiry(opened_, because=given["because"], by=request.actor)
        return does.approve_enquiry(opened_, on=given["on"], by=request.actor)

    lead = f"{words.decision_words('section47_enquiry', held.decision)}. {held.why}"
    page = Page("Approve the outcome of the enquiry", "Your answer was recorded.", HOME, "Record my answer", lead)
    return ask(request, held.child, page, form, save, says=nothing)


# ---------------------------------------------------------------- medicals and criminal matters


def ask_medical(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    held = row_of(request, "enquiries", key, row)
    may_work(request.actor, held.child).or_refuse()
    form = fresh(request, MedicalAskForm, initial={"on": timezone.localdate()})

    def save() -> object:
        return does.ask_medical(held.child, enquiry=held, on=form.cleaned_data["on"], by=request.actor)

    return ask(request, held.child, Page("Ask for a medical", "The request was recorded.", HOME), form, save)


def medical(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """When it was held, when its report came, and what it found."""
    held = row_of(request, "medicals", key, row)
    may_work(request.actor, held.child).or_refuse()
    form = changing(request, MedicalForm, held, _of_medical)

    def save() -> object:
        given = {name: form.cleaned_data[name] for name in ("held_on", "reported_on", "findings")}
        return does.record_medical(held.as_opened(form.opened), **given, by=request.actor)

    page = Page("Child protection medical", "The medical was recorded.", HOME)
    return ask(request, held.child, page, form, save, says=_of_medical)


def _of_medical(row: Recorded) -> Mapping[str, Any]:
    return {name: getattr(row, name) for name in ("held_on", "reported_on", "findings")}


def criminal(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """A fact of the police or a court that matters to the child."""
    held = row_of(request, "enquiries", key, row)
    may_work(request.actor, held.child).or_refuse()
    form = fresh(request, CriminalForm)

    def save() -> object:
        given = {name: form.cleaned_data[name] for name in ("kind", "on", "what", "support")}
        return does.note_criminal_matter(held.child, enquiry=held, **given, by=request.actor)

    return ask(request, held.child, Page("Police and court", "It was recorded.", HOME), form, save)
