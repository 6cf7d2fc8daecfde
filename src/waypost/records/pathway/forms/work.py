"""What is asked when cases are given, handed over or covered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from waypost.access.models import Team, User
from waypost.records.casework.models.allocation import PRIORITIES
from waypost.web.fields import DateField, ListField, LongTextField, OneOfField, SomeOfField, TextField
from waypost.web.forms import Form

TO_TEAM = "team"


class AllocateForm(Form):
    """To whom a child's case goes: a worker of a team, or a team's waiting list."""

    to = ListField(label="Who takes the case?", help_text="A worker takes it over, or it waits in a team for one.")
    priority = OneOfField(
        label="How soon must somebody see the child?", choices=PRIORITIES, inline=True, required=False, initial=3
    )
    note = LongTextField(label="What they must know first (optional)", rows=3, required=False)

    def offered(self, teams: Iterable[Team], workers: Iterable[tuple[User, Team]]) -> None:
        """Offers the workers of some teams, and the teams' waiting lists."""
        held = [("", "Choose")]
        held += [(f"{team.pk}:{user.pk}", f"{user.name}, {team.name} team") for user, team in workers]
        held += [(f"{team.pk}:", f"Waiting list of the {team.name} team") for team in teams]
        self.offer("to", held)

    @property
    def chosen(self) -> tuple[str, str]:
        """The team's key, and the worker's where one was chosen."""
        team, _, worker = self.cleaned_data["to"].partition(":")
        return team, worker


class MoveForm(Form):
    """Which cases of one worker go to another."""

    children = SomeOfField(label="Which cases?", error_messages={"required": "Choose at least one case"})
    to = ListField(label="Who takes them over?")
    note = LongTextField(label="What they must know first (optional)", rows=3, required=False)


class RefuseForm(Form):
    because = LongTextField(label="Why can you not take the case over?", rows=3)


class CoverForm(Form):
    """Who stands in for a worker, and until when."""

    absent = ListField(label="Who is away?")
    user = ListField(label="Who stands in for them?")
    started_on = DateField(label="First day", called="The first day")
    ended_on = DateField(label="Last day", called="The last day")
    why = TextField(label="Why (optional)", required=False, max_length=100, help_text="For example, annual leave.")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("absent") and given.get("absent") == given.get("user"):
            self.add_error("user", "Choose another worker: nobody covers for themselves")
        first, last = given.get("started_on"), given.get("ended_on")
        if first and last and last < first:
            self.add_error("ended_on", f"The last day must be the same as or after {first.day} {first:%B %Y}")
        return given
