"""What is done behind the service, and how often (docs/adr/0025-the-worker.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from waypost.upkeep import slots, tasks

GRACE = timedelta(minutes=3)
"""For which nothing is called late that a busy machine may only be slow with."""


@dataclass(frozen=True, slots=True)
class Chore:
    """A task, and how often it is done."""

    task: Task[Any, Any]
    every: timedelta

    def is_late(self, done_at: datetime | None, now: datetime) -> bool:
        return done_at is None or now - done_at > 2 * self.every + GRACE


CHORES = (
    Chore(tasks.seal_trail, timedelta(minutes=1)),
    Chore(tasks.tell_data_owners, timedelta(minutes=5)),
    Chore(tasks.end_sessions, timedelta(hours=1)),
    Chore(tasks.check_records, timedelta(minutes=5)),
    Chore(tasks.forget_checks, timedelta(minutes=10)),
    Chore(tasks.tidy_tasks, timedelta(hours=1)),
    Chore(tasks.forget_drafts, timedelta(days=1)),
)


def enqueue_due(now: datetime | None = None) -> int:
    """Enqueues what is due and not enqueued yet, and gives how many tasks that were."""
    now = now or timezone.now()
    due = {slots.key_of(chore.task.module_path, chore.every, now): chore for chore in CHORES}
    there = set(DBTaskResult.objects.filter(pk__in=due).values_list("pk", flat=True))
    return sum(_enqueue(chore, key) for key, chore in due.items() if key not in there)


def _enqueue(chore: Chore, key: Any) -> bool:
    try:
        with transaction.atomic(), slots.keyed(key):
            chore.task.enqueue()
    except IntegrityError:
        return False  # another worker was first
    return True


def last_done() -> Mapping[str, datetime]:
    """When each task was last done well, by its name."""
    done = DBTaskResult.objects.successful().order_by().values_list("task_path").annotate(at=Max("finished_at"))
    return {path.rpartition(".")[2]: at for path, at in done}


def late(now: datetime | None = None) -> list[str]:
    """The names of the tasks that should have been done since they were."""
    done, now = last_done(), now or timezone.now()
    return [chore.task.name for chore in CHORES if chore.is_late(done.get(chore.task.name), now)]
