"""What stands between a session and the pages: its age, and the second factor that its roles ask for."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from waypost.access.sign_in.session import HAS_SECOND_FACTOR, SIGNED_IN_AT
from waypost.web import drafts

OPEN_TO_A_PASSWORD = frozenset({"read_reports"})
ALWAYS_OPEN = {"alive", "ready", "unlock", "sign_out", "save_draft"}
WHILE_SETTING_UP = ALWAYS_OPEN | {
    "mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_view_recovery_codes",
    "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
    "your_account", "account_change_password", "devices", "sign_out_device", "sign_out_other_devices",
}  # fmt: skip


class Guard:
    """A middleware that may answer in place of a page, for someone who is signed in."""

    open: set[str]

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        asked = request.resolver_match
        if not request.user.is_authenticated or (asked and asked.view_name in self.open):
            return None
        return self.instead(request)

    def instead(self, request: HttpRequest) -> HttpResponse | None:
        raise NotImplementedError


class Age(Guard):
    """Ends a session when it is too old, however busy it was, and keeps what was being sent as a draft."""

    open = ALWAYS_OPEN

    def instead(self, request: HttpRequest) -> HttpResponse | None:
        now = timezone.now().timestamp()
        if now - request.session.setdefault(SIGNED_IN_AT, now) < settings.SESSION_LONGEST:
            return None
        if request.method == "POST":
            drafts.keep(request, request.path, request.POST)
            drafts.hold(request)
        logout(request)
        messages.info(request, "You have been signed in for a long time. Sign in again. What you had typed is kept.")
        return redirect(f"{reverse('account_login')}?{urlencode({'next': request.path})}")


class SecondFactor(Guard):
    """Leads whoever has a role that opens more than reports to set up a second factor first."""

    open = WHILE_SETTING_UP

    def instead(self, request: HttpRequest) -> HttpResponse | None:
        if request.session.get(HAS_SECOND_FACTOR) or not is_needed(request):
            return None
        if is_mfa_enabled(request.user):
            request.session[HAS_SECOND_FACTOR] = True
            return None
        if request.method == "POST":
            drafts.hold(request)
        return redirect("mfa_index")


def is_needed(request: HttpRequest) -> bool:
    """Whether a role of today opens more than reports: a child, the trail, or the roles of others."""
    held = request.actor.held  # type: ignore[attr-defined]
    return bool(settings.SECOND_FACTOR_IS_NEEDED) and any(each.role.may - OPEN_TO_A_PASSWORD for each in held)


def forget(request: HttpRequest, **_: object) -> None:
    """A second factor was removed, so whether there is one is asked again."""
    request.session.pop(HAS_SECOND_FACTOR, None)
