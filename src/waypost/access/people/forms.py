"""What is asked about an account and a role."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from waypost.access.actor import Actor
from waypost.access.models import Agency, Authority, RoleHeld, Team, User
from waypost.access.people.actions import About
from waypost.access.people.rules import units
from waypost.access.roles import roles
from waypost.domain.likeness import postcode
from waypost.web.fields import DateField, ListField, TextField
from waypost.web.forms import Form
from waypost.web.words import day

NO_TEAM = ("", "No team")
NOT_AN_EMAIL = "Enter an email address in the correct format, like name@example.org"


class FindAccountForm(Form):
    """One box over names. Sent in the body, so that no name stands in an address."""

    typed = TextField(label="Find an account", help_text="A name or an email address", required=False, max_length=150)


class AboutForm(Form):
    """Who someone is and where they live, which keeps them from the records of their own family."""

    name = TextField(label="Full name", max_length=150, error_messages={"required": "Enter a full name"})
    family_name = TextField(
        label="Family name",
        help_text="Records of people of this name at their postcode are closed to them.",
        max_length=100,
        error_messages={"required": "Enter their family name"},
    )
    home_lines = TextField(
        label="Home address",
        help_text="House and street, as the post writes it. Records of people who live there are closed to them.",
        max_length=200,
        error_messages={"required": "Enter their home address"},
    )
    home_postcode = TextField(
        label="Home postcode", max_length=8, width=10, error_messages={"required": "Enter their home postcode"}
    )

    def clean_home_postcode(self) -> str:
        found = postcode(self.cleaned_data["home_postcode"])
        if not found or " " not in found:
            raise ValidationError("Enter a whole postcode, like AA1 1AB")
        return found

    def about(self) -> About:
        """What was typed."""
        return About(**{name: self.cleaned_data[name] for name in About.__slots__})

    @classmethod
    def of(cls, user: User) -> dict[str, str]:
        """The first values of the form."""
        return {name: getattr(user, name) for name in About.__slots__}


class OpenAccountForm(AboutForm):
    """A person who is to have an account."""

    email = TextField(
        label="Email address",
        help_text="Their address at work. The invitation is sent there.",
        max_length=254,
        error_messages={"required": "Enter an email address"},
    )
    agency = ListField(
        label="Partner agency", help_text="Only for people who do not work for an authority", required=False
    )

    def __init__(self, *given: Any, **named: Any):
        super().__init__(*given, **named)
        self.order_fields(["name", "email", "agency", "family_name", "home_lines", "home_postcode"])
        listed = [(str(each.pk), each.name) for each in Agency.objects.all()]
        self.offer("agency", [("", "None"), *listed])

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).strip().lower()
        try:
            validate_email(email)
        except ValidationError:
            raise ValidationError(NOT_AN_EMAIL) from None
        if User.objects.filter(email=email).exists():
            raise ValidationError("There is an account with that email address already. Find it by the whole address")
        return email

    def account(self) -> User:
        """The account that was asked for, not saved yet."""
        given = self.cleaned_data
        about = {name: given[name] for name in About.__slots__}
        return User(email=given["email"], agency_id=given["agency"] or None, **about)


class GiveRoleForm(Form):
    """A role, where it is for, and from when to when."""

    role = ListField(label="Role", error_messages={"required": "Select a role"})
    place = ListField(label="Authority or unit", error_messages={"required": "Select where the role is for"})
    team = ListField(label="Team", required=False)
    started_on = DateField(label="First day", called="The first day")
    ended_on = DateField(
        label="Last day", called="The last day", required=False, help_text="Leave empty if it has no end yet"
    )

    def __init__(self, *given: Any, actor: Actor, **named: Any):
        super().__init__(*given, **named)
        self.initial.setdefault("started_on", timezone.localdate())
        places = actor.where("manage_people")
        found = [(f"authority:{each.pk}", each.name) for each in Authority.objects.filter(pk__in=places)]
        found += [(f"unit:{each.pk}", each.name) for each in units(actor)]
        self.teams = {
            str(each.pk): each
            for each in Team.objects.filter(authority__in=places, closed_on=None).select_related("authority")
        }
        listed: dict[str, list[tuple[str, str]]] = {
            "role": [("", "Select a role"), *sorted(((id_, role.name) for id_, role in roles().items()), key=_by_name)],
            "place": found if len(found) == 1 else [("", "Select where"), *found],
            "team": [NO_TEAM, *((key, str(team)) for key, team in self.teams.items())],
        }
        for name, options in listed.items():
            self.offer(name, options)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        kind, _, place = str(given.get("place", "")).partition(":")
        team = self.teams.get(given.get("team") or "")
        role = roles().get(given.get("role", ""))
        if team and (kind, place) != ("authority", str(team.authority_id)):
            self.add_error("team", "Select a team of that authority, or no team")
        if role and role.reach == "team" and not team and "team" not in self.errors:
            self.add_error("team", f"Select a team: the role of {role.name.lower()} opens the children of its team")
        started, ended = given.get("started_on"), given.get("ended_on")
        if started and ended and ended < started:
            self.add_error("ended_on", f"The last day must be on or after the first, {day(started)}")
        return given

    def role_held(self, user: User) -> RoleHeld:
        """The role that was asked for, not saved yet."""
        given = self.cleaned_data
        kind, _, place = given["place"].partition(":")
        return RoleHeld(
            user=user,
            role_id=given["role"],
            authority_id=int(place) if kind == "authority" else None,
            unit_id=int(place) if kind == "unit" else None,
            team=self.teams.get(given["team"]),
            started_on=given["started_on"],
            ended_on=given["ended_on"],
        )


class EndRoleForm(Form):
    """When a role ends."""

    ended_on = DateField(label="Last day of the role", called="The last day")

    def __init__(self, *given: Any, started_on: date, **named: Any):
        super().__init__(*given, **named)
        self.started_on = started_on
        self.initial.setdefault("ended_on", timezone.localdate())

    def clean_ended_on(self) -> date:
        ended: date = self.cleaned_data["ended_on"]
        if ended < self.started_on:
            raise ValidationError(f"The last day must be on or after the first, {day(self.started_on)}")
        return ended


def _by_name(option: tuple[str, str]) -> str:
    return option[1]
