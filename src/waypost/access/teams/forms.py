"""What is asked about a team."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from waypost.access.actor import Actor
from waypost.access.models import Authority, Team
from waypost.access.teams.rules import authorities
from waypost.web.fields import DateField, ListField, TextField
from waypost.web.forms import Form


class TeamForm(Form):
    """A team's name, and the service that it is of."""

    name = TextField(
        label="Name of the team", max_length=100, spelling=True, error_messages={"required": "Enter the team's name"}
    )
    service = TextField(
        label="Service",
        help_text="For example, “Family support and child protection”",
        max_length=100,
        spelling=True,
        error_messages={"required": "Enter the service that the team is of"},
    )


class NewTeamForm(TeamForm):
    """And of which authority it is."""

    authority = ListField(label="Authority", error_messages={"required": "Select an authority"})

    def __init__(self, *given: Any, actor: Actor, **named: Any) -> None:
        super().__init__(*given, **named)
        self.found = {str(each.pk): each for each in authorities(actor)}
        options = [(key, each.name) for key, each in self.found.items()]
        self.offer("authority", options if len(options) == 1 else [("", "Select one"), *options])

    def team(self) -> Team:
        """The team that was asked for, not saved yet."""
        given = self.cleaned_data
        authority: Authority = self.found[given["authority"]]
        return Team(authority=authority, name=given["name"], service=given["service"])


class RenameForm(TeamForm):
    """And from which day."""

    since = DateField(label="From which day is it called so?", called="The day", not_after=timezone.localdate)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.initial.setdefault("since", timezone.localdate())
