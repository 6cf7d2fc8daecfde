"""A family: who is who to a person, a birth, and the genogram."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from waypost.access.asked import Asked
from waypost.access.recorded import Recorded
from waypost.records.casework import visibility
from waypost.records.casework.actions import children, facts, people
from waypost.records.casework.actions.people import NewPerson
from waypost.records.casework.circle import circle
from waypost.records.casework.forms.facts import EndForm, ends
from waypost.records.casework.forms.family import BirthForm, FamilyDayForm, NewRelativeForm, TieForm, tie_of
from waypost.records.casework.forms.people import FindForm
from waypost.records.casework.models import Person
from waypost.records.casework.presenters import genogram as words
from waypost.records.casework.presenters.child import called
from waypost.records.casework.presenters.people import Line, lines
from waypost.records.casework.rules import may_record_birth, may_register
from waypost.records.casework.search import duplicates
from waypost.records.casework.search.ask import taken_apart
from waypost.records.casework.search.find import find as found_by
from waypost.records.casework.views import adults
from waypost.records.casework.views.adults import home_of, person_of
from waypost.records.casework.views.child import drawn, opened
from waypost.records.casework.views.saving import saved
from waypost.web import drafts

LOOKED = "looked_for_a_relative"
FAMILY = "child_family"


def find_relative(request: Asked, key: uuid.UUID) -> HttpResponse:
    """Looks for the relative, who may be in the record already. Nobody is added before someone has looked."""
    person = person_of(request, key, "form: relative")
    form = FindForm(request.POST or None)
    found: list[Line] | None = None
    if request.method == "POST" and form.is_valid():
        request.session[LOOKED] = True
        everyone = found_by(taken_apart(form.cleaned_data["typed"]), _may_be_related(request, person))
        found = _lines(request, {pk: each.reasons for pk, each in everyone if pk != person.pk})
    may_add = bool(may_register(request.actor, person.authority))
    context = {**_around(request, person), "form": form, "found": found, "may_add": may_add, "key": key}
    return render(request, "casework/family/find.jinja", context)


def add_relative(request: Asked, key: uuid.UUID, other: uuid.UUID) -> HttpResponse:
    """Says what somebody in the record is to a person."""
    person = person_of(request, key, "form: relative")
    relative: Person = get_object_or_404(adults.shown(request).exclude(pk=key), pk=other, authority=person.authority_id)
    form = drafts.ask(request, TieForm, of=person, relative=relative, is_new=True, version=0)
    if request.method == "POST" and form.is_valid():
        facts.add_relative(person, tie=form.facts(), by=request.actor)
        return _back(request, person, "The relative was added.")
    return _asked(request, person, form, f"Add {_name(relative)} as a relative")


def new_relative(request: Asked, key: uuid.UUID) -> HttpResponse:
    """Adds a relative who was looked for and not found."""
    person = person_of(request, key, "form: relative")
    may_register(request.actor, person.authority).or_refuse()
    if not request.session.get(LOOKED):
        messages.info(request, "Look for the relative first. They may be in the record already.")
        return redirect("find_relative", key=key)
    form = drafts.ask(request, NewRelativeForm)
    alike: list[Line] = []
    if request.method == "POST" and form.is_valid():
        alike = _alike(request, person, form)
        if not alike or form.cleaned_data["is_new"]:
            _add_new(request, person, form)
            return _back(request, person, "The relative was added.")
        form.add_error("is_new", "Look at these people, and tick the box if the relative is none of them")
    context = {**_around(request, person), "form": form, "alike": alike, "key": key}
    return render(request, "casework/family/new.jinja", context)


def change_tie(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """Puts right what two people are to each other."""
    person = person_of(request, key, "form: relative")
    tie, relative = adults.tie_of(person, row, request)

    def says(now: Recorded) -> dict[str, Any]:
        return TieForm.of_tie(now, person)  # type: ignore[arg-type]

    about = {"of": person, "relative": relative, "version": tie.version}
    form = drafts.ask(request, TieForm, initial=says(tie), is_new=False, **about)
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]

        def save() -> None:
            facts.put_right(tie.as_opened(form.opened), to=form.facts(), because=because, by=request.actor)

        if saved(form, save, says):
            return _back(request, person, "The relationship was put right.")
    return _asked(request, person, form, f"Put right what {_name(relative)} is to them")


def end_tie(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """Says until when two people were what they were to each other."""
    person = person_of(request, key, "form: relative")
    tie, _ = adults.tie_of(person, row, request)
    form = drafts.ask(request, EndForm, initial=EndForm.of(tie), version=tie.version, since=tie.started_on)
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"]
        if saved(form, lambda: facts.end(tie.as_opened(form.opened), on=on, by=request.actor), EndForm.of):
            return _back(request, person, "The relationship was ended.")
    return _asked(request, person, form, ends(tie))


def birth(request: Asked, key: uuid.UUID) -> HttpResponse:
    """Records the birth of a child who was expected."""
    child = get_object_or_404(request.scope.children.select_related("person"), pk=key)
    person = person_of(request, child.person_id, "form: birth")
    if not (said := may_record_birth(request.actor, child)):
        messages.info(request, said.because)
        return redirect("child", key=key)
    expected = next((name.family for name in person.names.all() if name.family), "")
    form = drafts.ask(request, BirthForm, initial={"family": expected}, version=person.version)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and saved(form, lambda: children.record_birth(child, **form.facts(), by=request.actor), dict):
        messages.success(request, "The birth was recorded.")
        return redirect("child", key=key)
    return _asked(request, person, form, "Record the birth", to="child")


def _add_new(request: Asked, person: Person, form: NewRelativeForm) -> None:
    given = form.cleaned_data
    new = NewPerson(**{name: given[name] for name in NewPerson.__slots__ if name in given})
    relative = people.register_person(person.authority, new=new, by=request.actor)
    facts.add_relative(person, tie=tie_of(given, person, relative), by=request.actor)
    del request.session[LOOKED]


def _may_be_related(request: Asked, person: Person) -> QuerySet[Person]:
    """Those whom the reader may find, in the records of the same authority: each keeps its own."""
    return visibility.findable(request.actor).filter(authority=person.authority_id)


def _alike(request: Asked, person: Person, form: NewRelativeForm) -> list[Line]:
    given = form.cleaned_data
    scope = _may_be_related(request, person)
    found = duplicates.likely(given["given"], given["family"], given["born_on"], scope)
    return _lines(request, {each.person: (f"{each.score} in 100 alike",) for each in found})


def _lines(request: Asked, reasons: dict[uuid.UUID, tuple[str, ...]]) -> list[Line]:
    found = visibility.findable(request.actor).filter(pk__in=reasons).select_related("child").prefetch_related("names")
    # Here a name leads to "this is the relative" and not to a record.
    return lines(found, reasons, today=timezone.localdate(), openable=set())


def _name(person: Person) -> str:
    return called(person.names.all(), timezone.localdate())


def _around(request: Asked, person: Person, to: str = FAMILY) -> dict[str, Any]:
    return {"name": _name(person), "back": home_of(request, person, to)}


def _back(request: Asked, person: Person, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect(home_of(request, person, FAMILY))


def _asked(request: Asked, person: Person, form: Any, title: str, to: str = FAMILY) -> HttpResponse:
    context = {**_around(request, person, to), "form": form, "title": title}
    return render(request, "casework/person/form.jinja", context)


def genogram(request: Asked, key: uuid.UUID) -> HttpResponse:
    """The family of a child, drawn as it was on a day."""
    found, record = opened(request, key, "genogram")
    asked = FamilyDayForm(request.GET or None)
    on = (asked.cleaned_data["on"] if asked.is_valid() else None) or timezone.localdate()
    family = circle(found, on, among=visibility.mentionable(request.actor))
    may_open = set(request.scope.people.filter(pk__in=family.people).values_list("pk", flat=True))
    picture = words.genogram(family, openable=may_open)
    held = {"picture": picture, "on": on, "day": asked, "signs": words.key_of_symbols()}
    return drawn(request, "casework/child/genogram.jinja", record, held)
