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
    return value if check_letter(value[1:]) == value[0] else None


def check_letter(twelve: str) -> str:
    """The letter that the other twelve characters of a pupil number call for: each by its place, 2 to 13, over 23."""
    values = [int(each) if each.isdigit() else UPN_LETTERS.index(each) for each in twelve]
    return UPN_LETTERS[sum(value * place for place, value in enumerate(values, 2)) % len(UPN_LETTERS)]
