"""The audit trail: lines are added to it, and batches of them sealed so that a change to one shows.

A line names the rows that it is about by kind and key. What is in them is in their own history, which carries the key
of the line.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from waypost.access.actor import Actor
from waypost.access.models import Act, Seal

SETTLED = timedelta(minutes=2)
"""A line this old can no longer be joined by one with a lower number from a transaction still under way."""

MOST_IN_A_SEAL = 10_000

UNREADABLE = (ValueError, TypeError, AttributeError, OverflowError)
"""What reading a row raises where a value in it is not of its kind, as SQLite lets it be."""

Owner = Callable[[uuid.UUID], int | None]
_owners: list[Owner] = []


def owned(owner: Owner) -> None:
    """Has a function asked which authority a child's record belongs to, whose trail its lines then stand in."""
    if owner not in _owners:
        _owners.append(owner)


def add(
    kind: str,
    what: str,
    *,
    by: Actor | None,
    child: uuid.UUID | None = None,
    rows: Iterable[str] = (),
    because: str = "",
    at: datetime | None = None,
    key: uuid.UUID | None = None,
    authority: int | None = None,
) -> Act:
    """Adds a line, to the trail of the authority whose record it is about, or else of whoever did it."""
    return Act.objects.create(
        at=at or timezone.now(),
        key=key or uuid.uuid4(),
        kind=kind,
        what=what,
        by=by.user if by else None,
        authority_id=authority or _owner(child) or _home(by),
        child=child,
        rows=list(rows),
        because=because,
    )


def _owner(child: uuid.UUID | None) -> int | None:
    return next((found for owner in _owners if child and (found := owner(child))), None)


def _home(by: Actor | None) -> int | None:
    return min(frozenset().union(*by.authorities.values()), default=None) if by else None


def looked(by: Actor, what: str, child: uuid.UUID, *, because: str = "", authority: int | None = None) -> Act:
    """That someone looked at a child's record. Whoever has it at hand says which authority's it is."""
    return add(Act.READ, what, by=by, child=child, because=because, authority=authority)


def refused(by: Actor, what: str, subject: object) -> Act:
    """That someone asked for what they may not do."""
    row = [f"{subject._meta.label_lower}:{subject.pk}"] if isinstance(subject, models.Model) else []
    child = getattr(subject, "child_key", None)
    return add(Act.REFUSED, what, by=by, child=child, rows=row, authority=getattr(subject, "authority_id", None))


# ---------------------------------------------------------------- seals


def seal(now: datetime | None = None) -> int:
    """Seals the settled lines that no seal holds yet, and gives how many they were.

    Where another process seals at the same moment, theirs is kept and this one seals nothing.
    """
    try:
        with transaction.atomic():
            return _seal((now or timezone.now()) - SETTLED)
    except IntegrityError:
        return 0


def _seal(settled: datetime) -> int:
    sealed = 0
    before = Seal.objects.select_for_update().last()
    while acts := list(_after(before, settled)):
        made = Seal(
            first=acts[0].pk,
            last=acts[-1].pk,
            count=len(acts),
            sealed_at=timezone.now(),
            before=before.hash if before else "",
        )
        made.hash = _hash(made, acts)
        made.save(force_insert=True)
        before = made
        sealed += len(acts)
    return sealed


def _after(before: Seal | None, settled: datetime) -> models.QuerySet[Act]:
    waiting = Act.objects.filter(pk__gt=before.last if before else 0).order_by("pk")
    unsettled = waiting.filter(at__gt=settled).values_list("pk", flat=True).first()
    ready = waiting.filter(pk__lt=unsettled) if unsettled else waiting
    return ready[:MOST_IN_A_SEAL]


def faults(using: str | None = None) -> Iterator[str]:
    """What is wrong with the trail, each as a sentence: a line changed, lost or put in; a seal that does not follow.

    `using` names another database than the service's own.
    """
    before, last = "", 0
    seals = Seal.objects.using(using).order_by("last")
    try:
        for each in seals.iterator():
            yield from _faults_of(each, before, Act.objects.using(using).filter(pk__gt=last, pk__lte=each.last))
            before, last = each.hash, each.last
    except UNREADABLE:
        yield f"A seal after line {last} cannot be read, so it has been changed."


def _faults_of(each: Seal, before: str, held: models.QuerySet[Act]) -> Iterator[str]:
    if each.before != before:
        yield f"The seal of lines {each.first} to {each.last} does not follow from the one before it."
    try:
        acts = list(held.order_by("pk"))
    except UNREADABLE:
        yield f"A line between {each.first} and {each.last} cannot be read, so it has been changed since it was sealed."
        return
    if len(acts) != each.count:
        yield f"Lines {each.first} to {each.last} were {each.count} when sealed and are {len(acts)} now."
    elif _hash(each, acts) != each.hash:
        yield f"A line between {each.first} and {each.last}, or their seal, has been changed since it was sealed."


def _hash(made: Seal, acts: Iterable[Act]) -> str:
    """Over all that the seal says, the hash of the one before it among it, and over its lines."""
    says = [made.before, made.first, made.last, made.count, made.sealed_at.isoformat()]
    digest = hashlib.sha256(json.dumps(says).encode())
    for act in acts:
        digest.update(json.dumps(_as_sealed(act), sort_keys=True, ensure_ascii=True).encode() + b"\n")
    return digest.hexdigest()


def _as_sealed(act: Act) -> dict[str, Any]:
    return {
        "id": act.pk,
        "key": str(act.key),
        "at": act.at.isoformat(),
        "kind": act.kind,
        "what": act.what,
        "by": str(act.by_id or ""),
        "authority": act.authority_id,
        "child": str(act.child or ""),
        "rows": act.rows,
        "because": act.because,
    }
