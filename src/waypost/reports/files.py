"""Report files, named by what they are: annual-report_205_2024-25_internal.html."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from waypost.domain.errors import WrongUse
from waypost.reports import html, json
from waypost.reports.model import Report

WRITERS: Mapping[str, Callable[[Report], str]] = {"html": html.write, "json": json.write}


def write(report: Report, out: Path, formats: Sequence[str] = ("html",)) -> list[Path]:
    """Writes the report in each format into a folder, which is made if need be, and returns the paths.

    Every file is put there whole or not at all.

    Raises:
        WrongUse: a format is unknown. Then nothing is written.
    """
    formats = tuple(dict.fromkeys(formats))
    if unknown := [wanted for wanted in formats if wanted not in WRITERS]:
        raise WrongUse(f"A report cannot be written as {unknown[0]!r} yet; it can be {' or '.join(WRITERS)}.")
    drawn = {out / f"{name(report)}.{wanted}": WRITERS[wanted](report) for wanted in formats}
    out.mkdir(parents=True, exist_ok=True)
    for path, text in drawn.items():
        _put(path, text)
    return list(drawn)


def name(report: Report) -> str:
    """What the report's files are called, without an ending."""
    return f"{report.kind}_{report.code}_{report.year}_{report.edition}"


def _put(path: Path, text: str) -> None:
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
