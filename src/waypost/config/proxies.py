"""What a proxy in front of the service says of how it was asked."""

from __future__ import annotations

import re

NAME = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")


def https_header(name: str | None) -> tuple[str, str] | None:
    """The header that says "https" where the browser asked over HTTPS, as Django is told; None where there is none.

    A service that answers over HTTPS sends whoever asks over HTTP there. Behind a proxy that ends TLS every request
    comes over HTTP, so without this header it would send the browser round and round.

    Raises:
        ValueError: it is not the name of a header.
    """
    if not name:
        return None
    if not NAME.fullmatch(name):
        raise ValueError(f"WAYPOST_HTTPS_HEADER is {name!r}; give the name of a header, such as X-Forwarded-Proto")
    return f"HTTP_{name.upper().replace('-', '_')}", "https"
