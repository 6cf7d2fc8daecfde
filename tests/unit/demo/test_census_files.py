"""Files of invented children: the same from the same seed, in the structure of their year, of the size asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.demo.reading import Filing, child_id
from waypost.demo import census
from waypost.domain.codes import CODE_LISTS
from waypost.domain.errors import WrongUse
from waypost.domain.periods import FinancialYear

YEARS = ["2020-21", "2021-22", "2022-23", "2023-24", "2024-25", "2025-26"]
LISTED = {
    "ReferralSource": "referral_source",
    "PrimaryNeedCode": "primary_need",
    "ReasonForClosure": "reason_for_closure",
    "AssessmentFactors": "assessment_factor",
    "InitialCategoryOfAbuse": "category_of_abuse",
    "LatestCategoryOfAbuse": "category_of_abuse",
    "Ethnicity": "ethnicity",
    "Disability": "disability",
    "UPNunknown": "upn_unknown",
    "GenderCurrent": "gender",
    "Sex": "sex",
}


def test_files_are_named_for_their_year_and_authority(filings: list[Filing]) -> None:
    authority = filings[0].root.findtext("Header/Source/LEA")
    assert [filing.path.name for filing in filings] == [f"cin_{year}_{authority}.xml" for year in YEARS]


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    first = census.write(tmp_path / "first", authority="992", seed=5, size=0.05)
    again = census.write(tmp_path / "again", authority="992", seed=5, size=0.05)
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in first]


def test_another_seed_gives_other_children(tmp_path: Path) -> None:
    (five,) = census.write(tmp_path / "5", authority="992", years=[FinancialYear(2024)], seed=5, size=0.05)
    (six,) = census.write(tmp_path / "6", authority="992", years=[FinancialYear(2024)], seed=6, size=0.05)
    assert five.read_bytes() != six.read_bytes()


def test_a_year_is_the_same_whichever_others_are_asked_for(tmp_path: Path) -> None:
    together = census.write(tmp_path / "together", authority="991", seed=5, size=0.05)
    (alone,) = census.write(tmp_path / "alone", authority="991", years=[FinancialYear(2023)], seed=5, size=0.05)
    assert alone.read_bytes() == together[2].read_bytes()


def test_the_header_says_whose_and_when(filings: list[Filing]) -> None:
    for filing, year in zip(filings, YEARS, strict=True):
        header = filing.root.find("Header")
        assert header is not None
        assert header.findtext("CollectionDetails/Collection") == "CIN"
        assert header.findtext("CollectionDetails/ReferenceDate") == str(FinancialYear.parse(year).end)
        assert filing.year == FinancialYear.parse(year)


def test_sex_takes_the_place_of_gender_in_2024_25(filings: list[Filing]) -> None:
    for filing in filings:
        named = {"Sex" for _ in filing.groups("Sex")} | {"GenderCurrent" for _ in filing.groups("GenderCurrent")}
        assert named == ({"Sex"} if filing.year >= FinancialYear(2025) else {"GenderCurrent"})


def test_every_code_is_in_its_list(filings: list[Filing]) -> None:
    for filing in filings:
        for element, code_list in LISTED.items():
            used = {group.text for _, group in filing.groups(element)}
            assert used <= set(CODE_LISTS[code_list]), element


def test_a_child_is_in_a_file_once(filings: list[Filing]) -> None:
    for filing in filings:
        assert len(filing.by_id) == len(filing.children)
        assert all(len(child_id(child)) <= 20 and child_id(child).isalnum() for child in filing.children)


def test_size_is_a_share_of_the_authority(tmp_path: Path) -> None:
    year = [FinancialYear(2024)]
    tenth = Filing(census.write(tmp_path / "tenth", authority="991", years=year, size=0.1)[0])
    fifth = Filing(census.write(tmp_path / "fifth", authority="991", years=year, size=0.2)[0])
    assert 1.6 < len(fifth.children) / len(tenth.children) < 2.4


@pytest.mark.parametrize("children", [1, 700])
def test_a_file_of_a_given_number_of_children(tmp_path: Path, children: int) -> None:
    path = census.write_sized(tmp_path / "sized.xml", children=children, seed=1)
    assert len(Filing(path).children) == children


def test_a_child_takes_about_a_kilobyte(tmp_path: Path) -> None:
    path = census.write_sized(tmp_path / "sized.xml", children=1000, seed=1)
    assert 850 < path.stat().st_size / 1000 < 1150


def test_an_authority_that_is_not_invented_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="'205' is not an invented authority; they are Ashdown 991"):
        census.write(tmp_path, authority="205")


@pytest.mark.parametrize("ends", [2020, 2028])
def test_a_year_outside_invented_time_is_refused(tmp_path: Path, ends: int) -> None:
    with pytest.raises(WrongUse, match="they run from 2020-21 to 2026-27"):
        census.write(tmp_path, authority="991", years=[FinancialYear(ends)])
