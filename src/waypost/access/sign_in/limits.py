"""Wrong passwords: after five from one place for one account, that place waits. Others sign in as before."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from axes.utils import reset
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac


def whose(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """What failures are counted under: a keyed hash, as people type passwords and names into the wrong box."""
    given = credentials or {}
    typed = given.get("email") or given.get("username") or request.POST.get("login") or ""
    return _hashed(str(typed))


def where_from(request: HttpRequest) -> str | None:
    """The address that a request came from, past as many proxies as the service stands behind."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        # No browser asks without one; the server's own calls do.
        return None


def is_password(request: HttpRequest, user: AbstractBaseUser, typed: str) -> bool:
    """Whether this is the password of someone who is signed in. A wrong one counts as it does at sign-in."""
    email = str(user.get_username())
    found = authenticate(request, email=email, password=typed)
    if found is None or found.pk != user.pk:
        return False
    reset(username=_hashed(email), ip=where_from(request))
    return True


def locked_out(request: HttpRequest, *_: object) -> HttpResponse:
    """The page for a place that has to wait."""
    minutes = round(settings.AXES_COOLOFF_TIME.total_seconds() / 60)
    return render(request, "account/locked_out.jinja", {"minutes": minutes}, status=HTTPStatus.TOO_MANY_REQUESTS)


def _hashed(email: str) -> str:
    return salted_hmac("waypost.access.sign_in", email.strip().lower()).hexdigest()
