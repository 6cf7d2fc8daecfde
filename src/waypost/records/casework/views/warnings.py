"""Warnings on a child's record: to give one, to review one, and the list of those whose review is due."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from waypost.access.asked import Asked
from waypost.records.casework.actions.warnings import NewWarning, end_warning, keep_warning, warn
from waypost.records.casework.forms.warnings import ENDS, ReviewForm, WarningForm
from waypost.records.casework.models import Child, Warning
from waypost.records.casework.presenters.child import called
from waypost.records.casework.presenters.reviews import must_act, review_words, steps_words
from waypost.records.casework.presenters.warnings import waiting
from waypost.records.casework.views.saving import saved
from waypost.records.casework.warned import may_review_warning, may_warn
from waypost.web import drafts

SOON = timedelta(days=14)
MOST = 100
"""How many of each group a page shows. The count above them is of all."""


def to_review(request: Asked) -> HttpResponse:
    """The warnings whose review is overdue, the longest first, and those due within a fortnight."""
    request.actor.may("approve").or_refuse()
    today = timezone.localdate()
    held = request.scope.warnings.filter(ended_on=None, review_on__lte=today + SOON)
    is_late = Q(review_on__lt=today)
    counts = held.aggregate(late=Count("pk", filter=is_late), soon=Count("pk", filter=~is_late))
    ordered = held.select_related("child__person").prefetch_related("child__person__names").order_by("review_on", "pk")
    groups: dict[str, Any] = {"late": ordered.filter(is_late)[:MOST], "soon": ordered.exclude(is_late)[:MOST]}
    shown = {name: waiting(rows, today=today) for name, rows in groups.items()}
    return render(
        request, "casework/warnings/to_review.jinja", {"counts": counts, "shown": shown, "steps": steps_words()}
    )


def add(request: Asked, key: uuid.UUID) -> HttpResponse:
    """A new warning."""
    child = get_object_or_404(request.scope.children.select_related("person"), pk=key)
    may_warn(request.actor, child).or_refuse()
    form = drafts.ask(request, WarningForm)
    if request.method == "POST" and form.is_valid():
        warn(child, new=NewWarning(**form.cleaned_data), by=request.actor)
        messages.success(request, "The warning was added.")
        return redirect("child", key=child.pk)
    return render(request, "casework/warnings/add.jinja", {"form": form, **_of(child)})


def review(request: Asked, key: uuid.UUID, warning: uuid.UUID) -> HttpResponse:
    """Whether a warning stands, and until when."""
    found = get_object_or_404(request.scope.warnings.select_related("child__person"), pk=warning, child=key)
    may_review_warning(request.actor, found).or_refuse()
    form = drafts.ask(request, ReviewForm, version=found.version, initial=_known(found))
    if request.method == "POST" and form.is_valid() and saved(form, lambda: _reviewed(request, found, form), _known):
        messages.success(request, "The warning was reviewed.")
        return redirect("child", key=key)
    today = timezone.localdate()
    held = {"kind": found.get_kind_display(), "must_act": must_act(found, today=today)}
    held |= {"form": form, "review": review_words(found, today=today), **_of(found.child)}
    return render(request, "casework/warnings/review.jinja", held)


def _reviewed(request: Asked, warning: Warning, form: ReviewForm) -> None:
    """Does what was decided, on the version that the person saw."""
    given = form.cleaned_data
    warning.as_opened(form.opened)
    if given["outcome"] == ENDS:
        end_warning(warning, because=given["because"], by=request.actor)
    else:
        said = {name: given[name] for name in ("evidence", "told", "review_on")}
        keep_warning(warning, **said, by=request.actor)


def _known(warning: Warning) -> dict[str, Any]:
    """What is known of a warning, as the form asks it. The day of the next review is for the review to say."""
    return {"evidence": warning.evidence, "told": warning.told}


def _of(child: Child) -> dict[str, Any]:
    """Whose record a form is about."""
    return {"child": child.pk, "name": called(child.person.names.all(), timezone.localdate())}
