"""What checking a return finds, in the shape that the page, the file and the command line all give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from waypost.datasets.unread import Unread

Severity = Literal["error", "query"]
SEVERITIES: tuple[Severity, ...] = ("error", "query")
Text = str | None


@dataclass(frozen=True, slots=True)
class Issue:
    """One failing group and rule. An issue of the file as a whole has no child, table or row.

    `row` is the group's place among its kind within the child, from 1, as filed. `fields` are named with their table,
    and `values` stand beside them as filed. `child` is the place of the Child group in the file, for two children can
    have one id, or none.
    """

    rule: str
    severity: Severity
    child_id: Text
    table: Text
    row: int | None
    fields: tuple[str, ...]
    values: tuple[Text, ...]
    message: str
    child: int | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "severity": self.severity,
            "child_id": self.child_id,
            "table": self.table,
            "row": self.row,
            "fields": list(self.fields),
            "values": list(self.values),
            "message": self.message,
        }


@dataclass(frozen=True)
class Validation:
    """All that checking one file found. `unread` are values that are not what their field asks for.

    `notes` say of the file what no rule does: a year other than the collection's, a child with no identifiers.
    """

    name: str
    collection: str
    is_draft: bool
    file: str
    children: int
    issues: Sequence[Issue]
    unread: Sequence[Unread] = ()
    notes: Sequence[str] = ()

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(issue.severity for issue in self.issues)
        return {severity: found[severity] for severity in SEVERITIES}
