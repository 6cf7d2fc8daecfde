"""Invented people sign in as real ones do, and their codes are shown; nobody else's ever is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from waypost.access.actor import Actor
from waypost.access.models import Authority, User
from waypost.access.sign_in import training
from waypost.access.sign_in.invented import secret_of
from waypost.demo.service.cast import PASSWORD

pytestmark = pytest.mark.django_db

SHOWN = "here is its code"


@pytest.fixture
def user(ashdown: Authority, worker: Callable[..., Actor], settings: Settings) -> User:
    cache.clear()
    settings.IS_TRAINING = True
    found = worker("contact_worker", ashdown).user
    found.set_password(PASSWORD)
    found.save()
    return found


def asked_for_a_code(user: User) -> tuple[Client, str]:
    client = Client()
    answer = client.post("/sign-in", {"login": user.email, "password": PASSWORD})
    assert answer["Location"] == "/sign-in/code"
    return client, client.get("/sign-in/code").content.decode()


def code(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))


def test_the_printed_secret_signs_in_as_often_as_it_is_asked(user: User) -> None:
    training.set_up(user)
    for _ in range(2):
        client, page = asked_for_a_code(user)
        assert SHOWN in page
        assert client.post("/sign-in/code", {"code": code(secret_of(user.email))})["Location"] == "/"


def test_a_wrong_code_is_refused_all_the_same(user: User) -> None:
    training.set_up(user)
    client, _ = asked_for_a_code(user)
    assert client.post("/sign-in/code", {"code": "no code"}).status_code == 200
    assert client.get("/")["Location"].startswith("/sign-in")


def test_a_secret_of_their_own_is_shown_to_nobody(user: User) -> None:
    totp.TOTP.activate(user, totp.generate_totp_secret())
    assert SHOWN not in asked_for_a_code(user)[1]


def test_a_live_service_shows_none_and_takes_a_code_once(user: User, settings: Settings) -> None:
    training.set_up(user)
    settings.IS_TRAINING = False
    client, page = asked_for_a_code(user)
    assert SHOWN not in page
    now = code(secret_of(user.email))
    assert client.post("/sign-in/code", {"code": now})["Location"] == "/"
    again, _ = asked_for_a_code(user)
    assert again.post("/sign-in/code", {"code": now}).status_code == 200
