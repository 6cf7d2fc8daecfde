"""To open a record outside one's work in an emergency, and to review afterwards what was opened."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib import messages
from django.db.models import F, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from waypost.access import doors
from waypost.access.asked import Asked
from waypost.access.audit.forms import RIGHT, ReviewForm
from waypost.access.models import Act
from waypost.records.casework import visibility
from waypost.records.casework.actions import emergencies
from waypost.records.casework.forms.access import EmergencyForm, ReasonForm
from waypost.records.casework.guard import may_break_glass, may_close_glass, may_review_glass
from waypost.records.casework.models import BrokenGlass
from waypost.records.casework.presenters import access as words
from waypost.web import drafts

MOST = 200


def closed(request: Asked, key: uuid.UUID) -> HttpResponse:
    """A record that is known and not open: what can be done, and the way in where a child may be in danger."""
    if request.scope.children.filter(pk=key).exists():
        return redirect("child", key)
    child = get_object_or_404(visibility.closed(request.actor).select_related("person", "authority"), pk=key)
    may = may_break_glass(request.actor, child)
    form = drafts.ask(request, EmergencyForm)
    if request.method == "POST" and form.is_valid():
        review_at = request.build_absolute_uri(reverse("emergencies"))
        emergencies.break_glass(child, **form.cleaned_data, review_at=review_at, by=request.actor)
        return redirect("child", key)
    held = {
        "who": words.who(child, today=timezone.localdate()),
        "may": may,
        "form": form,
        "minutes": settings.GLASS_MINUTES,
    }
    return render(request, "casework/access/closed.jinja", held)


def opened(request: Asked) -> HttpResponse:
    """For the data owner: what was opened in an emergency, what nobody has reviewed first."""
    request.actor.may("see_audit").or_refuse()
    found = _mine(request).order_by(F("reviewed_at").asc(nulls_first=True), "-opened_at")[:MOST]
    held = {"emergencies": words.emergencies(found), "within": doors.open_to(request.actor, "trail")}
    return render(request, "casework/access/emergencies.jinja", held)


def review(request: Asked, key: uuid.UUID) -> HttpResponse:
    """One of them: why, what was looked at, and what the data owner finds."""
    request.actor.may("see_audit").or_refuse()
    glass = get_object_or_404(_mine(request), pk=key)
    form = drafts.ask(request, ReviewForm)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        emergencies.review(glass, was_justified=given["finding"] == RIGHT, note=given["note"], by=request.actor)
        messages.success(request, "Your review was saved.")
        return redirect("emergencies")
    looked = Act.objects.filter(child=glass.child_id, by=glass.user_id, at__range=(glass.opened_at, glass.ends_at))
    held = {"emergency": words.emergency(glass), "did": words.did(looked.order_by("at")[:MOST]), "form": form}
    return render(request, "casework/access/review.jinja", {**held, "may": may_review_glass(request.actor, glass)})


@require_POST
def close_mine(request: Asked, key: uuid.UUID) -> HttpResponse:
    """Closes the record again that the person opened in an emergency and needs no longer."""
    child = get_object_or_404(request.scope.children, pk=key)
    now = timezone.now()
    mine = BrokenGlass.objects.filter(child=child, user=request.actor.user, ends_at__gt=now).select_related("child")
    for glass in mine:
        emergencies.close_glass(glass, by=request.actor)
    if not mine:
        raise Http404
    messages.success(request, "The record is closed to you again. The data owner still reviews why it was opened.")
    return redirect("home")


def close(request: Asked, key: uuid.UUID) -> HttpResponse:
    """For the data owner: closes a record at once to whoever opened it in an emergency."""
    request.actor.may("see_audit").or_refuse()
    glass = get_object_or_404(_mine(request), pk=key)
    may_close_glass(request.actor, glass).or_refuse()
    form = drafts.ask(request, ReasonForm)
    if request.method == "POST" and form.is_valid():
        emergencies.close_glass(glass, because=form.cleaned_data["because"], by=request.actor)
        messages.success(request, "The record is closed to them.")
        return redirect("emergencies")
    return render(request, "casework/access/close.jinja", {"emergency": words.emergency(glass), "form": form})


def _mine(request: Asked) -> QuerySet[BrokenGlass]:
    where = request.actor.where("see_audit")
    return BrokenGlass.objects.filter(child__authority__in=where).select_related(
        "user", "reviewed_by", "closed_by", "child"
    )
