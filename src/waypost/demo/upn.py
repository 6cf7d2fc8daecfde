"""Unique pupil numbers that have the right form and belong to nobody.

A number is a check letter, an authority (3 digits), a school (4), the year it was given (2) and a serial (3). Real
schools are numbered from 1000; the schools here begin with 0, so no real pupil can have the number.
"""

from __future__ import annotations

from datetime import date

from waypost.domain.identifiers import check_letter, starts_school_on

INNER_LONDON = tuple(str(code) for code in range(201, 214))
SERIALS = SCHOOLS = 1000


def upn(child: int, born_on: date) -> str:
    """The number of the invented child: no two of the first million are alike."""
    school, serial = divmod(child, SERIALS)
    authority = INNER_LONDON[child % len(INNER_LONDON)]
    digits = f"{authority}{school % SCHOOLS:04d}{starts_school_on(born_on).year % 100:02d}{serial:03d}"
    return check_letter(digits) + digits
