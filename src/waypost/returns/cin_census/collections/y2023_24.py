"""2023-24: pupil numbers may be of two more authorities."""

from __future__ import annotations

from waypost.returns.cin_census.collections import y2022_23
from waypost.returns.cin_census.rules import pupil_numbers

COLLECTION = y2022_23.COLLECTION.next(
    "2023-24",
    replaces=[pupil_numbers.authority_unknown(pupil_numbers.AUTHORITY_CODES | {"942", "943"})],
)
