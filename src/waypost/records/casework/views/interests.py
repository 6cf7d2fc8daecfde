"""Where workers say whom they know, so that those records are closed to them, and where the data owner sees it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from waypost.access import doors
from waypost.access.asked import Asked
from waypost.records.casework import visibility
from waypost.records.casework.actions import interests
from waypost.records.casework.forms.access import InterestForm, LookForForm, ReasonForm
from waypost.records.casework.guard import may_end_interest
from waypost.records.casework.models import DeclaredInterest
from waypost.records.casework.presenters import access as words
from waypost.records.casework.presenters.child import called
from waypost.records.casework.presenters.people import lines
from waypost.records.casework.search.ask import taken_apart
from waypost.records.casework.search.find import find
from waypost.web import drafts


def mine(request: Asked) -> HttpResponse:
    """Those whom the worker said that they know, in their own words, and a box to look for others."""
    request.actor.may("see_child").or_refuse()
    form = LookForForm(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        shown = visibility.findable(request.actor)
        reasons = {key: each.reasons for key, each in find(taken_apart(form.cleaned_data["typed"]), shown)}
        people = shown.filter(pk__in=reasons).select_related("child").prefetch_related("names")
        found = lines(people, reasons, today=timezone.localdate(), openable=set())
    told = DeclaredInterest.objects.filter(user=request.actor.user).order_by("-started_on")
    may_find = bool(request.actor.may("find_person"))
    held = {"form": form, "found": found, "told": words.interests(told), "may_find": may_find}
    return render(request, "casework/access/interests.jinja", held)


def declare(request: Asked, key: uuid.UUID) -> HttpResponse:
    """Closes the records of a person and their family to the worker who says that they know them."""
    request.actor.may("see_child").or_refuse()
    person = get_object_or_404(visibility.mentionable(request.actor).prefetch_related("names"), pk=key)
    seen = (visibility.findable(request.actor), visibility.people(request.actor))
    if not any(each.filter(pk=key).exists() for each in seen):
        raise Http404
    form = drafts.ask(request, InterestForm)
    if request.method == "POST" and form.is_valid():
        interests.declare_interest(person, how=form.cleaned_data["how"], by=request.actor)
        messages.success(request, "Thank you. The records of this family are closed to you.")
        return redirect("interests")
    name = called(person.names.all(), timezone.localdate())
    return render(request, "casework/access/declare.jinja", {"form": form, "name": name})


def declared(request: Asked) -> HttpResponse:
    """For the data owner: who said that they know whom."""
    request.actor.may("see_audit").or_refuse()
    found = DeclaredInterest.objects.filter(person__authority__in=request.actor.where("see_audit"))
    told = words.interests(found.select_related("user").order_by("-started_on", "user__name"))
    held = {"told": told, "within": doors.open_to(request.actor, "trail")}
    return render(request, "casework/access/declared.jinja", held)


def end(request: Asked, key: uuid.UUID) -> HttpResponse:
    """For the data owner: ends an interest that was declared by mistake."""
    request.actor.may("see_audit").or_refuse()
    theirs = DeclaredInterest.objects.filter(person__authority__in=request.actor.where("see_audit"))
    interest = get_object_or_404(theirs.select_related("user", "person"), pk=key)
    may = may_end_interest(request.actor, interest)
    form = drafts.ask(request, ReasonForm)
    if request.method == "POST" and form.is_valid():
        interests.end_interest(interest, because=form.cleaned_data["because"], by=request.actor)
        messages.success(request, "The interest has ended.")
        return redirect("interests_declared")
    (told,) = words.interests([interest])
    return render(request, "casework/access/end_interest.jinja", {"interest": told, "form": form, "may": may})
