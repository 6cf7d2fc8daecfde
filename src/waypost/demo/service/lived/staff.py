"""Who does the work in the demonstration: the cast where an authority has somebody for it, and else set-up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from waypost.access.actor import Actor
from waypost.access.models import Agency, Team, User


@dataclass(frozen=True)
class Staff:
    """`worker` carries the case. `manager` approves what others wrote; `clerk` stands in for who is missing."""

    front_door: Actor
    worker: Actor
    manager: Actor
    chair: Actor
    clerk: Actor
    team: Team
    agencies: dict[str, Agency]

    def on(self, day: date) -> Staff:
        """The same people on a day, with what their roles let them do then."""
        people = ("front_door", "worker", "manager", "chair", "clerk")
        return replace(self, **{name: replace(getattr(self, name), today=day) for name in people})

    @property
    def carries(self) -> User:
        return self.worker.user
