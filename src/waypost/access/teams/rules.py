"""Who may keep the teams of which authority, and when a team may be closed."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from waypost.access.actor import Actor
from waypost.access.models import Authority, RoleHeld, Team
from waypost.access.people import carried
from waypost.access.rules import YES, Decision, No


def teams(actor: Actor) -> QuerySet[Team]:
    return Team.objects.filter(authority__in=actor.where("manage_people")).select_related("authority")


def authorities(actor: Actor) -> QuerySet[Authority]:
    """Those whose teams someone keeps."""
    return Authority.objects.filter(pk__in=actor.where("manage_people"))


def may_keep_team(by: Actor, team: Team) -> Decision:
    if not (may := by.may("manage_people", team.authority_id)):
        return may
    return No("This team is closed.") if team.closed_on else YES


def may_close_team(by: Actor, team: Team) -> Decision:
    """A team is closed when nobody has a role in it, and nothing is allocated to it."""
    if not (may := may_keep_team(by, team)):
        return may
    if RoleHeld.objects.filter(Q(ended_on=None) | Q(ended_on__gte=by.today), team=team).exists():
        return No("People still have roles in this team. Move them to another team first.")
    if carried.is_held_by(team, by.today):
        return No("Work is still allocated to this team. A manager must allocate it elsewhere first.")
    return YES
