"""The email that opens an account to the person it is for: a link to set a password, and nothing about anyone."""

from __future__ import annotations

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.utils import user_pk_to_url_str
from django.http import HttpRequest

from waypost.access.models import User


def invite(request: HttpRequest, user: User) -> None:
    """Sends the invitation. The link is good for three days and until a password has been set."""
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    adapter = get_adapter(request)
    link = adapter.get_reset_password_from_key_url(f"{user_pk_to_url_str(user)}-{token}")
    adapter.send_mail("account/email/invitation", user.email, {"link": link})
