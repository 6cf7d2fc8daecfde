"""The day that it is while the demonstration lives through its years, so that each change is of its own day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.utils import timezone

_true_now = timezone.now


def today() -> date:
    """The day that it truly is."""
    return timezone.localdate(_true_now())


@contextmanager
def as_at(moment: datetime) -> Iterator[None]:
    """What asks Django for the time is told this moment. Nothing outside the demonstration does this."""
    true = timezone.now
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = true
