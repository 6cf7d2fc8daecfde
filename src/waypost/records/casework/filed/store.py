"""Where files are kept: in the data folder, each under the hash of what is in it, readable by the service alone
(docs/adr/0026-documents-by-their-hash.md).

A file is written to one side, scanned, and only then put in its place, whole. It is read against its hash, so what is
given back is what was kept. Two records that hold the same file hold it once.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile

from waypost.records.casework.filed import scanner
from waypost.web.uploads import OWNER_ONLY, incoming

BLOCK = 1 << 20


class Altered(Exception):
    """The file is not there, or is not what was kept."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is kept."""

    sha256: str
    size: int
    is_scanned: bool


def keep(upload: UploadedFile) -> Kept:
    """Writes a file, has it scanned where there is a scanner, and puts it in its place.

    Raises:
        Infected: the scanner found something. Nothing is kept.
        CannotScan: there is a scanner and it gave no answer. Nothing is kept.
    """
    with _aside() as file:
        digest, size = hashlib.sha256(), 0
        for block in upload.chunks(BLOCK):
            digest.update(block)
            size += file.write(block)
        file.flush()
        os.fsync(file.fileno())
        is_scanned = scanner.is_there()
        if is_scanned:
            scanner.scan(Path(file.name))
        _put(Path(file.name), digest.hexdigest())
    return Kept(digest.hexdigest(), size, is_scanned)


def opened(sha256: str) -> IO[bytes]:
    """A kept file, from its start, once it has been read through against its hash.

    Raises:
        Altered: it is not there, or is not what was kept.
    """
    try:
        file = _place(sha256).open("rb")
    except OSError as fault:
        raise Altered from fault
    if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
        file.close()
        raise Altered
    file.seek(0)
    return file


@contextmanager
def _aside() -> Iterator[IO[bytes]]:
    """A file that is gone afterwards, whatever happens."""
    with tempfile.NamedTemporaryFile(dir=incoming(), prefix="kept-") as file:
        yield file


def _put(written: Path, sha256: str) -> None:
    """A second name for the same file, so that it is in its place whole or not at all."""
    place = _place(sha256)
    place.parent.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY)
    try:
        os.link(written, place)
    except FileExistsError:
        return
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _place(sha256: str) -> Path:
    return _root() / sha256[:2] / sha256


def _root() -> Path:
    return Path(storages["default"].path(""))
