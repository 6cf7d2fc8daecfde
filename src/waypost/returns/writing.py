"""A validation as JSON, in the shape that other programs read, and as one long CSV table."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import IO, Any

from waypost.returns.issues import Validation

COLUMNS = ("rule", "severity", "child_id", "table", "row", "fields", "values", "message")


def write_json(found: Validation, out: IO[str]) -> None:
    """The shape of the fixed interface, one issue a line."""
    head = {
        "return": found.name,
        "collection": found.collection,
        "draft": found.is_draft,
        "file": found.file,
        "children": found.children,
        "counts": found.counts,
    }
    out.write("{" + _dump(head)[1:-1])
    out.write(',\n "issues": ' + _lines(issue.as_json() for issue in found.issues))
    out.write(',\n "unread": ' + _lines(asdict(unread) for unread in found.unread))
    out.write(',\n "notes": ' + _lines(found.notes) + "}\n")


def _lines(items: Iterable[Any]) -> str:
    return "[" + ",".join(f"\n  {_dump(item)}" for item in items) + "]"


def _dump(item: Any) -> str:
    return json.dumps(item, ensure_ascii=False, allow_nan=False)


def write_csv(found: Validation, out: IO[str]) -> None:
    """One row an issue, with "; " between its fields, and between their values."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for issue in found.issues:
        writer.writerow(
            (
                issue.rule,
                issue.severity,
                _as_text(issue.child_id),
                issue.table,
                issue.row,
                "; ".join(issue.fields),
                _as_text("; ".join(value or "" for value in issue.values)),
                issue.message,
            )
        )


def _as_text(value: str | None) -> str | None:
    """Filed text that a spreadsheet would take for a formula is marked as text with an apostrophe."""
    return f"'{value}" if value and value[0] in "=+-@\t\r" else value
