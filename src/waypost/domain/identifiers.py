"""Identifiers of a person and the check digits that catch a slip of the pen.

The NHS number's tenth digit is worked out from the first nine (NHS Data Dictionary, modulus 11). The unique pupil
number's first letter is worked out from its other twelve characters (Department for Education, modulus 23).
"""

from __future__ import annotations

import re

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""Twenty-three letters: I, O and S are left out, for they look like digits."""


def nhs_number(text: str) -> str | None:
    """The number without its spaces, or None where it is not one."""
    digits = re.sub(r"[\s-]", "", text)
    if not re.fullmatch(r"[0-9]{10}", digits):
        return None
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return digits if check % 11 == int(digits[9]) and check != 10 else None


def upn(text: str) -> str | None:
    """The unique pupil number in capitals, or None where it is not one. A temporary one ends in a letter."""
    value = re.sub(r"\s", "", text).upper()
    if not re.fullmatch(rf"[{UPN_LETTERS}][0-9]{{11}}[0-9{UPN_LETTERS}]", value):
        return None
    places = [*map(int, value[1:12]), int(value[12]) if value[12].isdigit() else UPN_LETTERS.index(value[12])]
    total = sum(digit * weight for weight, digit in enumerate(places, 2))
    return value if UPN_LETTERS[total % 23] == value[0] else None
