"""At full size the three authorities look like inner London ones, and each tells its own story.

The ranges are those that published authorities of inner London keep within, with room to spare.
"""

from __future__ import annotations

import pytest

from waypost.datasets.dataset import Dataset
from waypost.datasets.load.cin_census import read
from waypost.demo import census
from waypost.demo.characters import CHARACTERS
from waypost.domain.periods import FinancialYear, periods
from waypost.indicators.calculate import calculate
from waypost.indicators.results import Results

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
LATEST_PUBLISHED = FinancialYear(2025)


@pytest.fixture(scope="module", params=list(CHARACTERS))
def dataset(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The six years of an authority at full size."""
    return read(census.write(tmp_path_factory.mktemp("census"), authority=request.param))


def test_nothing_in_the_files_is_unreadable(dataset: Dataset) -> None:
    assert dataset.unread == ()
    assert dataset.years == census.COLLECTIONS


def test_the_latest_published_year_is_in_plausible_ranges(dataset: Dataset) -> None:
    results = calculate(dataset, LATEST_PUBLISHED, only=list(RANGES))
    values = {indicator: value(results, indicator, LATEST_PUBLISHED) for indicator in RANGES}
    outside = {
        indicator: values[indicator]
        for indicator, (low, high) in RANGES.items()
        if not low <= values[indicator] <= high
    }
    assert outside == {}


def test_each_authority_tells_its_story(dataset: Dataset) -> None:
    STORIES[dataset.authority](dataset)


def plans_fall_in_ashdown(dataset: Dataset) -> None:
    first, second, *_, last = series(dataset, "cpp_rate")
    assert last < 0.8 * min(first, second)


def conferences_are_slow_in_brookvale_in_2022_23(dataset: Dataset) -> None:
    in_time = dict(zip(census.COLLECTIONS, series(dataset, "icpc_15wd"), strict=True))
    slow = in_time.pop(FinancialYear(2023))
    assert all(slow + 10 < other for other in in_time.values())


def referrals_rise_every_year_in_calder(dataset: Dataset) -> None:
    referrals = series(dataset, "referrals")
    assert referrals == sorted(referrals)
    assert referrals[-1] > 1.2 * referrals[0]


STORIES = {
    "991": plans_fall_in_ashdown,
    "992": conferences_are_slow_in_brookvale_in_2022_23,
    "993": referrals_rise_every_year_in_calder,
}


def series(dataset: Dataset, indicator: str) -> list[float]:
    years = census.COLLECTIONS
    return [value(calculate(dataset, year, only=[indicator]), indicator, year) for year in years]


def value(results: Results, indicator: str, year: FinancialYear) -> float:
    found = results.get(indicator, periods(year, "year")[0]).value
    assert found is not None, indicator
    return found
