"""Where allauth asks us: its words, whom it lets in, and how it keeps the secrets of second factors."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from waypost.access.sign_in.limits import is_password
from waypost.access.sign_in.session import SIGNED_IN_AT

DONE = {
    "account/messages/password_changed.txt": "Your password has been changed.",
    "mfa/messages/totp_activated.txt": "Your authenticator app has been set up.",
    "mfa/messages/totp_deactivated.txt": "Your authenticator app has been removed.",
    "mfa/messages/webauthn_added.txt": "Your passkey has been added.",
    "mfa/messages/webauthn_removed.txt": "Your passkey has been removed.",
}
"""What is said of the library's own messages; the rest are not worth a banner."""


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are opened by an administrator and by nobody else."""

    error_messages = {  # noqa: RUF012  the library reads it so
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The email address or the password is not right",
        "incorrect_password": "That is not your password",
        "enter_current_password": "That is not your password",
        "incorrect_code": "That code is not right. Codes change every 30 seconds, so use the one showing now",
        "too_many_login_attempts": "There were too many wrong codes. Wait 5 minutes, then try again",
        "rate_limited": "There were too many wrong codes. Wait 5 minutes, then try again",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Passwords are counted by axes, by account and place together. The library's own count stays for codes."""

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        return is_password(self.request, user, password)

    def is_reauthentication_required(self, *, app: str, **_: Any) -> bool:
        """Someone who has only just signed in is not asked again."""
        since = timezone.now().timestamp() - self.request.session.get(SIGNED_IN_AT, 0)
        return bool(since > app_settings.REAUTHENTICATION_TIMEOUT)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("your_account")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        said = message or DONE.get(message_template or "")
        if said:
            messages.add_message(request, level, said, extra_tags=extra_tags)


class Providers(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """A provider opens an account that is there already, by an email address that it says is verified."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        domains = login.provider.app.settings["domains"]
        return not domains or email.rpartition("@")[2].lower() in domains

    def authenticate_by_email(self, sociallogin: Any) -> tuple[Any, str] | None:
        """The account, and no address with it: given one, the library would wipe the account's password.

        It does so because elsewhere a stranger may have opened the account; here only an administrator can have.
        """
        found = super().authenticate_by_email(sociallogin)
        return (found[0], "") if found else None


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of second factors are encrypted under the service's key, so that a database alone opens no account."""

    error_messages = {  # noqa: RUF012  the library reads it so
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": Accounts.error_messages["incorrect_code"],
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:
        return "My passkey"

    def _get_site_name(self) -> str:
        return str(settings.MFA_TOTP_ISSUER)


def _cipher() -> Fernet:
    key = salted_hmac("waypost.access.second_factors", "key", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
