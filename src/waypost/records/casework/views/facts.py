"""To change what is recorded of a person: each kind of fact is added, put right, and ended, on pages of one shape."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from waypost.access.asked import Asked
from waypost.access.models import Agency
from waypost.records.casework import beside, visibility
from waypost.records.casework.actions import facts, people
from waypost.records.casework.forms.facts import (
    AboutForm,
    AddressRightForm,
    ContactForm,
    EndForm,
    FactForm,
    IdentifierForm,
    MoveForm,
    NameForm,
    PlaceForm,
    ends,
)
from waypost.records.casework.models import AddressHeld, ContactPoint, Identifier, Person, PersonName, Registration
from waypost.records.casework.models.people import OfPerson
from waypost.records.casework.presenters.child import called
from waypost.records.casework.views.adults import home_of, person_of
from waypost.records.casework.views.saving import saved
from waypost.web import drafts


@dataclass(frozen=True)
class Part:
    """A kind of fact: its form, and how one is added. `one` is what a page calls it."""

    one: str
    model: type[OfPerson]
    form: type[FactForm]
    add: Callable[..., object] | None = None


PARTS: Mapping[str, Part] = MappingProxyType(
    {
        "names": Part("name", PersonName, NameForm, people.add_name),
        "numbers": Part("number", Identifier, IdentifierForm, people.add_identifier),
        "homes": Part("address", AddressHeld, AddressRightForm),
        "contacts": Part("contact detail", ContactPoint, ContactForm, facts.add_contact_point),
        "places": Part("school or practice", Registration, PlaceForm, facts.register_with),
    }
)
"""The parts by their word in an address. A home is added by a move, which has a page of its own."""


def add(request: Asked, key: uuid.UUID, part: str) -> HttpResponse:
    """Adds a fact."""
    kind, person = _part(part), person_of(request, key, f"form: {part}")
    if kind.add is None:
        raise Http404
    form = drafts.ask(request, kind.form, is_new=True, version=0, **_choices(kind))
    beside.say_beside(form, person, part)
    save = kind.add
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and saved(form, lambda: save(person, **form.facts(), by=request.actor), dict):
        return _back(request, person, f"The {kind.one} was added.")
    return _asked(request, person, form, f"Add a{'n' if kind.one[0] in 'aeiou' else ''} {kind.one}")


def put_right(request: Asked, key: uuid.UUID, part: str, row: uuid.UUID) -> HttpResponse:
    """Puts a fact right, with a reason. Where someone else has saved it meanwhile, both versions are shown."""
    kind, person = _part(part), person_of(request, key, f"form: {part}")
    fact: Any = _fact(kind, person, row)
    held = {"initial": kind.form.of(fact), "version": fact.version}
    form = drafts.ask(request, kind.form, is_new=False, **held, **_choices(kind))
    beside.say_beside(form, person, part)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and saved(form, lambda: _put_right(request, fact, form), kind.form.of):
        return _back(request, person, f"The {kind.one} was put right.")
    return _asked(request, person, form, f"Put the {kind.one} right")


def _put_right(request: Asked, fact: Any, form: FactForm) -> None:
    given, version = form.cleaned_data, form.opened
    because, by = given["because"], request.actor
    if isinstance(fact, AddressHeld):
        place = {name: given[name] for name in ("lines", "postcode", "ward")}
        facts.put_address_right(fact.as_opened(version), **place, to=form.facts(), because=because, by=by)
    else:
        facts.put_right(fact.as_opened(version), to=form.facts(), because=because, by=by)


def end(request: Asked, key: uuid.UUID, part: str, row: uuid.UUID) -> HttpResponse:
    """Says until when a fact was true."""
    kind, person = _part(part), person_of(request, key, f"form: {part}")
    fact: Any = _fact(kind, person, row)
    form = drafts.ask(request, EndForm, initial=EndForm.of(fact), version=fact.version, since=fact.started_on)
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"]
        if saved(form, lambda: facts.end(fact.as_opened(form.opened), on=on, by=request.actor), EndForm.of):
            return _back(request, person, f"The {kind.one} was ended.")
    return _asked(request, person, form, ends(fact))


def about(request: Asked, key: uuid.UUID) -> HttpResponse:
    """Changes the facts of the person themself."""
    person = person_of(request, key, "form: about")
    form = drafts.ask(request, AboutForm, initial=AboutForm.of(person), version=person.version, person=person)
    beside.say_beside(form, person, "person")
    if request.method == "POST" and form.is_valid():

        def save() -> None:
            because = form.cleaned_data["because"]
            facts.amend_person(person.as_opened(form.opened), to=form.facts(), because=because, by=request.actor)

        if saved(form, save, AboutForm.of):
            return _back(request, person, "The change was saved.")
    return _asked(request, person, form, "Change what is recorded")


def move(request: Asked, key: uuid.UUID) -> HttpResponse:
    """Moves a person, alone or with those they live with."""
    person = person_of(request, key, "form: move")
    household = {str(each.pk): each for each in _household(request, person)}
    today = timezone.localdate()
    named = [(each, called(one.names.all(), today)) for each, one in household.items()]
    form = drafts.ask(request, MoveForm, household=named)
    if request.method == "POST" and form.is_valid():
        together = [person, *(household[each] for each in form.cleaned_data.get("with_", ()))]
        facts.move_together(together, **form.facts(), by=request.actor)
        return _back(request, person, "The move was saved.")
    return _asked(request, person, form, "Add an address")


def _household(request: Asked, person: Person) -> list[Person]:
    """Those who live where a person lives now, and whom the reader may see. A confidential address tells nothing."""
    today = timezone.localdate()
    here = person.addresses.on(today).exclude(kind="letters").filter(is_confidential=False).values("address")
    held = AddressHeld.objects.on(today).filter(address__in=here, is_confidential=False).exclude(kind="letters")
    seen = visibility.people(request.actor).filter(pk__in=held.values("person")).exclude(pk=person.pk)
    return list(seen.prefetch_related("names").order_by("born_on", "pk"))


def _part(part: str) -> Part:
    if part not in PARTS:
        raise Http404
    return PARTS[part]


def _fact(kind: Part, person: Person, row: uuid.UUID) -> OfPerson:
    model: Any = kind.model
    found: OfPerson = get_object_or_404(model.objects.select_related("person"), pk=row, person=person)
    return found


def _choices(kind: Part) -> dict[str, Any]:
    if kind.model is not Registration:
        return {}
    return {"agencies": list(Agency.objects.filter(Q(kind="school") | Q(kind="gp")))}


def _back(request: Asked, person: Person, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect(home_of(request, person))


def _asked(request: Asked, person: Person, form: Any, title: str) -> HttpResponse:
    name = called(person.names.all(), timezone.localdate())
    context = {"form": form, "name": name, "title": title, "back": home_of(request, person)}
    return render(request, "casework/person/form.jinja", context)
