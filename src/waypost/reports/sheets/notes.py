"""The short marks that stand in cells and heads, and the sheet that says what each of them means.

A cell without a number holds one of the marks that government statistics use for it: [c], [x] or [z]. What is not yet
due is [not due], because [f] means forecast there. A number never has a mark beside it in its cell: notes are [note 1],
[note 2] in titles, heads and rows, counted through the whole workbook.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from waypost.indicators.results import Status
from waypost.reports.sheets.shapes import Sheet, Value, sheet
from waypost.reports.words import STATUS_MEANINGS, STATUS_WORDS

NAME = "Notes"
NOT_AVAILABLE, NOT_APPLICABLE, WITHHELD, NOT_DUE = "[x]", "[z]", "[c]", "[not due]"

MEANINGS = {
    WITHHELD: f"Withheld. {STATUS_MEANINGS['suppressed']}",
    NOT_AVAILABLE: f"Not available. {STATUS_MEANINGS['not_available']}",
    NOT_APPLICABLE: "Not applicable. There is nothing to divide by, or nothing to say here.",
    NOT_DUE: f"Not yet due. {STATUS_MEANINGS['not_due']}",
}

OF_STATUS: dict[Status, str] = {
    "final": NOT_AVAILABLE,
    "provisional": NOT_AVAILABLE,
    "not_validated": NOT_AVAILABLE,
    "not_available": NOT_AVAILABLE,
    "not_applicable": NOT_APPLICABLE,
    "suppressed": WITHHELD,
    "not_due": NOT_DUE,
}
OF_WORDS = {words: OF_STATUS[status] for status, words in STATUS_WORDS.items()}


class Notes:
    """The notes of a workbook, numbered as they come; a note that several tables share has one number."""

    def __init__(self) -> None:
        self._sheets: dict[str, dict[str, None]] = {}

    def mark(self, words: str, name: str) -> str:
        """The mark of a note on the sheet of that name."""
        self._sheets.setdefault(words, {})[name] = None
        return f"[note {list(self._sheets).index(words) + 1}]"

    def sheet(self, sheets: Sequence[Sheet], mark: str) -> Sheet:
        """What every mark in those sheets means. `mark` says which edition they belong to."""
        used = {each: [held.name for held in sheets if _has(held, each)] for each in MEANINGS}
        rows = [(each, MEANINGS[each], ", ".join(names)) for each, names in used.items() if names]
        rows += [
            (self.mark(words, next(iter(names))), words, ", ".join(names)) for words, names in self._sheets.items()
        ]
        return sheet(
            NAME,
            "Notes",
            ["This sheet holds one table. It says what the marks in square brackets mean.", mark],
            [("Mark", "words"), ("Meaning", "words"), ("Sheets", "words")],
            rows,
        )


def used_in(rows: Iterable[Iterable[Value]]) -> list[str]:
    """The marks that stand for numbers in those rows."""
    found = {value for row in rows for value in row if isinstance(value, str)}
    return [mark for mark in MEANINGS if mark in found]


def _has(held: Sheet, mark: str) -> bool:
    return any(value == mark for row in held.rows for value in row)
