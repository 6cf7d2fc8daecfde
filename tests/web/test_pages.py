"""Pages as a browser asks for them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from waypost.access.actor import Actor
from waypost.access.models import Act, Authority
from waypost.records.casework.models import Child, Person

pytestmark = pytest.mark.django_db


def test_home_says_what_a_role_is_for(client: Client, ashdown: Authority, worker: Callable[..., Actor]) -> None:
    client.force_login(worker("designated_officer", ashdown).user)
    page = client.get("/").content.decode()
    assert "Local authority designated officer" in page
    assert "Find a person" in page


def test_the_home_of_whoever_works_with_children_is_their_work(
    client: Client, ashdown: Authority, worker: Callable[..., Actor]
) -> None:
    client.force_login(worker("social_worker", ashdown).user)
    assert client.get("/")["Location"] == "/work"


def test_nobody_is_added_before_someone_has_looked(
    client: Client, ashdown: Authority, worker: Callable[..., Actor]
) -> None:
    client.force_login(worker("contact_worker", ashdown).user)
    assert "add the person" not in client.get("/people").content.decode()
    assert client.get("/people/new")["Location"] == "/people"


def test_a_person_is_added(client: Client, ashdown: Authority, worker: Callable[..., Actor]) -> None:
    client.force_login(worker("contact_worker", ashdown).user)
    assert "add the person" in client.post("/people", {"typed": "Maya"}).content.decode()
    sent = {"given": "Maya", "family": "Marlowe", "birth": "born", "sex": "female"}
    sent |= {"born_on_day": "4", "born_on_month": "May", "born_on_year": "2018"}
    client.post("/people/new", sent)
    assert str(Person.objects.get().names.get()) == "Maya Marlowe"


def test_someone_like_a_person_in_the_record_is_added_only_when_a_worker_has_looked_at_them(
    client: Client, ashdown: Authority, worker: Callable[..., Actor], child: Callable[..., Child]
) -> None:
    child(ashdown)
    client.force_login(worker("contact_worker", ashdown).user)
    client.post("/people", {"typed": "Maya"})
    sent = {"given": "Mya", "family": "Marlow", "birth": "born", "sex": "female"}
    sent |= {"born_on_day": "5", "born_on_month": "4", "born_on_year": "2018"}
    page = client.post("/people/new", sent).content.decode()
    assert "Is it one of these?" in page
    assert "Maya Marlowe" in page
    assert Person.objects.count() == 1
    client.post("/people/new", {**sent, "is_new": "on"})
    assert Person.objects.count() == 2


def test_what_is_wrong_is_said_beside_the_field_and_in_the_summary(
    client: Client, ashdown: Authority, worker: Callable[..., Actor]
) -> None:
    client.force_login(worker("contact_worker", ashdown).user)
    client.post("/people", {"typed": "Maya"})
    sent = {"given": "Maya", "birth": "born", "sex": "female", "born_on_day": "31", "born_on_month": "2"}
    page = client.post("/people/new", sent).content.decode()
    assert "<title>Error: Add a person" in page
    assert page.count("The date of birth must include a year") == 2
    assert 'href="#id_born_on_year"' in page


def test_to_look_at_a_child_is_logged(
    client: Client, ashdown: Authority, worker: Callable[..., Actor], child: Callable[..., Child]
) -> None:
    maya = child(ashdown)
    client.force_login(worker("contact_worker", ashdown).user)
    page = client.get(f"/children/{maya.pk}")
    assert "Maya Marlowe" in page.content.decode()
    assert Act.objects.get(kind=Act.READ).child == maya.pk
