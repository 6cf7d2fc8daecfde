"""A filled data folder, made once for all of these tests, and copies of it."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

import pytest

from tests.upkeep.service import Browser, fill

MAYA = """
from waypost.records.casework.models import Child
child = Child.objects.get(person__names__given="Maya", person__names__kind="legal")
print(json.dumps({"child": str(child.pk), "person": str(child.person_id)}))
"""


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of the demonstration's families with three documents, on SQLite, closed. Not to be written to."""
    base = tmp_path_factory.getbasetemp()
    home = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "filled"
    home.mkdir(exist_ok=True)
    with (home / "made.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "made").exists():
            fill(home / "data")
            (home / "made").touch()
    return home / "data"


def add_document(browser: Browser, child: str, title: str, held: bytes) -> int:
    said = {"title": title, "kind": "letter", "sensitivity": "ordinary"}
    said |= {"dated_on_day": "2", "dated_on_month": "3", "dated_on_year": "2026"}
    return browser.post(f"/children/{child}/documents/new", said, ("letter.txt", held))


@pytest.fixture
def data(filled: Path, tmp_path: Path) -> Path:
    """A copy of it, to do anything to."""
    return shutil.copytree(filled, tmp_path / "data")
