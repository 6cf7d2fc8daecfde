"""The shell: the pages that say what went wrong, the training banner, and whether the service is well."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from waypost.access.actor import Actor
from waypost.access.models import Authority
from waypost.web import errors, health

pytestmark = pytest.mark.django_db


@pytest.fixture
def asking(client: Client, ashdown: Authority, worker: Callable[..., Actor]) -> Client:
    client.raise_request_exception = False
    client.force_login(worker("social_worker", ashdown).user)
    return client


def breaking(request: HttpRequest) -> HttpResponse:
    raise DatabaseError("the disk is full of Maya Marlowe")


# ---------------------------------------------------------------- what went wrong


def test_an_address_that_is_not_there(asking: Client) -> None:
    answer = asking.get("/no-such-page")
    assert answer.status_code == 404
    assert '<h1 class="govuk-heading-l">Page not found</h1>' in answer.content.decode()


def test_a_refusal_says_why(asking: Client) -> None:
    answer = asking.get("/warnings")
    assert answer.status_code == 403
    # And in the words of the rule.
    assert "Your role does not let you approve another person" in answer.content.decode()


def test_what_cannot_be_read(asking: Client) -> None:
    answer = asking.get("/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "We could not read that" in answer.content.decode()


def test_a_form_that_has_expired_says_that_the_draft_is_kept(asking: Client) -> None:
    guarded = Client(enforce_csrf_checks=True)
    guarded.cookies = asking.cookies
    answer = guarded.post("/people", {"typed": "Maya"})
    assert answer.status_code == 403
    assert "This form has expired" in answer.content.decode()


def test_a_fault_is_told_without_asking_the_database(
    asking: Client, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    from waypost.access import middleware

    monkeypatch.setattr(middleware.WhoIsAsking, "__call__", lambda self, request: breaking(request))
    answer = asking.get("/people")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Sorry, there is a problem with Waypost" in page
    assert answer["X-Request-Number"] in page
    assert "Maya" not in page


def test_a_fault_page_asks_nothing(django_assert_num_queries: Callable[..., object]) -> None:
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        assert errors.our_fault(RequestFactory().get("/")).status_code == 500


# ---------------------------------------------------------------- training or live


@pytest.mark.parametrize("is_training", [True, False])
def test_training_says_so_on_every_page_and_live_never(is_training: bool, asking: Client, settings: Settings) -> None:
    settings.IS_TRAINING = is_training
    out = Client()
    answers = [asking.get(path) for path in ("/work", "/people", "/no-such-page", "/warnings", "/locked")]
    answers += [out.get("/sign-in"), errors.our_fault(RequestFactory().get("/"))]
    for answer in answers:
        page = answer.content.decode()
        assert ("Everyone here is invented. Record nothing real." in page) == is_training
        assert ("wp-training" in page) == is_training


# ---------------------------------------------------------------- whether it is well


@pytest.fixture
def migrations(settings: Settings) -> None:
    """The service's own migrations are read, whether or not the tests made their tables with them."""
    settings.MIGRATION_MODULES = {}


@pytest.mark.usefixtures("migrations")
def test_it_is_alive_and_ready_without_signing_in(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "MigrationExecutor", UpToDate)
    assert client.get("/health/alive").json() == {"alive": True}
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()) == (200, {"ready": True})


class UpToDate(health.MigrationExecutor):
    """The tests may have made the tables without migrations, so here those that are done are said."""

    missing: tuple[str, ...] = ()

    def migration_plan(self, *given: Any, **named: Any) -> Any:
        self.loader.applied_migrations = {
            key: each for key, each in self.loader.graph.nodes.items() if key[0] not in self.missing
        }
        return super().migration_plan(*given, **named)


class Behind(UpToDate):
    missing = ("casework",)


@pytest.mark.usefixtures("migrations")
def test_a_missing_migration_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "MigrationExecutor", Behind)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()) == (503, {"ready": False})
    assert client.get("/health/alive").status_code == 200


def test_a_database_that_does_not_answer_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(health, "MigrationExecutor", fail)
    assert client.get("/health/ready").status_code == 503


def test_whoever_watches_asks_only(client: Client) -> None:
    """A probe that sends a session of somebody's does not keep that session open."""
    for name in ("/health/alive", "/health/ready"):
        assert "Set-Cookie" not in client.get(name)
