"""Rounding as a person does it on paper: a half always goes up, away from nought.

Computers keep 25.25 and 0.15 as binary fractions that are a shade off, and round halves to the even digit. Figures
here are exact fractions until the moment they are rounded, so 101 of 400 is 25.25 and rounds to 25.3.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import overload

Number = int | float | Decimal | Fraction

HALF = Fraction(1, 2)


def exact(value: Number) -> Fraction:
    """The number as it is written. A float stands for the shortest decimal that names it, so 0.15 is 15/100."""
    return Fraction(repr(float(value))) if isinstance(value, float) else Fraction(value)


@overload
def half_up(value: Number) -> int: ...
@overload
def half_up(value: Number, places: int) -> float: ...
def half_up(value: Number, places: int = 0) -> float:
    """The value to so many decimal places, halves away from nought; a whole number (int) when places is 0."""
    scale: int = 10**places
    size = floor(abs(exact(value)) * scale + HALF)
    rounded = Fraction(size if value >= 0 else -size, scale)
    return int(rounded) if places == 0 else float(rounded)
