"""To look for a person, and to add one who was not found."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from waypost.access.asked import Asked
from waypost.records.casework import visibility
from waypost.records.casework.actions import people
from waypost.records.casework.actions.people import NewPerson
from waypost.records.casework.forms.people import FindForm, RegisterForm
from waypost.records.casework.presenters.people import Line, lines
from waypost.records.casework.search import duplicates
from waypost.records.casework.search.ask import taken_apart
from waypost.records.casework.search.find import find as found_by
from waypost.web import drafts

LOOKED = "looked_for_a_person"


def find(request: Asked) -> HttpResponse:
    """One box. What is found says why; nobody is added before someone has looked.

    What is typed is sent in the body, so that no name comes to stand in an address or a log.
    """
    request.actor.may("find_person").or_refuse()
    form = FindForm(request.POST or None)
    found: list[Line] | None = None
    if request.method == "POST" and form.is_valid():
        request.session[LOOKED] = True
        everyone = found_by(taken_apart(form.cleaned_data["typed"]), visibility.findable(request.actor))
        found = _lines(request, {key: each.reasons for key, each in everyone})
    may_add = bool(request.session.get(LOOKED)) and bool(request.actor.may("register_person"))
    return render(request, "casework/find.jinja", {"form": form, "found": found, "may_add": may_add})


def register(request: Asked) -> HttpResponse:
    """Adds a person who was looked for and not found, once nobody in the record is like them or someone says so."""
    request.actor.may("register_person").or_refuse()
    if not request.session.get(LOOKED):
        messages.info(request, "Look for the person first. They may be in the record already.")
        return redirect("find")
    form = drafts.ask(request, RegisterForm)
    alike: list[Line] = []
    if request.method == "POST" and form.is_valid():
        alike = _alike(request, form)
        if not alike or form.cleaned_data["is_new"]:
            home = request.actor.home("register_person")
            people.register_person(home, new=_new(form), by=request.actor)
            del request.session[LOOKED]
            messages.success(request, "The person was added.")
            return redirect("find")
        form.add_error("is_new", "Look at these people, and tick the box if the person is none of them")
    return render(request, "casework/register.jinja", {"form": form, "alike": alike})


def _new(form: RegisterForm) -> NewPerson:
    given = form.cleaned_data
    return NewPerson(**{name: given[name] for name in NewPerson.__slots__ if name in given})


def _alike(request: Asked, form: RegisterForm) -> list[Line]:
    given = form.cleaned_data
    scope = visibility.findable(request.actor)
    found = duplicates.likely(given["given"], given["family"], given["born_on"], scope)
    return _lines(request, {each.person: (f"{each.score} in 100 alike",) for each in found})


def _lines(request: Asked, reasons: Mapping[uuid.UUID, tuple[str, ...]]) -> list[Line]:
    shown = visibility.findable(request.actor).filter(pk__in=reasons).select_related("child").prefetch_related("names")
    openable = set(visibility.children(request.actor).filter(person__in=reasons).values_list("pk", flat=True))
    return lines(shown, reasons, today=timezone.localdate(), openable=openable)
