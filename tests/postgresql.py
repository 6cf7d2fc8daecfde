"""A PostgreSQL server of the tests' own: made in a temporary folder, reached through a socket in it, gone afterwards.

To run some tests on it by hand: python -m tests.postgresql tests/web -k drafts
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.tools import postgresql

ROOT = Path(__file__).parents[1]
NAME = "waypost"
IN_HASTE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "max_connections=40")
"""Nothing in it outlasts the tests, so nothing is written through to the disk."""

LONGEST_START = 30


@contextmanager
def server() -> Iterator[str]:
    """The address of a database on a server that runs as long as this does."""
    programs = postgresql()
    if programs is None:
        raise FileNotFoundError("PostgreSQL was not found")
    # Not in pytest's own folder: the path of a socket must be short, and PostgreSQL's user must reach it.
    folder = Path(tempfile.mkdtemp(prefix="waypost-pg-"))
    as_user = _as_user(folder)
    try:
        made = [
            programs / "initdb",
            "-D",
            folder / "data",
            "-U",
            NAME,
            "--auth=trust",
            "-E",
            "UTF8",
            "--locale=C",
            "-N",
        ]
        subprocess.run(made, check=True, capture_output=True, cwd=folder, **as_user)
        with _running(programs, folder, as_user):
            yield f"postgresql://{NAME}@{quote(str(folder), safe='')}/{NAME}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(programs: Path, folder: Path, as_user: dict[str, Any]) -> Iterator[None]:
    settings = [word for each in IN_HASTE for word in ("-c", each)]
    started = [programs / "postgres", "-D", folder / "data", "-k", folder, *settings]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(started, stdout=log, stderr=log, cwd=folder, **as_user)
        try:
            _make_database(programs, folder, process)
            yield
        finally:
            process.terminate()
            process.wait(timeout=LONGEST_START)


def _make_database(programs: Path, folder: Path, process: subprocess.Popen[bytes]) -> None:
    asked = [programs / "createdb", "-h", folder, "-U", NAME, NAME]
    until = time.monotonic() + LONGEST_START
    while subprocess.run(asked, capture_output=True).returncode != 0:
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")
        time.sleep(0.1)


def _as_user(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root, so root runs it as another user, whose folder it then is."""
    if os.geteuid() != 0:
        return {}
    who = next(name for name in ("postgres", "nobody") if _is_known(name))
    user = pwd.getpwnam(who)
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _is_known(name: str) -> bool:
    return any(each.pw_name == name for each in pwd.getpwall())


def run(address: str, *words: str, **given: Any) -> subprocess.CompletedProcess[str]:
    """Runs tests on the database at an address, in a process of their own: its settings are read when it starts."""
    command = [sys.executable, "-m", "pytest", "--numprocesses=2", *words]
    known = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    known |= {"WAYPOST_DATABASE": address, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(command, cwd=ROOT, env=known, text=True, **given)


if __name__ == "__main__":
    with server() as where:
        sys.exit(run(where, *sys.argv[1:]).returncode)
