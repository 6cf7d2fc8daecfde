"""Rows of a file that were not taken into the record, and why."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import IO


@dataclass(frozen=True, slots=True)
class Reject:
    """One row, or one value of it, that was left out. `row` is the group's place among its kind within the child."""

    file: str
    child: str
    table: str
    row: int | None
    reason: str


def write_csv(rejects: Iterable[Reject], out: IO[str]) -> None:
    writer = csv.DictWriter(out, [each.name for each in fields(Reject)], lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _as_text(value) for name, value in asdict(each).items()} for each in rejects)


def _as_text(value: object) -> object:
    """Filed text that a spreadsheet would take for a formula is marked as text with an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple("=+-@\t\r") else value
