"""Shows a folder of finished pages to the person at this machine, and to nobody else.

It listens on loopback only, answers GET and HEAD for the files that lie in the folder itself, and lets a page load
nothing from anywhere: each page's own styles and scripts are allowed by their hash.
"""

from __future__ import annotations

import base64
import errno
import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from waypost.domain.errors import WrongUse

HERE = "127.0.0.1"
KINDS = {
    ".html": "text/html; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}
PLAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
INLINE = re.compile(rb"<(style|script)\b[^>]*>(.*?)</\1>", re.DOTALL | re.IGNORECASE)


class Site(ThreadingHTTPServer):
    """The pages of one folder, on one port of this machine."""

    daemon_threads = True

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        super().__init__((HERE, port), Page)

    @property
    def address(self) -> str:
        return f"http://{HERE}:{self.server_address[1]}/"


class Page(BaseHTTPRequestHandler):
    """One request: a file of the folder, or a plain refusal."""

    server: Site
    server_version = "Waypost"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, *_: Any) -> None:
        """Says nothing: who looked at what on their own machine is nobody else's business."""

    def _answer(self, *, with_body: bool) -> None:
        if not self._is_asked_by_its_own_name():
            self._send(HTTPStatus.MISDIRECTED_REQUEST, b"This address is not served here.\n", ".txt", with_body)
            return
        if self.path == "/favicon.ico":
            self._send(HTTPStatus.NO_CONTENT, b"", ".png", with_body)
            return
        path = self._file()
        if path is None:
            self._send(HTTPStatus.NOT_FOUND, b"There is no such page here.\n", ".txt", with_body)
            return
        self._send(HTTPStatus.OK, path.read_bytes(), path.suffix, with_body)

    def _is_asked_by_its_own_name(self) -> bool:
        """A page elsewhere could give this machine another name to read from it. Only its own names are answered."""
        host = (self.headers.get("Host") or "").rpartition(":")[0] or self.headers.get("Host")
        return host in (HERE, "localhost")

    def _file(self) -> Path | None:
        name = self.path.partition("?")[0].removeprefix("/") or "index.html"
        if not PLAIN_NAME.fullmatch(name) or Path(name).suffix not in KINDS:
            return None
        path = self.server.folder / name
        return path if path.is_file() and not path.is_symlink() else None

    def _send(self, status: HTTPStatus, body: bytes, suffix: str, with_body: bool) -> None:
        self.send_response(status)
        self.send_header("Content-Type", KINDS.get(suffix, "text/plain; charset=utf-8"))
        self.send_header("Content-Length", str(len(body)))
        allowed = policy(body if suffix == ".html" else b"")
        self.send_header("Content-Security-Policy", f"{allowed}; frame-ancestors 'none'")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if with_body:
            self.wfile.write(body)


def policy(html: bytes) -> str:
    """What a page may load: its own pictures and fonts, and the styles and scripts written in it, each by its hash."""
    allowed: dict[bytes, list[str]] = {b"style": [], b"script": []}
    for kind, text in INLINE.findall(html):
        digest = base64.b64encode(hashlib.sha256(text).digest()).decode()
        allowed[kind.lower()].append(f"'sha256-{digest}'")
    styles, scripts = (" ".join(hashes) or "'none'" for hashes in allowed.values())
    return (
        f"default-src 'none'; style-src {styles}; script-src {scripts}; img-src 'self' data:; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


@contextmanager
def opened(folder: Path, port: int) -> Iterator[Site]:
    """A site that has its port and is ready to serve.

    Raises:
        WrongUse: another program has the port, or it may not be used.
    """
    try:
        site = Site(folder, port)
    except OSError as fault:
        if fault.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        why = "in use by another program" if fault.errno == errno.EADDRINUSE else "kept for the system"
        raise WrongUse(f"Port {port} is {why}; choose another with --port.") from fault
    with site:
        yield site
