"""A request from someone who is signed in: who they are, and what is in their scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from waypost.access.actor import Actor
    from waypost.access.models import User
    from waypost.access.scope import Scope


class Asked(HttpRequest):
    """What every view of a record is given. `access/middleware.py` adds the last two."""

    user: User
    actor: Actor
    scope: Scope
