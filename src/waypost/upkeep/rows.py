"""What a database holds, as a number of rows and a hash for each table, so that two of them can be compared.

Rows are read as the values that the service works with, so that the same row is the same in every database, whichever
way it keeps a date or a key. They are added up, so their order does not matter.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import connections, models
from django.db.models import Field

from waypost.upkeep.progress import Progress

AT_A_TIME = 2000
MODULUS = 1 << 256


@dataclass(frozen=True, slots=True)
class Table:
    """How many rows there are, and a hash of what is in them."""

    rows: int
    hash: str


def every_model(using: str) -> list[type[models.Model]]:
    """A model for each table that is there, those of many-to-many links among them."""
    with connections[using].cursor() as cursor:
        there = set(connections[using].introspection.table_names(cursor))
    found = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True) if _is_kept(model)}
    return [found[name] for name in sorted(found) if name in there]


def _is_kept(model: type[models.Model]) -> bool:
    return model._meta.managed and not model._meta.proxy


def columns(model: type[models.Model]) -> list[Field[Any, Any]]:
    return [field for field in model._meta.concrete_fields if not field.generated]


def rows(model: type[models.Model], using: str) -> Iterator[tuple[Any, ...]]:
    names = [field.attname for field in columns(model)]
    held = model._base_manager.using(using).order_by().values_list(*names)
    return held.iterator(chunk_size=AT_A_TIME)


def tables(using: str, progress: Progress) -> dict[str, Table]:
    """Every table of a database, by its name."""
    found = {}
    for model in every_model(using):
        progress(f"Comparing: {model._meta.db_table}.")
        found[model._meta.db_table] = _table(model, using)
    return found


def _table(model: type[models.Model], using: str) -> Table:
    count = total = 0
    for row in rows(model, using):
        count += 1
        text = json.dumps(row, default=_plain, sort_keys=True).encode()
        total = (total + int.from_bytes(hashlib.sha256(text).digest(), "big")) % MODULUS
    return Table(count, f"{total:064x}")


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value.total_seconds())
    if isinstance(value, Decimal):
        return str(value.normalize())
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return str(value)
