"""A session that is left alone locks: the page goes, what was typed is kept, and a password opens it again."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from waypost.access.asked import Asked
from waypost.access.sign_in.limits import is_password
from waypost.web import drafts
from waypost.web.fields import PasswordField
from waypost.web.forms import Form

SEEN, LOCKED = "seen_at", "is_locked"
UNWATCHED = {"alive", "ready", "unlock", "sign_out", "save_draft"}


class Lock:
    """Locks the session of a person who has done nothing for a while, and keeps what they then send."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        asked = request.resolver_match
        if not request.user.is_authenticated or (asked and asked.view_name in UNWATCHED):
            return None
        now = time.time()
        idle = now - request.session.get(SEEN, now)
        if request.session.get(LOCKED) or idle > settings.LOCK_AFTER:
            return self._locked(request)
        request.session[SEEN] = now
        return None

    def _locked(self, request: HttpRequest) -> HttpResponse:
        request.session[LOCKED] = True
        if request.method == "POST":
            drafts.keep(request, request.path, request.POST)
            drafts.hold(request)
        return redirect(f"{reverse('unlock')}?{urlencode({'next': request.path})}")


class UnlockForm(Form):
    """The password of whoever locked it."""

    password = PasswordField(label="Password", autocomplete="current-password")


def unlock(request: Asked) -> HttpResponse:
    """Asks for the password and goes back to where the person was, where their draft is.

    Someone who has none here, as their organisation signs them in, signs in again.
    """
    request.session[LOCKED] = True
    form = UnlockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if is_password(request, request.user, form.cleaned_data["password"]):
            request.session[LOCKED] = False
            request.session[SEEN] = time.time()
            return redirect(_back_to(request))
        form.add_error("password", "That is not your password")
    return render(request, "access/unlock.jinja", {"form": form, "next": _back_to(request)})


def _back_to(request: Asked) -> str:
    """Where the person was, if that is a page of ours."""
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours and not wanted.startswith(reverse("unlock")) else reverse("home")
