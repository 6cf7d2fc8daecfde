"""The demonstration's site shows the pages of one folder to this machine, and nothing else to anyone."""

from __future__ import annotations

import base64
import hashlib
import http.client
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Command
from waypost.demo.site import Site, opened

PAGE = "<!DOCTYPE html><title>Ashdown</title><style>p { color: black }</style><p>Plans: 82</p>"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    folder = tmp_path / "reports"
    (folder / "more").mkdir(parents=True)
    (folder / "index.html").write_text(PAGE)
    (folder / "figures.json").write_text("{}")
    (folder / "notes.txt").write_text("not a page")
    (folder / ".draft.html").write_text("not finished")
    (folder / "more" / "index.html").write_text("deeper")
    (tmp_path / "secret.html").write_text("outside")
    (folder / "link.html").symlink_to(tmp_path / "secret.html")
    with opened(folder, 0) as made:
        thread = threading.Thread(target=made.serve_forever, args=(0.01,))
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def ask(
    site: Site, path: str, method: str = "GET", host: str | None = None
) -> tuple[int, str, http.client.HTTPMessage]:
    connection = http.client.HTTPConnection("127.0.0.1", site.server_address[1], timeout=20)
    try:
        connection.request(method, path, headers={"Host": host} if host else {})
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer.headers
    finally:
        connection.close()


def test_a_page_may_load_its_own_styles_and_nothing_else(site: Site) -> None:
    status, text, headers = ask(site, "/")
    digest = base64.b64encode(hashlib.sha256(b"p { color: black }").digest()).decode()
    assert (status, text) == (200, PAGE)
    policy = headers["Content-Security-Policy"].split("; ")
    assert policy[:3] == ["default-src 'none'", f"style-src 'sha256-{digest}'", "script-src 'none'"]
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Server"].strip() == "Waypost"


def test_data_is_served_as_data(site: Site) -> None:
    status, _, headers = ask(site, "/figures.json?year=2024-25")
    assert (status, headers["Content-Type"]) == (200, "application/json; charset=utf-8")


@pytest.mark.parametrize(
    "path",
    [
        "/secret.html",
        "/../secret.html",
        "/%2e%2e/secret.html",
        "//secret.html",
        "/link.html",
        "/.draft.html",
        "/notes.txt",
        "/more/",
        "/more/index.html",
        "/more",
        "/index.html%00",
        "/..%5csecret.html",
    ],
)
def test_nothing_but_the_pages_of_the_folder_is_there(site: Site, path: str) -> None:
    assert ask(site, path)[:2] == (404, "There is no such page here.\n")


def test_only_this_machines_names_are_answered(site: Site) -> None:
    assert ask(site, "/", host="localhost:8000")[0] == 200
    assert ask(site, "/", host="waypost.example")[0] == 421


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_sent_to_it(site: Site, method: str) -> None:
    assert ask(site, "/", method)[0] == 501


def test_head_has_no_body(site: Site) -> None:
    status, text, headers = ask(site, "/", "HEAD")
    assert (status, text, headers["Content-Length"]) == (200, "", str(len(PAGE)))


def test_it_listens_on_loopback_only(site: Site) -> None:
    assert site.server_address[0] == "127.0.0.1"
    assert site.address.startswith("http://127.0.0.1:")


def test_a_port_that_is_taken_is_wrong_use(waypost: Command) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = waypost("demo", "--port", port)
    assert (said.code, said.out) == (2, "")
    assert said.err == f"Port {port} is in use by another program; choose another with --port.\n"
