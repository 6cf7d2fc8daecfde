"""At full size the three authorities look like inner London ones, and each tells its own story.

The ranges are those that published authorities of inner London keep within, with room to spare.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from waypost.datasets.load.cin_census import read
from waypost.demo import census
from waypost.demo.characters import CHARACTERS
from waypost.domain.periods import FinancialYear, periods
from waypost.indicators.calculate import calculate
from waypost.indicators.results import Number

RANGES = {
    "referral_rate": (400, 700),
    "rereferral_12m": (15, 28),
    "referral_nfa": (4, 14),
    "referral_not_in_need": (22, 38),
    "sa_rate": (400, 700),
    "sa_45wd": (70, 95),
    "cin_rate": (270, 480),
    "s47_rate": (130, 270),
    "icpc_rate": (40, 85),
    "icpc_15wd": (40, 95),
    "icpc_to_cpp": (75, 98),
    "cpp_start_rate": (35, 75),
    "cpp_rate": (25, 60),
    "ni64": (0.5, 12),
    "ni65": (12, 30),
    "ni67": (80, 100),
    "referrals": (1300, 2200),
    "s47_count": (450, 850),
    "icpc_count": (140, 260),
    "cpp_at_date": (80, 190),
    "cin_at_date": (900, 1450),
}
NEEDS_THE_YEAR_BEFORE = {"rereferral_12m"}

Series = Mapping[str, list[Number | None]]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Series]:
    """By authority and indicator, the values of the six years."""
    return {la_code: _series(tmp_path_factory, la_code) for la_code in CHARACTERS}


def _series(tmp_path_factory: pytest.TempPathFactory, la_code: str) -> Series:
    dataset = read(census.write(tmp_path_factory.mktemp(la_code), authority=la_code))
    assert dataset.unread == ()
    made = {year: calculate(dataset, year, only=list(RANGES)) for year in census.COLLECTIONS}
    return {
        indicator: [results.get(indicator, periods(year, "year")[0]).value for year, results in made.items()]
        for indicator in RANGES
    }


@pytest.mark.parametrize("la_code", CHARACTERS)
@pytest.mark.parametrize("indicator", RANGES)
def test_every_year_is_in_a_plausible_range(story: Mapping[str, Series], la_code: str, indicator: str) -> None:
    low, high = RANGES[indicator]
    first = 1 if indicator in NEEDS_THE_YEAR_BEFORE else 0
    values = story[la_code][indicator][first:]
    assert all(value is not None and low <= value <= high for value in values), values


def test_plans_fall_in_ashdown(story: Mapping[str, Series]) -> None:
    first, second, *_, last = (value or 0 for value in story["991"]["cpp_rate"])
    assert last < 0.8 * min(first, second)


def test_conferences_were_slow_in_brookvale_in_2022_23(story: Mapping[str, Series]) -> None:
    in_time = dict(zip(census.COLLECTIONS, story["992"]["icpc_15wd"], strict=True))
    slow = in_time.pop(FinancialYear(2023)) or 0
    assert all(slow + 10 < (value or 0) for value in in_time.values())


def test_referrals_rise_every_year_in_calder(story: Mapping[str, Series]) -> None:
    referrals = [value or 0 for value in story["993"]["referrals"]]
    assert referrals == sorted(referrals)
    assert referrals[-1] > 1.2 * referrals[0]
