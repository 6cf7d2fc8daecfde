"""What the audit trail keeps of signing in. A failure names the account that was tried, never what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as factor
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.http import HttpRequest
from django.utils import timezone

from waypost.access import trail
from waypost.access.actor import Actor
from waypost.access.models import Act, User
from waypost.access.sign_in.guards import forget
from waypost.access.sign_in.session import SIGNED_IN_AT


def left(what: str, user: Any, *, about: User | None = None) -> None:
    """Leaves a line. Without a user, `about` is the account that someone unknown tried."""
    by = Actor.of(user, today=timezone.localdate()) if isinstance(user, User) else None
    trail.add(Act.ACCESS, what, by=by, rows=[f"access.user:{about.pk}"] if about else ())


def listen() -> None:
    """Has each of these leave its line. The library's own sign-in signal is heard, as Django's comes before a code."""
    account.user_logged_in.connect(_signed_in)
    user_logged_out.connect(_signed_out)
    user_login_failed.connect(_failed)
    factor.authenticator_removed.connect(forget)
    for signal, what in (
        (account.password_changed, "change password"),
        (account.password_reset, "set password by email"),
        (factor.authenticator_added, "add second factor"),
        (factor.authenticator_removed, "remove second factor"),
        (factor.authenticator_reset, "make recovery codes"),
        (factor.authentication_failed, "wrong code"),
    ):
        # The signal keeps no hold of its own on the function.
        signal.connect(_line(what), weak=False, dispatch_uid=f"waypost {what}")


def _line(what: str) -> Callable[..., None]:
    def leave(user: Any, **_: object) -> None:
        left(what, user)

    return leave


def _signed_in(request: HttpRequest, user: Any, **_: object) -> None:
    request.session[SIGNED_IN_AT] = timezone.now().timestamp()
    left("sign in", user)


def _signed_out(user: Any, **_: object) -> None:
    if user is not None:
        left("sign out", user)


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: object) -> None:
    """Someone who is signed in and mistypes is named; before that, nobody knows who it was."""
    if request is not None and request.user.is_authenticated:
        left("wrong password", request.user)
        return
    typed = str(credentials.get("email") or "").strip().lower()
    left("sign-in failed", None, about=User.objects.filter(email=typed).first())
