"""Doors: the screens that a person's home page and navigation lead to.

Each room of records registers its own. A door stands open to those whose role lets them do what is behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from waypost.access.roles import VERBS

if TYPE_CHECKING:  # an app names its doors before there are models, which the actor is made of
    from waypost.access.actor import Actor


@dataclass(frozen=True, slots=True)
class Door:
    """`title` is what is done behind it, `says` one sentence more, `needs` the verb that opens it.

    `within` is the view of another door, on whose pages this one stands and not in the navigation. `is_home` says that
    its page is the home of those to whom it stands open; of several, the first.
    """

    title: str
    says: str
    view: str
    needs: str
    place: int = 50
    within: str = ""
    is_home: bool = False


_doors: dict[str, Door] = {}


def register(door: Door) -> None:
    """Adds a door.

    Raises:
        ValueError: no rule knows what it needs.
    """
    if door.needs not in VERBS:
        raise ValueError(f"the door to {door.view} needs {door.needs!r}, which no rule knows")
    _doors[door.view] = door


def open_to(actor: Actor, within: str = "") -> list[Door]:
    """The doors that stand open to someone, in their order: those of the navigation, or those within another."""
    held = (door for door in _doors.values() if door.within == within and actor.may(door.needs))
    return sorted(held, key=lambda door: (door.place, door.title))


def around(request: HttpRequest) -> dict[str, Any]:
    """The navigation of every page."""
    actor: Actor | None = getattr(request, "actor", None)
    asked = request.resolver_match
    return {"doors_open": open_to(actor) if actor else [], "view_now": asked.view_name if asked else ""}
