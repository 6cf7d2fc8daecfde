"""Where a check lies: a folder of its own that only its session knows, gone when that ends or after an hour.

The folder tells how the check stands, so that any process of the service can answer. The page is written last: where
it is there, everything is.
"""

from __future__ import annotations

import json
import shutil
import time
import uuid
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

KEPT_FOR = timedelta(hours=1)
SILENT = timedelta(minutes=10)
"""A check that has not said for as long how far it is has been cut off."""
OWNER_ONLY = 0o700

ASKED, FOUND, REFUSED, FAR = "asked.json", "found.json", "refused.json", "far.json"
DOWNLOADS = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8",
             "html": "text/html; charset=utf-8"}  # fmt: skip
CUT_OFF = "The check did not end. Check the file again; if it happens again, tell whoever looks after Waypost."


@dataclass(frozen=True, slots=True)
class Place:
    """One check, by its folder."""

    folder: Path

    @property
    def is_there(self) -> bool:
        return self.folder.is_dir() and not _is_older(self.folder, KEPT_FOR)

    @property
    def filed(self) -> Path:
        """The folder of the file itself, which is under its own name and gone once it was read."""
        return self.folder / "filed"

    @property
    def collection(self) -> str:
        """The one whose rules are asked."""
        return str((self._read(ASKED) or {}).get("collection", ""))

    @property
    def found(self) -> dict[str, Any] | None:
        """What was found, where the check has ended well."""
        return self._read(FOUND)

    @property
    def refused(self) -> str:
        """The sentence that says why the file could not be checked, where it could not."""
        if said := self._read(REFUSED):
            return str(said["says"])
        return CUT_OFF if self.found is None and _is_older(self.folder / FAR, SILENT) else ""

    @property
    def far(self) -> tuple[int, int]:
        """The bytes that are read, and all there are."""
        said = self._read(FAR) or {"read": 0, "of": 1}
        return said["read"], max(said["of"], 1)

    def download(self, form: str) -> Path:
        return self.folder / f"check.{form}"

    def say(self, name: str, said: dict[str, Any]) -> None:
        """Writes one of its files whole. A folder that was forgotten meanwhile is not made again."""
        draft = self.folder / f".{name}"
        draft.write_text(json.dumps(said), encoding="utf-8")
        draft.replace(self.folder / name)

    def forget(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def _read(self, name: str) -> dict[str, Any] | None:
        try:
            said: dict[str, Any] = json.loads((self.folder / name).read_text(encoding="utf-8"))
        except OSError:
            return None
        return said


def made(root: Path) -> Place:
    """A new place, for the owner of the service alone."""
    root.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY)
    place = Place(root / uuid.uuid4().hex)
    place.filed.mkdir(parents=True, mode=OWNER_ONLY)
    place.folder.chmod(OWNER_ONLY)
    return place


def forget_old(root: Path) -> int:
    """Removes what has lain too long, and gives how many checks that were."""
    old = [each for each in root.glob("*") if _is_older(each, KEPT_FOR)]
    for each in old:
        Place(each).forget()
    return len(old)


def under_way(root: Path) -> int:
    """How many checks have begun and not ended."""
    places = (Place(each.parent) for each in root.glob(f"*/{FAR}"))
    return sum(each.is_there and each.found is None and not each.refused for each in places)


def _is_older(path: Path, age: timedelta) -> bool:
    try:
        return time.time() - path.stat().st_mtime > age.total_seconds()
    except OSError:
        return False
