"""Why a child's record is open to someone: each relation is a condition of the database and the words that say it.

The rows that make a relation hold are stated once. That there is one makes the record open; what stands in it answers
"why can I see this?" (docs/adr/0019-relations-are-conditions.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.utils import timezone

from waypost.access.actor import Actor
from waypost.access.roles import Reach
from waypost.records.casework.models import (
    Allocation,
    BrokenGlass,
    Child,
    Cover,
    HandOver,
    Involvement,
    SealReader,
)
from waypost.records.casework.models.dated import true_on
from waypost.web import words

Told = Mapping[str, Any]


@dataclass(frozen=True)
class Relation:
    """One reason for which a record is open. Either rows make it so, each of one child, or the reach of a role does.

    `tells` are the columns of those rows that its words are made of; the row that is highest in the first is told.
    """

    id: str
    says: Callable[[Actor, Child, Told], str]
    rows: Callable[[Actor], QuerySet[Any] | None] = lambda actor: None
    reach: Reach | None = None
    tells: tuple[str, ...] = ("started_on",)
    opens_sealed: bool = False

    def condition(self, actor: Actor) -> Q | Exists | None:
        """When it holds, as a condition on children. None where it cannot hold for this person."""
        if self.reach:
            reached = actor.reached(self.reach)
            return Q(authority__in=reached) if reached else None
        rows = self.rows(actor)
        return None if rows is None else Exists(rows.filter(child=OuterRef("pk")))

    def asked(self, actor: Actor) -> dict[str, Any]:
        """Whether it holds for a child and what its words need, as columns of one question."""
        held = {f"{self.id}_holds": Case(When(self.condition(actor) or Q(pk__in=()), then=True), default=False)}
        rows = self.rows(actor)
        if rows is None:
            return held
        told = rows.filter(child=OuterRef("pk")).order_by(f"-{self.tells[0]}")
        return held | {f"{self.id}_{name}": Subquery(told.values(name)[:1]) for name in self.tells}

    def answered(self, actor: Actor, child: Child, told: Told) -> str:
        """Its words, or nothing where it does not hold."""
        if not told[f"{self.id}_holds"]:
            return ""
        return self.says(actor, child, {name: told.get(f"{self.id}_{name}") for name in self.tells})


# ---------------------------------------------------------------- the rows


def _allocated(actor: Actor) -> QuerySet[Allocation]:
    return Allocation.objects.filter(true_on(actor.today), worker=actor.user)


def _covered(actor: Actor) -> QuerySet[Allocation]:
    absent = Cover.objects.on(actor.today).filter(user=actor.user).values("absent")
    return Allocation.objects.filter(true_on(actor.today), worker__in=absent)


def _offered(actor: Actor) -> QuerySet[HandOver]:
    return HandOver.objects.filter(worker=actor.user, accepted_at=None, refused_at=None, undone_at=None)


def _team(actor: Actor) -> QuerySet[Allocation] | None:
    teams = actor.teams()
    return Allocation.objects.filter(true_on(actor.today), team__in=teams) if teams else None


def _involved(actor: Actor) -> QuerySet[Involvement]:
    theirs = Q(user=actor.user)
    if actor.user.agency_id:
        theirs |= Q(agency=actor.user.agency_id, user=None)
    return Involvement.objects.filter(theirs, true_on(actor.today))


def _named(actor: Actor) -> QuerySet[SealReader]:
    return SealReader.objects.filter(true_on(actor.today), user=actor.user)


def _glass(actor: Actor) -> QuerySet[BrokenGlass]:
    return BrokenGlass.objects.filter(user=actor.user, ends_at__gt=timezone.now())


def _glass_of_a_sealer(actor: Actor) -> QuerySet[BrokenGlass] | None:
    where = actor.where("seal")
    return _glass(actor).filter(child__authority__in=where) if where else None


# ---------------------------------------------------------------- the words


def _since(day: date | None) -> str:
    return f", since {words.day(day)}" if day else ""


def _says_team(actor: Actor, child: Child, told: Told) -> str:
    return f"The child is allocated to your team, {told['team__name']}{_since(told['started_on'])}."


def _says_role(reach: Reach, for_: str) -> Callable[[Actor, Child, Told], str]:
    """Which of their roles reaches so far, and since when they have held it."""

    def says(actor: Actor, child: Child, told: Told) -> str:
        held = [
            f"Your role, {each.role.name}, is for {for_.format(unit=each.unit, authority=child.authority)}. "
            f"You have held it since {words.day(each.started_on)}."
            for each in actor.held
            if each.role.reach == reach
            and "see_child" in each.role.may
            and child.authority_id in actor.authorities[each.pk]
        ]
        return " ".join(held)

    return says


def _says_covered(actor: Actor, child: Child, told: Told) -> str:
    return f"You cover for {told['worker__name']}, to whom the child is allocated."


def _says_offered(actor: Actor, child: Child, told: Told) -> str:
    return f"{told['asked_by__name']} asks you to take the case over, since {words.day(told['asked_at'].date())}."


def _says_involved(actor: Actor, child: Child, told: Told) -> str:
    part = dict(Involvement.KINDS)[told["kind"]].lower()
    who = f"Your agency, {told['agency__name']}, is recorded" if told["agency__name"] else "You are recorded"
    return f"{who} as working with the child: {part}{_since(told['started_on'])}."


def _says_named(actor: Actor, child: Child, told: Told) -> str:
    until = f" until {words.day(told['ended_on'])}" if told["ended_on"] else ""
    return f"You are named as a reader of this sealed record{_since(told['started_on'])}{until}."


def _says_glass(actor: Actor, child: Child, told: Told) -> str:
    return f"You opened this record in an emergency. It is open to you until {words.moment(told['ends_at'])}."


RELATIONS: Sequence[Relation] = (
    Relation(
        "allocated", lambda _, __, told: f"The child is allocated to you{_since(told['started_on'])}.", _allocated
    ),
    Relation("covered", _says_covered, _covered, tells=("started_on", "worker__name")),
    Relation("offered", _says_offered, _offered, tells=("asked_at", "asked_by__name")),
    Relation("team", _says_team, _team, tells=("started_on", "team__name")),
    Relation("authority", _says_role("authority", "all children of {authority}"), reach="authority"),
    Relation("unit", _says_role("unit", "the {unit}, which {authority} shares"), reach="unit"),
    Relation("involved", _says_involved, _involved, tells=("started_on", "kind", "agency__name")),
    Relation("named", _says_named, _named, tells=("started_on", "ended_on"), opens_sealed=True),
    Relation("glass", _says_glass, _glass, tells=("ends_at",)),
    Relation("sealed_glass", _says_glass, _glass_of_a_sealer, tells=("ends_at",), opens_sealed=True),
)
