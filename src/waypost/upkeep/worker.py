"""The worker: enqueues what is due and does what is enqueued, one task after another, until it is told to stop.

A task that is under way when the worker is told to stop is finished first.
"""

from __future__ import annotations

import logging
import signal
import uuid
from threading import Event

from django.db import DatabaseError, close_old_connections, connection
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from waypost.upkeep.schedule import enqueue_due

BETWEEN = 1.0
"""Seconds between looks at what is enqueued."""

log = logging.getLogger("waypost.worker")


def work(stop: Event) -> None:
    """Works until `stop` is set. A database that does not answer is asked again."""
    who = uuid.uuid4().hex
    while not stop.is_set():
        close_old_connections()
        try:
            catch_up(stop, who=who)
        except DatabaseError:
            log.exception("the database did not answer the worker")
            connection.close()
        stop.wait(BETWEEN)


def catch_up(stop: Event | None = None, *, who: str = "at-start") -> None:
    """Does whatever is due or enqueued now."""
    enqueue_due()
    while DBTaskResult.objects.ready().exists() and not (stop and stop.is_set()):
        _one(who).run()


def stop_when_told() -> Event:
    """An event that is set when the process is told to end, by Ctrl-C or by whatever started it."""
    stop = Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: stop.set())
    return stop


def _one(who: str) -> Worker:
    """The library's worker, for one task."""
    return Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=1,
        worker_id=who,
    )
