"""The public editions that were made, kept in the data folder, so that a later one does not undo what they withheld.

Each is a file of its figures as they were shown, with which were small among those withheld: it is for Waypost to read
and not for publication. A public edition that is made again from the same records is the same: it takes into account
those editions that it did the first time, and so not those made after it.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from waypost.domain.errors import CannotRead
from waypost.domain.periods import FinancialYear, Period
from waypost.indicators.disclosure import Edition
from waypost.indicators.results import Figure, Population

FOLDER = "publications"


@dataclass(frozen=True)
class Making:
    """What a public edition is made from. Two of one kind, year and all the rest are the same edition."""

    kind: str
    authority: str
    year: FinancialYear
    freezes: tuple[str, ...]
    answers: str
    software: str

    @property
    def name(self) -> str:
        parts = [self.kind, self.authority, str(self.year), *self.freezes, self.answers, self.software]
        return f"{self.kind}_{self.year}_{hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]}"


def earlier(data_dir: Path, making: Making, authority: str) -> dict[str, Edition]:
    """The editions of an authority that are out, by name: all, or those that this edition took into account before.

    Raises:
        CannotRead: one that is needed is lost or damaged.
    """
    folder = data_dir / FOLDER / authority
    own = folder / f"{making.name}.json"
    names = _read(own)["earlier"] if own.exists() else sorted(path.stem for path in folder.glob("*.json"))
    return {name: _edition(_read(folder / f"{name}.json")) for name in names}


def keep(data_dir: Path, making: Making, edition: Edition, taken: Sequence[str]) -> Path:
    """Keeps an edition with the names of those it took into account, whole or not at all, and returns where."""
    path = data_dir / FOLDER / edition.authority / f"{making.name}.json"
    held = {
        "about": "What a public edition showed of each figure. Not for publication: it says which were small.",
        "kind": making.kind,
        "year": str(making.year),
        "of": making.authority,
        "freezes": making.freezes,
        "software": making.software,
        "earlier": sorted(taken),
        "rule": edition.rule,
        "records": {str(year): fingerprint for year, fingerprint in edition.records.items()},
        "authority": edition.authority,
        "figures": [
            {**figure.as_json(), "withheld": reasons}
            for figure, reasons in zip(edition.figures, edition.reasons, strict=True)
        ],
    }
    _put(path, json.dumps(held, ensure_ascii=False, indent=1) + "\n")
    return path


def _read(path: Path) -> dict[str, Any]:
    try:
        held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        _edition(held)
    except FileNotFoundError as fault:
        raise CannotRead(
            f"The earlier edition {path.stem} is missing from {path.parent}; put its file back."
        ) from fault
    except (ValueError, KeyError, TypeError) as fault:
        raise CannotRead(f"{path.name} in {path.parent} is damaged; put back the file as it was kept.") from fault
    return held


def _edition(held: Mapping[str, Any]) -> Edition:
    authority = held["authority"]
    figures = tuple(_figure(each, authority) for each in held["figures"])
    reasons = tuple(tuple(each["withheld"]) for each in held["figures"])
    records = {FinancialYear.parse(year): fingerprint for year, fingerprint in held["records"].items()}
    return Edition(held["rule"], authority, figures, reasons, records)


def _figure(each: Mapping[str, Any], authority: str) -> Figure:
    people = each.get("population")
    return Figure(
        indicator=each["indicator"],
        version=each["version"],
        authority=authority,
        period=Period(date.fromisoformat(each["period_start"]), date.fromisoformat(each["period_end"])),
        group=each["group"],
        value=each["value"],
        numerator=each["numerator"],
        denominator=each["denominator"],
        unit=each["unit"],
        status=each["status"],
        note=each["note"],
        population=Population(**people) if people else None,
    )


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
