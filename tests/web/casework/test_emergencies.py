"""A record outside someone's work is opened in an emergency: with a reason, for a time, and not unseen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from waypost.access.actor import Actor
from waypost.access.models import Act, Authority, Team
from waypost.access.rules import NotAllowed
from waypost.records.casework import visibility
from waypost.records.casework.actions import children, emergencies, sealing
from waypost.records.casework.models import BrokenGlass, Child

pytestmark = pytest.mark.django_db

GIVEN = {"because": "Police have found him alone in the street.", "tells": "The duty manager"}


@pytest.fixture
def stranger(ashdown: Authority, team: Team, worker: Callable[..., Actor]) -> Actor:
    return worker("social_worker", ashdown, team=team)


@pytest.fixture
def owner(ashdown: Authority, worker: Callable[..., Actor]) -> Actor:
    return worker("data_owner", ashdown)


@pytest.fixture
def maya(ashdown: Authority, child: Callable[..., Child]) -> Child:
    return child(ashdown)


def broken(child: Child, by: Actor, **given: str) -> BrokenGlass:
    return emergencies.break_glass(child, **{**GIVEN, "review_at": "http://testserver/emergencies", **given}, by=by)


def test_from_a_search_to_the_record_and_its_banner(client: Client, maya: Child, stranger: Actor) -> None:
    client.force_login(stranger.user)
    assert client.get(f"/children/{maya.pk}").status_code == 404
    at = f"/children/{maya.pk}/not-in-your-work"
    assert at in client.post("/people", {"typed": "Maya"}).content.decode()
    page = client.get(at).content.decode()
    assert "Maya Marlowe" in page
    assert "for 60 minutes" in page
    said = client.post(at, {"because": "Urgent"}).content.decode()
    assert said.count("Say why in a full sentence") == said.count("Enter whom you have told or will tell") == 2
    assert client.post(at, GIVEN)["Location"] == f"/children/{maya.pk}"
    for page in ("", "/professionals", "/looked"):
        text = client.get(f"/children/{maya.pk}{page}").content.decode()
        assert "You opened this record in an emergency" in text
        assert "in 60 minutes" in text


def test_the_trail_holds_who_why_and_when(maya: Child, stranger: Actor) -> None:
    broken(maya, stranger)
    line = Act.objects.get(what="open in an emergency")
    assert (line.by, line.child, line.because) == (stranger.user, maya.pk, GIVEN["because"])
    assert line.authority == maya.authority


def test_it_closes_by_itself(client: Client, maya: Child, stranger: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(maya, stranger)
    assert maya in visibility.children(stranger)
    later = timezone.now() + timedelta(minutes=61)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert maya not in visibility.children(stranger)
    assert not visibility.reasons(stranger, maya)


def test_the_time_is_a_setting(maya: Child, stranger: Actor, settings: object) -> None:
    settings.GLASS_MINUTES = 5  # type: ignore[attr-defined]
    glass = broken(maya, stranger)
    assert glass.ends_at - glass.opened_at == timedelta(minutes=5)


def test_the_data_owner_is_told_by_an_email_that_names_nobody(
    maya: Child, stranger: Actor, owner: Actor, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        glass = broken(maya, stranger)
    sent = mail.outbox[0]
    assert sent.to == [owner.user.email]
    assert "http://testserver/emergencies" in sent.body
    for secret in ("Maya", "Marlowe", stranger.user.name, str(maya.pk), GIVEN["because"]):
        assert secret not in sent.subject + sent.body
    glass.refresh_from_db()
    assert glass.told_at


def test_a_mail_server_that_does_not_answer_opens_the_record_all_the_same(
    maya: Child,
    stranger: Actor,
    owner: Actor,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("waypost.access.notices.send_mail", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        glass = broken(maya, stranger)
    assert maya in visibility.children(stranger)
    glass.refresh_from_db()
    assert glass.told_at is None


def test_the_data_owner_reviews_it_once_and_sees_no_name(
    client: Client, maya: Child, stranger: Actor, owner: Actor
) -> None:
    glass = broken(maya, stranger)
    client.force_login(stranger.user)
    client.get(f"/children/{maya.pk}/professionals")
    client.force_login(owner.user)
    listed = client.get("/emergencies").content.decode()
    at = f"/emergencies/{glass.pk}"
    page = client.get(at).content.decode()
    for text in (listed, page):
        assert stranger.user.name in text
        assert GIVEN["because"] in text
        assert "Maya" not in text
        assert str(maya.pk) not in text
    assert "Child&#39;s professionals" in page
    assert client.get(f"/children/{maya.pk}").status_code == 404
    client.post(at, {"finding": "right", "note": "The police log says the same."})
    assert "The police log says the same." in client.get("/emergencies").content.decode()
    assert client.post(at, {"finding": "wrong", "note": "Once more."}).status_code == 403


def test_nobody_reviews_their_own(ashdown: Authority, maya: Child, worker: Callable[..., Actor]) -> None:
    manager = worker("quality_manager", ashdown)
    head = worker("head_of_service", ashdown)
    sealing.seal(maya, readers=[], because="A relative of hers works here.", by=head)
    glass = broken(Child.objects.get(pk=maya.pk), manager)
    with pytest.raises(NotAllowed, match="You opened this record yourself"):
        emergencies.review(glass, was_justified=True, note="Mine.", by=manager)


def test_a_sealed_record_opens_to_those_alone_who_may_seal(
    client: Client, ashdown: Authority, maya: Child, stranger: Actor, worker: Callable[..., Actor]
) -> None:
    sealing.seal(maya, readers=[], because="A relative of hers works here.", by=worker("head_of_service", ashdown))
    hidden = Child.objects.get(pk=maya.pk)
    with pytest.raises(NotAllowed, match="There is no such record"):
        broken(hidden, stranger)
    director = worker("director", ashdown)
    broken(hidden, director)
    assert hidden in visibility.children(director)
    assert len(visibility.reasons(director, hidden)) == 1


def test_glass_that_was_broken_before_the_seal_opens_nothing_after_it(
    ashdown: Authority, maya: Child, stranger: Actor, worker: Callable[..., Actor]
) -> None:
    broken(maya, stranger)
    sealing.seal(maya, readers=[], because="A relative of hers works here.", by=worker("head_of_service", ashdown))
    assert maya not in visibility.children(stranger)


def test_another_authoritys_record_is_not_opened_in_an_emergency(
    client: Client, brookvale: Authority, stranger: Actor, child: Callable[..., Child]
) -> None:
    theirs = child(brookvale)
    with pytest.raises(NotAllowed):
        broken(theirs, stranger)
    client.force_login(stranger.user)
    assert client.post(f"/children/{theirs.pk}/not-in-your-work", GIVEN).status_code == 404


def test_a_role_without_it_is_told_whom_to_ask(
    client: Client, ashdown: Authority, maya: Child, worker: Callable[..., Actor]
) -> None:
    client.force_login(worker("designated_officer", ashdown).user)
    page = client.get(f"/children/{maya.pk}/not-in-your-work").content.decode()
    assert "Your role does not let you open a record outside their work" in page
    assert "<textarea" not in page


def test_what_is_open_already_needs_no_emergency(
    client: Client, ashdown: Authority, team: Team, maya: Child, stranger: Actor, worker: Callable[..., Actor]
) -> None:
    children.allocate(maya, team=team, worker=None, since=stranger.today, by=worker("team_manager", ashdown))
    client.force_login(stranger.user)
    assert client.get(f"/children/{maya.pk}/not-in-your-work")["Location"] == f"/children/{maya.pk}"


def test_the_list_asks_a_fixed_number_of_questions(
    client: Client, ashdown: Authority, maya: Child, stranger: Actor, owner: Actor, child: Callable[..., Child],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    client.force_login(owner.user)
    broken(maya, stranger)
    client.get("/emergencies")
    for _ in range(3):
        broken(child(ashdown), stranger)
    with django_assert_num_queries(7):
        client.get("/emergencies")


def test_whoever_opened_it_closes_it_before_its_time(client: Client, maya: Child, stranger: Actor) -> None:
    broken(maya, stranger)
    client.force_login(stranger.user)
    assert "Close it now" in client.get(f"/children/{maya.pk}").content.decode()
    assert client.post(f"/children/{maya.pk}/emergency/close").status_code == 302
    assert client.get(f"/children/{maya.pk}").status_code == 404
    assert client.post(f"/children/{maya.pk}/emergency/close").status_code == 404
    (glass,) = BrokenGlass.objects.all()
    assert glass.closed_by == stranger.user
    assert Act.objects.get(what="close emergency").child == maya.pk


def test_the_data_owner_closes_it_with_a_reason(client: Client, maya: Child, stranger: Actor, owner: Actor) -> None:
    glass = broken(maya, stranger)
    client.force_login(owner.user)
    at = f"/emergencies/{glass.pk}/close"
    assert at in client.get("/emergencies").content.decode()
    assert client.post(at, {"because": "No"}).content.decode().count("Say why in a full sentence") == 2
    client.post(at, {"because": "The police say that he is safe at home."})
    assert maya not in visibility.children(Actor.of(stranger.user, today=stranger.today))
    page = client.get("/emergencies").content.decode()
    assert f"Closed before its time by {owner.user}. The police say" in page
    assert at not in page
    assert client.get(at).status_code == 403
    # It is reviewed as any other.
    assert "Save review" in client.get(f"/emergencies/{glass.pk}").content.decode()


def test_nobody_else_closes_it(
    client: Client, maya: Child, stranger: Actor, ashdown: Authority, brookvale: Authority,
    worker: Callable[..., Actor],
) -> None:  # fmt: skip
    glass = broken(maya, stranger)
    for someone in (worker("team_manager", ashdown), worker("data_owner", brookvale)):
        with pytest.raises(NotAllowed):
            emergencies.close_glass(glass, by=someone)
        client.force_login(someone.user)
        assert client.post(f"/emergencies/{glass.pk}/close", {"because": "It is not theirs to open."}).status_code in (
            403,
            404,
        )
        assert client.post(f"/children/{maya.pk}/emergency/close").status_code == 404
    glass.refresh_from_db()
    assert glass.ends_at > timezone.now()
