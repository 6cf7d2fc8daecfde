"""The manifest of a freeze: what was stored, from which files, by which version and with which facts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from waypost import __version__
from waypost.datasets.dataset import Dataset, Source, Unread
from waypost.domain.errors import CannotRead, WrongUse
from waypost.domain.periods import FinancialYear

FORMAT = 1
"""Goes up when a manifest or the contract of tables changes, so that an older Waypost says so and does not guess."""

FACTS = {
    "timescales": "domain/timescales.yaml",
    "bank holidays": "domain/bank_holidays.csv",
    "census codes": "domain/codes/cin_census.json",
    "populations": "datasets/published/data/population.csv",
    "published figures": "datasets/published/data/published.parquet",
}
"""The packaged facts that due dates, figures and reports rest on, and where in Waypost they lie."""


@dataclass(frozen=True, slots=True)
class StoredTable:
    """A table of the contract: its rows, the hash of them, and the hash of the Parquet file that holds them."""

    rows: int
    content: str
    parquet: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `manifest.json` says. `rules` has the hash of each of FACTS, `definitions` each indicator's version."""

    id: str
    authority: str
    years: tuple[FinancialYear, ...]
    as_at: datetime
    software: str
    sources: tuple[Source, ...]
    tables: Mapping[str, StoredTable]
    rules: Mapping[str, str]
    definitions: Mapping[str, int]
    unread: tuple[Unread, ...]
    notes: tuple[str, ...]
    known_until: date | None = None

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    def as_json(self) -> dict[str, Any]:
        """The manifest as plain lists and mappings, in the order they are written."""
        return {
            "format": FORMAT,
            "id": self.id,
            "authority": self.authority,
            "years": list(map(str, self.years)),
            "as_at": self.as_at.isoformat().replace("+00:00", "Z"),
            "software": self.software,
            "sources": [asdict(source) for source in self.sources],
            "tables": {name: asdict(table) for name, table in self.tables.items()},
            "rules": dict(self.rules),
            "definitions": dict(self.definitions),
            "unread": [asdict(unread) for unread in self.unread],
            "notes": list(self.notes),
            **({"known_until": self.known_until.isoformat()} if self.known_until else {}),
        }


def describe(dataset: Dataset, parquet: Mapping[str, bytes], definitions: Mapping[str, int]) -> Manifest:
    """The manifest of a dataset whose tables are stored as these Parquet files."""
    return Manifest(
        id=dataset.id,
        authority=dataset.authority,
        years=dataset.years,
        as_at=dataset.as_at.astimezone(UTC),
        software=__version__,
        sources=dataset.sources,
        tables={
            name: StoredTable(dataset.tables[name].num_rows, content, hashlib.sha256(parquet[name]).hexdigest())
            for name, content in dataset.contents.items()
        },
        rules=rules(),
        definitions=dict(sorted(definitions.items())),
        unread=dataset.unread,
        notes=dataset.notes,
        known_until=dataset.known_until,
    )


def changed_since(manifest: Manifest, definitions: Mapping[str, int]) -> tuple[str, ...]:
    """The indicators and facts that are not what they were when the freeze was made, by name."""
    indicators = [id for id, version in manifest.definitions.items() if definitions.get(id) != version]
    return (*indicators, *(name for name, now in rules().items() if manifest.rules.get(name) != now))


@cache
def rules() -> Mapping[str, str]:
    """The hash of each file of facts, by what it holds."""
    return {name: hashlib.sha256((files("waypost") / place).read_bytes()).hexdigest() for name, place in FACTS.items()}


# ---------------------------------------------------------------- as a file


def to_bytes(manifest: Manifest) -> bytes:
    """The same manifest gives the same bytes. The seal at their end is the hash of all the rest."""
    said = manifest.as_json()
    return (json.dumps(said | {"seal": _seal(said)}, indent=1) + "\n").encode()


def from_bytes(content: bytes) -> Manifest:
    """The manifest that a file holds.

    Raises:
        CannotRead: it is cut short, changed, or of a later format.
    """
    try:
        said = json.loads(content)
        if said["format"] != FORMAT:
            raise CannotRead(
                f"manifest.json is of format {said['format']!r} and this Waypost reads format {FORMAT}; "
                "use the version that wrote it, or a later one."
            )
        if said.pop("seal") != _seal(said):
            raise CannotRead("manifest.json is not as it was written: its seal does not fit what it says.")
        return _manifest(said)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, WrongUse) as error:
        raise CannotRead("manifest.json is not a manifest that Waypost wrote, or is cut short.") from error


def _seal(said: Mapping[str, Any]) -> str:
    """The hash of what is said, however it is spaced and ordered."""
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _manifest(said: Mapping[str, Any]) -> Manifest:
    return Manifest(
        id=said["id"],
        authority=said["authority"],
        years=tuple(map(FinancialYear.parse, said["years"])),
        as_at=datetime.fromisoformat(said["as_at"]),
        software=said["software"],
        sources=tuple(Source(**source) for source in said["sources"]),
        tables={name: StoredTable(**table) for name, table in said["tables"].items()},
        rules=said["rules"],
        definitions=said["definitions"],
        unread=tuple(Unread(**unread) for unread in said["unread"]),
        notes=tuple(said["notes"]),
        known_until=date.fromisoformat(said["known_until"]) if "known_until" in said else None,
    )
