"""Report files, named by what they are: annual-report_205_2024-25_internal.html."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path

from waypost.domain.errors import WrongUse
from waypost.reports.model import Report

FORMATS = ("html", "docx", "pdf", "ods", "xlsx", "json")


def _written(form: str, report: Report) -> str | bytes:
    # Each format leans on parts that take long to load, so they are loaded when it is asked for.
    made: str | bytes = import_module(f"waypost.reports.{form}").write(report)
    return made


WRITERS: Mapping[str, Callable[[Report], str | bytes]] = {form: partial(_written, form) for form in FORMATS}


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
    for path, written in drawn.items():
        _put(path, written.encode() if isinstance(written, str) else written)
    return list(drawn)


def name(report: Report) -> str:
    """What the report's files are called, without an ending."""
    return f"{report.kind}_{report.code}_{report.year}_{report.edition}"


def _put(path: Path, content: bytes) -> None:
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
