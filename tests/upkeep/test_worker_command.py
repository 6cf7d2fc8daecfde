"""`waypost worker` beside a service: it works, and ends when it is told to."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.architecture.house import ROOT
from tests.upkeep.service import known, waypost


def done(data: Path) -> int:
    with sqlite3.connect(data / "waypost.db") as there:
        asked = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'SUCCESSFUL'"
        return int(there.execute(asked).fetchone()[0])


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_it_works_until_it_is_told_to_end(data: Path, told: signal.Signals) -> None:
    with sqlite3.connect(data / "waypost.db") as there:
        there.execute("DELETE FROM django_tasks_database_dbtaskresult")
    words = [sys.executable, "-m", "waypost.cli", "worker", "--data-dir", str(data)]
    with subprocess.Popen(words, cwd=ROOT, env=known(), stderr=subprocess.PIPE, text=True) as worker:
        for _ in range(600):
            if done(data) >= 5:
                break
            time.sleep(0.1)
        worker.send_signal(told)
        said = worker.communicate(timeout=60)[1]
    assert worker.returncode == 0, said
    assert said.splitlines() == ["The worker is working; press Ctrl-C here to end it."]
    assert done(data) >= 5


def test_a_folder_without_a_service_has_nothing_to_do(tmp_path: Path) -> None:
    none = waypost("worker", "--once", data=tmp_path)
    assert none.returncode == 2
    assert "There is no service in" in none.stderr
