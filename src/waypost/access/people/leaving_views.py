"""When someone moves, leaves, hands over their work, or loses their second factor."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from waypost.access import steps
from waypost.access.asked import Asked
from waypost.access.models import RoleHeld, User
from waypost.access.people import actions, factors, leaving, rules
from waypost.access.people.carried import Heir, Load
from waypost.access.people.forms import EndRoleForm
from waypost.access.people.leaving_forms import HandOverForm, Heirs, MoveForm, ResetFactorForm
from waypost.access.people.presenters import handed
from waypost.web.forms import Form
from waypost.web.words import day

SIGNED_OUT = "Nobody can sign in to the account, and where they are signed in they are out at their next page."
SEALED = "Sealed records are not counted. They pass on with the rest, and stay closed to all but their named readers."


def close_account(request: Asked, key: uuid.UUID) -> HttpResponse:
    """Closes an account, once it is said who takes over what its person carries."""
    user = account_of(request, key)
    rules.may_keep(request.actor, user).or_refuse()
    loads, _ = leaving.all_of(user, request.actor)
    form = HandOverForm(request.POST if request.method == "POST" else None, loads=loads, heirs=_heirs(request, user))
    is_sent = request.method == "POST" and (form.is_valid() if loads else True)
    if is_sent and steps.is_preview(request):
        heirs = form.heirs() if loads else {}
        if not loads or steps.is_confirmed(request):
            actions.close_account(user, heirs=heirs, by=request.actor)
            messages.success(request, "The account is closed.")
            return redirect("account", key=key)
        said = [SIGNED_OUT, *handed(heirs, loads, request.actor.today)]
        return _preview(request, user, "Close the account", said, warning=True)
    held = {"account": user, "form": form, "loads": loads, "says": SIGNED_OUT, "sealed": SEALED}
    return render(request, "access/people/close.jinja", held)


def hand_over(request: Asked, key: uuid.UUID) -> HttpResponse:
    """Hands over what someone carries, and leaves their account as it is."""
    user = account_of(request, key)
    rules.may_hand_over(request.actor, user).or_refuse()
    loads, _ = leaving.all_of(user, request.actor)
    form = HandOverForm(request.POST if request.method == "POST" else None, loads=loads, heirs=_heirs(request, user))
    if loads and steps.is_preview(request) and form.is_valid():
        heirs = form.heirs()
        if steps.is_confirmed(request):
            actions.hand_over(user, heirs=heirs, by=request.actor)
            messages.success(request, "The work was handed over.")
            return redirect("account", key=key)
        return _preview(request, user, "Hand over the work", handed(heirs, loads, request.actor.today))
    held = {"account": user, "form": form, "loads": loads, "sealed": SEALED}
    return render(request, "access/people/hand_over.jinja", held)


def move(request: Asked, key: uuid.UUID, role: int) -> HttpResponse:
    """Moves someone to another team in the same role, once it is said what happens to what they carry."""
    user = account_of(request, key)
    held = _role(user, role)
    rules.may_give(request.actor, held).or_refuse()
    loads = leaving.left_by_ending(held, request.actor.today, request.actor) if held.team_id else []
    form = MoveForm(
        request.POST if request.method == "POST" else None, held=held, loads=loads, heirs=_heirs(request, user)
    )
    if steps.is_preview(request) and form.is_valid():
        team, since = form.chosen, form.cleaned_data["since"]
        keeps = Heir(team, user)
        heirs = {**({held.team_id: keeps} if held.team_id else {}), **form.heirs(mover=keeps)}
        if steps.is_confirmed(request) and _done(
            form, lambda: actions.move(held, team=team, since=since, heirs=heirs, by=request.actor)
        ):
            messages.success(request, f"They are in {team.name} from {day(since)}.")
            return redirect("account", key=key)
        if not form.errors:
            moves = (
                f"{user} is {held.role.name.lower()} in {team.name} from {day(since)}, and no longer in {held.team}."
            )
            return _preview(request, user, "Move them", [moves, *handed(heirs, loads, request.actor.today)])
    return render(request, "access/people/move.jinja", {"account": user, "held": held, "form": form, "sealed": SEALED})


def end_role(request: Asked, key: uuid.UUID, role: int) -> HttpResponse:
    """Ends a role that a person holds. What it let them carry is handed over first."""
    user = account_of(request, key)
    held = _role(user, role)
    form = EndRoleForm(request.POST or None, started_on=held.started_on)
    loads: list[Load] = leaving.left_by_ending(held, request.actor.today, request.actor)
    given = request.POST if request.method == "POST" else None
    heirs_form = HandOverForm(given, loads=loads, heirs=_heirs(request, user)) if loads else None
    if steps.is_preview(request) and form.is_valid() and (heirs_form is None or heirs_form.is_valid()):
        on = form.cleaned_data["ended_on"]
        heirs = heirs_form.heirs() if heirs_form else {}
        if heirs_form and not steps.is_confirmed(request) and on <= request.actor.today:
            ends = f"The role of {held.role.name.lower()} ends on {day(on)}."
            return _preview(request, user, "End the role", [ends, *handed(heirs, loads, request.actor.today)])
        if _done(form, lambda: actions.end_role(held, on=on, heirs=heirs, by=request.actor)):
            messages.success(request, "The role has an end.")
            return redirect("account", key=key)
    shown = {"form": form, "heirs": heirs_form, "account": user, "held": held, "sealed": SEALED}
    return render(request, "access/people/end.jinja", shown)


def reset_factor(request: Asked, key: uuid.UUID) -> HttpResponse:
    """Takes away the second factor that someone has lost."""
    user = account_of(request, key)
    rules.may_reset_factor(request.actor, user).or_refuse()
    form = ResetFactorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        where = request.build_absolute_uri(reverse("home"))
        factors.reset_factor(user, checked=given["checked"], note=given["note"], where=where, by=request.actor)
        messages.success(request, "The second factor was removed. They set up a new one when they next sign in.")
        return redirect("account", key=key)
    return render(request, "access/people/reset_factor.jinja", {"account": user, "form": form})


def account_of(request: Asked, key: uuid.UUID) -> User:
    """Any account, by the key that says nothing: what may be done with it is decided by each action."""
    request.actor.may("manage_people").or_refuse()
    return get_object_or_404(User, pk=key)


def _role(user: User, role: int) -> RoleHeld:
    return get_object_or_404(RoleHeld.objects.select_related("user", "authority", "unit", "team"), user=user, pk=role)


def _heirs(request: Asked, user: User) -> Heirs:
    return Heirs(user, request.actor.where("manage_people"), request.actor.today)


def _done(form: Form, do: Any) -> bool:
    """Whether it was done. If not, the form says why."""
    try:
        do()
    except ValidationError as wrong:
        form.add_error(None, wrong)
        return False
    return True


def _preview(request: Asked, user: User, save: str, said: list[str], *, warning: bool = False) -> HttpResponse:
    held = {"account": user, "save": save, "said": said, "warning": warning, "carried": steps.carried(request)}
    return render(request, "access/people/preview.jinja", {**held, "sealed": SEALED})
