"""A PostgreSQL server of one's own: made in a temporary folder, reached through a socket in it, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

NAME = "waypost"
SMALL = ("listen_addresses=", "max_connections=40")
"""Only its own machine reaches it, and few at once."""
IN_HASTE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""Where nothing in it outlasts the work, nothing is written through to the disk."""

LONGEST_START = 30


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest where there are several, or None."""
    on_path = shutil.which("initdb")
    places = [Path(on_path).resolve().parent] if on_path else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parts[-2].zfill(3), reverse=True)
    return next((place for place in places if (place / "initdb").exists() and (place / "postgres").exists()), None)


@contextmanager
def server() -> Iterator[str]:
    """The address of a database on a server that runs as long as this does.

    Raises:
        FileNotFoundError: PostgreSQL is not on this machine.
    """
    found = programs()
    if found is None:
        raise FileNotFoundError("PostgreSQL was not found")
    # The path of a socket must be short, and PostgreSQL's user must reach it.
    folder = Path(tempfile.mkdtemp(prefix="waypost-pg-"))
    as_user = _as_user(folder)
    made = ("-D", folder / "data", "-U", NAME, "--auth=trust", "-E", "UTF8", "--locale=C", "-N")
    asked = [str(word) for word in (found / "initdb", *made)]
    try:
        subprocess.run(asked, check=True, capture_output=True, cwd=folder, **as_user)  # noqa: S603
        with _running(found, folder, as_user):
            yield f"postgresql://{NAME}@{quote(str(folder), safe='')}/{NAME}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(found: Path, folder: Path, as_user: dict[str, Any]) -> Iterator[None]:
    settings = [word for each in (*SMALL, *IN_HASTE) for word in ("-c", each)]
    started = [str(word) for word in (found / "postgres", "-D", folder / "data", "-k", folder, *settings)]
    with (folder / "log").open("wb") as log:
        process: subprocess.Popen[bytes] = subprocess.Popen(started, stdout=log, stderr=log, cwd=folder, **as_user)  # noqa: S603
        try:
            _make_database(found, folder, process)
            yield
        finally:
            process.terminate()
            process.wait(timeout=LONGEST_START)


def _make_database(found: Path, folder: Path, process: subprocess.Popen[bytes]) -> None:
    asked = [str(word) for word in (found / "createdb", "-h", folder, "-U", NAME, NAME)]
    until = time.monotonic() + LONGEST_START
    while subprocess.run(asked, capture_output=True).returncode != 0:  # noqa: S603
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
