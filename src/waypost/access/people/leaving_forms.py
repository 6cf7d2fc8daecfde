"""What is asked when someone moves, leaves, or loses their second factor."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from waypost.access.models import RoleHeld, Team, User
from waypost.access.people.carried import Heir, Load
from waypost.access.people.factors import CHECKS
from waypost.access.reasons import reason
from waypost.access.roles import roles
from waypost.web.fields import DateField, ListField, OneOfField
from waypost.web.forms import Form

KEEP = "keep"


class Heirs:
    """Who may take over work in some authorities: the workers of their teams, and the teams' waiting lists."""

    def __init__(self, leaving: User, authorities: Collection[int], today: date) -> None:
        able = [role.id for role in roles().values() if {"see_child", "change_person"} <= role.may]
        held = RoleHeld.objects.on(today).filter(
            team__closed_on=None, authority__in=authorities, role_id__in=able, user__is_active=True
        )
        workers = held.exclude(user=leaving).select_related("user", "team").order_by("user__name")
        self.by_key = {
            f"{each.user_id}:{each.team_id}": Heir(each.team, each.user) for each in workers if each.team is not None
        }
        teams = Team.objects.filter(authority__in=authorities, closed_on=None)
        self.by_key |= {f":{team.pk}": Heir(team) for team in teams}

    def for_team(self, team: Team) -> list[tuple[str, str]]:
        """The options, those of the same team first."""
        held = [(key, heir) for key, heir in self.by_key.items() if heir.team.authority_id == team.authority_id]
        held.sort(key=lambda each: each[1].team.pk != team.pk)
        return [(key, str(heir)[0].upper() + str(heir)[1:]) for key, heir in held]


class HandOverForm(Form):
    """Who takes over what someone carries: one question for each team that they carry something in."""

    def __init__(self, *given: Any, loads: Sequence[Load], heirs: Heirs, keeps: bool = False, **named: Any) -> None:
        super().__init__(*given, **named)
        self.loads, self.found, self.kept_by = loads, heirs, keeps
        for load in loads:
            name = f"heir_{load.team.pk}"
            what = f"{load.words} of {load.team.name}"
            self.fields[name] = ListField(
                label=f"Who takes over {what}?", error_messages={"required": f"Select who takes over {what}"}
            )
            kept = [(KEEP, "Nobody: they go along to the new team")] if keeps else []
            self.offer(name, [("", "Select one"), *kept, *heirs.for_team(load.team)])

    def heirs(self, *, mover: Heir | None = None) -> Mapping[int, Heir]:
        """Who takes over, by team. `mover` is whoever keeps their own work in another team."""
        chosen = {load.team.pk: self.cleaned_data[f"heir_{load.team.pk}"] for load in self.loads}
        return {team: mover if key == KEEP and mover else self.found.by_key[key] for team, key in chosen.items()}


class MoveForm(HandOverForm):
    """To which team, and from when."""

    team = ListField(label="New team", error_messages={"required": "Select the new team"})
    since = DateField(label="First day there", called="The first day there", not_after=timezone.localdate)

    def __init__(self, *given: Any, held: RoleHeld, **named: Any) -> None:
        super().__init__(*given, keeps=True, **named)
        self.initial.setdefault("since", timezone.localdate())
        self.started_on = held.started_on
        teams = Team.objects.filter(authority=held.authority_id, closed_on=None).exclude(pk=held.team_id or 0)
        self.teams = {str(team.pk): team for team in teams}
        self.offer("team", [("", "Select one"), *((key, team.name) for key, team in self.teams.items())])

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        since = given.get("since")
        if since and since <= self.started_on:
            self.add_error("since", "The first day there must be after the first day in the team that they leave")
        return given

    @property
    def chosen(self) -> Team:
        return self.teams[self.cleaned_data["team"]]


class ResetFactorForm(Form):
    """How it is known who asks, and why."""

    checked = OneOfField(
        label="How did you check who they are?",
        choices=CHECKS,
        error_messages={"required": "Select how you checked who they are"},
    )
    note = reason(
        "What happened?",
        help_text="For example, how the telephone was lost. The data owner can read this.",
        missing="Enter what happened",
        rows=3,
    )
