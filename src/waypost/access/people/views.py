"""Pages of accounts and roles."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from waypost.access.asked import Asked
from waypost.access.models import User
from waypost.access.people import actions, factors, leaving, rules
from waypost.access.people.forms import AboutForm, FindAccountForm, GiveRoleForm, OpenAccountForm
from waypost.access.people.leaving_views import account_of
from waypost.access.people.presenters import account_lines, role_lines, state
from waypost.access.sign_in.invitations import invite

ON_A_PAGE = 25
MOST_FOUND = 50


def accounts(request: Asked) -> HttpResponse:
    """The accounts that an administrator keeps, a page at a time, or those that fit what was typed."""
    request.actor.may("manage_people").or_refuse()
    form = FindAccountForm(request.POST or None)
    page = None
    if request.method == "POST" and form.is_valid() and (typed := form.cleaned_data["typed"]):
        shown = list(_found(request, typed)[:MOST_FOUND])
    else:
        page = Paginator(rules.accounts(request.actor), ON_A_PAGE).get_page(request.GET.get("page"))
        shown = list(page.object_list)
    lines = account_lines(shown, today=request.actor.today)
    return render(request, "access/people/accounts.jinja", {"form": form, "lines": lines, "page": page})


def _found(request: Asked, typed: str) -> QuerySet[User]:
    """Theirs by part of a name or address; and anyone's by the whole address, to give a role to who comes to work."""
    theirs = rules.accounts(request.actor).filter(Q(name__icontains=typed) | Q(email__icontains=typed))
    return User.objects.filter(Q(pk__in=theirs.values("pk")) | Q(email=typed.strip().lower())).order_by("name", "email")


def open_account(request: Asked) -> HttpResponse:
    """Opens an account and sends the invitation to its person."""
    request.actor.may("manage_people").or_refuse()
    form = OpenAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = actions.open_account(form.account(), by=request.actor)
        invite(request, user)
        messages.success(request, "The account is open and the invitation has been sent. Now give the person a role.")
        return redirect("account", key=user.pk)
    return render(request, "access/people/open.jinja", {"form": form})


def account(request: Asked, key: uuid.UUID) -> HttpResponse:
    """One account: whose it is, and what roles they hold and held."""
    user = account_of(request, key)
    shown = {
        "account": user,
        "state": state(user),
        "lines": role_lines(user, by=request.actor),
        "may_keep": rules.may_keep(request.actor, user),
        "is_me": user.pk == request.user.pk,
        "loads": leaving.all_of(user, request.actor)[0],
        "has_factor": factors.has_one(user),
    }
    return render(request, "access/people/account.jinja", shown)


def change_account(request: Asked, key: uuid.UUID) -> HttpResponse:
    """Changes somebody's name or home."""
    user = account_of(request, key)
    rules.may_keep(request.actor, user).or_refuse()
    form = AboutForm(request.POST or None, initial=AboutForm.of(user))
    if request.method == "POST" and form.is_valid():
        actions.change_account(user, about=form.about(), by=request.actor)
        messages.success(request, "The account was changed.")
        return redirect("account", key=key)
    return render(request, "access/people/about.jinja", {"form": form, "account": user})


@require_POST
def invite_again(request: Asked, key: uuid.UUID) -> HttpResponse:
    """Sends the invitation again to someone who has not set a password."""
    user = account_of(request, key)
    rules.may_keep(request.actor, user).or_refuse()
    if user.is_active and not user.has_usable_password():
        invite(request, user)
        messages.success(request, "The invitation has been sent again.")
    return redirect("account", key=key)


@require_POST
def reopen_account(request: Asked, key: uuid.UUID) -> HttpResponse:
    actions.reopen_account(account_of(request, key), by=request.actor)
    messages.success(request, "The account is open again.")
    return redirect("account", key=key)


def give_role(request: Asked, key: uuid.UUID) -> HttpResponse:
    """Gives a person a role."""
    user = account_of(request, key)
    form = GiveRoleForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        actions.give_role(form.role_held(user), by=request.actor)
        messages.success(request, "The role has been given.")
        return redirect("account", key=key)
    return render(request, "access/people/give.jinja", {"form": form, "account": user})
