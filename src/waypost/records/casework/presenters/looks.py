"""Lines of the audit trail, as words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from waypost.access.models import Act
from waypost.web import words

DID = {Act.READ: "looked at", Act.CHANGE: "changed", Act.REFUSED: "was refused", Act.ACCESS: "came or went"}


@dataclass(frozen=True, slots=True)
class Look:
    """Who did or looked at what, when and why."""

    at: str
    by: str
    did: str
    what: str
    because: str


def looks(acts: Iterable[Act]) -> list[Look]:
    return [Look(words.moment(act.at), str(act.by or "Waypost"), DID[act.kind], act.what, act.because) for act in acts]
