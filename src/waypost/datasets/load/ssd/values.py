"""What each column of the dataset reads as. Councils write the same fact in several ways, and each of them is read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from waypost.datasets.load.cin_census.values import (
    NOT_A_CODE,
    NOT_A_DATE,
    NOT_A_NUMBER,
    Reading,
    as_date,
    as_whole_number,
)
from waypost.domain.codes import ASSESSMENT_FACTORS, CATEGORIES, CODE_LISTS

NOT_YES_OR_NO = "not Y or N"
NOT_FACTORS = "not a list of factor codes"

_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ][0-9:.]{5,}(?:Z|[+-]\d{2}:?\d{2})?)?", re.ASCII)
_YES, _NO = frozenset({"y", "yes", "1", "true"}), frozenset({"n", "no", "0", "false"})
_SEXES = {
    "m": "male",
    "male": "male",
    "f": "female",
    "female": "female",
    "u": "unknown",
    "i": "unknown",
    "unknown": "unknown",
}
_CATEGORIES = {
    **{code.lower(): word for code, word in CATEGORIES.items()},
    **{word: word for word in CATEGORIES.values()},
}


def as_day(text: str) -> date | None:
    """The day of a date, or of a moment of whatever time."""
    found = _MOMENT.fullmatch(text)
    return as_date(found[1]) if found else None


def as_claim(text: str) -> bool | None:
    lower = text.lower()
    return True if lower in _YES else False if lower in _NO else None


def as_sex(text: str) -> str | None:
    """male, female, or unknown where it is said that it is not known."""
    return _SEXES.get(text.lower())


def as_category(text: str) -> str | None:
    """By its word or its census code."""
    return _CATEGORIES.get(text.lower())


def factors(text: str) -> tuple[str, ...] | None:
    """The codes of a JSON list, of the keys of an object, or with commas between; None where it is none of these."""
    try:
        held: Any = json.loads(text)
    except (ValueError, RecursionError):
        held = [part.strip() for part in text.strip("[]").split(",")]
    if isinstance(held, Mapping):
        held = [code for code, said in held.items() if str(said).lower() not in _NO and said]
    if not isinstance(held, list):
        held = [held]
    codes = tuple(str(code).strip() for code in held if code not in (None, ""))
    return codes if all(code in ASSESSMENT_FACTORS for code in codes) else None


def _code(known: Iterable[str]) -> Callable[[], Reading[Any]]:
    codes = frozenset(known)
    return lambda: Reading(lambda text: text if text in codes else None, NOT_A_CODE)


READINGS: Mapping[str, Callable[[], Reading[Any]]] = {
    "sex": lambda: Reading(as_sex, NOT_A_CODE),
    "ethnicity": _code(CODE_LISTS["ethnicity"]),
    "disability": _code(CODE_LISTS["disability"]),
    "source": _code(CODE_LISTS["referral_source"]),
    "primary_need": _code(CODE_LISTS["primary_need"]),
    "closure_reason": _code(CODE_LISTS["reason_for_closure"]),
    "initial_category": lambda: Reading(as_category, NOT_A_CODE),
    "latest_category": lambda: Reading(as_category, NOT_A_CODE),
    "outcome": _code(CODE_LISTS["pp_outcome"]),
    "factors": lambda: Reading(factors, NOT_FACTORS),
}
"""How a column of the contract is judged, where its type does not say it."""


def reading(name: str, kind: str) -> Reading[Any]:
    """A new reading for a column of the contract, by its name or else by its type."""
    if name in READINGS:
        return READINGS[name]()
    by_type: Mapping[str, Callable[[], Reading[Any]]] = {
        "date": lambda: Reading(as_day, NOT_A_DATE),
        "boolean": lambda: Reading(as_claim, NOT_YES_OR_NO),
        "int32": lambda: Reading(as_whole_number, NOT_A_NUMBER),
    }
    return by_type[kind]()
