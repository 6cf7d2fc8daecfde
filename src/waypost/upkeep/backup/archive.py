"""The file of a backup: written whole or not at all, and read to its end before anything in it is believed."""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

import pyarrow as pa

from waypost.domain.errors import CannotRead
from waypost.upkeep.backup.manifest import HEADER, MANIFEST, Header, Manifest, header_in, manifest_in, written
from waypost.upkeep.progress import Progress

BLOCK = 1 << 20
SEALS = "seals.txt"
FOLDERS = ("database", "documents", "freezes", "reports")
"""What a backup holds beside its header, its manifest and the copy of the seals."""


class Damaged(Exception):
    """The file cannot be read on."""


class Writer:
    """Adds files to a backup, and knows the hash and size of each."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.files: dict[str, tuple[str, int]] = {}

    def add(self, name: str, path: Path) -> str:
        """Adds a file and gives its hash.

        Raises:
            OSError: it cannot be read.
        """
        with path.open("rb") as file:
            return self._add(name, file, os.fstat(file.fileno()).st_size)

    def finish(self, manifest: Manifest) -> None:
        text = written(manifest)
        self._add(MANIFEST, io.BytesIO(text), len(text))

    def begin(self, header: Header) -> None:
        text = written(header)
        self._add(HEADER, io.BytesIO(text), len(text))

    def _add(self, name: str, file: IO[bytes], size: int) -> str:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = size, 0o600
        hashed = _Hashed(file)
        self._tar.addfile(entry, hashed)  # type: ignore[arg-type]  # it reads and does nothing else
        self.files[name] = (hashed.digest.hexdigest(), size)
        return self.files[name][0]


class _Hashed:
    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int) -> bytes:
        block = self._file.read(size)
        self.digest.update(block)
        return block


@contextmanager
def making(path: Path) -> Iterator[Writer]:
    """A backup that is at its path when this ends well, and is nowhere when it does not. Its owner alone may read it.

    Raises:
        OSError: it cannot be written.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    draft = Path(name)
    try:
        with (
            pa.CompressedOutputStream(name, "zstd") as packed,
            tarfile.open(fileobj=packed, mode="w|", bufsize=BLOCK) as tar,
        ):
            yield Writer(tar)
        os.fsync(handle)
        draft.replace(path)
    finally:
        os.close(handle)
        draft.unlink(missing_ok=True)
    sync(path.parent)


def unpacked(path: Path, into: Path, progress: Progress) -> Manifest:
    """Unpacks a backup into an empty folder, checks all that it holds against its manifest, and gives that.

    Raises:
        CannotRead: it is no backup, a newer one, cut short, or altered.
        OSError: the folder cannot be written to.
    """
    try:
        with path.open("rb") as file:
            return _unpacked(file, path, into, progress)
    except (Damaged, tarfile.TarError) as fault:
        raise CannotRead(f"{path} is cut short or damaged, so nothing was restored.") from fault


def _unpacked(file: IO[bytes], path: Path, into: Path, progress: Progress) -> Manifest:
    held: dict[str, tuple[str, int]] = {}
    kept: dict[str, bytes] = {}
    with tarfile.open(fileobj=_packed(file, path), mode="r|", bufsize=BLOCK) as tar:
        for entry in tar:
            if not held:
                kept[HEADER] = _head(tar, entry, path)
                held[HEADER] = (hashlib.sha256(kept[HEADER]).hexdigest(), entry.size)
            elif entry.name == MANIFEST:
                kept[MANIFEST] = b"".join(_blocks(tar, entry))
                break
            else:
                held[entry.name] = _put(tar, entry, into)
                progress(f"Reading the backup: {len(held):,} files.")
    return _checked(kept, held, path)


def _head(tar: tarfile.TarFile, entry: tarfile.TarInfo, path: Path) -> bytes:
    if entry.name != HEADER or entry.size > BLOCK:
        raise CannotRead(f"{path} is not a backup of Waypost.")
    text = b"".join(_blocks(tar, entry))
    header_in(text, str(path))
    return text


def _put(tar: tarfile.TarFile, entry: tarfile.TarInfo, into: Path) -> tuple[str, int]:
    place = PurePosixPath(entry.name)
    is_ours = place.parts[0] in FOLDERS if len(place.parts) > 1 else entry.name == SEALS
    target = into / place
    if not entry.isreg() or not is_ours or ".." in place.parts or target.exists():
        raise Damaged
    for folder in reversed(target.parents[: len(place.parts) - 1]):
        folder.mkdir(exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123  its mode
        for block in _blocks(tar, entry):
            digest.update(block)
            file.write(block)
    return digest.hexdigest(), entry.size


def _checked(kept: dict[str, bytes], held: dict[str, tuple[str, int]], path: Path) -> Manifest:
    if HEADER not in kept:
        raise CannotRead(f"{path} is not a backup of Waypost.")
    if MANIFEST not in kept:
        raise Damaged
    try:
        manifest = manifest_in(kept[MANIFEST])
    except (ValueError, TypeError, KeyError) as fault:
        raise Damaged from fault
    if dict(manifest.files) != held:
        different = sorted(name for name in held.keys() | manifest.files if held.get(name) != manifest.files.get(name))
        raise CannotRead(f"{path} was altered at {different[0]}, so nothing was restored.")
    return manifest


def _blocks(tar: tarfile.TarFile, entry: tarfile.TarInfo) -> Iterator[bytes]:
    file = tar.extractfile(entry)
    if file is None:
        raise Damaged
    left = entry.size
    while left:
        block = file.read(min(BLOCK, left))
        if not block:
            raise Damaged
        left -= len(block)
        yield block


def _packed(file: IO[bytes], path: Path) -> Any:
    if file.read(4) != b"\x28\xb5\x2f\xfd":  # as every zstd file begins
        raise CannotRead(f"{path} is not a backup of Waypost.")
    file.seek(0)
    return _Source(pa.CompressedInputStream(file, "zstd"))


class _Source:
    """What is read. A fault in reading it is the file's, and not that of the disk that is written to."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def read(self, size: int) -> bytes:
        try:
            return bytes(self._stream.read(size))
        except (OSError, ValueError) as fault:
            raise Damaged from fault


def sync(folder: Path) -> None:
    """Has the names in a folder outlast a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
