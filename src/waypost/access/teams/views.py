"""Pages of teams."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from waypost.access.asked import Asked
from waypost.access.models import RoleHeld, Team, User
from waypost.access.people import carried
from waypost.access.teams import actions, presenters, rules
from waypost.access.teams.forms import NewTeamForm, RenameForm
from waypost.web.forms import Form


def teams(request: Asked) -> HttpResponse:
    """The teams, and who still carries work without a role that lets them."""
    request.actor.may("manage_people").or_refuse()
    lines = presenters.team_lines(rules.teams(request.actor), today=request.actor.today)
    return render(request, "access/teams/teams.jinja", {"lines": lines, "left": _left_behind(request)})


def team(request: Asked, pk: int) -> HttpResponse:
    """One team: who is in it, and what it was called."""
    found = _team(request, pk)
    held = {
        "team": found,
        "members": presenters.members(found, today=request.actor.today),
        "former": list(found.former_names.all()),
        "may_close": rules.may_close_team(request.actor, found),
        "may_keep": rules.may_keep_team(request.actor, found),
    }
    return render(request, "access/teams/team.jinja", held)


def new(request: Asked) -> HttpResponse:
    request.actor.may("manage_people").or_refuse()
    form = NewTeamForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        made = form.team()
        if _done(form, lambda: actions.add_team(made, by=request.actor)):
            messages.success(request, "The team was added.")
            return redirect("team", pk=made.pk)
    return render(request, "access/teams/new.jinja", {"form": form})


def rename(request: Asked, pk: int) -> HttpResponse:
    found = _team(request, pk)
    rules.may_keep_team(request.actor, found).or_refuse()
    form = RenameForm(request.POST or None, initial={"name": found.name, "service": found.service})
    was = found.name
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("name", "service", "since")}
        if _done(form, lambda: actions.rename_team(found, **given, by=request.actor)):
            messages.success(request, "The team was renamed.")
            return redirect("team", pk=pk)
    return render(request, "access/teams/rename.jinja", {"form": form, "key": pk, "was": was})


def close(request: Asked, pk: int) -> HttpResponse:
    """Asks once more, and closes a team that is empty."""
    found = _team(request, pk)
    may = rules.may_close_team(request.actor, found)
    if request.method == "POST":
        actions.close_team(found, by=request.actor)
        messages.success(request, "The team is closed.")
        return redirect("teams")
    return render(request, "access/teams/close.jinja", {"team": found, "may": may})


def _team(request: Asked, pk: int) -> Team:
    request.actor.may("manage_people").or_refuse()
    return get_object_or_404(rules.teams(request.actor), pk=pk)


def _left_behind(request: Asked) -> list[User]:
    """Those who carry work in an authority and have no role there, or whose account is closed."""
    where, today = request.actor.where("manage_people"), request.actor.today
    held = RoleHeld.objects.on(today).filter(authority__in=where, user__is_active=True).values("user")
    bearers = User.objects.filter(pk__in=carried.bearers(where, today))
    return list(bearers.exclude(pk__in=held).order_by("name"))


def _done(form: Form, do: Callable[[], Any]) -> bool:
    """Whether it was done. If not, the form says why."""
    try:
        do()
    except ValidationError as wrong:
        form.add_error(None, wrong)
        return False
    return True
