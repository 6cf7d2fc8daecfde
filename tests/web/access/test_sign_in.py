"""Signing in, as a browser does it, and what the trail keeps."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from axes.models import AccessAttempt
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pytest_django import Settings

from waypost.access.actor import Actor
from waypost.access.models import Act, Authority, User

pytestmark = pytest.mark.django_db

PASSWORD = "invented people only"  # noqa: S105
NEW_PASSWORD = "kettle lantern orchard"  # noqa: S105


@pytest.fixture
def user(ashdown: Authority, worker: Callable[..., Actor]) -> User:
    cache.clear()
    found = worker("contact_worker", ashdown).user
    found.set_password(PASSWORD)
    found.save()
    return found


def sign_in(client: Client, user: User, password: str = PASSWORD, **given: str):
    return client.post("/sign-in", {"login": user.email, "password": password}, **given)


def with_app(user: User) -> str:
    """Gives an authenticator app, and its secret."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    return secret


def code(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))


def lines() -> list[str]:
    return list(Act.objects.filter(kind=Act.ACCESS).values_list("what", flat=True).order_by("pk"))


def test_a_page_leads_to_sign_in_and_back(client: Client, user: User) -> None:
    answer = client.get("/people")
    assert answer["Location"] == "/sign-in?next=/people"
    answer = client.post("/sign-in?next=/people", {"login": user.email.upper(), "password": PASSWORD})
    assert answer["Location"] == "/people"
    assert Act.objects.get(kind=Act.ACCESS).by == user
    assert lines() == ["sign in"]
    assert client.session.get_expire_at_browser_close()


@pytest.mark.parametrize("wanted", ["https://elsewhere.example.org/", "//elsewhere.example.org", "javascript:alert(1)"])
def test_it_leads_to_pages_of_ours_only(client: Client, user: User, wanted: str) -> None:
    answer = client.post("/sign-in", {"login": user.email, "password": PASSWORD, "next": wanted})
    assert answer["Location"] == "/"
    page = Client().get("/sign-in", {"next": wanted}).content.decode()
    assert 'action="/sign-in/passkey"' in page


def test_a_password_then_a_code(client: Client, user: User) -> None:
    secret = with_app(user)
    answer = sign_in(client, user)
    assert answer["Location"] == "/sign-in/code"
    assert client.get("/")["Location"].startswith("/sign-in")
    assert lines() == []
    wrong = client.post("/sign-in/code", {"code": "000000"}).content.decode()
    assert wrong.count("That code is not right") == 2
    assert client.post("/sign-in/code", {"code": code(secret)})["Location"] == "/"
    assert client.get("/account").status_code == 200
    assert lines() == ["wrong code", "sign in"]


def test_codes_cannot_be_tried_one_after_another(client: Client, user: User) -> None:
    secret = with_app(user)
    sign_in(client, user)
    for _ in range(5):
        client.post("/sign-in/code", {"code": "000000"})
    page = client.post("/sign-in/code", {"code": code(secret)})
    assert "There were too many wrong codes" in page.content.decode()
    assert client.get("/").status_code == 302


def test_the_secret_of_an_app_is_not_kept_in_the_clear(user: User) -> None:
    secret = with_app(user)
    assert secret not in str(Authenticator.objects.get().data)


def test_five_wrong_passwords_lock_one_place_out_of_one_account(
    client: Client, user: User, ashdown: Authority, worker: Callable[..., Actor]
) -> None:
    answers = [sign_in(client, user, "not it") for _ in range(5)]
    assert [each.status_code for each in answers] == [200, 200, 200, 200, 429]
    assert "The email address or the password is not right" in answers[0].content.decode()
    page = sign_in(client, user)
    assert page.status_code == 429
    assert "You can try again in 15 minutes" in page.content.decode()
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert sign_in(elsewhere, user).status_code == 302
    other = worker("social_worker", ashdown).user
    other.set_password(PASSWORD)
    other.save()
    assert sign_in(Client(), other).status_code == 302


def test_neither_the_trail_nor_the_count_keeps_what_was_typed(client: Client, user: User) -> None:
    sign_in(client, user, "not it")
    client.post("/sign-in", {"login": "secret@words.example.org", "password": "typed in the wrong box"})
    first, second = Act.objects.filter(kind=Act.ACCESS).order_by("pk")
    assert (first.what, first.by, first.rows) == ("sign-in failed", None, [f"access.user:{user.pk}"])
    assert (second.what, second.by, second.rows) == ("sign-in failed", None, [])
    kept = str(list(AccessAttempt.objects.values()))
    assert "@" not in kept
    assert "not it" not in kept
    assert "wrong box" not in kept


