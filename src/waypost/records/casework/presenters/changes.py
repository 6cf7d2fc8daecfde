"""What was changed in a child's record, when, by whom and why, as words.

Each change is one act, with the rows that it changed. What a confidential address says is nowhere in it, before or
after it became confidential.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from waypost.domain.codes import CODE_LISTS
from waypost.records.casework.presenters.child import CONFIDENTIAL
from waypost.web import words

LABELS: Mapping[str, str] = {
    "person": "Person", "other": "Other person", "born_on": "Date of birth", "is_birth_estimated": "Birth estimated",
    "expected_on": "Expected date of birth", "died_on": "Date of death", "sex": "Sex", "ethnicity": "Ethnicity",
    "religion": "Religion", "language": "Language", "needs_interpreter": "Interpreter needed",
    "disabilities": "Disability", "merged_into": "Joined into", "kind": "Kind", "given": "First name",
    "family": "Last name", "started_on": "First day", "ended_on": "Last day", "value": "Number or address",
    "issuer": "Whose number", "address": "Address", "is_confidential": "Confidential", "safe_contact": "Before contact",
    "has_parental_responsibility": "Parental responsibility", "agency": "Agency", "note": "Note",
    "is_sealed": "Sealed", "worker": "Worker", "team": "Team", "user": "Who", "evidence": "Evidence",
    "review_on": "Review by", "told": "Told", "kept": "Record kept", "gone": "Record that went", "because": "Reason",
    "undone_at": "Taken apart", "undone_because": "Why taken apart", "authority": "Authority", "child": "Child",
}  # fmt: skip
UNSAID = {"id", "version", "moved"}
"""What a row has that says nothing to its readers."""

KINDS: Mapping[str, str] = {
    "person": "The person", "personname": "Name", "identifier": "Number", "addressheld": "Address",
    "contactpoint": "Contact detail", "registration": "School or practice", "relationship": "Relationship",
    "child": "The record", "allocation": "Allocation", "involvement": "Professional", "warning": "Warning",
    "sealreader": "Named reader", "merge": "Two records joined",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that changed, or that a new row began with."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row: what kind it is, whether it is new, and each value that changed."""

    kind: str
    is_new: bool
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One act."""

    at: str
    by: str
    what: str
    because: str
    rows: tuple[RowChange, ...]


@dataclass(frozen=True)
class Versions:
    """Every version of every row of a record, and what is needed to say them."""

    rows: Sequence[Any]
    names: Mapping[Any, str]
    """What each key that a row points to is called: people and workers; teams and agencies by field and number."""
    places: Mapping[uuid.UUID, str]
    hidden: frozenset[uuid.UUID]
    """Addresses that are or were confidential."""
    acts: Mapping[uuid.UUID, tuple[str, str]]
    """What each act did and why, in full."""


def changes(versions: Versions) -> list[Change]:
    """The latest first."""
    by_act: dict[Any, list[tuple[Any, RowChange]]] = defaultdict(list)
    for version, row in _rows(versions):
        by_act[version.act or (version.history_date, version.pk)].append((version, row))
    acts = sorted(by_act.items(), key=lambda pair: max(each.history_date for each, _ in pair[1]), reverse=True)
    return [_change(versions, act, rows) for act, rows in acts]


def _change(versions: Versions, act: Any, rows: list[tuple[Any, RowChange]]) -> Change:
    first = rows[0][0]
    what, because = versions.acts.get(act, (first.history_change_reason or "change", ""))
    return Change(
        at=words.moment(first.history_date),
        by=str(first.history_user or "Waypost"),
        what=what[:1].upper() + what[1:],
        because=because,
        rows=tuple(row for _, row in rows),
    )


def _rows(versions: Versions) -> Iterable[tuple[Any, RowChange]]:
    before: dict[tuple[type, Any], Any] = {}
    for version in sorted(versions.rows, key=lambda each: (each.history_date, each.history_id)):
        key = (type(version), version.id)
        found = tuple(_differences(versions, before.get(key), version))
        if found:
            kind = KINDS.get(type(version).__name__.removeprefix("Historical").lower(), "Record")
            yield version, RowChange(kind, key not in before, found)
        before[key] = version


def _differences(versions: Versions, before: Any, after: Any) -> Iterable[Difference]:
    for field in after.tracked_fields:
        if field.name in UNSAID or (before is None and _goes_without_saying(after, field)):
            continue
        then = getattr(before, field.attname) if before is not None else None
        now = getattr(after, field.attname)
        if then != now and not (before is None and now in (None, "", [], False)):
            said = _sayer(versions, field)
            yield Difference(LABELS.get(field.name, str(field.verbose_name).capitalize()), said(then), said(now))


def _goes_without_saying(row: Any, field: Any) -> bool:
    """Whose record a new row is in, which is the one being read. A tie says both of its people."""
    is_between_two = hasattr(row, "other_id") or hasattr(row, "gone_id")
    return field.name in ("person", "child", "authority") and not is_between_two


def _sayer(versions: Versions, field: Any) -> Callable[[Any], str]:
    if field.name == "address":
        return lambda key: _place(versions, key)
    if field.is_relation:
        return lambda key: "" if key is None else _named(versions, field.attname, key)
    if field.name in ("ethnicity", "disabilities"):
        codes = CODE_LISTS["disability" if field.name == "disabilities" else "ethnicity"]
        return lambda held: words.listed(
            [codes.get(each, each) for each in ([held] if isinstance(held, str) else held or [])]
        )
    chosen = dict(field.choices or ())
    return lambda held: str(chosen.get(held, _plain(held)))


def _named(versions: Versions, field: str, key: Any) -> str:
    return versions.names.get(key if isinstance(key, uuid.UUID) else (field, key), "Someone whom you may not see")


def _place(versions: Versions, key: uuid.UUID | None) -> str:
    if key is None:
        return ""
    return f"{CONFIDENTIAL} address" if key in versions.hidden else versions.places.get(key, "")


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return words.moment(value)
    if isinstance(value, date):
        return words.day(value)
    return "" if value is None else str(value)
