"""Asks a file the rules of its return, in a process of its own: `python -m waypost.performance.checks.ask FOLDER YEAR`.

A large file takes seconds of work and much memory, and the service answers others meanwhile. Django is not woken, and
nothing is written but into the folder.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path
from typing import Any

from waypost.domain.errors import PlainError
from waypost.performance.checks.place import CUT_OFF, FAR, FOUND, REFUSED, Place
from waypost.returns import cin_census, writing
from waypost.returns.cin_census import Filing, Validation, page
from waypost.returns.cin_census.context import Shown

CHILDREN_SHOWN = 3
"""Of each rule, on the page; the file that can be downloaded has all."""
UNREAD_SHOWN = 20
SECONDS_BETWEEN = 0.3


def ask(folder: Path, collection: str) -> None:
    """Checks the file that lies in a folder, and leaves there what was found, or why it could not be checked."""
    place = Place(folder)
    try:
        filing = cin_census.read_file(_file(place), _Far(place))
        shutil.rmtree(place.filed)
        found = cin_census.validate_filing(filing, cin_census.collection_named(collection))
        _write(place, found, filing)
    except PlainError as fault:
        place.say(REFUSED, {"says": str(fault)})
    except Exception:
        # Forgotten meanwhile, which is no fault, or a fault of ours. Either way nothing of the file may reach a log.
        if place.is_there:
            place.say(REFUSED, {"says": CUT_OFF})
    finally:
        shutil.rmtree(place.filed, ignore_errors=True)


class _Far:
    """Leaves word of how far it is, now and then."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._next = 0.0

    def __call__(self, read: int, of: int) -> None:
        if (now := time.monotonic()) >= self._next:
            self._next = now + SECONDS_BETWEEN
            self._place.say(FAR, {"read": read, "of": of})


def _file(place: Place) -> Path:
    return next(place.filed.iterdir())


def _write(place: Place, found: Validation, filing: Filing) -> None:
    with place.download("csv").open("w", encoding="utf-8-sig", newline="") as out:
        writing.write_csv(found, out)
    with place.download("json").open("w", encoding="utf-8") as out:
        writing.write_json(found, out)
    place.download("html").write_text(page.write(found, filing), encoding="utf-8")
    place.say(FOUND, _said(found, filing))


def _said(found: Validation, filing: Filing) -> dict[str, Any]:
    """What the page shows, as plain values."""
    return {
        "return": found.name,
        "collection": found.collection,
        "is_draft": found.is_draft,
        "file": found.file,
        "sha256": filing.sha256,
        "authority": filing.header.get("LEA", ""),
        "children": found.children,
        **found.counts,
        "notes": list(found.notes),
        "unread": len(found.unread),
        "rules": [_rule(each) for each in page.rules_found(found, filing)],
    }


def _rule(each: page.RuleFound) -> dict[str, Any]:
    rule = each.rule
    return {
        "code": rule.code,
        "severity": rule.severity,
        "title": rule.title,
        "says": rule.says,
        "put_right": rule.put_right,
        "issues": each.issues,
        "children": each.children,
        "header": [list(pair) for pair in each.header],
        "shown": [
            {"id": child.id, "place": child.place, "tables": [_table(table) for table in child.tables]}
            for child in each.shown[:CHILDREN_SHOWN]
        ],
    }


def _table(table: Shown) -> dict[str, Any]:
    return {
        "name": page.TABLE_NAMES[table.table],
        "table": table.table,
        "fields": list(table.fields),
        "rows": [{"number": row.number, "values": list(row.values), "breaks": row.breaks_the_rule}
                 for row in table.rows],
        "in_all": table.in_all,
    }  # fmt: skip


if __name__ == "__main__":
    os.umask(0o077)
    ask(Path(sys.argv[1]), sys.argv[2])
