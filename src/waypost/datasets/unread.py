"""What could not be read. It stands apart from the dataset so that a return is checked without loading its engines."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unread:
    """A value that is not a real date or a known code, and so is blank to the indicators.

    `row` counts from 1: the group's place among its kind within the child, as filed. `child` and `row` are None for the
    header.
    """

    file: str
    child: str | None
    table: str
    row: int | None
    field: str
    value: str
    reason: str
