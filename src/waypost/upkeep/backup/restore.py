"""Puts a record back from a backup: everything in it is checked before anything that is there is touched."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from waypost.access import trail
from waypost.access.models import Act
from waypost.domain.errors import CannotRead, WrongUse
from waypost.upkeep import in_use
from waypost.upkeep.backup import archive
from waypost.upkeep.backup.kind import Kind
from waypost.upkeep.backup.make import kind
from waypost.upkeep.backup.manifest import Manifest, fingerprint
from waypost.upkeep.progress import Progress, Say

OTHER = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True, slots=True)
class Restored:
    """`before` is where what was there is kept. `lost_factors` says that they need their old key."""

    manifest: Manifest
    before: tuple[str, ...]
    lost_factors: bool


def restore(path: Path, data_dir: Path, *, replace: bool, say: Say) -> Restored:
    """Puts back what a backup holds, brings it up to date, and has everybody sign in again.

    Raises:
        WrongUse: there is a record already and it is not to be replaced; Waypost is running; the databases differ.
        CannotRead: the backup is no backup, newer, cut short or altered. Nothing has changed.
    """
    with in_use.alone(data_dir):
        _sweep(data_dir)
        database = kind()
        if not replace and (database.holds_record() or any(_documents(data_dir))):
            raise WrongUse(
                f"There is a record in {data_dir} already; restore into an empty folder, or give --replace, "
                "which keeps what is there beside it."
            )
        with tempfile.TemporaryDirectory(dir=data_dir, prefix=".restore-") as draft:
            unpacked = Path(draft)
            manifest = archive.unpacked(path, unpacked, Progress(say))
            _check(manifest, database, unpacked, path)
            before = _put(database, manifest, unpacked, data_dir)
        return Restored(manifest, before, _made_current(manifest))


def _check(manifest: Manifest, database: Kind, unpacked: Path, path: Path) -> None:
    if manifest.header.database != database.name:
        raise WrongUse(
            f"{path} is of a record on {OTHER[manifest.header.database]}, and this service keeps its record on "
            f"{OTHER[database.name]}; WAYPOST_DATABASE says which."
        )
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("waypost.")}
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if any(each.partition(".")[0] in ours and each not in known for each in manifest.migrations):
        raise CannotRead(f"{path} was made by a newer version of Waypost than this one; restore it with that version.")
    database.check(unpacked / database.file, manifest)


def _put(database: Kind, manifest: Manifest, unpacked: Path, data_dir: Path) -> tuple[str, ...]:
    """Everything is renamed into its place, the database last, and what was there is kept beside.

    While the mark stands, nothing opens the folder: if this is stopped half way, it is to be done again.
    """
    aside = data_dir / f"before-{datetime.now(UTC):%Y%m%dT%H%M%S}"
    aside.mkdir(mode=0o700)
    mark = data_dir / in_use.HALF_RESTORED
    mark.touch(mode=0o600)
    os.sync()
    connection.close()
    kept = ""
    if database.name == "postgresql":  # the one step that can still fail
        try:
            kept = database.put(unpacked / database.file, manifest, aside)
        except BaseException:
            mark.unlink()
            aside.rmdir()
            raise
    for name in (*archive.FOLDERS[1:], archive.SEALS):
        for here, there in ((data_dir / name, aside / name), (unpacked / name, data_dir / name)):
            if here.exists():
                here.rename(there)
    if database.name == "sqlite":
        database.put(unpacked / database.file, manifest, aside)
    archive.sync(data_dir)
    mark.unlink()
    if any(aside.iterdir()):
        return tuple(filter(None, (str(aside), kept)))
    aside.rmdir()
    return (kept,) if kept else ()


def _made_current(manifest: Manifest) -> bool:
    """Brings the tables up to date, signs everybody out, and says whether second factors need another key."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    Session.objects.all().delete()
    UserSession.objects.all().delete()
    trail.add(Act.ACCESS, "restore the record", by=None, because=f"From the backup of {manifest.header.made_at}")
    is_coded = Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).exists()
    return is_coded and manifest.header.key != fingerprint()


def _documents(data_dir: Path) -> list[Path]:
    folder = data_dir / "documents"
    return [each for each in folder.rglob("*") if each.is_file()] if folder.exists() else []


def _sweep(data_dir: Path) -> None:
    """Removes what a restore or a backup that was killed left half done."""
    for each in (*data_dir.glob(".restore-*"), *data_dir.glob(".backup-*")):
        shutil.rmtree(each, ignore_errors=True)
