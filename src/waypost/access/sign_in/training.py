"""The authenticator app of an invented person, whom nobody is.

Its secret follows from their email address and is printed with their password, so that a demonstration is signed in to
just as a live service is. The page that asks for the code shows it too. Nothing of this holds where a service is not
for training, or for an account with a secret of its own.
"""

from __future__ import annotations

from hmac import compare_digest

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.core.cache import cache

from waypost.access.models import User
from waypost.access.sign_in.invented import secret_of


def set_up(user: User) -> None:
    """Gives an invented person their authenticator app."""
    auth.TOTP.activate(user, secret_of(user.email))


def code_now(user: User) -> str:
    """The code that an invented person would enter now; nothing for anyone else."""
    return _code(user) if _app(user) else ""


def may_be_used_again(user: User) -> None:
    """A code is taken once. An invented person may be several people who look round at the same time."""
    app = _app(user)
    if app:
        cache.delete(auth.TOTP(app)._get_used_cache_key(_code(user)))


def _code(user: User) -> str:
    counter = next(iter(auth.yield_hotp_counters_from_time()))
    return str(auth.format_hotp_value(auth.hotp_value(secret_of(user.email), counter)))


def _app(user: User) -> Authenticator | None:
    if not settings.IS_TRAINING:
        return None
    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    is_known = found is not None and compare_digest(decrypt(found.data["secret"]), secret_of(user.email))
    return found if is_known else None
