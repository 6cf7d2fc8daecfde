"""The key that sessions and links are signed with: made once, kept in the data folder, read by its owner alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

BYTES = 48


def secret_key(data_dir: Path) -> str:
    """The key of WAYPOST_SECRET_KEY, or of the data folder, where one is made if there is none."""
    given = os.environ.get("WAYPOST_SECRET_KEY")
    if given:
        return given
    path = data_dir / "secret.key"
    data_dir.mkdir(parents=True, exist_ok=True)
    try:
        # Opened so that only one of several that start at once makes it, and nobody else may read it.
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(made, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(BYTES)
        file.write(key + "\n")
    return key
