"""Makes a backup, while the service goes on."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection

from waypost import __version__
from waypost.access import trail
from waypost.access.models import Act
from waypost.domain.errors import WrongUse
from waypost.upkeep import seals
from waypost.upkeep.backup import archive
from waypost.upkeep.backup.kind import Copied, Kind
from waypost.upkeep.backup.manifest import FORMAT, Header, Manifest, fingerprint
from waypost.upkeep.backup.postgresql import PostgreSQL
from waypost.upkeep.backup.sqlite import SQLite
from waypost.upkeep.progress import Progress, Say

LEFT_OUT = {"incoming"}
"""Within the documents: what is being sent and is not kept yet."""


@dataclass(frozen=True, slots=True)
class Made:
    """`faults` are sentences: documents that are not there, or not what was kept. The rest is in the backup."""

    manifest: Manifest
    size: int
    faults: tuple[str, ...]


def kind() -> Kind:
    return SQLite() if connection.vendor == "sqlite" else PostgreSQL()


def make(path: Path, data_dir: Path, say: Say) -> Made:
    """
    Raises:
        WrongUse: there is a file at the path, or no folder for it.
    """
    if path.exists():
        raise WrongUse(f"{path} is there already; name a file that is not.")
    if not path.absolute().parent.is_dir():
        raise WrongUse(f"There is no folder {path.parent}; make it first.")
    database, progress = kind(), Progress(say)
    trail.add(Act.ACCESS, "back up the record", by=None)
    seals.seal()
    with tempfile.TemporaryDirectory(dir=data_dir, prefix=".backup-") as aside:
        copy = Path(aside) / "copy"
        # First the database, then the files: a document is kept before the row that names it.
        copied = database.copy(copy, progress)
        header = Header(FORMAT, __version__, f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", database.name, fingerprint())
        with archive.making(path.absolute()) as writer:
            writer.begin(header)
            writer.add(database.file, copy)
            faults = tuple(_add_files(writer, data_dir, copied, progress))
            manifest = Manifest(header, dict(writer.files), copied.tables, copied.migrations, copied.seal)
            writer.finish(manifest)
    return Made(manifest, path.stat().st_size, faults)


def _add_files(writer: archive.Writer, data_dir: Path, copied: Copied, progress: Progress) -> Iterator[str]:
    """Adds what is kept beside the database, and gives what is wrong with it."""
    held = set()
    for path in _kept(data_dir):
        name = path.relative_to(data_dir).as_posix()
        sha256 = writer.add(name, path)
        progress(f"Adding files: {len(writer.files):,}.")
        if name.startswith("documents/"):
            held.add(path.name)
            if sha256 != path.name:
                yield f"The document {path.name} is not what was kept; it is in the backup as it is."
    for sha256 in sorted(copied.documents - held):
        yield f"The document {sha256} is not there, so it is not in the backup."


def _kept(data_dir: Path) -> Iterator[Path]:
    if (data_dir / archive.SEALS).exists():
        yield data_dir / archive.SEALS
    for folder in archive.FOLDERS[1:]:
        for at, folders, names in os.walk(data_dir / folder):
            folders[:] = sorted(name for name in folders if name not in LEFT_OUT and not name.startswith("."))
            yield from (Path(at) / name for name in sorted(names) if (Path(at) / name).is_file())
