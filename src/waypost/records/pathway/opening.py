"""A decision opens the next piece of work, in the same transaction.

What each decision opens is in the table of `domain/pathway`; how each step begins is a function registered here by the
actions of that step. `open_each` is called inside an action, so what it saves is part of that action.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from waypost.access.actor import Actor
from waypost.access.models import Team
from waypost.access.recorded import Recorded
from waypost.domain.pathway import step
from waypost.records.casework.models import Child
from waypost.records.pathway.models import Referral


@dataclass(frozen=True, slots=True)
class Opening:
    """From what a step is opened: `source` is the row whose decision opens it, in the episode of `referral`."""

    child: Child
    referral: Referral | None
    source: Recorded
    on: date
    by: Actor
    at: datetime | None = None
    team: Team | None = None


Opener = Callable[[Opening], Recorded | None]
_openers: dict[str, Opener] = {}


def opens(step_id: str) -> Callable[[Opener], Opener]:
    """Registers how a step begins. A step without one waits for somebody to record it, and its clock says so."""
    step(step_id)

    def register(opener: Opener) -> Opener:
        _openers[step_id] = opener
        return opener

    return register


def open_each(step_id: str, decision_id: str, opening: Opening) -> list[Recorded]:
    """Begins every step that a decision opens, and returns the rows that it made."""
    made = (_openers[each](opening) for each in step(step_id).decisions[decision_id].opens if each in _openers)
    return [row for row in made if row is not None]
