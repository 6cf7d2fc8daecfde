"""A small identity provider that answers on this machine, and signs in whoever it is told to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

FILE = """
- name: Ashdown staff account
  client_id: waypost
  server_url: {server}
  secret: ASHDOWN_IDENTITY_SECRET
  domains: [ashdown.example.org]
"""


class Provider(BaseHTTPRequestHandler):
    """Says of everyone what `who` says. A browser that is sent to it is asked nothing, and sent back at once."""

    who: dict[str, Any]

    def do_GET(self) -> None:
        here = f"http://localhost:{self.server.server_port}"
        found = {"issuer": here, "authorization_endpoint": f"{here}/ask", "token_endpoint": f"{here}/token"}
        found |= {"userinfo_endpoint": f"{here}/who", "token_endpoint_auth_methods_supported": ["client_secret_post"]}
        asked = urlsplit(self.path)
        if asked.path == "/ask":
            self._send_back({name: values[0] for name, values in parse_qs(asked.query).items()})
        else:
            self._answer(self.who if asked.path == "/who" else found)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer({"access_token": "x", "token_type": "Bearer"})

    def _send_back(self, asked: dict[str, str]) -> None:
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{urlencode({'state': asked['state'], 'code': 'x'})}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _answer(self, said: dict[str, Any]) -> None:
        body = json.dumps(said).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def providing(file: Path) -> Iterator[type[Provider]]:
    """Writes the file of a service that has this provider, and answers as long as this lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    Thread(target=server.serve_forever, daemon=True).start()
    file.write_text(FILE.format(server=f"http://localhost:{server.server_port}"), encoding="utf-8")
    try:
        yield Provider
    finally:
        server.shutdown()
        server.server_close()
