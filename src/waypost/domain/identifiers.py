"""Identifiers of a person and the check digits that catch a slip of the pen.

The NHS number's tenth digit is worked out from the first nine (NHS Data Dictionary, modulus 11). The unique pupil
number's first letter is worked out from its other twelve characters (Department for Education, modulus 23).
"""

from __future__ import annotations

import re
from datetime import date

from waypost.domain.codes import CODE_LISTS

START_SCHOOL_AT = 4
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""Twenty-three letters: I, O and S are left out, for they look like digits."""
_VALUES = {each: value for each_of in ("0123456789", UPN_LETTERS) for value, each in enumerate(each_of)}


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


def why_no_upn(text: str) -> str | None:
    """The census's code for why a child has no pupil number, or None where it is none of them."""
    code = text.strip().upper()
    return code if code in CODE_LISTS["upn_unknown"] else None


def check_letter(twelve: str) -> str:
    """The letter that the other twelve characters of a pupil number call for: each by its place, 2 to 13, over 23."""
    return UPN_LETTERS[sum(_VALUES[each] * place for place, each in enumerate(twelve, 2)) % len(UPN_LETTERS)]


def starts_school_on(born_on: date) -> date:
    """The September after the fourth birthday, when a child is given a pupil number at the latest."""
    fourth = born_on.year + START_SCHOOL_AT
    return date(fourth + (born_on.month >= 9), 9, 1)
