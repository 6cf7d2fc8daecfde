"""Signing in with the organisation's own account, at a small provider that answers on this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from tests.provider import FILE, Provider, providing
from waypost.access.actor import Actor
from waypost.access.models import Act, Authority, User
from waypost.access.sign_in.providers import origins, providers

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Provider]]:
    """A service with one provider in its file."""
    cache.clear()
    monkeypatch.setenv("ASHDOWN_IDENTITY_SECRET", "not a secret")
    file = tmp_path / "providers.yaml"
    with providing(file) as found:
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {**settings.SOCIALACCOUNT_PROVIDERS["openid_connect"], "APPS": providers(str(file))}
        }
        yield found


@pytest.fixture
def user(ashdown: Authority, worker: Callable[..., Actor]) -> User:
    found = worker("social_worker", ashdown).user
    found.email = "sunniva.vale@ashdown.example.org"
    found.set_password("invented people only")
    found.save()
    return found


def come_back(client: Client, wanted: str = "") -> Any:
    """Goes to the provider and comes back as whoever it says."""
    answer = client.post(f"/sign-in/with/ashdown-staff-account?process=login{wanted}")
    asked = parse_qs(urlsplit(answer["Location"]).query)
    assert "code_challenge" in asked
    return client.get("/sign-in/with/ashdown-staff-account/back", {"state": asked["state"][0], "code": "x"})


def test_the_sign_in_page_offers_it(client: Client, provider: type[Provider]) -> None:
    assert "Sign in with Ashdown staff account" in client.get("/sign-in").content.decode()


def test_someone_with_an_account_here_is_let_in_and_nothing_is_kept_of_the_provider(
    client: Client, provider: type[Provider], user: User
) -> None:
    provider.who = {"sub": "1", "email": user.email, "email_verified": True}
    assert come_back(client, "&next=/people")["Location"] == "/people"
    assert client.get("/account").status_code == 200
    assert Act.objects.get(what="sign in").by == user
    assert not SocialAccount.objects.exists()
    user.refresh_from_db()
    assert user.has_usable_password()


@pytest.mark.parametrize(
    "said",
    [
        {"email": "sunniva.vale@ashdown.example.org", "email_verified": False},
        {"email": "sunniva.vale@ashdown.example.org"},
        {"email": "nobody@ashdown.example.org", "email_verified": True},
        {"name": "Sunniva Vale"},
    ],
)
def test_nobody_else_is_and_no_account_is_made(
    client: Client, provider: type[Provider], user: User, said: dict[str, Any]
) -> None:
    provider.who = {"sub": "1", **said}
    assert "There is no account for you here" in come_back(client).content.decode()
    assert client.get("/").status_code == 302
    assert User.objects.count() == 1


def test_a_provider_is_believed_about_its_own_addresses_only(
    client: Client, provider: type[Provider], user: User
) -> None:
    User.objects.filter(pk=user.pk).update(email="nerys.brook@brookvale.example.org")
    provider.who = {"sub": "1", "email": "nerys.brook@brookvale.example.org", "email_verified": True}
    assert "There is no account for you here" in come_back(client).content.decode()


def test_a_closed_account_stays_closed(client: Client, provider: type[Provider], user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)
    provider.who = {"sub": "1", "email": user.email, "email_verified": True}
    come_back(client)
    assert client.get("/").status_code == 302


def test_someone_with_no_password_here_unlocks_by_signing_in_again(
    client: Client, provider: type[Provider], user: User, settings: Settings
) -> None:
    user.set_unusable_password()
    user.save()
    provider.who = {"sub": "1", "email": user.email, "email_verified": True}
    come_back(client)
    client.get("/")
    settings.LOCK_AFTER = -1
    locked = client.get("/people")["Location"]
    page = client.get(locked).content.decode()
    assert "Sign in again" in page
    assert 'name="password"' not in page
    assert client.post("/sign-out", {"next": "/people"})["Location"] == "/sign-in?next=%2Fpeople"
    settings.LOCK_AFTER = 900
    come_back(client)
    assert client.get("/account/password")["Location"] == "/account"


def test_a_file_that_lacks_something_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "providers.yaml"
    file.write_text("- name: Ashdown staff account\n  client_id: waypost\n", encoding="utf-8")
    with pytest.raises(ValueError, match="lacks server_url, secret"):
        providers(str(file))
    file.write_text(FILE.format(server="https://identity.example.org/staff"), encoding="utf-8")
    monkeypatch.delenv("ASHDOWN_IDENTITY_SECRET", raising=False)
    with pytest.raises(ValueError, match="the environment lacks ASHDOWN_IDENTITY_SECRET"):
        providers(str(file))
    monkeypatch.setenv("ASHDOWN_IDENTITY_SECRET", "not a secret")
    assert origins(providers(str(file))) == ["https://identity.example.org"]
    assert providers(None) == []
