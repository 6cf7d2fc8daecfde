"""`waypost demo` makes the whole demonstration once, and shows it."""

from __future__ import annotations

import http.client
import json
import re
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from waypost.reports.files import WRITERS

Start = Callable[..., Any]
INTERNAL = [f"annual-report_{code}_{year}_internal" for code in (991, 992, 993) for year in ("2025-26", "2024-25")]
FILES = [f"{name}.{ending}" for name in INTERNAL for ending in WRITERS]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fetched(port: int, path: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    assert answer.status == 200
    text = answer.read().decode()
    connection.close()
    return text


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
    made = {path: path.stat().st_mtime_ns for path in demo.rglob("*")}

    port = free_port()
    with apart("demo", "--port", port) as second:
        assert second.stdout.readline() == f"Open http://127.0.0.1:{port}/ in a browser; press Ctrl-C here to end.\n"
        index = fetched(port, "/")
        links = re.findall(r'href="([^"#]+)"', index)
        assert sorted(links) == sorted(made_files.keys() - {"index.html"})
        assert "Annual child protection report" in fetched(port, f"/{INTERNAL[0]}.html")
        second.send_signal(signal.SIGINT)
        assert second.stderr.read() == "The demonstration was made before and is used again.\n"
    assert second.returncode == 0
    assert made == {path: path.stat().st_mtime_ns for path in demo.rglob("*")}
