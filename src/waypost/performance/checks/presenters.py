"""What the pages of a check say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from waypost.performance.models import KeptCheck
from waypost.web.uploads import size_words
from waypost.web.words import plural


def top(found: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The counts, each with what it counts."""
    return counts(found["children"], found["error"], found["query"])


def kept_top(row: KeptCheck) -> list[tuple[str, str]]:
    return counts(row.children, row.errors, row.queries)


def counts(children: int, errors: int, queries: int) -> list[tuple[str, str]]:
    """How many, and of what: 1,204 children in the file, 3 errors, 1 query."""
    said = (
        plural(children, "child in the file", "children in the file"),
        plural(errors, "error", "errors"),
        plural(queries, "query", "queries"),
    )
    return [(number, of) for number, _, of in (each.partition(" ") for each in said)]


def under_way(read: int, of: int) -> dict[str, Any]:
    """How far a check is: of its file until that is read, and then of the rules, which say nothing in between."""
    is_read = read >= of
    says = (
        "The file is read. Its rules are being checked." if is_read else f"{size_words(read)} of {size_words(of)} read"
    )
    return {"percent": min(round(100 * read / of), 100), "says": says}
