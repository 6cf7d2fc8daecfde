"""What a backup asks of a database, whichever it is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from waypost.upkeep.backup.manifest import Manifest
from waypost.upkeep.progress import Progress

USERS, MIGRATIONS, DOCUMENTS, SEALS = "access_user", "django_migrations", "casework_document", "access_seal"
"""The tables that are looked into here."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What the database held at the moment that it was copied at."""

    tables: Mapping[str, int]
    migrations: tuple[str, ...]
    documents: frozenset[str]
    seal: str


class Kind(ABC):
    """`name` says which database it is, and `file` what its copy is called within a backup."""

    name: str
    file: str

    @abstractmethod
    def copy(self, to: Path, progress: Progress) -> Copied:
        """Copies the database as it is at one moment, while the service goes on."""

    @abstractmethod
    def holds_record(self) -> bool:
        """Whether there is anybody in it."""

    @abstractmethod
    def check(self, file: Path, manifest: Manifest) -> None:
        """
        Raises:
            CannotRead: the copy is not whole.
        """

    @abstractmethod
    def put(self, file: Path, manifest: Manifest, aside: Path) -> str:
        """Puts the copy in the place of what is there, which is kept; where, if not in the folder aside, is given.

        On PostgreSQL, nothing changes if it fails.

        Raises:
            CannotRead: the copy does not go in.
        """
