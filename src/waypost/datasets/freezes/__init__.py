"""Freezes: datasets that are stored, so that the same figures can be made from them next year.

A freeze is a folder named by the hash of what is in it, `DATA_DIR/freezes/<64 hex digits>/`, with a Parquet file for
each table and `manifest.json`. It is never changed once it is there (docs/adr/0013-freezes.md).
"""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from waypost.datasets.dataset import Dataset
from waypost.datasets.freezes.differences import Difference, differences
from waypost.datasets.freezes.folder import Fault, check, manifest_in, sync, write
from waypost.datasets.freezes.manifest import Manifest, changed_since
from waypost.domain.errors import CannotRead, WrongUse

KIND = "sha256:"
DRAFT = ".draft-"
ABANDONED_AFTER = 3600
"""Seconds after which a draft is taken to be left by a start that was killed."""

__all__ = [
    "Difference",
    "Fault",
    "Manifest",
    "changed_since",
    "create",
    "differences",
    "find",
    "held",
    "listed",
    "manifest",
    "read",
    "verify",
]


def create(dataset: Dataset, folder: Path, definitions: Mapping[str, int]) -> Manifest:
    """Stores a dataset whole or not at all, and gives what its manifest says; once stored, the freeze stands as it is.

    `definitions` is the version of each indicator. The freeze is read back before it is put in its place.

    Raises:
        CannotRead: it is there already, and damaged.
        OSError: the folder cannot be written to.
    """
    home = _home(dataset.id, folder)
    if home.exists():
        _whole(home, dataset.id)
    else:
        _make(dataset, definitions, home)
    return manifest_in(home)


def read(id: str, folder: Path) -> Dataset:
    """The dataset of a freeze, exactly as it was stored. `id` may be its first eight digits or more.

    Raises:
        WrongUse: there is no such freeze, or several.
        CannotRead: it is damaged.
    """
    whole = find(id, folder)
    return _whole(_home(whole, folder), whole)


def manifest(id: str, folder: Path) -> Manifest:
    """What the manifest of a freeze says. The tables are not looked at.

    Raises:
        WrongUse: there is no such freeze, or several.
        CannotRead: the manifest is missing, damaged or of a later format.
    """
    whole = find(id, folder)
    try:
        return manifest_in(_home(whole, folder))
    except CannotRead as reason:
        raise CannotRead(_damaged(whole, str(reason))) from reason


def listed(folder: Path) -> tuple[str, ...]:
    """The ids of the freezes in a folder, damaged ones too, in order."""
    if not folder.is_dir():
        return ()
    names = sorted(path.name for path in folder.iterdir() if path.is_dir())
    return tuple(f"{KIND}{name}" for name in names if re.fullmatch(r"[0-9a-f]{64}", name))


def find(id: str, folder: Path) -> str:
    """The whole id of the one freeze that begins so.

    Raises:
        WrongUse: it is not how an id begins, or no freeze begins so, or several do.
    """
    digits = id.strip().lower().removeprefix(KIND)
    if not re.fullmatch(r"[0-9a-f]{8,64}", digits):
        raise WrongUse(
            f"{id!r} is not the id of a freeze; give its 64 hexadecimal digits, or the first eight of them or more."
        )
    found = [whole for whole in listed(folder) if whole.startswith(f"{KIND}{digits}")]
    if not found:
        raise WrongUse(f"There is no freeze {id} in {folder}; waypost freeze list shows those that there are.")
    if len(found) > 1:
        raise WrongUse(f"{len(found)} freezes begin with {id}; give more of its digits.")
    return found[0]


def held(dataset: Dataset, folder: Path) -> Manifest | None:
    """The manifest of the freeze of these records; None where they are not stored, or it cannot be read."""
    try:
        found = manifest_in(_home(dataset.id, folder))
    except CannotRead:
        return None
    return found if found.id == dataset.id else None


def verify(id: str, folder: Path) -> list[Fault]:
    """Everything that is wrong with a freeze, worked out again from its bytes. Nothing, where it is whole.

    Raises:
        WrongUse: there is no such freeze, or several.
    """
    whole = find(id, folder)
    return list(check(_home(whole, folder), whole).faults)


# ---------------------------------------------------------------- where freezes lie


def _home(id: str, folder: Path) -> Path:
    return folder / id.removeprefix(KIND)


def _whole(home: Path, id: str) -> Dataset:
    checked = check(home, id)
    if checked.dataset is None:
        raise CannotRead(_damaged(id, checked.faults[0].says))
    return checked.dataset


def _damaged(id: str, fault: str) -> str:
    return f"The freeze {id} cannot be used: {fault.rstrip('.')}. Put it back from a copy, or move its folder away."


def _make(dataset: Dataset, definitions: Mapping[str, int], home: Path) -> None:
    home.parent.mkdir(parents=True, exist_ok=True)
    _sweep(home.parent)
    with tempfile.TemporaryDirectory(prefix=DRAFT, dir=home.parent) as name:
        draft = Path(name) / home.name
        write(dataset, definitions, draft)
        _whole(draft, dataset.id)
        _put(draft, home)


def _put(draft: Path, home: Path) -> None:
    """Puts a freeze in its place, unless another start was quicker with the same records."""
    try:
        draft.rename(home)
    except OSError:
        if not home.is_dir():
            raise
    sync(home.parent)


def _sweep(folder: Path) -> None:
    """Removes what a start that was killed left behind, and not what another start is making now."""
    for path in folder.glob(f"{DRAFT}*"):
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > ABANDONED_AFTER:
                shutil.rmtree(path, ignore_errors=True)
