"""How names, postcodes and telephone numbers are compared: without case, accents, spaces or marks."""

from __future__ import annotations

import re
import unicodedata

PHONE_TAIL = 9
"""The digits of a telephone number that stay the same whether it is written from here or from abroad."""


def folded(name: str) -> str:
    """A name in small plain letters: "O'Brien-Şahin" is "obrien sahin"."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.sub("['.\N{RIGHT SINGLE QUOTATION MARK}]", "", kept).replace("-", " ").split())


def postcode(text: str) -> str | None:
    """A postcode, or the first half of one, in capitals with one space; None where it is not one."""
    found = re.fullmatch(r"([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][A-Z]{2})?", text.strip().upper())
    return None if found is None else " ".join(filter(None, found.groups()))


def phone(text: str) -> str | None:
    """The digits that two ways of writing one telephone number share; None where there are too few."""
    digits = re.sub(r"\D", "", text)
    return digits[-PHONE_TAIL:] if len(digits) >= PHONE_TAIL else None
