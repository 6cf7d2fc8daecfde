"""Who has a data folder open: the service and the worker share it; a restore or a move has it alone."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from waypost.domain.errors import WrongUse

NAME, HALF_RESTORED = ".in-use", ".half-restored"
MOVED = "waypost.moved-to-postgresql.db"
"""What the old database is called once its record is on another, so that nothing is written to it by mistake."""

_shared: list[int] = []


def share(data_dir: Path) -> None:
    """Has the folder open with others until this process ends, however it ends.

    Raises:
        WrongUse: it is being restored or moved, or a restore was stopped half way.
    """
    file = _opened(data_dir)
    if not _locked(file, alone=False):
        raise WrongUse(f"The record in {data_dir} is being restored or moved; wait until that is done.")
    if (data_dir / HALF_RESTORED).exists():
        raise WrongUse(
            f"A restore into {data_dir} was stopped half way; do it again: waypost restore FILE --replace. "
            "What was there before is in the folder's newest before-..."
        )
    _shared.append(file)


@contextmanager
def alone(data_dir: Path) -> Iterator[None]:
    """Nobody else has the folder open meanwhile.

    Raises:
        WrongUse: somebody has.
    """
    file = _opened(data_dir)
    try:
        if not _locked(file, alone=True):
            raise WrongUse(f"Waypost is running on {data_dir}; end waypost serve and waypost worker, then try again.")
        yield
    finally:
        os.close(file)


def _opened(data_dir: Path) -> int:
    data_dir.mkdir(parents=True, exist_ok=True)
    return os.open(data_dir / NAME, os.O_RDWR | os.O_CREAT, 0o600)


def _locked(file: int, *, alone: bool) -> bool:
    if sys.platform == "win32":  # where the service does not run
        return True
    import fcntl

    try:
        fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
