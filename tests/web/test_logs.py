"""Logs say what was done and how it went, each line as JSON, and never a word of what was asked or typed."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client
from pytest_django import Settings

from waypost.access.actor import Actor
from waypost.access.models import Authority
from waypost.config.logs import LOGGING, AsJson
from waypost.records.casework.models import Child
from waypost.records.casework.views import child as child_views

pytestmark = pytest.mark.django_db

PASSWORD = "a wrong password"  # noqa: S105
TYPED = {
    "given": "Zephyrine",
    "family": "Marlowe",
    "birth": "born",
    "evidence": "She said so",
    "login": "maya@x.example",
}
NEVER = ("Zephyrine", "Marlowe", "Maya", "maya@x", "example.org", "She said so", "14 Alder Row", PASSWORD, "AA1 1AB")


@pytest.fixture
def lines() -> Iterator[Callable[[], list[str]]]:
    """What the service writes to its log, by the handlers and levels that it has when it is live."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(AsJson())
    held = [logging.getLogger(), *(logging.getLogger(name) for name in LOGGING["loggers"])]
    hears = [each for each in held if each.name == "root" or LOGGING["loggers"][each.name].get("handlers")]
    for each in hears:
        each.addHandler(handler)
    yield lambda: written.getvalue().splitlines()
    for each in hears:
        each.removeHandler(handler)


@pytest.fixture
def asking(client: Client, ashdown: Authority, worker: Callable[..., Actor]) -> Client:
    client.raise_request_exception = False
    client.force_login(worker("contact_worker", ashdown, family_name="Marlowe").user)
    return client


def bare(lines: list[str], *more: str) -> list[dict[str, Any]]:
    """The lines as they are read, once nothing that may not be in them was found."""
    text = "\n".join(lines)
    assert [word for word in (*NEVER, *more) if word in text] == []
    return [json.loads(line) for line in lines]


def answered(read: list[dict[str, Any]]) -> list[tuple[str, str, int]]:
    return [(line["view"], line["method"], line["status"]) for line in read if line["event"] == "answered"]


def test_what_is_asked_and_sent_is_not_in_the_log(
    asking: Client, ashdown: Authority, child: Callable[..., Child], lines: Callable[[], list[str]]
) -> None:
    maya = child(ashdown)
    asking.post("/people", {"typed": "Maya Marlowe AA1 1AB"})
    asking.get(f"/children/{maya.pk}?on_day=1&on_month=2&on_year=2026&Zephyrine=14+Alder+Row")
    asking.post("/people/new", {**TYPED, "born_on_day": "31"})
    asking.post("/draft", {**TYPED, "_address": f"/children/{maya.pk}/warnings/new"})
    read = bare(lines(), str(maya.pk), "/children", "/people", "on_year")
    assert answered(read) == [
        ("find", "POST", 200),
        ("child", "GET", 200),
        ("register", "POST", 200),
        ("save_draft", "POST", 204),
    ]
    assert {len(line["request"]) for line in read if line["event"] == "answered"} == {12}


def test_a_refusal_is_not_in_the_log_in_its_words(
    asking: Client, ashdown: Authority, child: Callable[..., Child], lines: Callable[[], list[str]]
) -> None:
    maya = child(ashdown)
    asking.get("/warnings")
    asking.get("/children/Maya-Marlowe")
    asking.post(f"/children/{maya.pk}/seal", TYPED)
    guarded = Client(enforce_csrf_checks=True)
    guarded.cookies = asking.cookies
    guarded.post("/people", TYPED, headers={"referer": "http://testserver/people?Maya=Marlowe"})
    asking.get("/", headers={"host": "Maya-Marlowe.example"})
    read = bare(lines(), str(maya.pk))
    assert [status for _, _, status in answered(read)] == [403, 404, 403, 403, 400]


def test_someone_who_cannot_sign_in_is_not_named(
    client: Client, ashdown: Authority, worker: Callable[..., Actor], lines: Callable[[], list[str]]
) -> None:
    user = worker("contact_worker", ashdown).user
    for login in (user.email, "maya@x.example"):
        client.post("/sign-in", {"login": login, "password": PASSWORD})
    assert answered(bare(lines(), user.email)) == [("account_login", "POST", 200)] * 2


def test_a_fault_leaves_its_kind_and_its_places_and_none_of_its_words(
    asking: Client,
    ashdown: Authority,
    child: Callable[..., Child],
    lines: Callable[[], list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    maya = child(ashdown)

    def fail(request: HttpRequest) -> None:
        raise ValueError(f"Maya Marlowe of 14 Alder Row, {request.POST}")

    monkeypatch.setattr(child_views, "_moment", fail)
    answer = asking.get(f"/children/{maya.pk}")
    assert answer.status_code == 500
    page = answer.content.decode()
    read = bare(lines(), str(maya.pk))
    faults = [line for line in read if "fault" in line]
    assert [line["fault"] for line in faults] == ["ValueError"]
    assert any("views/child.py" in place for place in faults[0]["places"])
    number = read[-1]["request"]
    assert (answered(read), faults[0]["request"]) == ([("child", "GET", 500)], number)
    assert number in page
    assert "Maya" not in page
    assert "ValueError" not in page


def test_a_line_that_puts_a_name_into_its_words_keeps_the_words_alone(settings: Settings) -> None:
    record = logging.LogRecord("x", logging.INFO, "file", 1, "%s was added by %s", ("Maya", "maya@x.example"), None)
    assert json.loads(AsJson().format(record))["event"] == "%s was added by %s"
