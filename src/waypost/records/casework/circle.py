"""The family circle of a child on a day: those tied to them, and those tied to these, in a few questions."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from waypost.domain.relationships import RELATIONSHIPS
from waypost.records.casework.models import AddressHeld, Child, Person, PersonName, Relationship
from waypost.records.casework.models.dated import true_on

STEPS = 3
MOST = 80
PREGNANCY = timedelta(days=280)
CLOSE = [each.id for each in RELATIONSHIPS.values() if each.tie in ("parent", "couple", "sibling")] + ["grandparent"]
"""The ties by which a family goes on from a relative. A friend's friends, or a carer's, are nobody of the child's."""


@dataclass(frozen=True)
class Circle:
    """The rows of a family on a day."""

    child: Child
    day: date
    people: Mapping[uuid.UUID, Person]
    ties: tuple[Relationship, ...]
    names: Mapping[uuid.UUID, list[PersonName]]
    homes: Mapping[uuid.UUID, AddressHeld]


def circle(child: Child, day: date, *, among: QuerySet[Person]) -> Circle:
    """The family of a child on a day, of whom its reader may know (`visibility.mentionable`)."""
    known = {child.person_id}
    for step in range(STEPS):
        around = Relationship.objects.filter(Q(person__in=known) | Q(other__in=known))
        around = around if step == 0 else around.filter(kind__in=CLOSE)
        pairs = around.values_list("person", "other")
        known |= {key for pair in pairs for key in pair} if len(known) < MOST else set()
    there = Q(born_on=None) | Q(born_on__lte=day + PREGNANCY)
    people = among.filter(there, pk__in=known).select_related("child").in_bulk()
    started = Q(started_on=None) | Q(started_on__lte=day)
    ties = Relationship.objects.filter(started, person__in=people, other__in=people).order_by("pk")
    names: dict[uuid.UUID, list[PersonName]] = {}
    for name in PersonName.objects.filter(person__in=people).order_by("pk"):
        names.setdefault(name.person_id, []).append(name)
    held = AddressHeld.objects.filter(true_on(day), person__in=people).exclude(kind="letters")
    homes = {each.person_id: each for each in held.select_related("address").order_by("started_on", "pk")}
    return Circle(child, day, people, tuple(ties), names, homes)
