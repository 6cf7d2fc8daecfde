"""Children aged 0 to 17, which rates are made with.

Source: Office for National Statistics mid-year estimates; the invented authorities' own file.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from waypost.datasets.published.files import rows
from waypost.domain.periods import FinancialYear


@dataclass(frozen=True, slots=True)
class PopulationEstimate:
    """How many children aged 0 to 17 lived in an authority in the middle of a year.

    `is_latest_instead` claims that the year's own estimate is not packaged yet and that this is the latest one, so
    that a rate made with it is provisional.
    """

    value: int
    estimate: str
    source: str
    is_latest_instead: bool = False


def population(la_code: str, year: FinancialYear) -> PopulationEstimate | None:
    """The estimate of the June before the year's end, or the latest where that one is not packaged yet.

    None where the authority has none: before the first estimate, or before it began or after it ended.
    """
    wanted = year.ends - 1
    held = min(wanted, latest_estimate())
    found = _estimates().get((la_code, held))
    if found is None:
        return None
    value, source = found
    return PopulationEstimate(value, f"mid-{held}", source, is_latest_instead=held != wanted)


@cache
def latest_estimate() -> int:
    """The calendar year of the latest packaged estimate."""
    return max(year for _, year in _estimates())


@cache
def _estimates() -> dict[tuple[str, int], tuple[int, str]]:
    ons = {
        (row["la_code"], int(row["year"])): (int(row["population_0_17"]), "ons")
        for row in rows("population.csv")
        if row["la_code"] and row["population_0_17"]
    }
    invented = {
        (row["la_code"], int(column.removeprefix("mid-"))): (int(cell), "invented")
        for row in rows("invented.csv")
        for column, cell in row.items()
        if column.startswith("mid-")
    }
    return ons | invented
