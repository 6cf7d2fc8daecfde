"""Decisions about children and people: one for each thing that can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from waypost.access.actor import Actor
from waypost.access.models import Authority
from waypost.access.rules import YES, Decision, No
from waypost.records.casework import visibility
from waypost.records.casework.models import Child, Person, Relationship
from waypost.records.casework.models.people import OfPerson

OUT_OF_SCOPE = "This record is not in your work. If a child may be in danger, open it in an emergency and say why."


def may_register(by: Actor, authority: Authority) -> Decision:
    return by.may("register_person", authority)


def may_change_person(by: Actor, person: Person) -> Decision:
    if not visibility.people(by).filter(pk=person.pk).exists():
        return No(OUT_OF_SCOPE)
    return by.may("change_person", person.authority_id)


def may_change_child(by: Actor, child: Child) -> Decision:
    if not visibility.children(by).filter(pk=child.pk).exists():
        return No(OUT_OF_SCOPE)
    return by.may("change_person", child.authority_id)


def may_allocate(by: Actor, child: Child) -> Decision:
    if not visibility.children(by).filter(pk=child.pk).exists():
        return No(OUT_OF_SCOPE)
    return by.may("allocate", child.authority_id)


def may_change_each(by: Actor, people: Sequence[Person]) -> Decision:
    """Several people at once, such as a household that moves: all of them or none."""
    return next((said for each in people if not (said := may_change_person(by, each))), YES)


def may_change_fact(by: Actor, fact: OfPerson) -> Decision:
    """A fact about a person. A tie between two people may be changed by whoever may change one of them."""
    if isinstance(fact, Relationship) and (said := may_change_person(by, fact.other)):
        return said
    return may_change_person(by, fact.person)


def may_record_birth(by: Actor, child: Child) -> Decision:
    if not child.person.is_unborn:
        return No("This child's birth is recorded already. Change the date of birth if it is wrong.")
    return may_change_child(by, child)


# ---------------------------------------------------------------- two records of one person


@dataclass(frozen=True)
class Pair:
    """Two records that may be of one person: the one to keep, and the one to go."""

    kept: Person
    gone: Person

    @property
    def child_key(self) -> UUID | None:
        return self.kept.child_key or self.gone.child_key


def may_see_duplicates(by: Actor) -> Decision:
    return by.may("merge_people")


def may_merge(by: Actor, pair: Pair) -> Decision:
    """Whether two records may be joined, or said to be of two people."""
    kept, gone = pair.kept, pair.gone
    if kept.pk == gone.pk:
        return No("These are one record. Choose two.")
    if kept.authority_id != gone.authority_id:
        return No("These records belong to two authorities, and each keeps its own.")
    if visibility.people(by).filter(pk__in=(kept.pk, gone.pk)).count() != 2:
        return No(OUT_OF_SCOPE)
    return by.may("merge_people", kept.authority_id)


def may_undo_merge(by: Actor, pair: Pair) -> Decision:
    if pair.kept.merged_into_id:
        return No("The record that was kept has since been joined to another. Undo that first.")
    if pair.gone.merged_into_id != pair.kept.pk:
        return No("These records are not joined.")
    if not visibility.people(by).filter(pk=pair.kept.pk).exists():
        return No(OUT_OF_SCOPE)
    return by.may("merge_people", pair.kept.authority_id)
