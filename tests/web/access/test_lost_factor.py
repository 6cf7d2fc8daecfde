"""A lost second factor: removed with a reason by whoever checked who asks, and both the person and the owner told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from waypost.access.actor import Actor
from waypost.access.models import Act, Authority, User
from waypost.access.people.factors import reset_factor
from waypost.access.rules import NotAllowed

pytestmark = pytest.mark.django_db
PASSWORD = "kettle lantern orchard"  # noqa: S105
SENT = {"checked": "called", "note": "Their telephone fell into the river on Friday."}


@pytest.fixture(autouse=True)
def asked_for(settings: Settings) -> None:
    cache.clear()
    settings.SECOND_FACTOR_IS_NEEDED = True


@pytest.fixture
def owner(ashdown: Authority, worker: Callable[..., Actor]) -> User:
    return worker("data_owner", ashdown).user


@pytest.fixture
def user(ashdown: Authority, worker: Callable[..., Actor]) -> User:
    found = worker("team_manager", ashdown).user
    found.set_password(PASSWORD)
    found.save()
    secret = generate_totp_secret()
    TOTP.activate(found, secret)
    RecoveryCodes.activate(found)
    found.secret = secret
    return found


@pytest.fixture
def asking(client: Client, ashdown: Authority, worker: Callable[..., Actor], settings: Settings) -> Client:
    administrator = worker("administrator", ashdown).user
    TOTP.activate(administrator, generate_totp_secret())
    client.force_login(administrator)
    return client


def signed_in(user: Any) -> Client:
    """Someone who has signed in with their password and a code."""
    theirs = Client()
    theirs.post("/sign-in", {"login": user.email, "password": PASSWORD})
    now = format_hotp_value(hotp_value(user.secret, next(iter(yield_hotp_counters_from_time()))))
    theirs.post("/sign-in/code", {"code": now})
    assert theirs.get("/account").status_code == 200
    return theirs


def test_it_is_removed_and_a_new_one_is_set_up(asking: Client, user: User, owner: User) -> None:
    theirs = signed_in(user)
    page = asking.get(f"/accounts/{user.pk}/second-factor").content.decode()
    assert "call them back on the number in the staff directory" in page
    asking.post(f"/accounts/{user.pk}/second-factor", SENT)
    assert not Authenticator.objects.filter(user=user).exists()
    # Every session of theirs has ended.
    assert theirs.get("/account")["Location"].startswith("/sign-in")
    again = Client()
    assert again.post("/sign-in", {"login": user.email, "password": PASSWORD})["Location"] == "/"
    assert again.get("/audit")["Location"] == "/account/second-factors"
    line = Act.objects.get(what="reset second factor")
    assert line.rows == [f"access.user:{user.pk}"]
    assert line.because.startswith("I called them back on the number in the staff directory")
    assert "river" in line.because


def test_the_person_and_the_data_owner_are_told_and_nothing_is_said_of_anyone(
    asking: Client, user: User, owner: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        asking.post(f"/accounts/{user.pk}/second-factor", SENT)
    told = {message.to[0]: message for message in mail.outbox}
    assert set(told) == {user.email, owner.email}
    assert "set up a new one" in told[user.email].body
    assert "If you did not ask for this" in told[user.email].body
    for message in told.values():
        for said in (user.name, "river", str(user.pk)):
            assert said not in message.body + message.subject


def test_who_they_are_must_have_been_checked(asking: Client, user: User) -> None:
    page = asking.post(f"/accounts/{user.pk}/second-factor", {"note": "Lost"}).content.decode()
    assert page.count("Select how you checked who they are") == 2
    assert page.count("Say why in a full sentence") == 2
    assert Authenticator.objects.filter(user=user).exists()
    assert mail.outbox == []


def test_nobody_resets_their_own_or_anothers_outside_their_authority(
    ashdown: Authority, brookvale: Authority, user: User, worker: Callable[..., Actor]
) -> None:
    here = worker("administrator", ashdown)
    for by, whose in (
        (here, here.user),
        (worker("administrator", brookvale), user),
        (worker("director", ashdown), user),
    ):
        with pytest.raises(NotAllowed):
            reset_factor(whose, checked="seen", note="It was lost on the way home.", where="/", by=by)
    assert Authenticator.objects.filter(user=user).exists()
