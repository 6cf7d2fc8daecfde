"""Every version of every row of a child's record, read in a fixed number of questions."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from waypost.access.models import Act, Agency, Authority, Team, User
from waypost.records.casework.models import (
    Address,
    AddressHeld,
    Allocation,
    Child,
    ContactPoint,
    Identifier,
    Involvement,
    Merge,
    Person,
    PersonName,
    Registration,
    Relationship,
    SealReader,
    Warning,
)
from waypost.records.casework.presenters.changes import Versions

OF_PERSON: Sequence[Any] = (PersonName, Identifier, AddressHeld, ContactPoint, Registration)
OF_CHILD: Sequence[Any] = (Allocation, Involvement, Warning, SealReader)


def versions(child: Child, *, among: QuerySet[Person]) -> Versions:
    """What was recorded, changed and moved into a record. Rows that came with a joined record bring their past."""
    people = {child.person_id, *Person.objects.filter(merged_into=child.person_id).values_list("pk", flat=True)}
    children = set(Child.objects.filter(person__in=people).values_list("pk", flat=True))
    rows = [
        *_past(Person, Q(id__in=people)),
        *_past(Child, Q(id__in=children)),
        *(each for model in OF_PERSON for each in _past(model, Q(person__in=people))),
        *_past(Relationship, Q(person__in=people) | Q(other__in=people)),
        *(each for model in OF_CHILD for each in _past(model, Q(child__in=children))),
        *_past(Merge, Q(kept__in=people) | Q(gone__in=people)),
    ]
    places = {each.address_id for each in rows if hasattr(each, "address_id")}
    acts = Act.objects.filter(key__in={each.act for each in rows if each.act}).values_list("key", "what", "because")
    return Versions(
        rows=rows,
        names=_names(rows, people, children, among),
        places={
            each.pk: f"{each.lines}, {each.postcode}".strip(", ") for each in Address.objects.filter(pk__in=places)
        },
        hidden=_hidden(places),
        acts={key: (what, because) for key, what, because in acts},
    )


def _past(model: Any, which: Q) -> list[Any]:
    """Every version of each row that was ever one of these."""
    ever = model.history.filter(which).values("id")
    return list(model.history.filter(id__in=ever).select_related("history_user"))


def _hidden(places: set[uuid.UUID]) -> frozenset[uuid.UUID]:
    """The addresses that anyone ever held as confidential."""
    history: Any = AddressHeld.history
    return frozenset(history.filter(address__in=places, is_confidential=True).values_list("address", flat=True))


def _names(rows: list[Any], own: set[uuid.UUID], children: set[uuid.UUID], among: QuerySet[Person]) -> dict[Any, str]:
    """What the keys that rows point to are called. A relative whom the reader may not meet has no name here."""
    around = {
        getattr(each, name)
        for each in rows
        for name in ("person_id", "other_id", "kept_id", "gone_id")
        if hasattr(each, name)
    }
    may_be_said = {*own, *among.filter(pk__in=around).values_list("pk", flat=True)}
    named: dict[Any, str] = dict.fromkeys(children, "This child")
    for name in PersonName.objects.filter(person__in=may_be_said).order_by("started_on", "pk"):
        named.setdefault(name.person_id, str(name))
    for key in may_be_said:
        named.setdefault(key, "Name not recorded")
    users = {key for each in rows for key in (getattr(each, "worker_id", None), getattr(each, "user_id", None)) if key}
    named |= {each.pk: each.name for each in User.objects.filter(pk__in=users)}
    return named | _offices(rows)


def _offices(rows: list[Any]) -> dict[Any, str]:
    """Teams, agencies and authorities, by field and key, for their keys are small numbers that each has of its own."""
    found: dict[Any, str] = {}
    for model, field in ((Team, "team_id"), (Agency, "agency_id"), (Authority, "authority_id")):
        keys = {getattr(each, field, None) for each in rows} - {None}
        found |= {(field, each.pk): str(each) for each in model.objects.filter(pk__in=keys)}
    return found
