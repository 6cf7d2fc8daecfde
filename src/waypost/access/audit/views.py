"""The trail to look in, and what in it is unusual."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from waypost.access import doors
from waypost.access import unusual as signs
from waypost.access.asked import Asked
from waypost.access.audit import presenters
from waypost.access.audit.forms import RIGHT, ReviewForm, TrailForm
from waypost.access.models import Act, User
from waypost.access.unusual import Look, may_review

MOST_LINES = 200
DAYS = 7


def trail(request: Asked) -> HttpResponse:
    """The lines of the authorities whose trail the person reads, the latest first."""
    request.actor.may("see_audit").or_refuse()
    mine = _mine(request)
    people = User.objects.filter(pk__in=mine.values("by")).order_by("name")
    form = TrailForm(request.GET or None, people=people)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = _asked_for(mine, asked).select_related("by").order_by("-at", "-pk")[: MOST_LINES + 1]
    held = presenters.lines(found)
    is_more = len(held) > MOST_LINES
    return _drawn(request, "trail", {"form": form, "lines": held[:MOST_LINES], "is_more": is_more})


def _asked_for(acts: QuerySet[Act], asked: dict[str, Any]) -> QuerySet[Act]:
    if asked.get("person"):
        acts = acts.filter(by=asked["person"])
    if asked.get("record"):
        acts = acts.filter(child__range=_beginning(asked["record"]))
    if day := asked.get("on"):
        begins = timezone.make_aware(datetime.combine(day, time.min))
        acts = acts.filter(at__gte=begins, at__lt=begins + timedelta(days=1))
    return acts


def _beginning(digits: str) -> tuple[uuid.UUID, uuid.UUID]:
    """The first and the last key that begin with some digits. Databases differ in how a key reads as text."""
    return uuid.UUID(digits.ljust(32, "0")), uuid.UUID(digits.ljust(32, "f"))


def unusual(request: Asked) -> HttpResponse:
    """What was unusual in the last days."""
    request.actor.may("see_audit").or_refuse()
    today = timezone.localdate()
    found = signs.unusual(signs.Asked(_mine(request), today - timedelta(days=DAYS), today))
    looks = presenters.asking(found, _names(each.look.by for each in found))
    return _drawn(request, "unusual", {"looks": looks, "days": DAYS})


def review(request: Asked, person: uuid.UUID, child: uuid.UUID, day: str) -> HttpResponse:
    """One of them: its lines, and what the data owner found."""
    request.actor.may("see_audit").or_refuse()
    look = _look(person, child, day)
    mine = _mine(request)
    why = signs.signs_of(look, signs.Asked(mine, look.day, look.day))
    if not why:
        raise Http404
    may = may_review(request.actor, look)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        signs.review(look, was_justified=given["finding"] == RIGHT, note=given["note"], by=request.actor)
        messages.success(request, "Your review was saved.")
        return redirect("unusual")
    lines = _asked_for(mine, {"person": person, "on": look.day}).select_related("by").order_by("at", "pk")
    lines = lines.filter(child=look.child) if look.child else lines
    held = {"signs": why, "lines": presenters.lines(lines[:MOST_LINES]), "form": form, "may": may}
    record = presenters.reference(look.child)
    return render(
        request,
        "access/audit/review.jinja",
        {**held, "by": _names([person])[person], "day": look.day, "record": record},
    )


def _look(person: uuid.UUID, child: uuid.UUID, day: str) -> Look:
    try:
        return Look(person, None if child == presenters.NO_CHILD else child, date.fromisoformat(day))
    except ValueError:
        raise Http404 from None


def _mine(request: Asked) -> QuerySet[Act]:
    return Act.objects.filter(authority__in=request.actor.where("see_audit"))


def _names(people: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    return dict(User.objects.filter(pk__in=set(people)).values_list("pk", "name"))


def _drawn(request: Asked, name: str, held: dict[str, object]) -> HttpResponse:
    return render(request, f"access/audit/{name}.jinja", {"within": doors.open_to(request.actor, "trail"), **held})
