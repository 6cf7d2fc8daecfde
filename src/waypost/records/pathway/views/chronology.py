"""The chronology's pages: the list, an entry, an event left out, and the copy for a court."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from waypost.access import trail
from waypost.access.asked import Asked
from waypost.records.casework.beside import Look
from waypost.records.casework.models import Child
from waypost.records.casework.presenters.child import called
from waypost.records.casework.views.child import drawn, opened
from waypost.records.casework.views.saving import saved
from waypost.records.pathway.actions.chronology import NewEntry, add_entry, bring_back, leave_out, put_entry_right
from waypost.records.pathway.case import case_of
from waypost.records.pathway.chronology import chronology, last_conference_on, left_out, to_choose
from waypost.records.pathway.events import Event, events
from waypost.records.pathway.forms.chronology import EntryChangeForm, EntryForm, LeaveOutForm
from waypost.records.pathway.models import ChronologyEntry
from waypost.records.pathway.presenters import court
from waypost.records.pathway.rules import may_work
from waypost.records.pathway.work.ways import source
from waypost.web import drafts

TYPED = ("on", "says", "means", "source")


def page(request: Asked, key: uuid.UUID) -> HttpResponse:
    """The whole chronology, or what came since the last conference."""
    found, record = opened(request, key, "chronology")
    look = Look(request.actor, found, record.at)
    case = look.once(case_of)
    last = last_conference_on(case)
    since = last if request.GET.get("since") == "conference" else None
    held: dict[str, Any] = {
        "lines": chronology(case, since=since),
        "source": partial(source, found.pk),
        "since": since,
        "last_conference": last,
        "left_out": left_out(case),
        "to_choose": to_choose(case),
        "may_write": record.at is None and bool(may_work(request.actor, found)),
        "changed": _last_changed(found),
    }
    return drawn(request, "pathway/chronology/page.jinja", record, held, look)


def add(request: Asked, key: uuid.UUID) -> HttpResponse:
    """An entry of something that no event of the record holds."""
    return _entered(request, _child(request, key), None)


def tell(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """An event in a worker's words, and what it meant."""
    child = _child(request, key)
    return _entered(request, child, _event(child, row))


def _entered(request: Asked, child: Child, event: Event | None) -> HttpResponse:
    may_work(request.actor, child).or_refuse()
    first = {"on": event.on, "says": f"{event.title}. {event.says}".strip()} if event else {}
    form = drafts.ask(request, EntryForm, initial=first)
    if request.method == "POST" and form.is_valid():
        new = NewEntry(**form.cleaned_data)
        if event:
            new = replace(new, kind=event.kind, row=event.row)
        add_entry(child, new=new, by=request.actor)
        messages.success(request, "The entry was added.")
        return redirect("child_chronology", key=child.pk)
    return render(request, "pathway/chronology/entry.jinja", {"form": form, "event": event, **_of(child)})


def change(request: Asked, key: uuid.UUID, entry: uuid.UUID) -> HttpResponse:
    """An entry put right, with the reason."""
    held = get_object_or_404(request.scope.chronology.select_related("child__person"), pk=entry, child=key)
    may_work(request.actor, held.child).or_refuse()
    form = drafts.ask(request, EntryChangeForm, version=held.version, initial=_known(held))
    if request.method == "POST" and form.is_valid() and saved(form, lambda: _changed(request, held, form), _known):
        messages.success(request, "The entry was put right.")
        return redirect("child_chronology", key=key)
    return render(request, "pathway/chronology/entry.jinja", {"form": form, "event": None, **_of(held.child)})


def leave(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """An event is left out of the chronology, with the reason."""
    child = _child(request, key)
    may_work(request.actor, child).or_refuse()
    event = _event(child, row)
    form = drafts.ask(request, LeaveOutForm)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["because"]
        leave_out(child, on=event.on, kind=event.kind, row=row, because=why, by=request.actor)
        messages.success(request, "The event was left out of the chronology.")
        return redirect("child_chronology", key=key)
    return render(request, "pathway/chronology/leave.jinja", {"form": form, "event": event, **_of(child)})


def back(request: Asked, key: uuid.UUID, entry: uuid.UUID) -> HttpResponse:
    """What was left out is shown again."""
    held = get_object_or_404(request.scope.chronology.select_related("child"), pk=entry, child=key, is_left_out=True)
    may_work(request.actor, held.child).or_refuse()
    if request.method == "POST":
        bring_back(held, by=request.actor)
        messages.success(request, "The event is shown again.")
        return redirect("child_chronology", key=key)
    return render(request, "pathway/chronology/back.jinja", {"entry": held, **_of(held.child)})


def export(request: Asked, key: uuid.UUID) -> HttpResponse:
    """The chronology as a document that can be filed with a court. The copy is in the log of looks."""
    child = _child(request, key)
    may_work(request.actor, child).or_refuse()
    trail.looked(request.actor, "chronology for court", child.pk, authority=child.authority_id)
    case = case_of(child)
    today = timezone.localdate()
    since = last_conference_on(case) if request.GET.get("since") == "conference" else None
    name = called(child.person.names.all(), today)
    by, born_on = str(request.actor.user), child.person.born_on
    file = court.document(chronology(case, since=since), name=name, born_on=born_on, made_on=today, by=by)
    answer = HttpResponse(file, content_type=court.KIND)
    answer["Content-Disposition"] = 'attachment; filename="chronology.docx"'
    return answer


def _child(request: Asked, key: uuid.UUID) -> Child:
    found: Child = get_object_or_404(request.scope.children.select_related("person", "authority"), pk=key)
    return found


def _event(child: Child, row: uuid.UUID) -> Event:
    """The event that a row holds. Answers as a page that is not there where the child has no such event."""
    found = next((each for each in events(case_of(child)) if each.row == row), None)
    if found is None:
        raise Http404
    return found


def _known(entry: ChronologyEntry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in TYPED}


def _changed(request: Asked, entry: ChronologyEntry, form: EntryChangeForm) -> None:
    typed = {name: form.cleaned_data[name] for name in TYPED}
    put_entry_right(
        entry.as_opened(form.opened), new=NewEntry(**typed), because=form.cleaned_data["because"], by=request.actor
    )


def _last_changed(child: Child) -> date | None:
    last = ChronologyEntry.history.filter(child=child).order_by("-history_date").first()
    return timezone.localdate(last.history_date) if last else None


def _of(child: Child) -> dict[str, Any]:
    return {"child": child.pk, "name": called(child.person.names.all(), timezone.localdate())}
