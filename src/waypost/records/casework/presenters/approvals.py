"""Approvals in words."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from waypost.access.actor import Actor
from waypost.records.casework.approving import place_of
from waypost.records.casework.models import Approval
from waypost.web import words


@dataclass(frozen=True, slots=True)
class Line:
    """`whose` is the child that it is about, or nothing. `is_mine` claims that the reader asked for it."""

    key: uuid.UUID
    what: str
    whose: str
    asked: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Whole:
    """One approval, and the way to what it is of."""

    line: Line
    state: str
    decided: str
    because: str
    link: str
    link_says: str


def lines(found: Iterable[Approval], names: Mapping[uuid.UUID, str], by: Actor) -> list[Line]:
    """`names` are of the children by their key."""
    return [line(each, names, by) for each in found]


def line(approval: Approval, names: Mapping[uuid.UUID, str], by: Actor) -> Line:
    return Line(
        key=approval.pk,
        what=approval.what,
        whose=names.get(approval.child, "") if approval.child else "",
        asked=f"{approval.asked_by} asked on {words.moment(approval.asked_at)}",
        is_mine=approval.asked_by_id == by.user.pk,
    )


def whole(approval: Approval, names: Mapping[uuid.UUID, str], by: Actor) -> Whole:
    shown = place_of(approval)
    decided = f"{approval.decided_by} on {words.moment(approval.decided_at)}" if approval.decided_at else ""
    return Whole(
        line=line(approval, names, by),
        state=approval.get_state_display(),
        decided=decided,
        because=approval.because,
        link=shown.address(approval) if shown else "",
        link_says=shown.says if shown else "",
    )
