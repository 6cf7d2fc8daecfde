"""Whom a contact names: children are looked for and chosen by their key, or added, while the contact is being typed.

The keys of those chosen are kept in the session until the contact is recorded. What was typed is kept as its draft.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from waypost.access.asked import Asked
from waypost.access.models import Authority
from waypost.records.casework import visibility
from waypost.records.casework.actions import children, people
from waypost.records.casework.actions.people import NewPerson
from waypost.records.casework.forms.people import FindForm, RegisterForm
from waypost.records.casework.models import Child, Identifier, Person
from waypost.records.casework.presenters.people import Line, lines
from waypost.records.casework.search import duplicates
from waypost.records.casework.search.ask import taken_apart
from waypost.records.casework.search.find import find as found_by
from waypost.records.pathway.forms.contacts import keys
from waypost.web import drafts

FIND, REMOVE, CHOOSE = "_find", "_remove", "_choose"
NAMED, LOOKED = "named_in_a_contact", "looked_for_a_child"
GROWN_UP = 18


def chosen(request: Asked) -> list[Child]:
    """The children chosen so far whom the person may see, in the order of their birth."""
    held = keys(request.session.get(NAMED, []))
    found = request.scope.children.filter(pk__in=held).select_related("person", "authority")
    return list(found.prefetch_related("person__names").order_by("person__born_on", "pk"))


def forget(request: Asked) -> None:
    request.session.pop(NAMED, None)
    request.session.pop(LOOKED, None)


def set_aside(request: Asked) -> HttpResponse:
    """Keeps what was typed so far, and goes to look for a child or takes one off the list."""
    drafts.keep(request, request.path, request.POST)
    drafts.hold(request)
    if REMOVE in request.POST:
        gone = request.POST[REMOVE]
        request.session[NAMED] = [each for each in request.session.get(NAMED, []) if each != gone]
        return redirect("contact_new")
    return redirect("contact_find")


def find(request: Asked) -> HttpResponse:
    """Looks for a child whom the contact names. Nobody is added before someone has looked."""
    request.actor.may("screen_contact").or_refuse()
    if CHOOSE in request.POST:
        return _choose(request)
    form = FindForm(request.POST or None)
    found: list[Line] | None = None
    if request.method == "POST" and form.is_valid():
        request.session[LOOKED] = True
        everyone = found_by(taken_apart(form.cleaned_data["typed"]), visibility.findable(request.actor))
        found = _lines(request, {key: each.reasons for key, each in everyone})
    held = {"form": form, "found": found, "grown_up": _grown_up(found or [])}
    return render(request, "pathway/contacts/find.jinja", held)


def register(request: Asked) -> HttpResponse:
    """Adds a child who was looked for and not found, and names them in the contact."""
    request.actor.may("screen_contact").or_refuse()
    request.actor.may("register_person").or_refuse()
    if CHOOSE in request.POST:
        return _choose(request)
    if not request.session.get(LOOKED):
        messages.info(request, "Look for the child first. They may be in the record already.")
        return redirect("contact_find")
    form = drafts.ask(request, RegisterForm)
    alike: list[Line] = []
    if request.method == "POST" and form.is_valid():
        alike = _alike(request, form)
        if not alike or form.cleaned_data["is_new"]:
            home = request.actor.home("screen_contact")
            given = form.cleaned_data
            new = NewPerson(**{name: given[name] for name in NewPerson.__slots__ if name in given})
            return _named(request, _opened(request, people.register_person(home, new=new, by=request.actor)))
        form.add_error("is_new", "Look at these people, and tick the box if the child is none of them")
    held = {"form": form, "alike": alike, "grown_up": _grown_up(alike)}
    return render(request, "pathway/contacts/register.jinja", held)


def _choose(request: Asked) -> HttpResponse:
    """Someone who was found is named. Whoever has no record as a child yet has one opened."""
    key = next(iter(keys([request.POST[CHOOSE]])), None)
    person: Person = get_object_or_404(visibility.findable(request.actor).select_related("child"), pk=key)
    age = person.age_on(timezone.localdate())
    if age is not None and age >= GROWN_UP:
        messages.info(request, "Choose a child. This person is an adult, and stands in the child's family.")
        return redirect("contact_find")
    if person.child_key:
        return _named(request, get_object_or_404(request.scope.children, person=person))
    return _named(request, _opened(request, person))


def _opened(request: Asked, person: Person) -> Child:
    return children.open_record(person, local_id=local_id(person.authority), by=request.actor)


def _named(request: Asked, child: Child) -> HttpResponse:
    held = [each for each in request.session.get(NAMED, []) if each != str(child.pk)]
    request.session[NAMED] = [*held, str(child.pk)]
    return redirect("contact_new")


def local_id(authority: Authority) -> str:
    """An identifier for a new record: letters of the authority, and a number that says nothing and nobody has."""
    while True:
        made = f"{authority.name[:3].upper()}{secrets.randbelow(10_000_000):07}"
        if not Identifier.objects.filter(kind=Identifier.LOCAL, value=made).exists():
            return made


def _lines(request: Asked, reasons: Mapping[uuid.UUID, tuple[str, ...]]) -> list[Line]:
    shown = visibility.findable(request.actor).filter(pk__in=reasons).select_related("child").prefetch_related("names")
    openable = set(visibility.children(request.actor).filter(person__in=reasons).values_list("pk", flat=True))
    return lines(shown, reasons, today=timezone.localdate(), openable=openable)


def _alike(request: Asked, form: RegisterForm) -> list[Line]:
    given = form.cleaned_data
    scope = visibility.findable(request.actor)
    found = duplicates.likely(given["given"], given["family"], given["born_on"], scope)
    return _lines(request, {each.person: (f"{each.score} in 100 alike",) for each in found})


def _grown_up(found: list[Line]) -> set[uuid.UUID]:
    """Those of a list who are adults."""
    today = timezone.localdate()
    people_ = Person.objects.filter(pk__in=[each.key for each in found])
    return {each.pk for each in people_ if (age := each.age_on(today)) is not None and age >= GROWN_UP}
