"""One thing that an authority settled, as a row of data, and how its values are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, get_args

from waypost.domain.errors import PlainError

Kind = Literal["limit", "switch", "counting", "target", "bands", "publication", "population", "name"]
KINDS: tuple[Kind, ...] = get_args(Kind)


class SettingRefused(PlainError):
    """A setting says what cannot be meant, or contradicts another."""


@dataclass(frozen=True, slots=True)
class Row:
    """`about` says which timescale, indicator, year or name it is of. Without a `value` it ends what held before it."""

    kind: Kind
    about: str
    from_on: date
    value: Mapping[str, Any] = field(default_factory=dict, hash=False)


def whole_of(row: Row, name: str, called: str) -> int:
    """A whole number of a row."""
    found = row.value.get(name)
    if isinstance(found, bool) or not isinstance(found, int):
        raise SettingRefused(f"{called[0].upper()}{called[1:]} is {found!r}; write a whole number.")
    return found


def text_of(row: Row, name: str, called: str) -> str:
    """Words of a row, which must say something."""
    found = row.value.get(name)
    if not isinstance(found, str) or not found.strip():
        raise SettingRefused(f"Say {called}.")
    return found.strip()
