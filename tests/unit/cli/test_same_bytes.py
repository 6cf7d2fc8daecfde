"""A report from a freeze is the report from its files: the same bytes, wherever and whenever it is made."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house import SRC
from waypost.demo import census
from waypost.domain.periods import FinancialYear

YEARS = (FinancialYear(2024), FinancialYear(2025))
FORMATS = ("html", "json")

LATER = """
import datetime, time
from waypost.datasets.load import cin_census

AHEAD = 400 * 86400
now = time.time
time.time = lambda: now() + AHEAD

class Later(datetime.datetime):
    @classmethod
    def now(cls, zone=None):
        return datetime.datetime.now(zone) + datetime.timedelta(seconds=AHEAD)

cin_census.datetime = Later
"""
"""Python runs this when it starts: where the moment of reading is taken, it is more than a year later."""

HERE = {"TZ": "Europe/London", "LC_ALL": "C", "PYTHONHASHSEED": "1"}
THERE = {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "2"}


def command(*words: object, at: Path, world: dict[str, str]) -> str:
    """Runs a command in a process of its own, in a folder and a world of its own, and gives what it prints."""
    known = os.environ | {"PYTHONPATH": os.pathsep.join((str(at), str(SRC)))} | world
    asked = [sys.executable, "-P", "-m", "waypost.cli", *map(str, words)]
    done = subprocess.run(asked, cwd=at, env=known, capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """Another folder, in which it is more than a year later."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(LATER)
    return folder


def test_the_report_from_a_freeze_is_the_report_from_its_files(tmp_path: Path, elsewhere: Path) -> None:
    files = census.write(tmp_path / "census", authority="991", years=YEARS, seed=7, size=0.1)
    data = ("--data-dir", tmp_path / "data")
    shapes = ("--format", ",".join(FORMATS))
    id = command("freeze", "create", "--cin", *files, *data, at=tmp_path, world=HERE).strip()
    made = []
    for source, at, world in ((("--freeze", id[:15]), tmp_path, HERE), (("--cin", *files), elsewhere, THERE)):
        out = at / "reports"
        command("report", "annual", *source, *data, *shapes, "--out", out, at=at, world=world)
        made.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert sorted(made[0]) == [f"annual-report_991_2024-25_internal.{shape}" for shape in FORMATS]
    assert made[0] == made[1]


def test_the_clock_elsewhere_is_another(tmp_path: Path, elsewhere: Path) -> None:
    """Else the test above would show nothing: files that were never frozen are as at the moment they are read."""
    files = census.write(tmp_path / "census", authority="991", years=YEARS[1:], seed=7, size=0.02)
    here, there = (
        json.loads(command("indicators", "--cin", *files, "--only", "referrals", "--data-dir", at, at=at, world=world))
        for at, world in ((tmp_path, HERE), (elsewhere, THERE))
    )
    assert here["freeze"].pop("as_at")[:4] < there["freeze"].pop("as_at")[:4]
    assert here == there
