"""A social worker signs in: with a code, with a passkey, and after a forgotten password."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings

from tests.journeys.service.conftest import PASSWORD
from tests.journeys.service.doors import through
from tests.provider import providing
from waypost.access.models import Act, User
from waypost.access.sign_in.providers import origins, providers

Check = Callable[[Page], None]


def sign_in(screen: Page, at: str, user: User) -> None:
    screen.goto(at)
    screen.get_by_label("Email address").fill(user.email)
    screen.get_by_label("Password", exact=True).fill(PASSWORD)
    screen.get_by_role("button", name="Sign in", exact=True).click()


def code(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))


def test_with_an_authenticator_app(
    screen: Page, at: str, person: Callable[..., User], usable: Check, settings: Settings
) -> None:
    # Given a service that asks for a second factor, and a social worker who has none yet
    settings.SECOND_FACTOR_IS_NEEDED = True
    user = person("social_worker")
    screen.goto(at)
    usable(screen)
    # When they sign in
    sign_in(screen, at, user)
    # Then they are led to set one up, and nowhere else
    expect(screen.get_by_role("heading", level=1)).to_have_text("Second factors")
    usable(screen)
    screen.get_by_role("link", name="Set up authenticator app").click()
    secret = screen.locator(".wp-secret").inner_text()
    screen.get_by_label("Code").fill("000000")
    screen.get_by_role("button", name="Set up").click()
    expect(screen.get_by_role("alert")).to_contain_text("That code is not right")
    usable(screen)
    screen.get_by_label("Code").fill(code(secret))
    screen.get_by_role("button", name="Set up").click()
    # And they are given recovery codes
    expect(screen.locator(".wp-codes li")).to_have_count(10)
    usable(screen)
    screen.get_by_role("button", name="I have kept them").click()
    screen.get_by_role("link", name="Waypost", exact=True).click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("My work")
    # When they sign out and in again
    screen.get_by_role("button", name="Sign out").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("Sign in")
    sign_in(screen, at, user)
    # Then the code is asked for, and lets them in
    expect(screen.get_by_role("heading", level=1)).to_have_text("Enter a code")
    usable(screen)
    # A code is taken once, and here nobody waits half a minute for the next.
    cache.clear()
    screen.get_by_label("Code").fill(code(secret))
    screen.get_by_role("button", name="Continue").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("My work")
    usable(screen)


def test_with_a_passkey(
    screen: Page, at: str, person: Callable[..., User], usable: Check, passkeys: Callable[[Page], None]
) -> None:
    # Given a social worker whose computer keeps passkeys
    user = person("social_worker")
    passkeys(screen)
    sign_in(screen, at, user)
    screen.get_by_role("link", name=re.compile(user.name)).click()
    usable(screen)
    # When they add one that is enough by itself
    screen.get_by_role("link", name="Set up second factors").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("Second factors")
    screen.wait_for_load_state()
    screen.get_by_role("link", name="Add passkeys").click()
    screen.get_by_label("Name of the passkey").fill("Work laptop")
    screen.get_by_label("Sign in with this passkey alone").check()
    usable(screen)
    screen.get_by_role("button", name="Add the passkey").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    screen.get_by_role("button", name="I have kept them").click()
    screen.get_by_role("link", name="Change passkeys").click()
    expect(screen.get_by_role("term")).to_have_text("Work laptop")
    usable(screen)
    # And sign out, and in again with it
    screen.get_by_role("button", name="Sign out").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("Sign in")
    screen.wait_for_load_state()
    screen.get_by_role("button", name="Sign in with a passkey").click()
    # Then they are in, without a password or a code
    expect(screen.get_by_role("heading", level=1)).to_have_text("My work")
    assert list(Act.objects.filter(what="sign in").values_list("by", flat=True)) == [user.pk] * 2
    # And their devices say where they are
    screen.goto(f"{at}/account/devices")
    expect(screen.get_by_text("This device")).to_be_visible()
    usable(screen)


def test_a_passkey_as_the_second_factor(
    screen: Page, at: str, person: Callable[..., User], usable: Check, passkeys: Callable[[Page], None]
) -> None:
    # Given a social worker with a passkey that follows the password
    user = person("social_worker")
    passkeys(screen)
    sign_in(screen, at, user)
    expect(screen.get_by_role("heading", level=1)).to_have_text("My work")
    screen.goto(f"{at}/account/second-factors/passkeys/add")
    screen.get_by_role("button", name="Add the passkey").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    screen.get_by_role("button", name="Sign out").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("Sign in")
    # When they give their password
    sign_in(screen, at, user)
    # Then the passkey lets them in
    expect(screen.get_by_role("heading", level=1)).to_have_text("Enter a code")
    screen.wait_for_load_state()
    screen.get_by_role("button", name="Use a passkey").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("My work")
    usable(screen)


def test_a_browser_without_a_passkey_says_so(screen: Page, at: str, usable: Check) -> None:
    # Given a browser that cannot give a passkey
    screen.goto(at)
    screen.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('none')); }")
    expect(screen.get_by_text("The passkey was not used")).to_be_hidden()
    # When it is asked for one
    screen.get_by_role("button", name="Sign in with a passkey").click()
    # Then the page says so in words
    expect(screen.get_by_text("The passkey was not used")).to_be_visible()
    usable(screen)


def test_too_many_wrong_passwords(screen: Page, at: str, person: Callable[..., User], usable: Check) -> None:
    # Given someone who has forgotten a password
    user = person("social_worker")
    screen.goto(at)
    # When they try five that are wrong
    for attempt in range(5):
        screen.get_by_label("Email address").fill(user.email)
        screen.get_by_label("Password", exact=True).fill("not it")
        screen.get_by_role("button", name="Sign in", exact=True).click()
        if attempt == 0:
            usable(screen)
    # Then they are told to wait, and what they can do
    expect(screen.get_by_role("heading", level=1)).to_have_text("Wait before you try again")
    usable(screen)
    screen.get_by_role("link", name="set a new one").click()
    usable(screen)
    # And an email is on its way
    screen.get_by_label("Email address").fill(user.email)
    screen.get_by_role("button", name="Send the email").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("Check your email")
    usable(screen)


def test_a_person_joins(
    signed_in: Callable[..., Page], screen: Page, at: str, usable: Check, mailoutbox: list[object]
) -> None:
    # Given an administrator
    page = signed_in("administrator", name="Gideon Marsh")
    through(page, "People and roles")
    usable(page)
    # When they open an account and give its person a role
    page.get_by_role("button", name="Open an account").click()
    page.get_by_label("Full name").fill("Tamsin Reed")
    page.get_by_label("Email address").fill("tamsin.reed@ashdown.example.org")
    page.get_by_label("Family name").fill("Reed")
    page.get_by_label("Home address").fill("3 Cinder Path")
    page.get_by_label("Home postcode").fill("AA3 3AA")
    usable(page)
    page.get_by_role("button", name="Open the account").click()
    page.get_by_role("button", name="Give a role").click()
    page.get_by_label("Role").select_option(label="Social worker")
    page.get_by_role("button", name="Give the role").click()
    expect(page.get_by_role("alert")).to_contain_text("Select a team")
    usable(page)
    page.get_by_label("Team").select_option(label="North, Ashdown")
    page.get_by_role("button", name="Give the role").click()
    expect(page.get_by_role("table")).to_contain_text("Social worker")
    usable(page)
    # Then the person sets a password by the link that was sent, and is in
    link = re.search(r"http\S+", mailoutbox[0].body)[0]
    screen.goto(link)
    usable(screen)
    screen.get_by_label("New password", exact=True).fill("kettle lantern orchard")
    screen.get_by_label("New password again").fill("kettle lantern orchard")
    screen.get_by_role("button", name="Set password").click()
    screen.get_by_role("button", name="Sign in").click()
    screen.get_by_label("Email address").fill("tamsin.reed@ashdown.example.org")
    screen.get_by_label("Password", exact=True).fill("kettle lantern orchard")
    screen.get_by_role("button", name="Sign in", exact=True).click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("My work")
    usable(screen)


def test_with_the_organisations_own_account(
    chrome: Browser,
    width: tuple[int, int],
    at: str,
    person: Callable[..., User],
    usable: Check,
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Given an authority whose staff have accounts of their own, at a provider of its own
    user = person("social_worker")
    monkeypatch.setenv("ASHDOWN_IDENTITY_SECRET", "not a secret")
    with providing(tmp_path / "providers.yaml") as provider:
        provider.who = {"sub": "1", "email": user.email, "email_verified": True}
        found = providers(str(tmp_path / "providers.yaml"))
        asked = {**settings.SOCIALACCOUNT_PROVIDERS["openid_connect"], "APPS": found}
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": asked}
        policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        led_to = {**policy, "form-action": ["'self'", *origins(found)]}
        settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": led_to}
        page = chrome.new_context(viewport={"width": width[0], "height": width[1]}).new_page()
        page.goto(f"{at}/people")
        usable(page)
        # When they choose it
        page.get_by_role("button", name="Sign in with Ashdown staff account").click()
        # Then they come back signed in, where they were going
        expect(page.get_by_role("heading", level=1)).to_have_text("Find a person")
        usable(page)
        # When the provider speaks of someone who has no account here
        page.get_by_role("button", name="Sign out").click()
        provider.who = {"sub": "2", "email": "nobody@ashdown.example.org", "email_verified": True}
        page.get_by_role("button", name="Sign in with Ashdown staff account").click()
        # Then they are told so, and are not in
        expect(page.get_by_text("There is no account for you here")).to_be_visible()
        usable(page)
        page.context.close()
