"""What a person carries, and how it passes to another when they leave or move, so that nothing is left with nobody.

Access knows accounts and teams and no record. A room whose records are carried by people registers how to find and hand
over what is theirs; it does so within the action that moves or closes the account, in the same transaction.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.core.exceptions import ValidationError

from waypost.access.models import Team, User


@dataclass(frozen=True, slots=True)
class Load:
    """What a person carries in one team, as a number and in words: "12 children"."""

    team: Team
    count: int
    words: str


@dataclass(frozen=True, slots=True)
class Heir:
    """Who takes it over: a worker in a team, or the waiting list of the team where there is no worker."""

    team: Team
    worker: User | None = None

    def __str__(self) -> str:
        return f"{self.worker}, {self.team.name}" if self.worker else f"the waiting list of {self.team.name}"


class Carrier(Protocol):
    """A room whose records are carried."""

    def loads(self, user: User, on: date) -> Collection[Load]:
        """What they carry on a day, by team. What is hidden from counts is left out."""

    def hand_over(self, user: User, heirs: Mapping[int, Heir], *, since: date, within: Collection[int]) -> None:
        """Passes on all that they carry in some teams, what is hidden from counts too, from a day on.

        `heirs` are by team; what has none goes to the waiting list of its own team.
        """

    def is_held_by(self, team: Team, on: date) -> bool:
        """Whether a team still carries anything."""

    def bearers(self, authorities: Collection[int], on: date) -> Collection[uuid.UUID]:
        """Everyone who carries something in some authorities."""


_carriers: list[Carrier] = []


def register(carrier: Carrier) -> None:
    if carrier not in _carriers:
        _carriers.append(carrier)


def loads(user: User, on: date, *, authorities: Collection[int]) -> list[Load]:
    """What someone carries in some authorities."""
    found = (load for carrier in _carriers for load in carrier.loads(user, on))
    return [load for load in found if load.team.authority_id in authorities]


def hand_over(
    user: User, heirs: Mapping[int, Heir], *, since: date, leaving: Collection[Load], within: Collection[int]
) -> None:
    """Passes on what someone carries in the teams `within`. To be called within an action.

    Raises:
        ValidationError: nobody is named for something, or whoever is named cannot take it over.
    """
    for load in leaving:
        heir = heirs.get(load.team.pk)
        if heir is None:
            raise ValidationError(f"Say who takes over {load.words} of {load.team.name}.")
        if heir.team.authority_id != load.team.authority_id or heir.team.closed_on:
            raise ValidationError("Choose a team of the same authority that is open.")
    for carrier in _carriers:
        carrier.hand_over(user, heirs, since=since, within=within)


def is_held_by(team: Team, on: date) -> bool:
    return any(carrier.is_held_by(team, on) for carrier in _carriers)


def bearers(authorities: Collection[int], on: date) -> set[uuid.UUID]:
    """Everyone who carries something in some authorities."""
    return {key for carrier in _carriers for key in carrier.bearers(authorities, on)}
