"""Lines of the trail and unusual looks, as words. A child's record is named by the first part of its key alone."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from waypost.access.models import Act, LookReviewed
from waypost.access.unusual import Look, Unusual
from waypost.web import words

DID = {Act.READ: "Looked", Act.CHANGE: "Changed", Act.REFUSED: "Was refused", Act.ACCESS: "Signed in or out"}
NO_CHILD = uuid.UUID(int=0)
"""Stands in an address for no one child."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the trail."""

    at: str
    by: str
    did: str
    what: str
    record: str
    because: str


@dataclass(frozen=True, slots=True)
class Asking:
    """An unusual look, in words, and the parts of the address where it is reviewed."""

    day: str
    by: str
    record: str
    signs: tuple[str, ...]
    finding: str
    note: str
    address: tuple[str, str, str]


def reference(child: uuid.UUID | None) -> str:
    """How a record is told from others where nobody is named."""
    return child.hex[:8] if child else ""


def lines(acts: Iterable[Act]) -> list[Line]:
    return [
        Line(
            words.moment(act.at),
            str(act.by or "Waypost"),
            DID[act.kind],
            act.what[:1].upper() + act.what[1:],
            reference(act.child),
            act.because,
        )
        for act in acts
    ]


def asking(found: Iterable[Unusual], names: Mapping[uuid.UUID, str]) -> list[Asking]:
    return [
        Asking(
            day=words.day(each.look.day),
            by=names[each.look.by],
            record=reference(each.look.child) or "several",
            signs=each.signs,
            finding=finding(each.review),
            note=each.review.note if each.review else "",
            address=address(each.look),
        )
        for each in found
    ]


def address(look: Look) -> tuple[str, str, str]:
    return str(look.by), str(look.child or NO_CHILD), look.day.isoformat()


def finding(review: LookReviewed | None) -> str:
    if review is None:
        return ""
    return f"{'Right' if review.was_justified else 'Not right'}, said {review.reviewed_by}"
