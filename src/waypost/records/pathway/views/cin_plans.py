"""Changes to a child in need plan: what it says, its reviews, and its end."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.utils import timezone

from waypost.access.asked import Asked
from waypost.records.pathway.actions import cin_plans as does
from waypost.records.pathway.forms.plans import CinPlanForm, CinReviewForm, EndCinPlanForm
from waypost.records.pathway.presenters.plans import stays_until
from waypost.records.pathway.views.asking import Page, ask, changing, fresh
from waypost.records.pathway.views.rows import row_of
from waypost.web.words import day

HOME = "child_plan"


def change(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    held = row_of(request, "cin_plans", key, row)
    does.may_change_cin_plan(request.actor, held).or_refuse()
    form = changing(request, CinPlanForm, held, CinPlanForm.says)

    def save() -> object:
        return does.describe_cin_plan(held.as_opened(form.opened), to=form.facts(), by=request.actor)

    page = Page("Change the child in need plan", "The plan was saved.", HOME)
    return ask(request, held.child, page, form, save, says=CinPlanForm.says)


def review(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    held = row_of(request, "cin_plans", key, row)
    does.may_change_cin_plan(request.actor, held).or_refuse()
    form = fresh(request, CinReviewForm, initial={"held_on": timezone.localdate()})

    def save() -> object:
        given = {name: form.cleaned_data[name] for name in ("held_on", "says", "next_on")}
        return does.review_cin_plan(held, **given, by=request.actor)

    return ask(request, held.child, Page("Record a review", "The review was recorded.", HOME), form, save)


def end(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    held = row_of(request, "cin_plans", key, row, "referral")
    does.may_end_cin_plan(request.actor, held).or_refuse()
    form = changing(request, EndCinPlanForm, held, lambda _: {"on": timezone.localdate()})

    def save() -> object:
        given = {name: form.cleaned_data[name] for name in ("decision", "on", "why", "closure_reason")}
        return does.end_cin_plan(held.as_opened(form.opened), **given, by=request.actor)

    stays = stays_until(held)
    lead = (
        "The service stays with a child for six months after a protection plan. "
        f"For this child that is until {day(stays)}. If the plan ends sooner, say why."
        if stays
        else ""
    )
    page = Page("End the child in need plan", "The plan was ended.", HOME, "End the plan", lead)
    return ask(request, held.child, page, form, save)
