"""The secret of an invented person's authenticator app: made of their email address, and so known to everyone."""

from __future__ import annotations

import base64
import hashlib


def secret_of(email: str) -> str:
    return base64.b32encode(hashlib.sha256(f"waypost training {email}".encode()).digest()[:20]).decode()
