"""Work that waits for approval: which of it someone may know of, and where each kind of it is read.

An approval is of any row of a record, and casework knows nothing of the rooms above it. A room whose rows are put
before another person says here where such a row is read and, where more is decided than yes or no, that it is decided
there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from waypost.access.actor import Actor
from waypost.access.rules import Decision, No
from waypost.records.casework import visibility
from waypost.records.casework.guard import may_decide
from waypost.records.casework.models import Approval


@dataclass(frozen=True, slots=True)
class Shown:
    """Where a kind of row is read: a view, what its link says, and what the view calls the row's key."""

    view: str
    says: str
    row: str = "row"
    decided_there: bool = False

    def address(self, approval: Approval) -> str:
        keys = {self.row: approval.row}
        return reverse(self.view, kwargs=keys if approval.child is None else {"key": approval.child, **keys})


_shown: dict[str, Shown] = {}


def shown_by(kind: str, *, view: str, says: str, row: str = "row", decided_there: bool = False) -> None:
    """Has the approvals of a kind of row, such as "pathway.Assessment", lead to a page about the row.

    The page is asked for with the child's key as `key` and the row's as `row`. Where `decided_there`, that page asks
    for more than yes or no and decides, and the page of approvals only leads to it.
    """
    _shown[kind] = Shown(view, says, row, decided_there)


def place_of(approval: Approval) -> Shown | None:
    return _shown.get(approval.kind)


def approvals(actor: Actor) -> QuerySet[Any]:
    """Those of the authorities in which someone approves, about children whose record is open to them."""
    seen = Q(child=None) | Q(child__in=visibility.children(actor).values("pk"))
    return Approval.objects.filter(seen, authority__in=actor.where("approve"))


def may_decide_here(by: Actor, approval: Approval) -> Decision:
    """Whether someone may decide on the page of the approval."""
    shown = place_of(approval)
    if not (may := may_decide(by, approval)):
        return may
    if shown and shown.decided_there:
        return No("This is decided on its own page, which asks what happens next.")
    return may
