"""Keeps where an unexpected fault happened, for whoever mends it.

A fault's own words can hold what was in a child's record, so they are left out: only the kinds of error and the places
in the code are kept.
"""

from __future__ import annotations

import platform
import re
import traceback
from datetime import UTC, datetime
from pathlib import Path

from waypost import __version__


def keep_fault(fault: BaseException, data_dir: Path) -> Path | None:
    """Writes one file under the data folder. None when even that could not be done."""
    now = datetime.now(UTC)
    path = data_dir / "log" / f"fault-{now:%Y%m%dT%H%M%S%f}.txt"
    heading = f"Waypost {__version__}, Python {platform.python_version()}, {now:%Y-%m-%d %H:%M:%S} UTC"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join([heading, *_places(fault), ""]), encoding="utf-8")
    except OSError:
        return None
    return path


def _places(fault: BaseException) -> list[str]:
    lines: list[str] = []
    link: BaseException | None = fault
    while link is not None and len(lines) < 1000:
        lines += ["", type(link).__qualname__]
        lines += [f"  {_short(file)}, line {line}, {function}" for file, line, function in _frames(link)]
        link = link.__cause__ or link.__context__
    return lines


def _frames(fault: BaseException) -> list[tuple[str, int | str | None, str]]:
    """Where a fault passed through. One from another process brings its places as text."""
    elsewhere: str = getattr(fault, "tb", "")
    if elsewhere:
        return re.findall(r'File "(.+)", line (\d+), in (\S+)', elsewhere)
    return [(frame.filename, frame.lineno, frame.name) for frame in traceback.extract_tb(fault.__traceback__)]


def _short(filename: str) -> str:
    """The end of a file's path: the rest says where someone keeps their work."""
    return "/".join(Path(filename).parts[-3:])
