"""Decisions about the pathway: who may do each kind of work, with which children."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar
from uuid import UUID

from waypost.access.actor import Actor
from waypost.access.models import Authority
from waypost.access.rules import YES, Decision, No
from waypost.records.casework import visibility
from waypost.records.casework.models import Child
from waypost.records.casework.rules import OUT_OF_SCOPE


class InACase(Protocol):
    """A row of one child's record."""

    @property
    def child(self) -> Child: ...


R = TypeVar("R", bound=InACase)


def _may(verb: str) -> Callable[[Actor, Child], Decision]:
    def may(by: Actor, child: Child) -> Decision:
        if not visibility.children(by).filter(pk=child.pk).exists():
            return No(OUT_OF_SCOPE)
        return by.may(verb, child.authority_id)

    return may


may_work = _may("work_case")
may_screen = _may("screen_contact")
may_approve = _may("approve")
may_hold_conference = _may("hold_conference")


def may_receive_contact(by: Actor, authority: Authority) -> Decision:
    return by.may("screen_contact", authority)


def of_row(may: Callable[[Actor, Child], Decision]) -> Callable[[Actor, R], Decision]:
    """The same decision, asked of a row of the child's record."""

    def asked(by: Actor, row: R) -> Decision:
        return may(by, row.child)

    return asked


def of_each(may: Callable[[Actor, Child], Decision]) -> Callable[[Actor, Sequence[Child]], Decision]:
    """The same decision, asked of brothers and sisters at once: all of them or none, and of one authority."""

    def asked(by: Actor, children: Sequence[Child]) -> Decision:
        if not children:
            return No("Choose at least one child.")
        if len({child.authority_id for child in children}) > 1:
            return No("These children belong to two authorities, and each keeps its own record.")
        return next((said for child in children if not (said := may(by, child))), YES)

    return asked


def keys(children: Iterable[Child]) -> list[UUID]:
    return [child.pk for child in children]
