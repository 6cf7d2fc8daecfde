"""Journeys through the service: a server of this test's own, a real browser, and people who are signed in to it.

The server answers from threads, so what a test makes is committed: each journey has an empty database to begin with.
`signed_in("social_worker")` gives a page on which a person of that role is signed in; `passkeys` gives a page's browser
a device that answers for passkeys.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Route
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from waypost.access.models import Authority, RoleHeld, Team, User

# The browser is driven from a loop of its own, beside which Django would refuse to ask the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PASSWORD = "invented people only"  # noqa: S105
WIDTHS = {"desk": (1280, 900), "phone": (360, 740)}
LEVEL_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(autouse=True)
def service(transactional_db: None, settings: Settings) -> None:
    """An empty service, which asks for a second factor only where a journey is about one."""
    cache.clear()
    settings.SECOND_FACTOR_IS_NEEDED = False
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture
def ashdown(service: None) -> Authority:
    return Authority.objects.create(code="991", name="Ashdown")


@pytest.fixture
def north(ashdown: Authority) -> Team:
    return Team.objects.create(authority=ashdown, service="Family support and child protection", name="North")


@pytest.fixture
def person(ashdown: Authority, north: Team) -> Callable[..., User]:
    """Makes a person who holds a role in Ashdown, and can sign in: person("social_worker")."""

    def made(role: str, *, name: str = "Sunniva Vale") -> User:
        email = f"{name.lower().replace(' ', '.')}@ashdown.example.org"
        user = User.objects.create_user(email, name, PASSWORD)
        RoleHeld.objects.create(user=user, role_id=role, authority=ashdown, team=north, started_on=date(2020, 4, 1))
        return user

    return made


@pytest.fixture(params=WIDTHS)
def width(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Every journey is made on a desk and on a phone."""
    return WIDTHS[request.param]


@pytest.fixture
def browser(chrome: Browser, width: tuple[int, int]) -> Iterator[Callable[[], BrowserContext]]:
    """Opens a browser of its own, as another person would have; it fails the test if it asks another host anything."""
    opened: list[BrowserContext] = []
    elsewhere: list[str] = []

    def only_here(route: Route) -> None:
        if route.request.url.startswith(("http://localhost:", "data:", "about:")):
            route.continue_()
        else:
            elsewhere.append(route.request.url)
            route.abort()

    def made() -> BrowserContext:
        context = chrome.new_context(viewport={"width": width[0], "height": width[1]}, locale="en-GB")
        context.route("**/*", only_here)
        opened.append(context)
        return context

    yield made
    for each in opened:
        each.close()
    assert elsewhere == []


@pytest.fixture
def at(live_server: LiveServer) -> str:
    """Where the service is. A passkey asks for a name, so it is not a number."""
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def screen(browser: Callable[[], BrowserContext], at: str) -> Page:
    """A page on which nobody is signed in."""
    return browser().new_page()


@pytest.fixture
def signed_in(browser: Callable[[], BrowserContext], at: str, person: Callable[..., User]) -> Callable[..., Page]:
    """Gives a page on which a person is signed in: signed_in("social_worker"), or signed_in(user=someone)."""

    def made(role: str = "social_worker", *, user: User | None = None, name: str = "Sunniva Vale") -> Page:
        client = Client()
        client.force_login(user or person(role, name=name))
        context = browser()
        cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": at}])
        page = context.new_page()
        page.goto(at)
        return page

    return made


@pytest.fixture
def passkeys() -> Callable[[Page], None]:
    """Gives the browser of a page a device that keeps passkeys and always finds its person there."""

    def given(page: Page) -> None:
        devices = page.context.new_cdp_session(page)
        devices.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
        options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
        devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    return given


@pytest.fixture
def usable() -> Callable[[Page], None]:
    """Checks that everyone can use a page: axe finds nothing, and it does not scroll sideways."""

    def check(page: Page) -> None:
        page.wait_for_load_state()
        # The design system has the link back stand before the main part, in no region of its own.
        options = {"runOnly": {"type": "tag", "values": LEVEL_AA}, "rules": {"region": {"enabled": False}}}
        found = Axe().run(page, options=options).response["violations"]
        assert [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found] == []
        across = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert across[0] <= across[1]

    return check
