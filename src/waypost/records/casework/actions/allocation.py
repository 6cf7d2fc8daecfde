"""Who carries a case: given to a worker, put on the waiting list, handed over, or covered while somebody is away.

A hand-over is not finished until the second worker accepts it: until then the first still carries the case.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from waypost.access.acting import action
from waypost.access.actor import Actor
from waypost.access.models import Team, User
from waypost.access.rules import YES, Decision, No
from waypost.records.casework.actions.children import pass_on
from waypost.records.casework.models import Allocation, Child, Cover, HandOver, Waiting
from waypost.records.casework.rules import may_allocate


def may_allocate_each(by: Actor, children: Sequence[Child]) -> Decision:
    """Several children at once: all of them or none."""
    if not children:
        return No("Choose at least one child.")
    return next((said for child in children if not (said := may_allocate(by, child))), YES)


def may_answer(by: Actor, asked: HandOver) -> Decision:
    """The worker who is asked answers, and nobody for them."""
    if asked.worker_id != by.user.pk:
        return No("Only the worker who is asked to take the case over can answer.")
    return YES if _waits(asked) else No("This has been answered already.")


def may_undo(by: Actor, asked: HandOver) -> Decision:
    if not _waits(asked):
        return No("This has been answered already, so it cannot be undone. Ask for a new hand-over.")
    return may_allocate(by, asked.child)


@action("put on waiting list", may=may_allocate)
def wait(child: Child, *, team: Team, priority: int, why: str, since: date, by: Actor) -> Waiting:
    """The child waits in a team for a worker. Whoever carried the case until then carries it no more."""
    _one_authority(child, team, None)
    pass_on(child, team=team, worker=None, since=since)
    _stop_waiting(child)
    held = Waiting(child=child, team=team, priority=priority, since_at=timezone.now(), why=why)
    held.save()
    return held


@action("give from waiting list", may=may_allocate)
def give(child: Child, *, team: Team, worker: User, since: date, by: Actor) -> Allocation:
    """A child who waits is given to a worker, at once: nobody carries the case who could hand it over."""
    _one_authority(child, team, worker)
    _stop_waiting(child)
    return pass_on(child, team=team, worker=worker, since=since)


@action("ask for hand-over", may=may_allocate_each)
def hand_over(children: Sequence[Child], *, team: Team, worker: User, note: str = "", by: Actor) -> list[HandOver]:
    """Asks a worker to take cases over. They share a batch, by which they can be undone together."""
    batch, asked = uuid.uuid4(), []
    for child in children:
        _one_authority(child, team, worker)
        for before in child.hand_overs.filter(accepted_at=None, refused_at=None, undone_at=None):
            before.undone_at = timezone.now()
            before.save()
        held = child.allocations.filter(ended_on=None).first()
        new = HandOver(child=child, allocation=held, team=team, worker=worker, note=note, batch=batch)
        new.asked_at, new.asked_by = timezone.now(), by.user
        new.save()
        asked.append(new)
    return asked


@action("accept hand-over", may=may_answer)
def accept(asked: HandOver, *, by: Actor) -> Allocation:
    """From today the case is the second worker's."""
    asked.accepted_at = timezone.now()
    asked.save()
    _stop_waiting(asked.child)
    return pass_on(asked.child, team=asked.team, worker=asked.worker, since=timezone.localdate())


@action("refuse hand-over", may=may_answer)
def refuse(asked: HandOver, *, because: str, by: Actor) -> HandOver:
    """The case stays where it is, and whoever asked sees why."""
    asked.refused_at, asked.why_refused = timezone.now(), because
    asked.save()
    return asked


@action("undo hand-over", may=may_undo)
def undo(asked: HandOver, *, by: Actor) -> HandOver:
    """A hand-over that nobody has answered is taken back."""
    asked.undone_at = timezone.now()
    asked.save()
    return asked


def _may_cover(by: Actor, absent: User) -> Decision:
    teams = absent.roles_held.on(by.today).values_list("authority", flat=True)
    if not any(by.may("allocate", authority) for authority in teams if authority):
        return No("Only a manager of the worker's own authority can say who covers for them.")
    return YES


@action("cover for worker", may=_may_cover)
def cover(absent: User, *, user: User, started_on: date, ended_on: date, why: str, by: Actor) -> Cover:
    """From one day to another, one worker sees the other's work as their own.

    Raises:
        ValidationError: it ends before it starts, or they are one person.
    """
    if user.pk == absent.pk:
        raise ValidationError({"user": "Choose another worker: nobody covers for themselves."})
    if ended_on < started_on:
        raise ValidationError({"ended_on": "The last day must be the same as or after the first day."})
    held = Cover(absent=absent, user=user, started_on=started_on, ended_on=ended_on, why=why)
    held.save()
    return held


def _stop_waiting(child: Child) -> None:
    for held in child.waiting.filter(until_at=None):
        held.until_at = timezone.now()
        held.save()


def _waits(asked: HandOver) -> bool:
    return not (asked.accepted_at or asked.refused_at or asked.undone_at)


def _one_authority(child: Child, team: Team, worker: User | None) -> None:
    """
    Raises:
        ValidationError: the team, or every role of the worker, is of another authority.
    """
    complaint: dict[str, Any] = {}
    if team.authority_id != child.authority_id:
        complaint["team"] = "Choose a team of the child's own authority."
    if worker is not None and not worker.roles_held.on(timezone.localdate()).filter(team=team).exists():
        complaint["worker"] = "Choose a worker who is in that team today."
    if complaint:
        raise ValidationError(complaint)
