"""A year's rates use the estimate of the June before the year's end."""

import pytest

from waypost.datasets.published import PopulationEstimate, population
from waypost.domain.periods import FinancialYear


@pytest.mark.parametrize(
    ("la_code", "year", "expected"),
    [
        ("205", "2024-25", PopulationEstimate(31955, "mid-2024", "ons")),
        ("205", "2023-24", PopulationEstimate(31920, "mid-2023", "ons")),
        ("205", "2012-13", PopulationEstimate(32845, "mid-2012", "ons")),
        ("991", "2024-25", PopulationEstimate(31900, "mid-2024", "invented")),
        ("992", "2020-21", PopulationEstimate(31300, "mid-2020", "invented")),
        ("993", "2019-20", PopulationEstimate(35000, "mid-2019", "invented")),
    ],
)
def test_the_estimate_is_that_of_the_june_before_the_years_end(
    la_code: str, year: str, expected: PopulationEstimate
) -> None:
    assert population(la_code, FinancialYear.parse(year)) == expected


@pytest.mark.parametrize(("la_code", "value"), [("205", 31955), ("991", 31900)])
def test_the_latest_estimate_stands_in_for_one_not_packaged_yet_and_says_so(la_code: str, value: int) -> None:
    found = population(la_code, FinancialYear.parse("2025-26"))
    assert found is not None
    assert (found.value, found.estimate, found.is_latest_instead) == (value, "mid-2024", True)


@pytest.mark.parametrize(
    ("la_code", "year", "because"),
    [
        ("205", "2011-12", "before the first estimate"),
        ("991", "2018-19", "before the first invented one"),
        ("928", "2021-22", "Northamptonshire had ended"),
        ("940", "2020-21", "North Northamptonshire had not begun"),
        ("836", "2014-15", "none is published for Poole"),
        ("999", "2024-25", "no such authority"),
    ],
)
def test_an_authority_without_an_estimate_has_none(la_code: str, year: str, because: str) -> None:
    assert population(la_code, FinancialYear.parse(year)) is None, because
