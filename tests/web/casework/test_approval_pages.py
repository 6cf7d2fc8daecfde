"""What waits for approval, on a page: to whoever may decide it, and with one's own shown and not decidable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from waypost.access.actor import Actor
from waypost.access.models import Act, Authority
from waypost.records.casework import approving
from waypost.records.casework.actions import people, sealing
from waypost.records.casework.actions.approvals import ask_approval
from waypost.records.casework.models import Approval, Child, PersonName

pytestmark = pytest.mark.django_db
WHY = "Her mother spells it Mae, so write that."


@pytest.fixture
def asker(ashdown: Authority, worker: Callable[..., Actor]) -> Actor:
    return worker("team_manager", ashdown)


@pytest.fixture
def other(ashdown: Authority, worker: Callable[..., Actor]) -> Actor:
    return worker("team_manager", ashdown)


@pytest.fixture
def maya(ashdown: Authority, child: Callable[..., Child]) -> Child:
    return child(ashdown)


@pytest.fixture
def name(maya: Child, asker: Actor) -> PersonName:
    return people.add_name(maya.person, kind="alias", given="May", family="Marlowe", by=asker)


@pytest.fixture
def approval(name: PersonName, asker: Actor, ashdown: Authority) -> Approval:
    return ask_approval(name, what="Approve the name", authority=ashdown, by=asker)


def test_another_person_approves(client: Client, approval: Approval, other: Actor, maya: Child) -> None:
    client.force_login(other.user)
    listed = client.get("/approvals").content.decode()
    assert "Approve the name: Maya Marlowe" in listed
    assert "What you asked for" not in listed
    client.get(f"/approvals/{approval.pk}")
    assert Act.objects.get(what="approval", kind=Act.READ).child == maya.pk
    assert client.post(f"/approvals/{approval.pk}", {"decision": "approve"})["Location"] == "/approvals"
    approval.refresh_from_db()
    assert (approval.state, approval.decided_by) == (Approval.APPROVED, other.user)
    assert "Nothing waits for you" in client.get("/approvals").content.decode()
    page = client.get(f"/approvals/{approval.pk}").content.decode()
    assert "This has been decided already" in page
    assert "Save decision" not in page


def test_it_is_returned_with_what_must_change(client: Client, approval: Approval, other: Actor, asker: Actor) -> None:
    client.force_login(other.user)
    at = f"/approvals/{approval.pk}"
    assert client.post(at, {}).content.decode().count("Select if you approve it or return it") == 2
    assert client.post(at, {"decision": "return", "because": "No"}).content.decode().count("in a full sentence") == 2
    client.post(at, {"decision": "return", "because": WHY})
    approval.refresh_from_db()
    assert (approval.state, approval.because) == (Approval.RETURNED, WHY)
    client.force_login(asker.user)
    assert WHY in client.get(at).content.decode()


def test_ones_own_is_shown_and_not_decided(client: Client, approval: Approval, asker: Actor) -> None:
    client.force_login(asker.user)
    listed = client.get("/approvals").content.decode()
    assert "Nothing waits for you" in listed
    assert "What you asked for" in listed
    page = client.get(f"/approvals/{approval.pk}").content.decode()
    assert "You asked for this yourself, so somebody else must decide" in page
    assert "Save decision" not in page
    assert client.post(f"/approvals/{approval.pk}", {"decision": "approve"}).status_code == 403
    approval.refresh_from_db()
    assert approval.state == Approval.WAITING


def test_it_leads_to_what_it_is_of_and_may_be_decided_there(
    client: Client, approval: Approval, other: Actor, maya: Child, name: PersonName, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(approving, "_shown", {})
    client.force_login(other.user)
    approving.shown_by("casework.PersonName", view="document", says="Read the name", row="document")
    page = client.get(f"/approvals/{approval.pk}").content.decode()
    assert f'href="/children/{maya.pk}/documents/{name.pk}">Read the name' in page
    assert "Save decision" in page
    approving.shown_by("casework.PersonName", view="document", says="Decide", row="document", decided_there=True)
    assert "This is decided on its own page" in client.get(f"/approvals/{approval.pk}").content.decode()
    assert client.post(f"/approvals/{approval.pk}", {"decision": "approve"}).status_code == 403


def test_what_is_not_theirs_is_not_there(
    client: Client, approval: Approval, maya: Child, brookvale: Authority, ashdown: Authority,
    worker: Callable[..., Actor],
) -> None:  # fmt: skip
    client.force_login(worker("social_worker", ashdown).user)
    assert client.get("/approvals").status_code == 403
    client.force_login(worker("team_manager", brookvale).user)
    assert client.get(f"/approvals/{approval.pk}").status_code == 404
    assert "Maya" not in client.get("/approvals").content.decode()
    sealing.seal(maya, readers=[], because="A relative of this child works here.", by=worker("director", ashdown))
    client.force_login(worker("team_manager", ashdown).user)
    assert client.get(f"/approvals/{approval.pk}").status_code == 404
    assert "Maya" not in client.get("/approvals").content.decode()
    assert "Approve the name" not in client.get("/approvals").content.decode()


def test_the_list_asks_as_many_questions_of_one_as_of_many(
    client: Client, ashdown: Authority, asker: Actor, other: Actor, child: Callable[..., Child],
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    for given in ("Maya", "Noor", "Wren"):
        named = people.add_name(child(ashdown, given=given).person, kind="alias", given="X", family="Y", by=asker)
        held = ask_approval(named, what="Approve the name", authority=ashdown, by=asker)
    client.force_login(other.user)
    client.get("/approvals")
    with django_assert_num_queries(9):
        client.get("/approvals")
    with django_assert_num_queries(13):
        client.get(f"/approvals/{held.pk}")
