"""PostgreSQL: copied by its own programs, at a moment that is ours as well, and put back in one transaction.

What was there is kept as a schema beside the new one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from django.db import DatabaseError, connection, transaction
from django.db.backends.utils import CursorWrapper

from waypost.domain.errors import CannotRead, PlainError, WrongUse
from waypost.upkeep.backup.kind import DOCUMENTS, MIGRATIONS, SEALS, USERS, Copied, Kind
from waypost.upkeep.backup.manifest import Manifest
from waypost.upkeep.progress import Progress

KEPT = "waypost_before_"
"""How the schema of what was there before begins. Backups leave such schemas out."""
PROGRAMS = Path("/usr/lib/postgresql")
DRIVERS_OWN = {"context", "cursor_factory", "prepare_threshold", "server_side_binding", "client_encoding"}
"""What the settings say to Python's driver, and PostgreSQL's programs would not know."""


class PostgreSQL(Kind):
    name, file = "postgresql", "database/waypost.dump"

    def copy(self, to: Path, progress: Progress) -> Copied:
        program = _program("pg_dump")
        progress("Copying the database.")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            snapshot = _one(cursor, "SELECT pg_export_snapshot()")
            held = _held(cursor)
            os.close(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            _run(
                [program, "--format=custom", "--compress=0", "--no-owner", "--no-privileges", "--no-comments",
                 f"--exclude-schema={KEPT}*", f"--snapshot={snapshot}", f"--file={to}"],
                "copy the database",
            )  # fmt: skip
        return held

    def holds_record(self) -> bool:
        with connection.cursor() as cursor:
            return USERS in _tables(cursor) and bool(_one(cursor, f"SELECT count(*) FROM {USERS}"))  # noqa: S608

    def check(self, file: Path, manifest: Manifest) -> None:
        """Asks the program whether it can read the copy; what is in it, the hashes have said."""
        _run([_program("pg_restore"), "--list", str(file)], "read the database in the backup", connected=False)

    def put(self, file: Path, manifest: Manifest, aside: Path) -> str:
        program, was_record = _program("pg_restore"), self.holds_record()
        with connection.cursor() as cursor:
            schema = str(_one(cursor, "SELECT current_schema()"))
        before = KEPT + aside.name.rpartition("-")[2].lower()
        _set_aside(schema, before)
        try:
            _run(
                [program, "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--no-comments",
                 str(file)],
                "put the database back",
            )  # fmt: skip
            with connection.cursor() as cursor:
                if _held(cursor).tables != dict(manifest.tables):
                    raise CannotRead("The database in the backup is not whole, so nothing was restored.")
        except BaseException:
            _put_back(schema, before)
            raise
        if was_record:
            return f"the database's schema {before}"
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA {before} CASCADE")
        return ""


def _set_aside(schema: str, before: str) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'ALTER SCHEMA "{schema}" RENAME TO {before}')
            if schema == "public":  # any other is in the copy
                cursor.execute("CREATE SCHEMA public")
    except DatabaseError as fault:
        raise WrongUse(
            "The user of the database may not set aside what is there; make it the database's owner, then try again."
        ) from fault
    finally:
        connection.close()


def _put_back(schema: str, before: str) -> None:
    connection.close()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE')
        cursor.execute(f'ALTER SCHEMA {before} RENAME TO "{schema}"')
    connection.close()


def _held(cursor: CursorWrapper) -> Copied:
    tables = _tables(cursor)

    def column(table: str, asked: str) -> list[str]:
        if table not in tables:
            return []
        cursor.execute(asked)
        return [value for (value,) in cursor.fetchall()]

    seal = column(SEALS, f"SELECT hash FROM {SEALS} ORDER BY last DESC LIMIT 1")  # noqa: S608
    return Copied(
        tables={each: int(_one(cursor, f'SELECT count(*) FROM "{each}"')) for each in tables},  # noqa: S608
        migrations=tuple(sorted(column(MIGRATIONS, f"SELECT app || '.' || name FROM {MIGRATIONS}"))),  # noqa: S608
        documents=frozenset(column(DOCUMENTS, f"SELECT DISTINCT sha256 FROM {DOCUMENTS}")),  # noqa: S608
        seal=seal[0] if seal else "",
    )


def _tables(cursor: CursorWrapper) -> list[str]:
    return sorted(connection.introspection.table_names(cursor))


def _one(cursor: CursorWrapper, asked: str) -> int | str:
    cursor.execute(asked)
    found = cursor.fetchone()
    return found[0] if found else 0


def _program(name: str) -> str:
    """The path of one of PostgreSQL's programs, of the server's own version where it is on this machine.

    Raises:
        WrongUse: there is none.
    """
    with connection.cursor() as cursor:
        version = int(_one(cursor, "SHOW server_version_num")) // 10_000
    found = shutil.which(name, path=str(PROGRAMS / str(version) / "bin")) or shutil.which(name)
    if found is None:
        raise WrongUse(
            f"{name} was not found; install PostgreSQL's client programs, version {version} or later, and try again."
        )
    return found


def _run(command: list[str], what: str, *, connected: bool = True) -> None:
    """Runs one of PostgreSQL's programs. The password goes by the environment, where no list of programs shows it.

    Raises:
        PlainError: it failed. Of its words the first line alone is said: the others may hold what is in a row.
    """
    given = connection.get_connection_params()
    password = given.pop("password", None)
    where = " ".join(f"{name}='{_quoted(str(value))}'" for name, value in given.items() if name not in DRIVERS_OWN)
    words = [command[0], *([f"--dbname={where}"] if connected else []), *command[1:]]
    known = os.environ | ({"PGPASSWORD": str(password)} if password else {}) | {"LC_ALL": "C"}
    done = subprocess.run(words, env=known, capture_output=True, text=True, errors="replace", check=False)  # noqa: S603
    if done.returncode:
        said = next((line for line in done.stderr.splitlines() if "error:" in line), "it said nothing of why")
        raise PlainError(f"PostgreSQL could not {what}: {said.partition('error:')[2].strip() or said}.")


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")
