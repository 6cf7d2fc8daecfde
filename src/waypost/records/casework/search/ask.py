"""What someone typed into the one box, taken apart: names, a date of birth, a postcode, a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from waypost.domain.likeness import folded, phone, postcode
from waypost.records.casework.search.index import number

DATE = re.compile(r"\b([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4})\b")
POSTCODE = re.compile(r"\b[A-Za-z]{1,2}[0-9][A-Za-z0-9]?(?:\s*[0-9][A-Za-z]{2})?\b")
NUMBER = re.compile(r"\b(?=[A-Za-z0-9/-]*[0-9]{3})[A-Za-z0-9][A-Za-z0-9/-]{4,}\b|\+?[0-9][0-9 ]{7,}[0-9]")


@dataclass(frozen=True, slots=True)
class Question:
    """The parts of what was typed."""

    names: tuple[str, ...] = ()
    born_on: date | None = None
    postcode: str = ""
    number: str = ""
    phone: str = ""

    @property
    def is_empty(self) -> bool:
        return self == Question()


def taken_apart(typed: str) -> Question:
    """The parts, each looked for in turn; what is left over is names."""
    born_on, rest = _taken(DATE, typed)
    digits, rest = _taken(NUMBER, rest)
    code, rest = _taken(POSTCODE, rest)
    return Question(
        names=tuple(dict.fromkeys(folded(rest).split())),
        born_on=_day(born_on),
        postcode=postcode(code) or "",
        number=number(digits),
        phone=phone(digits) or "" if digits.lstrip("+")[:1].isdigit() else "",
    )


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    found = pattern.search(text)
    return (found[0], text[: found.start()] + " " + text[found.end() :]) if found else ("", text)


def _day(text: str) -> date | None:
    found = DATE.fullmatch(text)
    if not found:
        return None
    day, month, year = map(int, found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
