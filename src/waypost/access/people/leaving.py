"""What someone would leave behind: by leaving altogether, or by ending a role."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from waypost.access.actor import Actor
from waypost.access.models import RoleHeld, Team, User
from waypost.access.people import carried
from waypost.access.people.carried import Load
from waypost.access.people.rules import authorities_of


def all_of(user: User, by: Actor) -> tuple[list[Load], set[int]]:
    """All that someone carries in the authorities of an administrator, and the teams of those authorities."""
    where = by.where("manage_people")
    teams = set(Team.objects.filter(authority__in=where).values_list("pk", flat=True))
    return carried.loads(user, by.today, authorities=where), teams


def left_by_ending(held: RoleHeld, on: date, by: Actor) -> list[Load]:
    """What nobody would be left to carry if a role ended on a day."""
    teams = teams_left(held, on)
    if not teams:
        return []
    found = carried.loads(held.user, by.today, authorities=authorities_of(held))
    return [load for load in found if load.team.pk in teams]


def teams_left(held: RoleHeld, on: date) -> set[int]:
    """The teams in which someone would have no role left that opens records, if one ended on a day."""
    if "see_child" not in held.role.may:
        return set()
    authorities = authorities_of(held)
    teams = Team.objects.filter(authority__in=authorities)
    left = dict((teams.filter(pk=held.team_id) if held.team_id else teams).values_list("pk", "authority"))
    lasting = Q(ended_on=None) | Q(ended_on__gt=on)
    for other in held.user.roles_held.filter(lasting).exclude(pk=held.pk):
        if "see_child" in other.role.may:
            covered = authorities_of(other)
            left = {
                team: authority
                for team, authority in left.items()
                if not (authority in covered and other.team_id in (None, team))
            }
    return set(left)