def test_a_closed_account_says_so_to_who_knows_its_password_only(client: Client, user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert "not right" in sign_in(client, user, "not it").content.decode()
    assert sign_in(client, user)["Location"] == "/sign-in/closed"
    assert "This account is closed" in client.get("/sign-in/closed").content.decode()


def test_closing_an_account_ends_its_sessions(client: Client, user: User) -> None:
    sign_in(client, user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/")["Location"].startswith("/sign-in")


@pytest.mark.parametrize(
    "name", ["account_signup", "account_email", "socialaccount_signup", "socialaccount_connections"]
)
def test_nobody_opens_an_account_for_themselves(client: Client, name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)
    assert client.get("/sign-in").content.decode().count("sign-up") == 0


def test_a_forgotten_password_is_set_by_a_link_that_says_nothing_about_anyone(client: Client, user: User) -> None:
    for email in (user.email, "nobody@example.org"):
        answer = client.post("/password/forgotten", {"email": email})
        assert answer["Location"] == "/password/forgotten/sent"
    (sent,) = mail.outbox
    assert sent.to == [user.email]
    assert user.name not in sent.body + sent.subject
    link = re.search(r"http://testserver(/password/new/\S+)", sent.body)
    form = client.get(link[1], follow=True).redirect_chain[-1][0]
    wrong = client.post(form, {"password1": "short", "password2": "short"})
    assert "at least 12 characters" in wrong.content.decode()
    answer = client.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert answer["Location"] == "/password/set"
    assert sign_in(client, user, NEW_PASSWORD)["Location"] == "/"
    assert "This link no longer works" in Client().get(link[1]).content.decode()
    assert lines() == ["set password by email", "sign in"]


def test_a_password_is_changed_by_who_knows_it(client: Client, user: User) -> None:
    sign_in(client, user)
    typed = {"oldpassword": "not it", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert "That is not your password" in client.post("/account/password", typed).content.decode()
    assert client.post("/account/password", {**typed, "oldpassword": PASSWORD})["Location"] == "/account"
    assert "Your password has been changed" in client.get("/account").content.decode()
    assert lines()[-1] == "change password"


def test_sign_out_is_asked_for_by_a_button(client: Client, user: User) -> None:
    sign_in(client, user)
    assert client.get("/sign-out").status_code == 405
    assert client.post("/sign-out")["Location"] == "/sign-in"
    assert client.get("/")["Location"].startswith("/sign-in")
    assert lines() == ["sign in", "sign out"]


def test_a_device_that_is_signed_out_is_out(client: Client, user: User) -> None:
    lost = Client(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537.36", REMOTE_ADDR="192.0.2.7")
    sign_in(lost, user)
    sign_in(client, user)
    page = client.get("/account/devices").content.decode()
    assert "Chrome on Windows" in page
    assert "192.0.2.7" in page
    assert page.count("This device") == 1
    key = re.search(r"/account/devices/(\d+)/sign-out", page)[1]
    assert lost.get("/account").status_code == 200
    client.post(f"/account/devices/{key}/sign-out")
    assert lost.get("/")["Location"].startswith("/sign-in")
    assert client.get("/account").status_code == 200
    assert lines()[-1] == "sign out a device"


def test_nobody_signs_out_the_device_of_another(
    client: Client, user: User, ashdown: Authority, worker: Callable[..., Actor]
) -> None:
    sign_in(client, user)
    from allauth.usersessions.models import UserSession

    stranger = Client()
    stranger.force_login(worker("contact_worker", ashdown).user)
    key = UserSession.objects.get(user=user).pk
    assert stranger.post(f"/account/devices/{key}/sign-out").status_code == 404
    assert client.get("/account").status_code == 200


def test_all_other_devices_are_signed_out(client: Client, user: User) -> None:
    others = [Client(), Client()]
    for each in (*others, client):
        sign_in(each, user)
    assert "Sign out all the others" in client.get("/account/devices").content.decode()
    client.post("/account/devices/sign-out")
    assert [each.get("/account").status_code for each in (*others, client)] == [302, 302, 200]


def test_a_session_ends_at_its_age_and_keeps_what_was_sent(client: Client, user: User) -> None:
    sign_in(client, user)
    session = client.session
    session["signed_in_at"] -= timedelta(hours=12).total_seconds() + 1
    session.save()
    answer = client.post("/people/new", {"given": "Maya"})
    assert answer["Location"] == "/sign-in?next=%2Fpeople%2Fnew"
    sign_in(client, user)
    client.post("/people", {"typed": "Maya"})
    assert 'value="Maya"' in client.get("/people/new").content.decode()


def test_what_unlocks_is_counted_as_at_sign_in(client: Client, user: User) -> None:
    sign_in(client, user)
    answers = [client.post("/locked", {"password": "not it"}).status_code for _ in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    assert client.post("/locked", {"password": PASSWORD}).status_code == 429
    assert lines().count("wrong password") == 6


def test_a_secret_is_never_kept_as_a_draft(client: Client, user: User, settings: Settings) -> None:
    from waypost.web.models import Draft

    sign_in(client, user)
    client.get("/")
    settings.LOCK_AFTER = -1
    client.post("/account/password", {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert not Draft.objects.exists()


# ---------------------------------------------------------------- second factors


def test_a_role_that_opens_records_asks_for_a_second_factor(client: Client, user: User, settings: Settings) -> None:
    settings.SECOND_FACTOR_IS_NEEDED = True
    sign_in(client, user)
    for address in ("/", "/people"):
        assert client.get(address)["Location"] == "/account/second-factors"
    page = client.get("/account/second-factors").content.decode()
    assert "your password alone is not enough" in page
    with_app(user)
    assert client.get("/account").status_code == 200


def test_a_role_that_opens_nothing_does_not(
    client: Client, ashdown: Authority, worker: Callable[..., Actor], settings: Settings
) -> None:
    settings.SECOND_FACTOR_IS_NEEDED = True
    client.force_login(worker("committee_member", ashdown).user)
    assert client.get("/account").status_code == 200


def test_an_app_is_set_up_and_removed(client: Client, user: User, settings: Settings) -> None:
    settings.SECOND_FACTOR_IS_NEEDED = True
    sign_in(client, user)
    page = client.get("/account/second-factors/app").content.decode()
    picture = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', page)[1]
    assert b"<svg" in base64.b64decode(picture)
    secret = re.search(r'class="wp-secret">(\w+)<', page)[1]
    assert client.post("/account/second-factors/app", {"code": "000000"}).content.decode().count("not right") == 2
    answer = client.post("/account/second-factors/app", {"code": code(secret)})
    assert answer["Location"] == "/account/second-factors/codes"
    codes = re.search(r'wp-codes">(.*?)</ul>', client.get(answer["Location"]).content.decode())[1]
    assert codes.count("<li>") == 10
    assert client.get("/account").status_code == 200
    assert client.post("/account/second-factors/app/remove")["Location"] == "/account/second-factors"
    assert client.get("/")["Location"] == "/account/second-factors"
    assert "remove second factor" in lines()


def test_a_recovery_code_works_once(client: Client, user: User) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    with_app(user)
    one = RecoveryCodes.activate(user).get_unused_codes()[0]
    sign_in(client, user)
    assert client.post("/sign-in/code", {"code": one})["Location"] == "/"
    again = Client()
    sign_in(again, user)
    assert "not right" in again.post("/sign-in/code", {"code": one}).content.decode()


def test_a_change_of_second_factors_asks_again_who_it_is(client: Client, user: User) -> None:
    sign_in(client, user)
    session = client.session
    session["signed_in_at"] -= timedelta(minutes=6).total_seconds()
    session.save()
    answer = client.get("/account/second-factors/app")
    assert answer["Location"].startswith("/account/confirm?next=")
    assert "That is not your password" in client.post(answer["Location"], {"password": "not it"}).content.decode()
    assert client.post(answer["Location"], {"password": PASSWORD})["Location"] == "/account/second-factors/app"


@pytest.mark.parametrize(
    "address",
    [
        "/account", "/account/devices", "/account/password", "/account/second-factors",
        "/account/second-factors/app", "/account/second-factors/passkeys", "/account/second-factors/passkeys/add",
    ],
)  # fmt: skip
def test_each_page_of_an_account_draws(client: Client, user: User, address: str) -> None:
    sign_in(client, user)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/sign-in/stopped", "/sign-in/failed", "/sign-in/closed", "/password/set"])
def test_each_page_before_signing_in_draws(client: Client, db: None, address: str) -> None:
    assert client.get(address).status_code in (200, 401)


@pytest.mark.parametrize(("address", "count"), [("/account", 8), ("/account/devices", 11)])
def test_how_many_questions_a_page_asks(
    client: Client, user: User, address: str, count: int, django_assert_num_queries
) -> None:
    sign_in(client, user)
    client.get(address)
    with django_assert_num_queries(count):
        client.get(address)
