"""SQLite: copied by its own means for doing so while it is written to."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from django.conf import settings

from waypost.domain.errors import CannotRead
from waypost.upkeep.backup.kind import DOCUMENTS, MIGRATIONS, SEALS, USERS, Copied, Kind
from waypost.upkeep.backup.manifest import Manifest
from waypost.upkeep.progress import Progress

PAGES = 4096
"""Copied in one step, which is 16 MB."""
BESIDE = ("-wal", "-shm", "-journal")


class SQLite(Kind):
    name, file = "sqlite", "database/waypost.db"

    @property
    def path(self) -> Path:
        return Path(settings.DATABASES["default"]["NAME"])

    def copy(self, to: Path, progress: Progress) -> Copied:
        def far(_: int, left: int, pages: int) -> None:
            progress(f"Copying the database: {100 * (pages - left) // max(pages, 1)}%.")

        os.close(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(sqlite3.connect(self.path, timeout=20)) as source, closing(sqlite3.connect(to)) as target:
            # A reader sees one moment for as long as it reads. Without this, each write would begin the copy again.
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()
            source.backup(target, pages=PAGES, progress=far, sleep=0)
            target.execute("PRAGMA journal_mode=DELETE")
            return _held(target)

    def holds_record(self) -> bool:
        if not self.path.exists():
            return False
        try:
            with closing(sqlite3.connect(self.path)) as there:
                return USERS in _tables(there) and bool(there.execute(f"SELECT 1 FROM {USERS} LIMIT 1").fetchone())  # noqa: S608
        except sqlite3.DatabaseError:
            return True  # it is something, and not for us to write over

    def check(self, file: Path, manifest: Manifest) -> None:
        try:
            with closing(sqlite3.connect(file)) as copy:
                is_whole = copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
                is_as_said = _held(copy).tables == dict(manifest.tables)
        except sqlite3.DatabaseError as fault:
            raise CannotRead("The database in the backup cannot be read, so nothing was restored.") from fault
        if not (is_whole and is_as_said):
            raise CannotRead("The database in the backup is not whole, so nothing was restored.")

    def put(self, file: Path, manifest: Manifest, aside: Path) -> str:
        _fold(self.path)
        for each in (self.path, *(self.path.with_name(self.path.name + ending) for ending in BESIDE)):
            if each.exists():
                each.rename(aside / each.name)
        file.rename(self.path)
        return ""


def _held(copy: sqlite3.Connection) -> Copied:
    tables = _tables(copy)
    rows = {each: copy.execute(f'SELECT count(*) FROM "{each}"').fetchone()[0] for each in tables}  # noqa: S608
    migrations = copy.execute(f"SELECT app || '.' || name FROM {MIGRATIONS}") if MIGRATIONS in tables else ()  # noqa: S608
    documents = copy.execute(f"SELECT DISTINCT sha256 FROM {DOCUMENTS}") if DOCUMENTS in tables else ()  # noqa: S608
    seal = copy.execute(f"SELECT hash FROM {SEALS} ORDER BY last DESC LIMIT 1").fetchone() if SEALS in tables else None  # noqa: S608
    return Copied(
        tables=rows,
        migrations=tuple(sorted(name for (name,) in migrations)),
        documents=frozenset(sha256 for (sha256,) in documents),
        seal=seal[0] if seal else "",
    )


def _tables(there: sqlite3.Connection) -> list[str]:
    asked = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    return [name for (name,) in there.execute(asked)]


def _fold(path: Path) -> None:
    """Has the database be one file, with nothing of it in the log beside it."""
    if path.exists():
        try:
            with closing(sqlite3.connect(path)) as there:
                there.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.DatabaseError:
            return  # it is moved as it is
