"""Accounts and roles in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from waypost.access.actor import Actor
from waypost.access.models import RoleHeld, User
from waypost.access.people.carried import Heir, Load
from waypost.access.people.rules import may_give
from waypost.web.words import day


@dataclass(frozen=True, slots=True)
class AccountLine:
    """`state` is open, closed or invited: open, and its person has not set a password."""

    user: User
    roles: str
    state: str


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role that someone holds, held or will hold."""

    held: RoleHeld
    name: str
    where: str
    when: str
    may_end: bool
    may_move: bool


def handed(heirs: Mapping[int, Heir], loads: Iterable[Load], since: date) -> list[str]:
    """What passes to whom, each as a sentence."""
    return [
        f"{load.words[0].upper()}{load.words[1:]} of {load.team.name} "
        f"{'passes' if load.count == 1 else 'pass'} to {heirs[load.team.pk]} from {day(since)}."
        for load in loads
    ]


def account_lines(users: Iterable[User], *, today: date) -> list[AccountLine]:
    """One question more, whatever the number of accounts."""
    shown = list(users)
    found: dict[object, list[str]] = {}
    for held in RoleHeld.objects.on(today).filter(user__in=shown).select_related("authority", "unit"):
        found.setdefault(held.user_id, []).append(str(held))
    return [AccountLine(user, "; ".join(found.get(user.pk, ())) or "No role today", state(user)) for user in shown]


def state(user: User) -> str:
    """Someone who signs in through a provider has no password either, and has signed in."""
    if not user.is_active:
        return "Closed"
    return "Open" if user.has_usable_password() or user.last_login else "Invited"


def role_lines(user: User, *, by: Actor) -> list[RoleLine]:
    """The newest first."""
    roles = user.roles_held.select_related("authority", "unit", "team", "user").order_by("-started_on", "-pk")
    return [_role_line(held, by) for held in roles]


def _role_line(held: RoleHeld, by: Actor) -> RoleLine:
    until = f" to {day(held.ended_on)}" if held.ended_on else ""
    is_over = held.ended_on is not None and held.ended_on < by.today
    where = str(held.team or held.authority or held.unit)
    may_end = not is_over and bool(may_give(by, held))
    may_move = may_end and held.team_id is not None and held.started_on < by.today
    return RoleLine(held, held.role.name, where, f"From {day(held.started_on)}{until}", may_end, may_move)
