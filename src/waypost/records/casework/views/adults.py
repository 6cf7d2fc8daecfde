"""The page of a person who is not a child of the service, with what is recorded of them; and the way to each person."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from waypost.access import trail
from waypost.access.asked import Asked
from waypost.records.casework import visibility
from waypost.records.casework.models import Child, Person, Relationship
from waypost.records.casework.presenters import parts
from waypost.records.casework.presenters.child import age_words, called
from waypost.records.casework.presenters.parts import recorded
from waypost.records.casework.rules import may_change_person


def page(request: Asked, key: uuid.UUID) -> HttpResponse:
    """What is recorded of an adult. A child has pages of their own; a record that was joined leads to the one kept."""
    person = request.scope.people.select_related("child", "merged_into").filter(pk=key).first()
    if person is None:
        kept = get_object_or_404(request.scope.people, merged__pk=key)
        return redirect("person", key=kept.pk)
    if person.child_key and request.scope.children.filter(pk=person.child_key).exists():
        return redirect("child", key=person.child_key)
    look_at(request, person, "adult's page")
    today = timezone.localdate()
    held = recorded(person, ties_of(request, person))
    context: dict[str, Any] = {
        "key": person.pk,
        "name": called(held.names, today),
        "age": age_words(person.age_on(today), person.expected_on if person.is_unborn else None),
        "about": parts.about(person),
        "parts": parts.parts(held, today=today),
        "family": parts.family(held, today=today, openable=openable(request, held.relatives)),
        "may_change": bool(may_change_person(request.actor, person)),
    }
    return render(request, "casework/person/page.jinja", context)


def person_of(request: Asked, key: uuid.UUID, what: str) -> Person:
    """A person in scope whose facts are about to be changed by someone who may; the look at them is logged."""
    person: Person = get_object_or_404(request.scope.people.select_related("child"), pk=key)
    may_change_person(request.actor, person).or_refuse()
    if request.method == "GET":
        look_at(request, person, what)
    return person


def look_at(request: Asked, person: Person, what: str) -> None:
    """Logs that someone looked at a person, in the record of each child of the service whom they are related to."""
    mine = Q(person__relationships__other=person) | Q(person__related__person=person) | Q(person=person)
    for child in Child.objects.filter(mine).values_list("pk", flat=True).distinct():
        trail.looked(request.actor, what, child)


def home_of(request: Asked, person: Person, page: str = "child") -> str:
    """The page that what is recorded of a person stands on, for this reader."""
    if person.child_key and request.scope.children.filter(pk=person.child_key).exists():
        return reverse(page, args=[person.child_key])
    return reverse("person", args=[person.pk])


def shown(request: Asked) -> QuerySet[Person]:
    """The people whose names may be said to this reader."""
    return visibility.mentionable(request.actor)


def ties_of(request: Asked, person: Person) -> list[Relationship]:
    """The ties of a person to others whose names may be said to this reader."""
    every = list(Relationship.objects.filter(Q(person=person) | Q(other=person)).order_by("pk"))
    ends = {key for tie in every for key in (tie.person_id, tie.other_id)}
    known = {person.pk, *shown(request).filter(pk__in=ends).values_list("pk", flat=True)}
    return [tie for tie in every if {tie.person_id, tie.other_id} <= known]


def openable(request: Asked, people: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Of some people, those whose own page this reader may open."""
    return set(request.scope.people.filter(pk__in=people).values_list("pk", flat=True))


def tie_of(person: Person, key: uuid.UUID, request: Asked) -> tuple[Relationship, Person]:
    """A tie of a person, and the relative at its other end.

    Raises:
        Http404: it is no tie of theirs, or the relative is not to be known of by this reader.
    """
    found = Relationship.objects.select_related("person__child", "other__child")
    tie = get_object_or_404(found.filter(Q(person=person) | Q(other=person)), pk=key)
    relative = tie.person if tie.other_id == person.pk else tie.other
    if not shown(request).filter(pk=relative.pk).exists():
        raise Http404
    return tie, relative
