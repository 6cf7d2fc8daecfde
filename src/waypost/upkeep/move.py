"""Moves the record of a data folder from SQLite to PostgreSQL, with every key, version and line of the trail.

Each table is copied in one stream and all of them in one transaction; then both sides are read again and compared.
What goes wrong before the end leaves the new database as empty as it was, and the old one in its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import dj_database_url
import psycopg
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, IntegrityError, connections, models, transaction

from waypost.access import trail
from waypost.access.models import Act
from waypost.domain.errors import CannotRead, PlainError, WrongUse
from waypost.upkeep import in_use
from waypost.upkeep.progress import Progress, Say
from waypost.upkeep.rows import Table, columns, every_model, rows, tables

NEW = "new"


@dataclass(frozen=True, slots=True)
class Moved:
    tables: dict[str, Table]
    old: Path

    @property
    def rows(self) -> int:
        return sum(each.rows for each in self.tables.values())


def move(to: str, data_dir: Path, say: Say) -> Moved:
    """Moves the record that is open as the service's own database to the PostgreSQL database at an address.

    Raises:
        WrongUse: the address is not of a PostgreSQL database that is empty; the record is not on SQLite; Waypost runs.
        CannotRead: the new database does not take a row.
        PlainError: what arrived is not what was sent.
    """
    if connections["default"].vendor != "sqlite":
        raise WrongUse("This record is on PostgreSQL already; leave out WAYPOST_DATABASE to move one from SQLite.")
    progress = Progress(say)
    with in_use.alone(data_dir):
        call_command("migrate", interactive=False, verbosity=0)
        _connect(to)
        try:
            moved = _moved(progress)
        except BaseException:
            _empty()
            raise
        Act.objects.using(NEW).create(at=datetime.now(UTC), kind=Act.ACCESS, what="move to PostgreSQL")
        return Moved(moved, _set_aside(data_dir))


def _connect(to: str) -> None:
    """
    Raises:
        WrongUse: the address does not lead to an empty PostgreSQL database.
    """
    try:
        found = dj_database_url.parse(to)
    except ValueError as fault:
        raise WrongUse("--to is not the address of a database, such as postgresql://user@host/name.") from fault
    if not found["ENGINE"].endswith("postgresql"):
        raise WrongUse("--to must be a PostgreSQL database, such as postgresql://user@host/name.")
    known = connections.databases
    known[NEW] = {**known["default"], **found, "OPTIONS": found.get("OPTIONS", {}), "ATOMIC_REQUESTS": False}
    try:
        with connections[NEW].cursor() as cursor:
            there = connections[NEW].introspection.table_names(cursor)
    except DatabaseError as fault:
        raise WrongUse("The database that --to names does not answer, or does not let us in.") from fault
    if there:
        raise WrongUse("The database that --to names is not empty; make a new one, and name that.")


def _moved(progress: Progress) -> dict[str, Table]:
    progress("Making the tables.")
    call_command("migrate", database=NEW, interactive=False, verbosity=0)
    call_command("createcachetable", database=NEW, verbosity=0)
    moved = every_model("default")
    try:
        with transaction.atomic(using=NEW):
            _clear(moved)
            for model in moved:
                progress(f"Copying: {model._meta.db_table}.")
                _copy(model)
    except IntegrityError as fault:
        raise CannotRead("A row names another that is not there, so nothing was moved.") from fault
    _count_on(moved)
    return _compared(progress)


def _clear(copied: Iterable[type[models.Model]]) -> None:
    """Takes out what making the tables put in: the old database has its own."""
    quote = connections[NEW].ops.quote_name
    with connections[NEW].cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(quote(model._meta.db_table) for model in copied)}")


def _copy(model: type[models.Model]) -> None:
    """One table, as one stream. A key to a row that is not there yet is looked at when all is in."""
    new, fields = connections[NEW], columns(model)
    names = ", ".join(new.ops.quote_name(field.column) for field in fields)
    into = f"COPY {new.ops.quote_name(model._meta.db_table)} ({names}) FROM STDIN"
    try:
        # A stream is the driver's own, and so are its faults.
        with new.cursor() as cursor, cursor.copy(into) as stream:
            for row in rows(model, "default"):
                stream.write_row([_sent(field, value) for field, value in zip(fields, row, strict=True)])
    except (psycopg.Error, DatabaseError, ValueError, TypeError) as fault:
        raise CannotRead(
            f"PostgreSQL does not take a row of {model._meta.db_table}, in which a value is too long or not of its "
            "kind; nothing was moved."
        ) from fault


def _sent(field: models.Field[Any, Any], value: Any) -> Any:
    new = connections[NEW]
    if value is None and isinstance(field, models.JSONField) and not field.null:
        return new.ops.adapt_json_value(None, None)  # JSON's own nothing, which is a value
    return field.get_db_prep_save(value, new)


def _count_on(copied: list[type[models.Model]]) -> None:
    """Has new rows take keys after those that were copied."""
    with connections[NEW].cursor() as cursor:
        for statement in connections[NEW].ops.sequence_reset_sql(no_style(), copied):
            cursor.execute(statement)


def _compared(progress: Progress) -> dict[str, Table]:
    """
    Raises:
        PlainError: a table, or the trail, is not what it was.
    """
    old, new = tables("default", progress), tables(NEW, progress)
    different = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
    if different:
        raise PlainError(f"What arrived in {different[0]} is not what was sent, so nothing was moved.")
    fault = next(trail.faults(using=NEW), None)
    if fault:
        raise PlainError(f"The audit trail was at fault, so nothing was moved: {fault} See waypost audit verify.")
    return old


def _empty() -> None:
    """Takes out the tables that were made."""
    if NEW not in connections.databases:
        return
    new = connections[NEW]
    new.close()
    try:
        with new.cursor() as cursor:
            for name in new.introspection.table_names(cursor):
                cursor.execute(f"DROP TABLE {new.ops.quote_name(name)} CASCADE")
    except DatabaseError:
        return  # it does not answer; what is said of the fault itself matters more


def _set_aside(data_dir: Path) -> Path:
    """The old database, under a name that nothing opens."""
    old = connections["default"]
    path = Path(old.settings_dict["NAME"])
    with old.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    old.close()
    kept = data_dir / in_use.MOVED
    path.rename(kept)
    return kept
