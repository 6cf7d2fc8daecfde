"""The journey: a child's way as a picture of time, with its clocks, alone or with brothers and sisters under it."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.utils import timezone

from waypost.access.actor import Actor
from waypost.access.asked import Asked
from waypost.access.local.reader import settings_of
from waypost.domain.local import Local
from waypost.domain.relationships import RELATIONSHIPS
from waypost.records.casework import visibility
from waypost.records.casework.beside import Look
from waypost.records.casework.models import Child, Relationship
from waypost.records.casework.presenters.child import called
from waypost.records.casework.views.child import drawn, opened
from waypost.records.pathway.case import Case, case_of, cases_of
from waypost.records.pathway.clocks import ShownClock, running, shown
from waypost.records.pathway.events import events
from waypost.records.pathway.presenters.journey import Journey, journey

PARENTS = [each.id for each in RELATIONSHIPS.values() if each.tie == "parent"]
SIBLINGS = [each.id for each in RELATIONSHIPS.values() if each.tie == "sibling"]
MOST_SIBLINGS = 7


def page(request: Asked, key: uuid.UUID) -> HttpResponse:
    """What happened, how long it took, and what runs now."""
    found, record = opened(request, key, "journey")
    today = timezone.localdate(record.at) if record.at else timezone.localdate()
    others = [] if record.at else list(siblings(request.actor, found)[:MOST_SIBLINGS])
    asked = [found, *others] if request.GET.get("siblings") else [found]
    look = Look(request.actor, found, record.at)
    cases = {found.pk: look.once(case_of)} if asked == [found] else cases_of(asked, record.at)
    local = settings_of(found.authority, today)
    pictures = [(each, _picture(cases[each.pk], local, today)) for each in asked]
    held: dict[str, Any] = {
        "journeys": [
            {"name": called(each.person.names.all(), today), "drawn": picture} for each, picture in pictures if picture
        ],
        "running": open_clocks(cases[found.pk], local, today),
        "has_siblings": bool(others),
        "with_siblings": len(asked) > 1,
    }
    return drawn(request, "pathway/journey/page.jinja", record, held, look)


def first_look(look: Look) -> dict[str, Any]:
    """The picture alone, for the child's page."""
    today = timezone.localdate(look.at) if look.at else timezone.localdate()
    case = look.once(case_of)
    return {"drawn": _picture(case, settings_of(look.child.authority, today), today)}


def siblings(actor: Actor, child: Child) -> QuerySet[Child]:
    """Brothers and sisters whose records someone may open: those with a parent in common, and those said to be so."""
    parents = Relationship.objects.filter(other=child.person_id, kind__in=PARENTS).values("person")
    of_parents = Relationship.objects.filter(person__in=parents, kind__in=PARENTS).values("other")
    said = Relationship.objects.filter(kind__in=SIBLINGS)
    by_person = (
        Q(person__in=of_parents)
        | Q(person__in=said.filter(person=child.person_id).values("other"))
        | Q(person__in=said.filter(other=child.person_id).values("person"))
    )
    found = visibility.children(actor).filter(by_person).exclude(pk=child.pk)
    return found.select_related("person", "authority").prefetch_related("person__names").order_by("person__born_on")


def open_clocks(case: Case, local: Local, today: date) -> list[ShownClock]:
    """The clocks that run, the most pressing first; those without a limit last."""
    clocks = [shown(each, today=today, local=local) for each in running(case) if each.done_on is None]
    return sorted(clocks, key=lambda each: (each.due_on is None, each.due_on or today))


def _picture(case: Case, local: Local, today: date) -> Journey | None:
    name = called(case.person.names.all(), today)
    clocks = [shown(each, today=today, local=local) for each in running(case) if each.done_on is None]
    return journey(events(case), clocks, name=name, today=today)
