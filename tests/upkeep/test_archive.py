"""The file of a backup: what was cut, altered, mixed up or made by a newer Waypost is refused with one sentence."""

from __future__ import annotations

import hashlib
import json
import tarfile
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pyarrow as pa
import pytest

from waypost import __version__
from waypost.domain.errors import CannotRead
from waypost.upkeep.backup import archive
from waypost.upkeep.backup.archive import Writer
from waypost.upkeep.backup.manifest import FORMAT, Header, Manifest
from waypost.upkeep.progress import Progress

HEADER = Header(FORMAT, __version__, "2026-03-02T10:00:00Z", "sqlite", "0" * 16)
LETTER = b"Dear team, Maya likes school. " * 4000


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter"
    path.write_bytes(LETTER)
    return path


@pytest.fixture
def write(tmp_path: Path, letter: Path) -> Callable[..., Path]:
    """Makes a backup of one letter; `harm` may change what its manifest says."""

    def made(harm: Callable[[Manifest], Manifest] = lambda said: said, header: Header = HEADER, **add: Path) -> Path:
        path = tmp_path / "backup"
        with archive.making(path) as writer:
            writer.begin(header)
            for name in ("documents/ab/letter", *add):
                writer.add(name, add.get(name, letter))
            writer.finish(harm(Manifest(header, dict(writer.files), {"letters": 1}, (), "")))
        return path

    return made


def read(path: Path) -> Manifest:
    into = path.parent / "into"
    into.mkdir(exist_ok=True)
    return archive.unpacked(path, into, Progress(print))


def refused(path: Path) -> str:
    with pytest.raises(CannotRead) as refusal:
        read(path)
    return str(refusal.value)


def test_what_went_in_comes_out(write: Callable[..., Path]) -> None:
    path = write()
    assert path.stat().st_mode & 0o777 == 0o600
    assert {each.name for each in path.parent.iterdir()} == {"letter", "backup"}
    manifest = read(path)
    assert manifest.header == HEADER
    assert manifest.files["documents/ab/letter"] == (hashlib.sha256(LETTER).hexdigest(), len(LETTER))
    kept = path.parent / "into" / "documents" / "ab" / "letter"
    assert kept.read_bytes() == LETTER
    assert [kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777] == [0o600, 0o700]


@pytest.mark.parametrize("share", [0.0, 0.001, 0.05, 0.5, 0.9, 0.99])
def test_a_backup_that_was_cut_short(write: Callable[..., Path], share: float) -> None:
    path = write()
    held = path.read_bytes()
    path.write_bytes(held[: int(len(held) * share)])
    assert "is cut short or damaged" in refused(path) or share < 0.05


def test_a_backup_with_another_byte_anywhere_is_refused_or_says_the_same(write: Callable[..., Path]) -> None:
    path = write()
    held, good = path.read_bytes(), read(path)
    refusals = 0
    for place in range(0, len(held), max(1, len(held) // 150)):
        path.write_bytes(held[:place] + bytes([held[place] ^ 0x10]) + held[place + 1 :])
        (path.parent / "into" / "documents" / "ab" / "letter").unlink()
        try:
            assert read(path) == good
        except CannotRead:
            refusals += 1
        (path.parent / "into" / "documents" / "ab" / "letter").touch()
    assert refusals > 100


def test_a_file_that_was_altered_is_named(write: Callable[..., Path], tmp_path: Path) -> None:
    def other(said: Manifest) -> Manifest:
        return replace(said, files={**said.files, "documents/ab/letter": ("0" * 64, len(LETTER))})

    path = write(other)
    assert refused(path) == f"{path} was altered at documents/ab/letter, so nothing was restored."


def test_a_file_that_was_put_in_or_taken_out_is_named(write: Callable[..., Path], letter: Path) -> None:
    def without(said: Manifest) -> Manifest:
        return replace(said, files={name: held for name, held in said.files.items() if "letter" not in name})

    def more(said: Manifest) -> Manifest:
        return replace(said, files={**said.files, "documents/ab/another": ("0" * 64, 1)})

    assert "altered at documents/ab/letter" in refused(write(without))
    (letter.parent / "into").rename(letter.parent / "before")
    assert "altered at documents/ab/another" in refused(write(more))


@pytest.mark.parametrize(
    "header",
    [replace(HEADER, software="99.0.0"), replace(HEADER, format=FORMAT + 1, software="0.1.0")],
    ids=["software", "format"],
)
def test_a_newer_one_is_refused(write: Callable[..., Path], header: Header) -> None:
    assert "which is newer than this one" in refused(write(header=header))
    assert not list((write().parent / "into").iterdir())


def test_an_older_one_is_taken(write: Callable[..., Path]) -> None:
    assert read(write(header=replace(HEADER, software="0.0.9"))).header.software == "0.0.9"


@pytest.mark.parametrize(
    "name", ["../outside", "documents/../../outside", "/outside", "waypost.db", "secret.key", "other/file"]
)
def test_nothing_is_put_elsewhere(write: Callable[..., Path], letter: Path, name: str) -> None:
    refused(write(**{name: letter}))
    assert not list(letter.parent.rglob("outside*"))
    assert not list((letter.parent / "into").glob("*.*"))


def test_a_link_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "backup"
    with pa.CompressedOutputStream(str(path), "zstd") as packed, tarfile.open(fileobj=packed, mode="w|") as tar:
        Writer(tar).begin(HEADER)
        link = tarfile.TarInfo("documents/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc"
        tar.addfile(link)
    assert "damaged" in refused(path)


@pytest.mark.parametrize("held", [b"", b"not a backup", b"\x28\xb5\x2f\xfd", b"\x28\xb5\x2f\xfd" + b"\0" * 99])
def test_another_file_is_no_backup(tmp_path: Path, held: bytes) -> None:
    path = tmp_path / "letter"
    path.write_bytes(held)
    assert str(path) in refused(path)


def test_another_archive_is_no_backup(tmp_path: Path, letter: Path) -> None:
    path = tmp_path / "backup"
    with pa.CompressedOutputStream(str(path), "zstd") as packed, tarfile.open(fileobj=packed, mode="w|") as tar:
        tar.add(letter, "letter")
    assert refused(path) == f"{path} is not a backup of Waypost."


def test_one_that_fails_half_way_is_nowhere(tmp_path: Path, letter: Path) -> None:
    with pytest.raises(FileNotFoundError), archive.making(tmp_path / "backup") as writer:
        writer.add("documents/ab/another", tmp_path / "gone")
    assert [each.name for each in tmp_path.iterdir()] == ["letter"]


def test_a_manifest_holds_nothing_of_anybody() -> None:
    held = json.dumps(asdict(Manifest(HEADER, {"a": ("b", 1)}, {"c": 2}, ("d",), "e")))
    assert "/" not in held
