"""From text as filed to dates, codes and numbers, with what cannot be read listed.

A census repeats few different texts many times over, so each different text is judged once and remembered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Generic, TypeVar

from waypost.domain.codes import ASSESSMENT_FACTORS, CODE_LISTS, TABLES, Field

Value = TypeVar("Value")
Text = str | None

NOT_A_DATE = "not a real date, written as 2025-03-31"
NOT_A_CODE = "not a code of this item's list"
NOT_YES_OR_NO = "not true, false, 1 or 0"
NOT_A_NUMBER = "not a whole number"
MOST = 2**31 - 1
"""The largest whole number that the contract's columns hold."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WHOLE_NUMBER = re.compile(r"\d+", re.ASCII)
_YES = frozenset({"1", "true"})
_NO = frozenset({"0", "false"})


class Reading(dict[Text, Value | None], Generic[Value]):
    """What each text reads as, judged when first met. Text that cannot be read is None, and is kept in `refused`."""

    def __init__(self, judge: Callable[[str], Value | None], reason: str) -> None:
        super().__init__({None: None})
        self._judge = judge
        self.reason = reason
        self.refused: set[Text] = set()

    def __missing__(self, text: Text) -> Value | None:
        value = self._judge(text) if text is not None else None
        if value is None:
            self.refused.add(text)
        self[text] = value
        return value

    def all(self, texts: Iterable[Text]) -> list[Value | None]:
        return list(map(self.__getitem__, texts))


def as_date(text: str) -> date | None:
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def as_yes_or_no(text: str) -> bool | None:
    lower = text.lower()
    return True if lower in _YES else False if lower in _NO else None


def as_whole_number(text: str) -> int | None:
    """However many digits it has. One larger than a column holds stands as the largest, which counts the same."""
    if not _WHOLE_NUMBER.fullmatch(text):
        return None
    digits = text.lstrip("0") or "0"
    return min(int(digits), MOST) if len(digits) <= len(str(MOST)) else MOST


def _reading(field: Field) -> Reading[Any] | None:
    """How the values of a census field are judged; None where any text will do."""
    if field.type == "date":
        return Reading(as_date, NOT_A_DATE)
    if field.type == "yes/no":
        return Reading(as_yes_or_no, NOT_YES_OR_NO)
    if field.type.startswith("whole number"):
        return Reading(as_whole_number, NOT_A_NUMBER)
    if field.code_list is not None:
        known = ASSESSMENT_FACTORS if field.code_list == "assessment_factor" else CODE_LISTS[field.code_list]
        return Reading(lambda text: text if text in known else None, NOT_A_CODE)
    return None


def readings() -> dict[str, Reading[Any]]:
    """A reading for every element of the census that is a date, a code, a number, or a yes or no, by its name."""
    made = {field.element: _reading(field) for table in RECORD_TABLES for field in table.fields}
    return {element: reading for element, reading in made.items() if reading is not None}


RECORD_TABLES = tuple(table for name, table in TABLES.items() if name != "Header")
