"""Teams in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from waypost.access.models import RoleHeld, Team, User
from waypost.web.words import day, plural


@dataclass(frozen=True, slots=True)
class TeamLine:
    team: Team
    people: str
    is_closed: bool


@dataclass(frozen=True, slots=True)
class MemberLine:
    """Someone with a role in a team."""

    user: User
    role: str
    since: str


def team_lines(teams: Iterable[Team], *, today: date) -> list[TeamLine]:
    """One question more, whatever the number of teams."""
    shown = list(teams)
    found: dict[int | None, set[object]] = {}
    for team, user in RoleHeld.objects.on(today).filter(team__in=shown).values_list("team", "user"):
        found.setdefault(team, set()).add(user)
    return [
        TeamLine(team, plural(len(found.get(team.pk, ())), "person", "people"), team.closed_on is not None)
        for team in shown
    ]


def members(team: Team, *, today: date) -> list[MemberLine]:
    """Those with a role in it today or later. One question."""
    held = RoleHeld.objects.filter(Q(ended_on=None) | Q(ended_on__gte=today), team=team).select_related("user")
    return [MemberLine(each.user, each.role.name, _when(each)) for each in held.order_by("user__name", "pk")]


def _when(held: RoleHeld) -> str:
    until = f" to {day(held.ended_on)}" if held.ended_on else ""
    return f"From {day(held.started_on)}{until}"
