"""`waypost audit verify` as people run it: 0 where the trail is whole, 1 and a sentence for each fault where not."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import timezone

from tests.architecture.house import ROOT, SRC
from waypost.access import trail
from waypost.access.models import Act, Seal

MAKE = """
from pathlib import Path
import sys
from datetime import timedelta
from waypost.cli.service import woken
woken(Path(sys.argv[1]))
from django.core.management import call_command
from django.utils import timezone
call_command("migrate", run_syncdb=True, verbosity=0)
from waypost.access import trail
from waypost.access.models import Act
long_ago = timezone.now() - timedelta(hours=1)
for number in range(6):
    trail.add(Act.READ, f"page {number}", by=None, at=long_ago)
    if number == 2:
        trail.seal()
trail.seal()
"""
COLUMNS = "key, at, kind, what, by_id, authority_id, child, rows, because"


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=os.environ | {"PYTHONPATH": str(SRC)}, capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose trail has six lines in two batches."""
    folder = tmp_path_factory.mktemp("data")
    made = run("-c", MAKE, str(folder))
    assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture
def data(kept: Path, tmp_path: Path) -> Path:
    """A copy of it, to do harm to."""
    with sqlite3.connect(kept / "waypost.db") as source, sqlite3.connect(tmp_path / "waypost.db") as copy:
        source.backup(copy)
    return tmp_path


def harm(data: Path, statement: str) -> None:
    with sqlite3.connect(data / "waypost.db") as database:
        database.execute(statement)


def verify(data: Path) -> subprocess.CompletedProcess[str]:
    return run("-m", "waypost.cli", "audit", "verify", "--data-dir", str(data))


def test_a_whole_trail(data: Path) -> None:
    done = verify(data)
    assert (done.returncode, done.stdout) == (0, "6 lines are sealed in 2 batches; 0 faults.\n")


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        (
            "UPDATE access_act SET what = 'another page' WHERE id = 2",
            "A line between 1 and 3, or their seal, has been changed since it was sealed.",
        ),
        ("DELETE FROM access_act WHERE id = 5", "Lines 4 to 6 were 3 when sealed and are 2 now."),
        (
            "UPDATE access_act SET id = 9 WHERE id = 6; ",
            "Lines 4 to 6 were 3 when sealed and are 2 now.",
        ),
        ("DELETE FROM access_seal WHERE first = 1", "The seal of lines 4 to 6 does not follow from the one before it."),
    ],
    ids=["changed", "removed", "renumbered", "seal removed"],
)
def test_harm_that_was_done(data: Path, statement: str, says: str) -> None:
    harm(data, statement)
    done = verify(data)
    assert done.returncode == 1
    assert says in done.stdout.splitlines()


def test_a_line_that_was_put_in(data: Path) -> None:
    harm(data, "UPDATE access_act SET id = 40 WHERE id = 3")
    harm(data, f"INSERT INTO access_act (id, {COLUMNS}) SELECT 3, hex(randomblob(16)), at, kind, 'put in', by_id,"  # noqa: S608
               " authority_id, child, rows, because FROM access_act WHERE id = 1")  # fmt: skip
    assert verify(data).returncode == 1


def test_a_folder_without_a_service_is_said_so(tmp_path: Path) -> None:
    done = verify(tmp_path)
    assert done.returncode == 2
    assert "There is no service in" in done.stderr


def test_two_who_seal_at_once_do_not_seal_twice(data: Path) -> None:
    harm(data, "DELETE FROM access_seal")
    at = [
        subprocess.Popen(
            [sys.executable, "-m", "waypost.cli", "audit", "verify", "--data-dir", str(data)],
            cwd=ROOT, env=os.environ | {"PYTHONPATH": str(SRC)}, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    assert [each.wait() for each in at] == [0, 0]
    assert verify(data).stdout == "6 lines are sealed in 1 batches; 0 faults.\n"


@pytest.mark.django_db
def test_who_had_not_yet_seen_the_others_seal_keeps_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where a database lets two begin before either has ended."""
    for number in range(2):
        trail.add(Act.READ, f"page {number}", by=None, at=datetime(2026, 3, 2, 10, number, tzinfo=UTC))
    assert trail.seal() == 2
    trail.add(Act.READ, "page 3", by=None, at=datetime(2026, 3, 2, 11, tzinfo=UTC))
    real = Seal.objects.select_for_update
    monkeypatch.setattr(Seal.objects, "select_for_update", lambda: Seal.objects.none())
    assert trail.seal(timezone.now()) == 0
    monkeypatch.setattr(Seal.objects, "select_for_update", real)
    assert (trail.seal(timezone.now()), Seal.objects.count()) == (1, 2)
    assert not list(trail.faults())
