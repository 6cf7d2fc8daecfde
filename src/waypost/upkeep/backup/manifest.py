"""What a backup says of itself: at its beginning what made it, and at its end what it holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.crypto import salted_hmac

from waypost import __version__
from waypost.domain.errors import CannotRead

FORMAT = 1
HEADER, MANIFEST = "waypost-backup.json", "manifest.json"


@dataclass(frozen=True, slots=True)
class Header:
    """`key` is a fingerprint of the secret key that the service ran under. `made_at` is a moment in UTC."""

    format: int
    software: str
    made_at: str
    database: str
    key: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`files` gives each file's hash and size; `tables` how many rows each table holds; `seal` is the trail's last."""

    header: Header
    files: Mapping[str, tuple[str, int]]
    tables: Mapping[str, int]
    migrations: tuple[str, ...]
    seal: str

    @property
    def rows(self) -> int:
        return sum(self.tables.values())

    @property
    def documents(self) -> int:
        return sum(name.startswith("documents/") for name in self.files)


def written(of: Header | Manifest) -> bytes:
    return json.dumps(asdict(of), indent=1, sort_keys=True).encode()


def header_in(text: bytes, whose: str) -> Header:
    """
    Raises:
        CannotRead: it is not of a backup, or of one that a newer Waypost made.
    """
    try:
        says = json.loads(text)
        header = Header(**says)
        is_newer = header.format > FORMAT or _number(header.software) > _number(__version__)
    except (ValueError, TypeError) as fault:
        raise CannotRead(f"{whose} is not a backup of Waypost, or is damaged at its beginning.") from fault
    if is_newer:
        raise CannotRead(
            f"{whose} was made by Waypost {header.software}, which is newer than this one, {__version__}; "
            "restore it with that version."
        )
    return header


def manifest_in(text: bytes) -> Manifest:
    """
    Raises:
        ValueError, TypeError, KeyError: it is not a manifest.
    """
    says: dict[str, Any] = json.loads(text)
    return Manifest(
        header=Header(**says["header"]),
        files={name: (str(sha256), int(size)) for name, (sha256, size) in says["files"].items()},
        tables={name: int(rows) for name, rows in says["tables"].items()},
        migrations=tuple(says["migrations"]),
        seal=str(says["seal"]),
    )


def fingerprint() -> str:
    """Says whether two services run under the same secret key, and nothing of the key."""
    return str(salted_hmac("waypost.upkeep.backup", "key", algorithm="sha256").hexdigest()[:16])


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
