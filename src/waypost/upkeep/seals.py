"""The seals of the audit trail, and a copy of them outside the database.

Within the database each seal holds the one before it, so a change to any but the last shows. That the last ones were
taken away, with the lines that they held, shows only against a copy that whoever did it did not change as well: each
seal is a line of `seals.txt` in the data folder.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from waypost.access import trail
from waypost.access.models import Seal

NAME = "seals.txt"


def seal() -> int:
    """Seals what is settled, copies the new seals out, and gives how many lines were sealed."""
    sealed = trail.seal()
    copy_out()
    return sealed


def faults() -> Iterator[str]:
    """What is wrong with the trail, within the database and against the copy of its seals."""
    yield from trail.faults()
    held = dict(Seal.objects.values_list("last", "hash"))
    for last, kept in _copied().items():
        if last not in held:
            yield f"The seal of lines up to {last} is in {NAME} and is gone from the database."
        elif held[last] != kept:
            yield f"The seal of lines up to {last} is not the one that is in {NAME}."


def copy_out() -> None:
    """Adds the seals that the copy does not hold yet."""
    latest = max(_copied(), default=0)
    new = Seal.objects.filter(last__gt=latest).order_by("last").values_list("last", "hash")
    lines = "".join(f"{last} {hash}\n" for last, hash in new)
    if not lines:
        return
    if not _is_whole():
        lines = "\n" + lines
    file = os.open(_path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, lines.encode("ascii"))
        os.fsync(file)
    finally:
        os.close(file)


def _copied() -> dict[int, str]:
    """The seals of the copy. A line that a power cut left half written is none."""
    if not _path().exists():
        return {}
    held = _path().read_text(encoding="utf-8", errors="replace")
    return {int(last): hash for last, hash in re.findall(r"^(\d+) ([0-9a-f]{64})$", held, re.MULTILINE)}


def _is_whole() -> bool:
    return not _path().exists() or _path().read_bytes()[-1:] in (b"", b"\n")


def _path() -> Path:
    return Path(settings.DATA_DIR) / NAME
