"""The work behind the service: what is due is enqueued once, done, and seen to be late where it is not done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import IntegrityError, OperationalError
from django.test import Client
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries, Settings

from waypost.access.actor import Actor
from waypost.access.models import Act, Authority, Seal
from waypost.records.casework.actions import emergencies
from waypost.records.casework.models import Child
from waypost.upkeep import schedule, tasks, worker
from waypost.web.models import Draft

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NAMES = {
    "seal_trail", "tell_data_owners", "check_records", "end_sessions", "forget_checks", "tidy_tasks", "forget_drafts",
}  # fmt: skip


@pytest.fixture(autouse=True)
def elsewhere(settings: Settings, tmp_path: Path) -> None:
    """The copy of the seals is not the one of whoever runs the tests."""
    settings.DATA_DIR = tmp_path
    settings.CHECKING_DIR = tmp_path / "checking"


@pytest.fixture(autouse=True)
def one_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test is within a transaction, whose connection the library's worker would take for one that was left."""
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)


def test_what_is_due_is_enqueued_once_for_each_slot() -> None:
    assert schedule.enqueue_due(NOON) == len(schedule.CHORES)
    assert schedule.enqueue_due(NOON + timedelta(seconds=50)) == 0
    assert schedule.enqueue_due(NOON + timedelta(seconds=61)) == 1, "the trail is sealed each minute"
    assert schedule.enqueue_due(NOON + timedelta(minutes=5, seconds=1)) == 3
    assert schedule.enqueue_due(NOON + timedelta(days=1)) == len(schedule.CHORES)


def test_two_workers_that_look_at_once_enqueue_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    schedule.enqueue_due(NOON)
    # As the second one saw it before the first had ended.
    monkeypatch.setattr(schedule.DBTaskResult.objects, "filter", lambda **_: DBTaskResult.objects.none())
    assert schedule.enqueue_due(NOON) == 0
    assert DBTaskResult.objects.count() == len(schedule.CHORES)


def test_the_worker_does_what_is_due() -> None:
    worker.catch_up()
    done = DBTaskResult.objects.all()
    assert {each.task_name for each in done} == NAMES
    assert {each.status for each in done} == {TaskResultStatus.SUCCESSFUL}
    assert not schedule.late()


def test_a_task_that_fails_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise IntegrityError

    monkeypatch.setattr("waypost.web.drafts.forget_old", refuse)
    worker.catch_up()
    assert {each.task_name for each in DBTaskResult.objects.failed()} == {"forget_drafts"}
    assert schedule.late() == ["forget_drafts"]


def test_a_database_that_does_not_answer_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    stop, asked = Event(), []

    def answer(*_: object, **__: object) -> None:
        asked.append(1)
        if len(asked) == 1:
            raise OperationalError
        stop.set()

    monkeypatch.setattr(worker, "catch_up", answer)
    monkeypatch.setattr(worker.connection, "close", lambda: None)
    monkeypatch.setattr(worker, "BETWEEN", 0)
    worker.work(stop)
    assert len(asked) == 2


def test_one_who_is_told_to_stop_begins_nothing_more() -> None:
    stop = Event()
    stop.set()
    worker.catch_up(stop)
    assert DBTaskResult.objects.ready().count() == len(schedule.CHORES)


def test_whoever_watches_sees_which_work_is_late(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    before = client.get("/health/worker")
    assert before.status_code == 503
    assert set(before.json()["late"]) == NAMES
    worker.catch_up()
    with django_assert_num_queries(2):
        after = client.get("/health/worker")
    assert after.status_code == 200
    assert after.json()["working"] is True
    assert set(after.json()["last_done"]) == NAMES
    DBTaskResult.objects.filter(task_path__endswith="seal_trail").update(
        finished_at=timezone.now() - timedelta(hours=1)
    )
    assert client.get("/health/worker").json()["late"] == ["seal_trail"]


# ---------------------------------------------------------------- what each task does


def test_settled_lines_are_sealed(ashdown: Authority, child: Callable[..., Child]) -> None:
    child(ashdown)
    Act.objects.update(at=timezone.now() - timedelta(minutes=5))
    assert tasks.seal_trail.call() == Act.objects.count()
    assert Seal.objects.count() == 1


def test_drafts_that_nobody_came_back_to_are_forgotten(ashdown: Authority, worker: Callable[..., Actor]) -> None:
    user = worker("social_worker", ashdown).user
    for address, days in (("/old", 20), ("/new", 1)):
        draft = Draft.objects.create(user=user, address=address, typed="given=M")
        Draft.objects.filter(pk=draft.pk).update(saved_at=timezone.now() - timedelta(days=days))
    assert tasks.forget_drafts.call() == 1
    assert Draft.objects.get().address == "/new"


def test_sessions_that_have_run_out_are_ended(ashdown: Authority, worker: Callable[..., Actor]) -> None:
    user, now = worker("social_worker", ashdown).user, timezone.now()
    for key, ends in (("over", now - timedelta(hours=1)), ("open", now + timedelta(hours=1))):
        Session.objects.create(session_key=key, session_data=SessionStore().encode({}), expire_date=ends)
        UserSession.objects.create(user=user, session_key=key, ip="127.0.0.1", user_agent="", data={})
    UserSession.objects.update(last_seen_at=now - timedelta(days=2))
    tasks.end_sessions.call()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["open"]
    assert list(UserSession.objects.values_list("session_key", flat=True)) == ["open"]


def test_tasks_that_were_left_or_done_long_ago_are_tidied() -> None:
    schedule.enqueue_due(NOON)
    old, lost, under_way, *_ = DBTaskResult.objects.all()
    now = timezone.now()
    held = DBTaskResult.objects
    held.filter(pk=old.pk).update(status="SUCCESSFUL", finished_at=now - timedelta(days=8))
    held.filter(pk=lost.pk).update(status="RUNNING", started_at=now - timedelta(hours=2))
    held.filter(pk=under_way.pk).update(status="RUNNING", started_at=now)
    assert tasks.tidy_tasks.call() == 1
    assert not held.filter(pk=old.pk).exists()
    assert held.get(pk=lost.pk).status == "FAILED"
    assert held.get(pk=under_way.pk).status == "RUNNING"


def test_data_owners_are_told_of_what_they_could_not_be_told_of_at_once(
    ashdown: Authority, child: Callable[..., Child], worker: Callable[..., Actor]
) -> None:
    maya, stranger = child(ashdown), worker("social_worker", ashdown)
    owner = worker("data_owner", ashdown)
    # Outside a test, the owner is told once this is saved; here nothing is, as if the mail server had been away.
    glass = emergencies.break_glass(maya, because="She is at risk now.", tells="Marlo", review_at="", by=stranger)
    assert tasks.tell_data_owners.call() == 0, "what was only just opened is being told of"
    later = timezone.now() - timedelta(minutes=10)
    type(glass)._base_manager.filter(pk=glass.pk).update(opened_at=later)
    assert tasks.tell_data_owners.call() == 1
    assert mail.outbox[0].to == [owner.user.email]
    assert "Maya" not in mail.outbox[0].subject + mail.outbox[0].body
    glass.refresh_from_db()
    assert glass.told_at
    assert tasks.tell_data_owners.call() == 0
