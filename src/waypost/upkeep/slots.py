"""One task for each slot of time, however many workers there are.

The key of a task that is due is worked out from what it is and from the slot that it is due in, so the second worker
that enqueues it meets the first one's row. No lock is needed, and both databases do the same.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

SPACE = uuid.UUID("5b0c6a52-51a5-4f0e-9d0e-6a1d1b2f7c11")

_key: ContextVar[uuid.UUID | None] = ContextVar("key", default=None)


def key_of(path: str, every: timedelta, now: datetime) -> uuid.UUID:
    """The key of the task at a path for the slot that a moment is in."""
    return uuid.uuid5(SPACE, f"{path} {int(now.timestamp() // every.total_seconds())} of {every}")


@contextmanager
def keyed(key: uuid.UUID) -> Iterator[None]:
    """What is enqueued within has this key."""
    token = _key.set(key)
    try:
        yield
    finally:
        _key.reset(token)


def task_id() -> uuid.UUID:
    """The key of a task that is being enqueued, as the settings have django-tasks ask for it."""
    return _key.get() or uuid.uuid4()
