"""`waypost serve` as a process of its own: it opens on an empty folder, answers, gives way to no other, and stops."""

from __future__ import annotations

import http.client
import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Command

Apart = Callable[..., AbstractContextManager["subprocess.Popen[str]"]]
LONGEST_WAIT = 120

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def asked(port: int, path: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


def ready(port: int, process: subprocess.Popen[str]) -> bool:
    """Waits for it, as long as it runs. Nothing is said of how long a start may take; `bench` measures."""
    until = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < until and process.poll() is None:
        try:
            return asked(port, "/health/ready")[0] == 200
        except OSError:
            time.sleep(0.1)
    return False


def test_it_opens_on_an_empty_folder_and_stops_when_told(apart: Apart, tmp_path: Path) -> None:
    port = free_port()
    with apart("serve", "--port", port) as first:
        assert ready(port, first)
        status, headers, page = asked(port, "/sign-in")
        assert status == 200
        assert "no-store" in headers["Cache-Control"]
        sheet = re.search(r'href="(/static/web/waypost[^"]*\.css)"', page.decode())
        assert sheet
        status, headers, style = asked(port, sheet[1])
        assert (status, b".govuk-button" in style) == (200, True)
        assert "immutable" in headers["Cache-Control"]
        assert int(headers["Cache-Control"].split("max-age=")[1].split(",")[0]) > 30_000_000
        first.send_signal(signal.SIGTERM)
        out, err = first.communicate(timeout=LONGEST_WAIT)
    assert (first.returncode, out) == (0, "")
    told, beside, *log = err.splitlines()
    assert told == f"Waypost is open at http://127.0.0.1:{port}/; press Ctrl-C here to end."
    assert beside.startswith("Beside it, run waypost worker")
    assert {json.loads(line)["event"] for line in log} <= {"answered", "sealed"}
    assert "/sign-in" not in "\n".join(log)
    made = {path.name for path in (tmp_path / "data").iterdir()}
    assert {"waypost.db", "secret.key", "static"} <= made
    assert (tmp_path / "data" / "secret.key").stat().st_mode & 0o077 == 0

    key = (tmp_path / "data" / "secret.key").read_text()
    with apart("serve", "--port", port) as second:
        assert ready(port, second)
        second.send_signal(signal.SIGINT)
        second.communicate(timeout=LONGEST_WAIT)
    assert second.returncode == 0
    assert (tmp_path / "data" / "secret.key").read_text() == key


def test_a_port_in_use_is_refused_in_one_sentence(apart: Apart, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with apart("serve", "--port", port) as process:
            out, err = process.communicate(timeout=LONGEST_WAIT)
    assert (process.returncode, out) == (2, "")
    assert err == f"Port {port} is in use by another program; choose another with --port.\n"
    assert not (tmp_path / "data").exists()


def test_credentials_are_printed_and_nothing_is_written(waypost: Command, tmp_path: Path) -> None:
    said = waypost("demo", "--credentials")
    assert (said.code, said.err) == (0, "")
    cast = json.loads(said.out)["users"]
    assert all(each["username"].endswith(".example.org") for each in cast)
    assert len({each["username"] for each in cast}) == len(cast) > 20
    assert list(tmp_path.iterdir()) == []
