"""Every change to a team."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError

from waypost.access.acting import action, doing
from waypost.access.actor import Actor
from waypost.access.models import FormerTeamName, Team
from waypost.access.teams.rules import may_close_team, may_keep_team


@action("add team", may=may_keep_team)
def add_team(team: Team, *, by: Actor) -> Team:
    """
    Raises:
        ValidationError: the authority has a team of that name.
    """
    return _saved(team)


@action("rename team", may=may_keep_team)
def rename_team(team: Team, *, name: str, service: str, since: date, by: Actor) -> Team:
    """The team is called so, or is of another service, from a day on. What it was called before is kept.

    Raises:
        ValidationError: the authority has a team of that name, or the day is before the last renaming, or to come.
    """
    last = team.former_names.first()
    if since > by.today or (last and since <= last.ended_on):
        raise ValidationError({"since": "The day must be after the last renaming, and not to come"})
    FormerTeamName.objects.create(team=team, name=team.name, service=team.service, ended_on=since - date.resolution)
    team.name, team.service = name, service
    return _saved(team)


@action("close team", may=may_close_team)
def close_team(team: Team, *, by: Actor) -> Team:
    """Today is its last day. Nobody is in it, and nothing is allocated to it."""
    team.closed_on = by.today
    return _saved(team)


def _saved(team: Team) -> Team:
    same = Team.objects.filter(authority=team.authority_id, name__iexact=team.name).exclude(pk=team.pk)
    if same.exists():
        raise ValidationError({"name": "The authority has a team of that name already. Choose another"})
    team.save()
    doing().changed(team)
    return team
