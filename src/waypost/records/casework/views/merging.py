"""Two records of one person: likely duplicates, two records side by side, and joinings that can be undone."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from waypost.access.asked import Asked
from waypost.records.casework.actions import merging
from waypost.records.casework.forms.merging import APART, MergeForm, UndoForm
from waypost.records.casework.forms.people import FindForm
from waypost.records.casework.models import Merge, NotTheSame, Person
from waypost.records.casework.presenters import merging as words
from waypost.records.casework.presenters.child import called
from waypost.records.casework.presenters.parts import Held, recorded
from waypost.records.casework.presenters.people import lines
from waypost.records.casework.rules import Pair, may_merge, may_see_duplicates, may_undo_merge
from waypost.records.casework.search.ask import taken_apart
from waypost.records.casework.search.duplicates import pairs
from waypost.records.casework.search.find import find as found_by
from waypost.records.casework.views.adults import home_of, look_at, ties_of
from waypost.records.casework.views.saving import taken
from waypost.web import drafts

ON_A_PAGE = 20


def duplicates(request: Asked) -> HttpResponse:
    """Pairs of people of an authority who may be one, the likeliest first."""
    may_see_duplicates(request.actor).or_refuse()
    theirs = request.actor.where("merge_people")
    among = request.scope.people.filter(authority__in=theirs)
    apart = frozenset(NotTheSame.objects.values_list("one", "other"))
    page = Paginator(pairs(among, apart, theirs), ON_A_PAGE).get_page(request.GET.get("page"))
    keys = {key for pair in page.object_list for key in (pair.one, pair.other)}
    people = _named(keys)
    context = {"page": page, "pairs": words.pair_lines(list(page.object_list), people, today=timezone.localdate())}
    return render(request, "casework/merging/duplicates.jinja", context)


def choose(request: Asked, key: uuid.UUID) -> HttpResponse:
    """Finds the other record of a person, where a worker knows of one."""
    may_see_duplicates(request.actor).or_refuse()
    person: Person = get_object_or_404(request.scope.people.select_related("child"), pk=key)
    form = FindForm(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        seen = request.scope.people.filter(authority=person.authority_id)
        reasons = {
            pk: each.reasons for pk, each in found_by(taken_apart(form.cleaned_data["typed"]), seen) if pk != key
        }
        shown = seen.filter(pk__in=reasons).select_related("child").prefetch_related("names")
        found = lines(shown, reasons, today=timezone.localdate(), openable=set())
    context = {"form": form, "found": found, "key": key, "name": _name(person), "back": home_of(request, person)}
    return render(request, "casework/merging/choose.jinja", context)


def compare(request: Asked, key: uuid.UUID, other: uuid.UUID) -> HttpResponse:
    """Two records side by side, to be joined or told apart."""
    one, second = (_person(request, each) for each in (key, other))
    may_merge(request.actor, Pair(one, second)).or_refuse()
    held = [_held(request, each) for each in (one, second)]
    today = timezone.localdate()
    form = drafts.ask(request, MergeForm, records=words.choices(*held, today=today))
    if request.method == "POST" and form.is_valid():
        decided = _decided(request, one, second, form)
        if decided is not None:
            return decided
    for each in (one, second):
        look_at(request, each, "two records compared")
    context = {
        "form": form,
        "names": [called(each.names, today) for each in held],
        "keys": (key, other),
        "rows": words.side_by_side(held[0], held[1], today=today),
        "effects": words.effects(one, second),
    }
    return render(request, "casework/merging/compare.jinja", context)


def _decided(request: Asked, one: Person, other: Person, form: MergeForm) -> HttpResponse | None:
    """Does what was chosen; nothing where the two cannot be joined, and the form says why."""
    given = form.cleaned_data
    kept, gone = (one, other) if given["kept"] == str(one.pk) else (other, one)
    if given["choice"] == APART:
        merging.tell_apart(Pair(one, other), because=given["because"], by=request.actor)
        messages.success(request, "The two are recorded as different people.")
        return redirect("duplicates")
    because = given["because"]
    if not taken(form, lambda: merging.merge(Pair(kept, gone), because=because, by=request.actor)):
        return None
    messages.success(request, "The two records were joined.")
    return redirect(home_of(request, Person.objects.get(pk=kept.pk)))


def joinings(request: Asked) -> HttpResponse:
    """The records that were joined, each with the way to take them apart."""
    may_see_duplicates(request.actor).or_refuse()
    seen = request.scope.people.filter(authority__in=request.actor.where("merge_people"))
    merges = Merge.objects.filter(kept__in=seen.values("pk")).select_related("joined_by").order_by("-joined_at")
    page = Paginator(merges, ON_A_PAGE).get_page(request.GET.get("page"))
    people = _named({each.kept_id for each in page.object_list})
    context = {"page": page, "joined": words.joined(list(page.object_list), people, today=timezone.localdate())}
    return render(request, "casework/merging/joinings.jinja", context)


def undo(request: Asked, key: uuid.UUID) -> HttpResponse:
    """Takes two records apart again."""
    seen = Q(kept__in=request.scope.people.values("pk"))
    joined = get_object_or_404(Merge.objects.filter(seen).select_related("kept", "gone"), pk=key)
    may_undo_merge(request.actor, Pair(joined.kept, joined.gone)).or_refuse()
    form = drafts.ask(request, UndoForm)
    if request.method == "POST" and form.is_valid():
        merging.undo(joined, because=form.cleaned_data["because"], by=request.actor)
        messages.success(request, "The two records were taken apart.")
        return redirect("joinings")
    context = {"form": form, "name": _name(joined.kept), "because": joined.because}
    return render(request, "casework/merging/undo.jinja", context)


def _person(request: Asked, key: uuid.UUID) -> Person:
    found: Person = get_object_or_404(request.scope.people.select_related("child"), pk=key)
    return found


def _held(request: Asked, person: Person) -> Held:
    return recorded(person, ties_of(request, person))


def _named(keys: set[uuid.UUID]) -> dict[uuid.UUID, Person]:
    found = Person.objects.filter(pk__in=keys).prefetch_related("names")
    return {person.pk: person for person in found}


def _name(person: Person) -> str:
    return called(person.names.all(), timezone.localdate())
