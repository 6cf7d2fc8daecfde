"""Behind a proxy that ends TLS, the service knows that it was asked over HTTPS, and nobody is sent round in a loop."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from waypost.config.proxies import https_header

HEADER = "X-Forwarded-Proto"


@pytest.fixture
def behind(settings: Settings) -> None:
    """The settings of a live service behind a proxy, as the environment gives them."""
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_PROXY_SSL_HEADER = https_header(HEADER)


@pytest.mark.django_db
def test_a_browser_that_asked_over_https_is_answered(behind: None, client: Client) -> None:
    answer = client.get("/sign-in", headers={HEADER: "https"})
    assert answer.status_code == 200
    assert answer["Strict-Transport-Security"]
    # A form that came from our own page over HTTPS is ours.
    sent = client.post("/sign-in", {"login": "a@example.org", "password": "wrong"}, headers={HEADER: "https"})
    assert sent.status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("said", ["http", "", "HTTPS?"])
def test_one_that_did_not_is_sent_there_once(behind: None, client: Client, said: str) -> None:
    answer = client.get("/sign-in", headers={HEADER: said})
    assert (answer.status_code, answer["Location"]) == (301, "https://testserver/sign-in")
    assert client.get("/sign-in", headers={HEADER: "https"}).status_code == 200


@pytest.mark.django_db
def test_without_the_setting_the_header_is_not_believed(client: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert settings.SECURE_PROXY_SSL_HEADER is None
    assert client.get("/sign-in", headers={HEADER: "https"}).status_code == 301


def test_the_name_of_the_header() -> None:
    assert https_header("X-Forwarded-Proto") == ("HTTP_X_FORWARDED_PROTO", "https")
    assert https_header("") is None
    with pytest.raises(ValueError, match="give the name of a header"):
        https_header("X-Forwarded-Proto: https")
