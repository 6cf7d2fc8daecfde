"""Nothing about a person leaves the record by a side door: fields are classified, and addresses, cookies and caches are
bare."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import Any

import pytest
import yaml
from django.apps import apps
from django.conf import settings as django_settings
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.house import SRC
from waypost.access.actor import Actor
from waypost.access.models import Authority
from waypost.records.casework.models import Child

WRITTEN = (models.CharField, models.TextField, models.JSONField)
CLASSES = {"personal", "special", "free", "none"}
OURS = ("web", "access", "local", "casework", "pathway", "performance")
SAYS_NOTHING = {
    "sign-in/with/<slug:provider_id>": "which identity provider",
    "sign-in/with/<slug:provider_id>/back": "which identity provider",
    "people/<uuid:key>/facts/<slug:part>/new": "which kind of fact: a name, an address",
    "people/<uuid:key>/facts/<slug:part>/<uuid:row>": "which kind of fact: a name, an address",
    "people/<uuid:key>/facts/<slug:part>/<uuid:row>/end": "which kind of fact: a name, an address",
    "audit/unusual/<uuid:person>/<uuid:child>/<str:day>": "the day of a look",
    "settings/<slug:part>": "which kind of setting: limits, targets",
    "settings/<slug:part>/new": "which kind of setting: limits, targets",
    "settings/<slug:part>/<uuid:row>": "which kind of setting: limits, targets",
    "settings/<slug:part>/<uuid:row>/withdraw": "which kind of setting: limits, targets",
    "reports/<str:name>": "which report, by its type, authority and year",
    "returns/check/download/<str:name>": "which form of the result: csv, json, html",
}
"""Addresses with a part that is a word, and what the word says."""


def kept() -> dict[str, dict[str, str]]:
    held: dict[str, dict[str, str]] = yaml.safe_load((files("waypost.records") / "fields.yaml").read_text("utf-8"))
    return held


def written() -> dict[str, set[str]]:
    """Every written field of every model that is ours, without the tables of history, which repeat them."""
    found = {
        model._meta.label: {field.name for field in model._meta.concrete_fields if isinstance(field, WRITTEN)}
        for app in OURS
        for model in apps.get_app_config(app).get_models()
        if not hasattr(model, "instance_type")
    }
    return {label: names for label, names in found.items() if names}


# ---------------------------------------------------------------- fields


def test_every_written_field_is_classified() -> None:
    held = kept()
    unknown = [f"{label}.{name}" for label, names in written().items() for name in names - set(held.get(label, {}))]
    assert not unknown, "say in records/fields.yaml what these hold"


def test_nothing_is_classified_that_is_not_there() -> None:
    found = written()
    assert [f"{label}.{name}" for label, names in kept().items() for name in set(names) - found.get(label, set())] == []


def test_every_class_is_one_of_the_four() -> None:
    assert {kind for names in kept().values() for kind in names.values()} <= CLASSES


def test_what_only_a_list_can_hold_is_not_called_free_text() -> None:
    for label, names in kept().items():
        for name, kind in names.items():
            field = apps.get_model(label)._meta.get_field(name)
            if kind == "free":
                assert not getattr(field, "choices", None), f"{label}.{name}"
            if isinstance(field, models.TextField):
                assert kind == "free", f"{label}.{name} is long text, which may hold anything"


def test_no_row_says_a_name_when_it_is_printed() -> None:
    """A row may come to be printed in a fault or a log, so what is personal in it must not be its name."""
    of_people = ("Person", "Child", "Identifier", "Address", "AddressHeld", "ContactPoint", "Document", "BrokenGlass")
    for name in of_people:
        model = apps.get_model("casework", name)
        made = model(**{each: "Marlowe" for each in kept().get(f"casework.{name}", {}) if each != "kind"})
        assert "Marlowe" not in str(made)


# ---------------------------------------------------------------- addresses


def addresses(under: URLResolver, before: str = "") -> Iterator[str]:
    for each in under.url_patterns:
        here = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield here
        else:
            yield from addresses(each, here)


def test_an_address_holds_keys_that_say_nothing_and_no_words() -> None:
    found = set(addresses(get_resolver()))
    worded = {each for each in found if any(part not in ("uuid", "int") for part in re.findall(r"<(\w+):", each))}
    assert worded - SAYS_NOTHING.keys() == set()


def test_nothing_about_a_child_is_named_by_a_number() -> None:
    """A number can be counted up. What belongs to a child is named by a key that cannot be guessed."""
    of_records = [address for address in addresses(get_resolver()) if address.startswith(("children", "people"))]
    assert of_records
    assert [address for address in of_records if "<int:" in address] == []


# ---------------------------------------------------------------- answers


@pytest.fixture
def pages(
    client: Client, ashdown: Authority, worker: Callable[..., Actor], child: Callable[..., Child]
) -> dict[str, Any]:
    """Answers of many kinds: pages, forms, refusals, files, and what nobody has signed in for."""
    maya = child(ashdown)
    asked = {"signed out": client.get("/"), "sign in": client.get("/sign-in"), "health": client.get("/health/alive")}
    client.force_login(worker("contact_worker", ashdown).user)
    here = f"/children/{maya.pk}"
    for path in ("/work", "/people", here, f"{here}/family", f"{here}/documents", f"{here}/documents/new"):
        asked[path] = client.get(path)
        assert asked[path].status_code == 200, path
    asked["sent"] = client.post("/people", {"typed": "Maya"})
    asked["draft"] = client.post("/draft", {"_address": "/people/new", "given": "Maya"})
    asked["missing"] = client.get("/no-such-page")
    asked["refused"] = client.get("/warnings")
    asked["bad"] = client.get("/", headers={"host": "elsewhere.example"})
    asked["locked"] = client.get("/locked")
    return asked


@pytest.mark.django_db
def test_every_answer_is_strict_and_never_kept(pages: dict[str, Any]) -> None:
    for name, answer in pages.items():
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy, name
        assert "unsafe" not in policy, name
        assert "frame-ancestors 'none'" in policy, name
        assert answer["X-Content-Type-Options"] == "nosniff", name
        assert answer["Referrer-Policy"] == "same-origin", name
        assert "no-store" in answer["Cache-Control"], name


@pytest.mark.django_db
def test_no_page_asks_another_host_or_styles_itself(pages: dict[str, Any]) -> None:
    for name, answer in pages.items():
        page = answer.content.decode()
        for part in (" style=", "<style", "onclick=", "javascript:", 'src="http', 'href="http', 'action="http'):
            assert part not in page, f"{name} holds {part}"


@pytest.mark.django_db
def test_cookies_are_for_the_service_alone_and_hold_no_name(
    client: Client, ashdown: Authority, worker: Callable[..., Actor]
) -> None:
    client.force_login(worker("contact_worker", ashdown).user)
    client.get("/people")
    client.post("/people", {"typed": "Maya Marlowe"})
    client.post("/people/new", {"given": "Maya", "family": "Marlowe", "birth": "not_known", "sex": "female"})
    assert set(client.cookies) >= {django_settings.SESSION_COOKIE_NAME, django_settings.CSRF_COOKIE_NAME}
    for name in (django_settings.SESSION_COOKIE_NAME, django_settings.CSRF_COOKIE_NAME):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"
    assert "Marlowe" not in str(client.cookies)


def test_cookies_travel_over_https_alone_where_the_service_does() -> None:
    ask = (
        "from waypost.config import settings as s;"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 0,"
        " s.SESSION_COOKIE_NAME.startswith('__Host-'), s.CSRF_COOKIE_NAME.startswith('__Host-'))"
    )
    known = os.environ | {"WAYPOST_HTTPS": "1", "WAYPOST_SECRET_KEY": "of no use", "PYTHONPATH": str(SRC)}
    done = subprocess.run([sys.executable, "-c", ask], env=known, capture_output=True, text=True)
    assert done.stdout.split() == ["True"] * 6, done.stderr
