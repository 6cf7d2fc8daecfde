"""The report files that lie in the reports folder, known by their names."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

NAME = re.compile(
    r"(?P<kind>[a-z-]+)_(?P<code>\d{3})_(?P<period>[\d-]+)_(?P<edition>internal|public)\.(?P<form>[a-z]+)"
)
KINDS = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of a report: what it is of, and in which edition and format."""

    path: Path
    kind: str
    code: str
    period: str
    edition: str
    form: str

    @property
    def is_internal(self) -> bool:
        return self.edition == "internal"


def kept(folder: Path, codes: Collection[str], *, internal: Collection[str]) -> list[Kept]:
    """The files of some authorities, the latest first; internal editions of those alone that `internal` names."""
    found = [each for path in sorted(folder.glob("*_*_*_*.*")) if (each := _read(path))]
    seen = [each for each in found if each.code in (internal if each.is_internal else codes)]
    return sorted(seen, key=lambda each: (each.code, each.kind, each.period), reverse=True)


def _read(path: Path) -> Kept | None:
    found = NAME.fullmatch(path.name)
    if found is None or found["form"] not in KINDS or path.is_symlink():
        return None
    return Kept(path, found["kind"], found["code"], found["period"], found["edition"], found["form"])
