"""The children in need census: every rule of a collection asked of one file.

    found = validate(Path("cin.xml"), collection="2025-26")
    for issue in found.issues: ...

`census` is the file as columns, `rules` holds each rule once by its subject, and `collections` says which year asks
which. Rules are asked of whole columns (docs/adr/0022-rules-are-asked-of-columns.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from waypost.datasets.load.cin_census.reader import Filing, Progress, read_file
from waypost.datasets.load.cin_census.values import as_date
from waypost.domain.errors import WrongUse
from waypost.returns.cin_census import check
from waypost.returns.cin_census.census import CHILDREN, Census
from waypost.returns.cin_census.collections import COLLECTIONS
from waypost.returns.cin_census.declare import Collection
from waypost.returns.issues import Issue, Validation

__all__ = [
    "Filing",
    "Issue",
    "Validation",
    "collection_for",
    "collection_named",
    "read_file",
    "validate",
    "validate_filing",
]

NAME = "cin-census"
LATEST = next(name for name, found in reversed(list(COLLECTIONS.items())) if not found.is_draft)


def validate(path: Path, *, collection: str = LATEST, progress: Progress | None = None) -> Validation:
    """What the rules of the collection find in a census file.

    Raises:
        CannotRead: the file is missing, empty, too large, not XML, not a census or cut short.
        WrongUse: there is no such collection.
    """
    asked = collection_named(collection)
    return validate_filing(read_file(path, progress), asked)


def collection_named(name: str) -> Collection:
    """Raises `WrongUse` where there is none."""
    if name not in COLLECTIONS:
        raise WrongUse(f"There are no census rules for {name!r}; Waypost has those of {', '.join(COLLECTIONS)}.")
    return COLLECTIONS[name]


def collection_for(year: str) -> Collection:
    """The rules of a year or, where those are a draft or not known, the last that are settled."""
    found = COLLECTIONS.get(year)
    return found if found and not found.is_draft else COLLECTIONS[LATEST]


def validate_filing(filing: Filing, collection: Collection) -> Validation:
    """What the rules of the collection find in a census that was read before."""
    census = Census(filing, collection.name)
    return Validation(
        name=NAME,
        collection=collection.name,
        is_draft=collection.is_draft,
        file=filing.name,
        children=len(census.tables[CHILDREN]),
        issues=check.issues(census, collection.rules.values()),
        unread=check.unread(census),
        notes=tuple(_notes(census)),
    )


def _notes(census: Census) -> Iterator[str]:
    said, ends_on = census.header.get("ReferenceDate"), f"20{census.collection[-2:]}-03-31"
    if said is not None and as_date(said) is None:
        yield f"The file's reference date is not a date, so its year is taken to end on {ends_on}."
    elif said is None:
        yield f"The file says no reference date, so its year is taken to end on {ends_on}."
    elif said != ends_on:
        yield f"The file's reference date is {said}, not {ends_on}; its dates are judged by the file's own year."
    without = len(census.filing.without_identifiers)
    if without:
        children = "1 child has" if without == 1 else f"{without:,} children have"
        yield f"{children} no ChildIdentifiers group. What the group should hold is not asked of them."
