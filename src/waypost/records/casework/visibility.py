"""Which children and people someone may see, and why.

A relation is one rule: a condition of the database, and words that say why (`relations.py`). The children a person may
see are all of the relations together; the answer to "why can I see this?" is those of them that hold. Both are the same
conditions, so they cannot disagree (docs/adr/0019-relations-are-conditions.md).

Whatever opens a record, three things close it: it is of an authority in which the person has no role; it is sealed, and
they are not named; it is of their own family or acquaintance.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, reduce
from operator import or_
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from waypost.access.actor import Actor
from waypost.domain.likeness import postcode
from waypost.domain.relationships import RELATIONSHIPS
from waypost.records.casework.models import (
    AddressHeld,
    BrokenGlass,
    Child,
    DeclaredInterest,
    Person,
    PersonName,
    Relationship,
)
from waypost.records.casework.models.dated import true_on
from waypost.records.casework.relations import RELATIONS, Relation

NONE = Q(pk__in=())
PARENTS = [each.id for each in RELATIONSHIPS.values() if each.tie in ("parent", "carer")]


# ---------------------------------------------------------------- children


def children(actor: Actor) -> QuerySet[Child]:
    """The children that someone may see."""
    return _related(actor).exclude(person__in=kept_from(actor))


def _related(actor: Actor) -> QuerySet[Child]:
    """The children to whom a relation opens the record, those of someone's own family or acquaintance among them."""
    where = actor.where("see_child")
    if not where:
        return Child.objects.none()
    seen = Q(_opened(actor, where), is_sealed=False) | _opened_though_sealed(actor)
    return Child.objects.filter(seen, authority__in=where, person__merged_into=None)


def _opened(actor: Actor, where: frozenset[int]) -> Q:
    """What opens a record that is not sealed. Where a role opens all of them, no other relation is asked about."""
    if where <= actor.reached("authority") | actor.reached("unit"):
        return Q()
    return _any(actor, (relation for relation in RELATIONS if not relation.opens_sealed))


def _opened_though_sealed(actor: Actor) -> Q:
    return _any(actor, (relation for relation in RELATIONS if relation.opens_sealed))


def _any(actor: Actor, relations: Iterable[Relation]) -> Q:
    conditions = (relation.condition(actor) for relation in relations)
    return reduce(or_, (Q(condition) for condition in conditions if condition is not None), NONE)


@dataclass(frozen=True, slots=True)
class Reason:
    """A relation that holds between a person and a child, in words."""

    id: str
    because: str


def reasons(actor: Actor, child: Child) -> list[Reason]:
    """Why someone may see a child: the relations that hold. Empty where the child is not in their scope."""
    asked = [each for each in RELATIONS if each.opens_sealed or not child.is_sealed]
    columns: dict[str, Any] = {}
    for relation in asked:
        columns |= relation.asked(actor)
    told: Any = children(actor).filter(pk=child.pk).values(**columns).first()
    if told is None:
        return []
    held = ((relation.id, relation.answered(actor, child, told)) for relation in asked)
    # Whoever may open sealed records in an emergency has two relations that say the same.
    found = {because: Reason(id_, because) for id_, because in held if because}
    return list(found.values())


def closed(actor: Actor) -> QuerySet[Child]:
    """Children of whom someone may know that there is a record, and whose record is not open to them.

    A sealed record is known in this way to those alone who may seal records of its authority.
    """
    known = Q(person__in=findable(actor)) | Q(is_sealed=True, authority__in=actor.where("seal"))
    found = Child.objects.filter(known, person__merged_into=None).exclude(person__in=kept_from(actor))
    return found.exclude(pk__in=_related(actor).values("pk"))


def owner(key: uuid.UUID) -> int | None:
    """The authority whose record it is."""
    return Child.objects.filter(pk=key).values_list("authority", flat=True).first()


def open_until(actor: Actor, child: Child) -> datetime | None:
    """When the record closes that someone opened in an emergency; None where they did not."""
    glass = BrokenGlass.objects.filter(child=child, user=actor.user, ends_at__gt=timezone.now())
    found: datetime | None = glass.aggregate(until=Max("ends_at"))["until"]
    return found


# ---------------------------------------------------------------- people


def kept_from(actor: Actor) -> QuerySet[Person]:
    """People of someone's own family or acquaintance, whose records are closed to them whatever their role.

    Those they declared, and the family of those: whoever is related to them, and the other children of their parents.
    And without a word from them, those of their family name at their postcode, and those who live at their address.
    """
    user = actor.user
    return _kept_from(user.pk, actor.today, postcode(user.home_postcode) or "", user.family_name, user.home_lines).all()


@lru_cache(maxsize=1_000)
def _kept_from(user: uuid.UUID, today: date, home: str, family_name: str, lines: str) -> QuerySet[Person]:
    """The question alone is kept, for every page asks it and it is long. It is put to the database anew each time."""
    declared = DeclaredInterest.objects.filter(true_on(today), user=user).values("person")
    parents = Relationship.objects.filter(other__in=declared, kind__in=PARENTS).values("person")
    kept = (
        Q(pk__in=declared)
        | Q(pk__in=Relationship.objects.filter(other__in=declared).values("person"))
        | Q(pk__in=Relationship.objects.filter(person__in=declared).values("other"))
        | Q(pk__in=Relationship.objects.filter(person__in=parents, kind__in=PARENTS).values("other"))
    )
    if home:
        near = AddressHeld.objects.filter(true_on(today), address__postcode__in=(home, home.replace(" ", "")))
        if family_name:
            named = PersonName.objects.filter(family__iexact=family_name, person__in=near.values("person"))
            kept |= Q(pk__in=named.values("person"))
        if lines:
            kept |= Q(pk__in=near.filter(address__lines__iexact=lines).values("person"))
    return Person.objects.filter(kept)


def mentionable(actor: Actor) -> QuerySet[Person]:
    """The people whose name someone may meet: in a list, in a search, on the family page of a child that they see.

    Nobody of an authority in which they have no role; no child whose record is sealed to them; none of their own.
    """
    shown = Person.objects.filter(authority__in=_theirs(actor)).exclude(pk__in=_sealed_from(actor).values("person"))
    return shown.exclude(pk__in=kept_from(actor))


def _sealed_from(actor: Actor) -> QuerySet[Child]:
    """The sealed records that someone may not see. Only the relations that open a sealed one are asked about."""
    sealed = Child.objects.filter(is_sealed=True)
    return sealed.exclude(_opened_though_sealed(actor), authority__in=actor.where("see_child"))


def findable(actor: Actor) -> QuerySet[Person]:
    """The people that someone may find, to see that they are known: of the authorities in which they look people up.

    To be found is not to be open: a list says who a person is and no more.
    """
    return mentionable(actor).filter(authority__in=actor.where("find_person"), merged_into=None)


def people(actor: Actor) -> QuerySet[Person]:
    """The people that someone may see: those around a child they may see, and adults of an authority they look up in.

    A person whose own record as a child is out of scope is out of scope as a person too.
    """
    found_in = actor.where("find_person")
    around = Q(child__in=_related(actor)) | Q(child=None, authority__in=found_in)
    if found_in >= _theirs(actor):
        return mentionable(actor).filter(around, merged_into=None)
    seen = children(actor)
    around |= Q(child=None, relationships__other__child__in=seen) | Q(child=None, related__person__child__in=seen)
    return mentionable(actor).filter(around, merged_into=None).distinct()


def _theirs(actor: Actor) -> frozenset[int]:
    """The authorities in which they have a role of any kind."""
    return frozenset[int]().union(*actor.authorities.values())
