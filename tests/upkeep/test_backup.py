"""The drill on SQLite: a record is backed up while people write to it, and is all there when it is put back."""

from __future__ import annotations

import fcntl
import hashlib
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import pyarrow as pa

from tests.upkeep.conftest import MAYA
from tests.upkeep.killed import LOOK, Writer
from tests.upkeep.service import Browser, answers, serving, waypost

MADE_ANEW = {"django_session", "usersessions_usersession", "cache", "access_act", "sqlite_sequence"}
"""Everybody signs in again, and the trail has a line of what was done."""


def rows(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with sqlite3.connect(database) as there:
        tables = [name for (name,) in there.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(there.execute(f'SELECT * FROM "{name}"'), key=repr) for name in tables}  # noqa: S608


def files(data: Path) -> dict[str, str]:
    """Every document, and the hash of what is in it."""
    held = (path for path in (data / "documents").rglob("*") if path.is_file())
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in held}


@contextmanager
def open_to_others(data: Path) -> Iterator[None]:
    with (data / ".in-use").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


def test_the_drill_while_people_write(data: Path, tmp_path: Path) -> None:
    where, backup, fresh = answers(MAYA, data), tmp_path / "backup.tar.zst", tmp_path / "fresh"
    with serving(data) as (port, _):
        browser = Browser(port)
        browser.sign_in()
        writer = Writer(1, browser, where)
        writer.start()
        while len(writer.taken) < 20:
            Event().wait(0.01)
        before, began = list(writer.taken), writer.sent
        made = waypost("backup", backup, data=data)
        went_on = writer.sent - began
        writer.enough.set()
        writer.join()
    assert (made.returncode, made.stderr) == (0, "")
    assert went_on > 2, "people wrote while it was made"
    restored = waypost("restore", backup, data=fresh)
    assert restored.returncode == 0, restored.stdout + restored.stderr
    looked = answers(LOOK, fresh, taken=before)
    assert looked["wrong"] == []
    assert len(before) <= looked["there"] <= len(writer.taken) + 1


def test_every_row_and_document_is_as_it_was(data: Path, tmp_path: Path) -> None:
    backup, fresh = tmp_path / "backup.tar.zst", tmp_path / "fresh"
    (data / "reports").mkdir()
    (data / "reports" / "a-report.json").write_text("{}")
    with sqlite3.connect(data / "waypost.db") as there:
        there.execute("INSERT INTO django_session VALUES ('a-session', 'held', '2026-03-02 10:00:00')")
    made = waypost("backup", backup, data=data)
    assert made.returncode == 0, made.stderr
    assert "tables and 3 documents, as they were at" in made.stdout
    assert backup.stat().st_mode & 0o777 == 0o600
    restored = waypost("restore", backup, data=fresh)
    assert restored.returncode == 0, restored.stderr
    assert restored.stdout.splitlines()[-1].endswith("; 0 faults.")
    assert "made under another secret key" in restored.stderr
    was, now = rows(data / "waypost.db"), rows(fresh / "waypost.db")
    assert was.keys() == now.keys()
    assert not [name for name in was if name not in MADE_ANEW and was[name] != now[name]]
    assert set(was["access_act"]) < set(now["access_act"])
    assert len(now["access_act"]) == len(was["access_act"]) + 1
    assert was["django_session"]
    assert not now["django_session"], "everybody signs in again"
    assert sum(map(len, was.values())) > 1000
    assert files(fresh) == files(data)
    assert len(files(data)) == 3
    assert (fresh / "reports" / "a-report.json").read_text() == "{}"
    assert (fresh / "seals.txt").read_text() == (data / "seals.txt").read_text()
    assert (fresh / "secret.key").read_text() != (data / "secret.key").read_text()
    assert (data / "secret.key").read_bytes().strip() not in unpacked(backup)


def unpacked(backup: Path) -> bytes:
    with pa.CompressedInputStream(str(backup), "zstd") as packed, tarfile.open(fileobj=packed, mode="r|") as tar:
        return b"".join(tar.extractfile(entry).read() for entry in tar)  # type: ignore[union-attr]


def test_a_record_that_is_there_is_kept_from_harm(data: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup.tar.zst"
    assert waypost("backup", backup, data=data).returncode == 0
    again = waypost("backup", backup, data=data)
    assert (again.returncode, again.stdout) == (2, "")
    assert "is there already" in again.stderr
    before = rows(data / "waypost.db")
    over = waypost("restore", backup, data=data)
    assert (over.returncode, over.stdout) == (2, "")
    assert "There is a record in" in over.stderr
    with open_to_others(data):
        running = waypost("restore", backup, "--replace", data=data)
    assert (running.returncode, running.stdout) == (2, "")
    assert "Waypost is running on" in running.stderr
    held = backup.read_bytes()
    backup.write_bytes(held[: len(held) // 2])
    cut = waypost("restore", backup, "--replace", data=data)
    assert (cut.returncode, cut.stdout, len(cut.stderr.splitlines())) == (2, "", 1)
    assert rows(data / "waypost.db") == before
    assert not [*data.glob("before-*"), *data.glob(".restore-*"), *data.glob(".backup-*")]


def test_a_record_that_is_replaced_is_kept_beside(data: Path, tmp_path: Path) -> None:
    backup, before = tmp_path / "backup.tar.zst", rows(data / "waypost.db")
    assert waypost("backup", backup, data=data).returncode == 0
    done = waypost("restore", backup, "--replace", data=data)
    assert done.returncode == 0, done.stderr
    assert done.stderr == "", "the key is the same"
    [kept] = data.glob("before-*")
    assert f"What was there before is kept in {kept}." in done.stdout
    assert rows(kept / "waypost.db")["access_user"] == before["access_user"]
    assert len(files(kept)) == 3
    assert files(data) == files(kept)


def test_what_is_refused_leaves_nothing(tmp_path: Path) -> None:
    letter, fresh = tmp_path / "letter.txt", tmp_path / "fresh"
    letter.write_text("Dear team")
    for asked, says in ((letter, "is not a backup of Waypost"), (tmp_path / "nothing", "There is no file")):
        done = waypost("restore", asked, data=fresh)
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
        assert says in done.stderr
        assert not fresh.exists()
    nothing = waypost("backup", tmp_path / "backup", data=fresh)
    assert (nothing.returncode, fresh.exists()) == (2, False)


def test_a_document_that_is_not_what_was_kept_is_named(data: Path, tmp_path: Path) -> None:
    altered, lost, _ = sorted(path for path in (data / "documents").rglob("*") if path.is_file())
    altered.chmod(0o600)
    altered.write_text("something else")
    lost.unlink()
    backup = tmp_path / "backup.tar.zst"
    made = waypost("backup", backup, data=data)
    assert made.returncode == 1
    assert f"The document {altered.name} is not what was kept" in made.stdout
    assert f"The document {lost.name} is not there" in made.stdout
    assert waypost("restore", backup, data=tmp_path / "fresh").returncode == 0


def test_a_restore_that_was_killed_half_way_is_done_again(data: Path) -> None:
    (data / ".half-restored").touch()
    done = waypost("worker", "--once", data=data)
    assert (done.returncode, done.stdout) == (2, "")
    assert "was stopped half way; do it again" in done.stderr
