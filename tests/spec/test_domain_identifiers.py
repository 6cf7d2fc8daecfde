"""Check digits of the identifiers of a person, and how names, postcodes and telephones are compared."""

from __future__ import annotations

import pytest

from waypost.domain.identifiers import nhs_number, upn
from waypost.domain.likeness import folded, phone, postcode


@pytest.mark.parametrize(
    ("typed", "is_number"),
    [
        ("943 476 5919", True),  # 9x10 + 4x9 + 3x8 + 4x7 + 7x6 + 6x5 + 5x4 + 9x3 + 1x2 = 299, 11 - 299 % 11 = 9
        ("9434765919", True),
        ("943-476-5919", True),
        ("943 476 5918", False),
        ("493 476 5919", False),
        ("943 476 591", False),
        ("943 476 591X", False),
        ("", False),
    ],
)
def test_an_nhs_number(typed: str, is_number: bool) -> None:
    assert nhs_number(typed) == ("9434765919" if is_number else None)


@pytest.mark.parametrize(
    ("typed", "is_number"),
    [
        # 2x8 + 0x3 + 1x4 + 0x5 ... with the serial 001: 16 + 4 + 1x13 = 33, and 33 % 23 = 10, the eleventh letter.
        ("L801000000001", True),
        ("A801000000001", False),
        ("I801000000001", False),
        ("L80100000000", False),
        ("", False),
    ],
)
def test_a_unique_pupil_number(typed: str, is_number: bool) -> None:
    assert (upn(typed) is not None) == is_number


@pytest.mark.parametrize(
    ("typed", "compared"),
    [("O'Brien-\N{LATIN CAPITAL LETTER S WITH CEDILLA}ahin", "obrien sahin"), ("  Maya   MARLOWE ", "maya marlowe")],
)
def test_names_are_compared_without_case_accents_and_marks(typed: str, compared: str) -> None:
    assert folded(typed) == compared


@pytest.mark.parametrize(
    ("typed", "read"), [("aa11ab", "AA1 1AB"), ("AA1", "AA1"), ("aa1a 1ab", "AA1A 1AB"), ("AA", None), ("1AB", None)]
)
def test_a_postcode_or_its_first_half(typed: str, read: str | None) -> None:
    assert postcode(typed) == read


@pytest.mark.parametrize("typed", ["020 7946 0123", "+44 20 7946 0123", "(0044) 2079460123"])
def test_a_telephone_number_is_one_however_it_is_written(typed: str) -> None:
    assert phone(typed) == "079460123"
