"""The brothers and sisters of a child who have a record: those for whom something is done once."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from waypost.domain.relationships import RELATIONSHIPS
from waypost.records.casework.models import Child, Relationship

PARENTS = [each.id for each in RELATIONSHIPS.values() if each.tie == "parent"]
SIBLINGS = [each.id for each in RELATIONSHIPS.values() if each.tie == "sibling"]


def with_siblings(child: Child, among: QuerySet[Child]) -> QuerySet[Child]:
    """A child and those tied to them as a brother or sister, or through a parent whom they share.

    `among` is what the reader may see, so that nobody out of their scope is offered.
    """
    parents = Relationship.objects.filter(other=child.person_id, kind__in=PARENTS, ended_on=None).values("person")
    tied = (
        Q(person__in=Relationship.objects.filter(other=child.person_id, kind__in=SIBLINGS).values("person"))
        | Q(person__in=Relationship.objects.filter(person=child.person_id, kind__in=SIBLINGS).values("other"))
        | Q(person__in=Relationship.objects.filter(person__in=parents, kind__in=PARENTS).values("other"))
        | Q(pk=child.pk)
    )
    found = among.filter(tied, authority=child.authority_id, person__merged_into=None)
    # The eldest first, and a child to come last.
    return found.order_by(F("person__born_on").asc(nulls_last=True), "person__expected_on", "pk")


def siblings(child: Child) -> list[Child]:
    """The brothers and sisters who have a record, whoever asks: a question of actions, never shown to anybody."""
    return list(with_siblings(child, Child.objects.all()).exclude(pk=child.pk))
