"""Waypost as people run it, in processes of its own: its commands, and a service that can be killed."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.architecture.house import ROOT, SRC
from waypost.demo.service.cast import CAST, PASSWORD

WORKER = next(member for member in CAST if member.name == "Farrin Oakes")
LONGEST_START = 90
FILL = """
import sys
from pathlib import Path
from waypost.cli.service import made_ready
made_ready(Path(sys.argv[1]), is_training=True)
from waypost.demo.service.fill import fill
fill()

from allauth.mfa.models import Authenticator
Authenticator.objects.filter(user__email=sys.argv[2]).delete()

from datetime import date, timedelta
from django.core.files.base import ContentFile
from django.utils import timezone
from waypost.access import trail
from waypost.access.actor import Actor
from waypost.access.models import User
from waypost.records.casework.actions.documents import NewDocument, add_document
from waypost.records.casework.filed import store
from waypost.records.casework.models import Child
from waypost.upkeep import seals

by = Actor.of(User.objects.get(email=sys.argv[2]), today=timezone.localdate())
maya = Child.objects.get(person__names__given="Maya", person__names__kind="legal")
for number in range(3):
    new = NewDocument(f"Letter {number}", "letter", "ordinary", date(2026, 3, 2), "letter.txt", "txt")
    add_document(maya, new=new, kept=store.keep(ContentFile(f"Dear team, {number}.".encode())), by=by)
trail.seal(timezone.now() + timedelta(minutes=5))
seals.copy_out()
"""
"""The one who writes here signs in with a password alone, as a service for training lets people do."""


def known(database: str = "") -> dict[str, str]:
    """What a process is told by its environment."""
    held = {name: value for name, value in os.environ.items() if not name.startswith(("WAYPOST_", "PYTEST_"))}
    return held | {"PYTHONPATH": str(SRC)} | ({"WAYPOST_DATABASE": database} if database else {})


def waypost(*words: str | Path, data: Path, database: str = "") -> subprocess.CompletedProcess[str]:
    """Runs one command to its end."""
    command = [sys.executable, "-m", "waypost.cli", *map(str, words), "--data-dir", str(data)]
    return subprocess.run(command, cwd=ROOT, env=known(database), capture_output=True, text=True)


def script(text: str, *words: str | Path, database: str = "") -> str:
    """Runs some Python and gives what it printed."""
    command = [sys.executable, "-c", text, *map(str, words)]
    done = subprocess.run(command, cwd=ROOT, env=known(database), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def fill(data: Path) -> None:
    """A record of the demonstration's cast and families, with three documents and a sealed trail, on SQLite."""
    script(FILL, data, WORKER.email)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(data: Path, database: str = "") -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """The service, and its port; killed with all its processes at the end, if it still lives."""
    port = free_port()
    words = [sys.executable, "-m", "waypost.cli", "serve", "--port", str(port), "--data-dir", str(data)]
    told = known(database) | {"WAYPOST_TRAINING": "1"}
    with (data / "served.log").open("ab") as log:
        process = subprocess.Popen(words, cwd=ROOT, env=told, stdout=log, stderr=log, start_new_session=True)
    try:
        _wait_for(port, process, data)
        yield port, process
    finally:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kills a process and all that it started, at once and without a word."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes], data: Path) -> None:
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until and process.poll() is None:
        try:
            if Browser(port).get("/health/ready")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError((data / "served.log").read_text())


class Browser:
    """Sends forms as a browser does, and keeps its cookies."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> tuple[int, str]:
        return self._ask("GET", path, None, {})

    def post(self, path: str, said: Mapping[str, str], file: tuple[str, bytes] | None = None) -> int:
        """Sends a form and gives the answer's status; 302 says that it was taken."""
        given = {"csrfmiddlewaretoken": self.token, **said}
        if file is None:
            return self._ask("POST", path, urlencode(given).encode(), {"Content-Type": URLENCODED})[0]
        mark = uuid.uuid4().hex
        body = _parts(mark, given, file)
        return self._ask("POST", path, body, {"Content-Type": f"multipart/form-data; boundary={mark}"})[0]

    def sign_in(self, email: str = WORKER.email) -> None:
        self.read_token("/sign-in")
        assert self.post("/sign-in", {"login": email, "password": PASSWORD}) == 302
        self.read_token("/people")

    def read_token(self, path: str) -> None:
        status, page = self.get(path)
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert found, (status, page[:500])
        self.token = found[1]

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, str]:
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            asked.request(method, path, body, {"Cookie": cookie, **headers})
            answer = asked.getresponse()
            text = answer.read().decode("utf-8", "replace")
        finally:
            asked.close()
        for set_cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = set_cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, text


URLENCODED = "application/x-www-form-urlencoded"


def _parts(mark: str, said: Mapping[str, str], file: tuple[str, bytes]) -> bytes:
    lines = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in said.items()
    ]
    name, held = file
    lines.append(f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode())
    return b"".join([*lines, held, f"\r\n--{mark}--\r\n".encode()])


def answers(text: str, data: Path, database: str = "", **given: Any) -> Any:
    """Runs some Python with Django awake on a folder; it prints its answer as JSON. `given` is there as `given`."""
    head = (
        "import json, sys\nfrom pathlib import Path\nfrom waypost.cli.service import woken\nwoken(Path(sys.argv[1]))\n"
        "given = json.loads(sys.argv[2])\n"
    )
    return json.loads(script(head + text, data, json.dumps(given), database=database))
