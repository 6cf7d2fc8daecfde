"""What people type is there when they come back: after a break, after a lock, and not after it was sent."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from waypost.access.actor import Actor
from waypost.access.models import Authority
from waypost.records.casework.models import Person
from waypost.web.models import Draft

pytestmark = pytest.mark.django_db

PASSWORD = "invented people only"  # noqa: S105
TYPED = {"given": "Maya", "family": "Marlowe", "birth": "born", "born_on_day": "4", "born_on_month": "May"}
WHOLE = {**TYPED, "born_on_year": "2018", "sex": "female"}


@pytest.fixture
def asking(client: Client, ashdown: Authority, worker: Callable[..., Actor]) -> Client:
    user = worker("contact_worker", ashdown).user
    user.set_password(PASSWORD)
    user.save()
    client.force_login(user)
    client.post("/people", {"typed": "Maya Marlowe"})
    return client


def test_a_draft_fills_the_form_and_calls_nothing_wrong(asking: Client) -> None:
    asking.post("/draft", {**TYPED, "_address": "/people/new", "csrfmiddlewaretoken": "x"})
    page = asking.get("/people/new").content.decode()
    assert 'value="Maya"' in page
    assert 'value="May"' in page
    assert "This is what you had typed" in page
    assert "There is a problem" not in page
    assert "csrf" not in Draft.objects.get().typed


def test_the_button_keeps_a_draft_where_scripts_do_not_run(asking: Client) -> None:
    asking.post("/people/new", {**TYPED, "_draft": "1"})
    assert 'value="Maya"' in asking.get("/people/new").content.decode()
    assert not Person.objects.exists()


def test_to_start_again_forgets_the_draft(asking: Client) -> None:
    asking.post("/people/new", {**TYPED, "_draft": "1"})
    asking.post("/people/new", {"_start_again": "1"})
    assert not Draft.objects.exists()


def test_a_form_that_was_taken_leaves_no_draft(asking: Client) -> None:
    asking.post("/people/new", {**TYPED, "_draft": "1"})
    asking.post("/people/new", WHOLE)
    assert Person.objects.exists()
    assert not Draft.objects.exists()


def test_nobody_meets_the_draft_of_another(asking: Client, ashdown: Authority, worker: Callable[..., Actor]) -> None:
    asking.post("/people/new", {**TYPED, "_draft": "1"})
    asking.force_login(worker("contact_worker", ashdown).user)
    assert "Maya" not in asking.get("/people/new").content.decode()


def test_what_is_sent_to_a_locked_page_is_kept_and_waits(asking: Client, settings: Settings) -> None:
    asking.get("/people/new")
    settings.LOCK_AFTER = -1
    answer = asking.post("/people/new", WHOLE)
    assert answer["Location"] == "/locked?next=%2Fpeople%2Fnew"
    assert not Person.objects.exists()
    settings.LOCK_AFTER = 900
    assert asking.get("/")["Location"].startswith("/locked")
    wrong = asking.post("/locked?next=/people/new", {"password": "not it"})
    assert "That is not your password" in wrong.content.decode()
    answer = asking.post("/locked?next=/people/new", {"password": PASSWORD})
    assert answer["Location"] == "/people/new"
    assert 'value="Marlowe"' in asking.get("/people/new").content.decode()


def test_a_lock_leads_back_to_pages_of_ours_only(asking: Client) -> None:
    answer = asking.post("/locked?next=https://elsewhere.example/", {"password": PASSWORD})
    assert answer["Location"] == "/"


def test_a_lock_does_not_lead_back_to_itself(asking: Client) -> None:
    assert asking.post("/locked?next=/locked", {"password": PASSWORD})["Location"] == "/"
