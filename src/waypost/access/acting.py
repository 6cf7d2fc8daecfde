"""Actions: the only way that a record changes.

An action is a verb. It takes `by=`, checks one decision, writes, and leaves its line in the audit trail, in one
transaction. While it runs, the rows it saves take its moment, its person and its reason into their history; a row
saved outside an action is refused (`recorded.py`), so nothing can be changed unaudited.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db import models, transaction
from django.utils import timezone

from waypost.access import trail
from waypost.access.actor import Actor
from waypost.access.models import Act
from waypost.access.rules import Decision

P = ParamSpec("P")
S = TypeVar("S")
R = TypeVar("R")

_doing: ContextVar[Doing | None] = ContextVar("doing", default=None)


class OutsideAction(Exception):
    """A record was about to be changed by code that is not an action. A fault of the program."""


@dataclass
class Doing:
    """An action under way."""

    what: str
    by: Actor
    because: str
    at: datetime
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    changes: list[models.Model] = field(default_factory=list)
    children: set[uuid.UUID] = field(default_factory=set)

    @property
    def rows(self) -> list[str]:
        """What was changed, by kind and key."""
        return list(dict.fromkeys(f"{record._meta.label_lower}:{record.pk}" for record in self.changes))

    def changed(self, record: models.Model, child: uuid.UUID | None = None) -> None:
        """Notes a row that the action saved, and whose record it is in, if it is in a child's.

        Rows of a record note themselves; an action that saves an account or a role notes it with this.
        """
        self.changes.append(record)
        if child is not None:
            self.children.add(child)


Follower = Callable[[list[models.Model]], None]
_followers: list[Follower] = []


def follow(follower: Follower) -> None:
    """Has a function called at the end of each action, in its transaction, with the rows that it changed."""
    if follower not in _followers:
        _followers.append(follower)


@contextmanager
def unfollowed(follower: Follower) -> Iterator[None]:
    """Leaves a follower out for a while, where much is saved at once and its work is done for all of it at the end."""
    is_there = follower in _followers
    if is_there:
        _followers.remove(follower)
    try:
        yield
    finally:
        if is_there:
            _followers.append(follower)


def doing() -> Doing:
    """The action under way.

    Raises:
        OutsideAction: there is none.
    """
    found = _doing.get()
    if found is None:
        raise OutsideAction("a record may be changed by an action only")
    return found


def action(
    what: str, *, may: Callable[[Actor, S], Decision]
) -> Callable[[Callable[Concatenate[S, P], R]], Callable[Concatenate[S, P], R]]:
    """Makes a function an action: `what` names it in the trail, `may` decides on its first argument.

    The function is called with `by=` and, where the change asks for one, `because=`.

    Raises (when called):
        NotAllowed: the decision is no. The refusal is in the trail.
    """

    def made(do: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
        @wraps(do)
        def acting(subject: S, /, *given: P.args, **named: P.kwargs) -> R:
            by: Any = named.get("by")
            decision = may(by, subject)
            if not decision:
                trail.refused(by, what, subject)
            decision.or_refuse()
            return _done(what, by, str(named.get("because") or ""), lambda: do(subject, *given, **named))

        return acting

    return made


def _done(what: str, by: Actor, because: str, do: Callable[[], R]) -> R:
    with transaction.atomic():
        begun = Doing(what, by, because, timezone.now())
        token = _doing.set(begun)
        try:
            result = do()
        finally:
            _doing.reset(token)
        for follower in _followers:
            follower(begun.changes)
        _leave_lines(begun)
    return result


def _leave_lines(done: Doing) -> None:
    """One line for each child that was changed, or one where no child was."""
    if not done.rows:
        raise OutsideAction(f"the action {done.what!r} changed nothing, so it has nothing to leave in the trail")
    # A row that is in no child's record, and is an authority's, has its line in that authority's trail.
    authorities = {found for each in done.changes if (found := getattr(each, "authority_id", None))}
    owner = authorities.pop() if len(authorities) == 1 and not done.children else None
    for place, child in enumerate(sorted(done.children, key=str) or [None]):
        trail.add(
            Act.CHANGE,
            done.what,
            by=done.by,
            child=child,
            rows=done.rows,
            because=done.because,
            at=done.at,
            key=done.key if place == 0 else uuid.uuid4(),
            authority=owner,
        )
