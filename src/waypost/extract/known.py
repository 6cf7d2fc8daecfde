"""Rows of the record as they are, or as they were known at a moment: a whole table at a time.

What was known at a moment is the latest version of each row that was recorded before it. A row recorded later is not
there, whatever day it was true of, and one that was put right since then is there as it stood.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from waypost.access.recorded import Recorded

Row = tuple[Any, ...]


def close_of(day: date) -> datetime:
    """The moment at which a day is over."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def as_known(model: type[Recorded], before: datetime | None) -> QuerySet[Any]:
    """The rows of a table, now or as they were known just before a moment. Both have the same columns."""
    if before is None:
        found: QuerySet[Any] = model._base_manager.all()
        return found
    versions = model.history.model._base_manager.filter(history_date__lt=before)
    latest = versions.order_by().values("id").annotate(latest=Max("history_id")).values("latest")
    known: QuerySet[Any] = versions.filter(history_id__in=latest).exclude(history_type="-")
    return known


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read within is of one moment, and nobody who writes meanwhile waits for it.

    SQLite's own reading transaction is begun by hand, for Django begins one that locks. Within a transaction that is
    under way already there is nothing to begin.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("COMMIT")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
