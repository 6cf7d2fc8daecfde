"""`waypost demo` makes the whole demonstration once, and shows it."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from waypost.reports.files import WRITERS

Start = Callable[..., Any]
INTERNAL = [f"annual-report_{code}_{year}_internal" for code in (991, 992, 993) for year in ("2025-26", "2024-25")]
LATEST, EARLIER = INTERNAL[::2], INTERNAL[1::2]
FILES = [*(f"{name}.{ending}" for name in LATEST for ending in WRITERS), *(f"{name}.html" for name in EARLIER)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def opened(port: int, path: str) -> bool:
    """Whether the service answers, once it has had time to open."""
    for _ in range(300):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("GET", path)
            return connection.getresponse().status == 200
        except ConnectionRefusedError:
            time.sleep(0.2)
        finally:
            connection.close()
    return False


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_the_demonstration_is_made_once_and_shown(apart: Start, tmp_path: Path) -> None:
    demo = tmp_path / "data" / "demo"
    with apart("demo", "--no-serve") as first:
        out, _ = first.communicate()
    assert (first.returncode, out) == (0, f"{demo / 'reports' / 'index.html'}\n")
    assert [len(list((demo / "census" / code).glob("cin_*.xml"))) for code in ("991", "992", "993")] == [6, 6, 6]
    made_files = {path.name: path.stat().st_size for path in (demo / "reports").iterdir()}
    assert made_files.keys() >= {"index.html", *FILES}
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["demo"]
    report = json.loads((demo / "reports" / f"{INTERNAL[0]}.json").read_text())
    assert report["code"] == "991"
    assert [beside["authority"] for beside in report["beside"]] == ["Brookvale", "Calder"]
    made = {path: path.stat().st_mtime_ns for path in (demo / "reports").rglob("*")}

    port = free_port()
    with apart("demo", "--port", port) as second:
        assert second.stdout.readline() == f"Open http://127.0.0.1:{port}/ in a browser; press Ctrl-C here to end.\n"
        assert opened(port, "/health/ready")
        with apart("demo", "--credentials") as listed:
            assert json.loads(listed.communicate()[0])["url"] == f"http://127.0.0.1:{port}/"
        second.send_signal(signal.SIGINT)
        assert second.stderr.readline() == "The demonstration was made before and is used again.\n"
    assert second.returncode == 0
    assert made == {path: path.stat().st_mtime_ns for path in (demo / "reports").rglob("*")}


def test_the_cast_can_be_listed_and_nothing_is_made(apart: Start, tmp_path: Path) -> None:
    with apart("demo", "--credentials") as listed:
        out, _ = listed.communicate()
    said = json.loads(out)
    assert said.keys() == {"url", "users"}
    assert said["url"] == "http://127.0.0.1:8000/"
    users = said["users"]
    assert {frozenset(user) for user in users} == {
        frozenset({"name", "role", "authority", "username", "password", "totp_secret"})
    }
    assert {"social_worker", "conference_chair", "committee_member"} <= {user["role"] for user in users}
    assert len({user["totp_secret"] for user in users}) == len(users)
    assert not (tmp_path / "data").exists()
