"""The child's pages: who they are, their family, who works with them, and who has looked."""

from __future__ import annotations

import uuid
from datetime import datetime, time
from typing import Any, NoReturn

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from waypost.access import trail
from waypost.access.asked import Asked
from waypost.access.models import Act
from waypost.records.casework import beside, visibility
from waypost.records.casework.forms.child import DayForm
from waypost.records.casework.known import Known, known
from waypost.records.casework.models import Child
from waypost.records.casework.presenters import child as words
from waypost.records.casework.presenters import parts as recorded
from waypost.records.casework.presenters.access import closes
from waypost.records.casework.presenters.looks import looks
from waypost.records.casework.rules import may_change_child, may_record_birth

MOST_LOOKS = 200


def page(request: Asked, key: uuid.UUID) -> HttpResponse:
    """Who the child is, where things stand, and what must be known first."""
    found, record = opened(request, key, "child's page")
    today = timezone.localdate()
    parts = recorded.parts(recorded.of_child(record), today=today)
    held: dict[str, Any] = {"about": recorded.about(record.person), "parts": parts}
    held |= {"day": DayForm(request.GET or None), **_acts(request, found, record)}
    held |= {"person": found.person_id, "may_seal": bool(request.actor.may("seal", found.authority_id))}
    look = beside.Look(request.actor, found, record.at)
    held |= {"looks": beside.first_looks(look)}
    held |= {"why": visibility.reasons(request.actor, found)}
    return drawn(request, "casework/child/page.jinja", record, held, look)


def family(request: Asked, key: uuid.UUID) -> HttpResponse:
    """Who is who to the child."""
    found, record = opened(request, key, "child's family")
    openable = set(request.scope.people.filter(pk__in=record.relatives).values_list("pk", flat=True))
    related = recorded.family(recorded.of_child(record), today=timezone.localdate(), openable=openable)
    return drawn(request, "casework/child/family.jinja", record, {"family": related, **_acts(request, found, record)})


def professionals(request: Asked, key: uuid.UUID) -> HttpResponse:
    """Who works with the child, and who has."""
    _, record = opened(request, key, "child's professionals")
    held = words.professionals(record, today=timezone.localdate())
    return drawn(request, "casework/child/professionals.jinja", record, {"professionals": held})


def looked(request: Asked, key: uuid.UUID) -> HttpResponse:
    """Who has looked at the record and changed it, the latest first."""
    found, record = opened(request, key, "who has looked")
    lines = Act.objects.filter(child=found.pk).select_related("by").order_by("-at")[:MOST_LOOKS]
    return drawn(request, "casework/child/looked.jinja", record, {"looks": looks(lines)})


def _acts(request: Asked, child: Child, record: Known) -> dict[str, Any]:
    """What this reader may change. A record of the past is changed by nobody."""
    is_now = record.at is None
    return {
        "person": child.person_id,
        "may_change": is_now and bool(may_change_child(request.actor, child)),
        "may_record_birth": is_now and bool(may_record_birth(request.actor, child)),
        "may_merge": is_now and bool(request.actor.may("merge_people", child.authority_id)),
    }


def opened(request: Asked, key: uuid.UUID, what: str) -> tuple[Child, Known]:
    """The record as the person may see it, now or as it was known at the end of a day, and the look at it logged."""
    found = request.scope.children.select_related("person", "authority").filter(pk=key).first()
    if found is None:
        _refuse(request, key)
    trail.looked(request.actor, what, found.pk, authority=found.authority_id)
    return found, known(found, _moment(request), among=visibility.mentionable(request.actor))


def _refuse(request: Asked, key: uuid.UUID) -> NoReturn:
    """Leaves a line where there is such a record, and says the same as where there is none."""
    closed = Child.objects.filter(pk=key).first()
    if closed is not None:
        trail.refused(request.actor, "look", closed)
    raise Http404


def _moment(request: Asked) -> datetime | None:
    """The end of a day that was asked for. What is no day, or is not over yet, is now."""
    asked = DayForm(request.GET)
    day = asked.cleaned_data.get("on") if asked.is_valid() else None
    return timezone.make_aware(datetime.combine(day, time.max)) if day else None


def drawn(
    request: Asked, template: str, record: Known, held: dict[str, Any], look: beside.Look | None = None
) -> HttpResponse:
    """A page about the child. `look` is given by a page that has read something of its own by it already."""
    look = look or beside.Look(request.actor, record.child, record.at)
    top = words.header(record, today=record.at.date() if record.at else timezone.localdate())
    around: dict[str, Any] = {"top": top, "at": record.at, "asked": request.GET.urlencode(), "tabs": beside.tabs()}
    around["stands"] = beside.where_things_stand(look)
    # The record is in their scope, so their role alone decides; what is done asks the whole rule again.
    may_warn = bool(request.actor.may("change_person", record.child.authority_id))
    may_review = may_warn or bool(request.actor.may("approve", record.child.authority_id))
    around |= {"may_warn": may_warn, "may_review": may_review}
    # The banner of a record that was opened in an emergency.
    now = timezone.now()
    around |= {"closes": closes(visibility.open_until(request.actor, record.child), now=now)}
    return render(request, template, {**around, **held})
