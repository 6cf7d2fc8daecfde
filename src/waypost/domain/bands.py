"""The bands that lengths, waits and ages are counted in, with the edges that decide where each day falls.

Labels and edges follow `band_sets` and `cin_reading.time` of the indicator catalogue. Every set covers every value
once; what has no date, or runs backwards, is `UNKNOWN`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from waypost.domain.dates import add_months, age_on

UNKNOWN = "unknown"
TWO_YEARS_IN_DAYS = 729

Edge = Literal["on_or_before", "before", "two_years", "rest"]


@dataclass(frozen=True, slots=True)
class LengthBand:
    """One band of lengths, taken in order after the bands before it.

    `on_or_before` and `before` set the day against the start plus `months`; `two_years` takes what has not reached
    two years; `rest` takes all that is left.
    """

    label: str
    edge: Edge
    months: int | None = None


DFE_LENGTHS = (
    LengthBand("<=3 months", "on_or_before", 3),
    LengthBand(">3 to <=6 months", "on_or_before", 6),
    LengthBand(">6 months to <1 year", "before", 12),
    LengthBand(">=1 to <2 years", "two_years"),
    LengthBand(">=2 years", "rest"),
)

LBHF_LENGTHS = (
    LengthBand("0-3 months", "on_or_before", 3),
    LengthBand("4-6", "on_or_before", 6),
    LengthBand("7-12", "on_or_before", 12),
    LengthBand("13-18", "on_or_before", 18),
    LengthBand("19-24", "two_years"),
    LengthBand("2-4 years", "before", 48),
    LengthBand("4+ years", "rest"),
)


def two_years(start: date, day: date) -> bool:
    """Whether two years have been reached, first and last day counted: the test of NI 64, used everywhere."""
    return (day - start).days + 1 > TWO_YEARS_IN_DAYS


def length_band(start: date | None, day: date | None, bands: Sequence[LengthBand]) -> str:
    """The label of the band that the length from start to day falls in."""
    if start is None or day is None or start > day:
        return UNKNOWN
    return next(band.label for band in bands if _within(band, start, day))


def _within(band: LengthBand, start: date, day: date) -> bool:
    match band.edge:
        case "on_or_before":
            return day <= add_months(start, band.months or 0)
        case "before":
            return day < add_months(start, band.months or 0)
        case "two_years":
            return not two_years(start, day)
        case "rest":
            return True


@dataclass(frozen=True, slots=True)
class WorkingDayBand:
    """Working days from first to last, both included; no last is no limit."""

    label: str
    first: int
    last: int | None


CONFERENCE_WAITS = (
    WorkingDayBand("0-10", 0, 10),
    WorkingDayBand("11-15", 11, 15),
    WorkingDayBand("16-20", 16, 20),
    WorkingDayBand("21+", 21, None),
)

ASSESSMENT_LENGTHS = (
    WorkingDayBand("0-10", 0, 10),
    WorkingDayBand("11-20", 11, 20),
    WorkingDayBand("21-30", 21, 30),
    WorkingDayBand("31-40", 31, 40),
    WorkingDayBand("41-45", 41, 45),
    WorkingDayBand("46-60", 46, 60),
    WorkingDayBand("61+", 61, None),
)


def working_day_band(days: int | None, bands: Sequence[WorkingDayBand]) -> str:
    """The label of the band that so many working days fall in; None, or a count that runs backwards, is unknown."""
    if days is None or days < 0:
        return UNKNOWN
    return next(band.label for band in bands if band.first <= days and (band.last is None or days <= band.last))


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Ages in completed years from first to last, both included; no last is no limit."""

    label: str
    first: int
    last: int | None


@dataclass(frozen=True, slots=True)
class AgeBands:
    """A set of age bands, and the label that a child not yet born is counted under."""

    name: str
    unborn: str
    bands: tuple[AgeBand, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """Every label in order, unborn first where it stands alone, and without `UNKNOWN`."""
        ages = tuple(band.label for band in self.bands)
        return ages if self.unborn in ages else (self.unborn, *ages)

    def of(self, day: date, *, born_on: date | None, expected_on: date | None = None) -> str:
        """The label of a child's age on the day, from the date of birth or, without one, the date expected."""
        if born_on is None:
            return UNKNOWN if expected_on is None else self.unborn
        if born_on > day:
            return self.unborn
        age = age_on(born_on, day)
        return next(band.label for band in self.bands if band.first <= age and (band.last is None or age <= band.last))


DFE_AGES = AgeBands(
    "age_dfe_cin",
    "unborn",
    (
        AgeBand("under 1", 0, 0),
        AgeBand("1-4", 1, 4),
        AgeBand("5-9", 5, 9),
        AgeBand("10-15", 10, 15),
        AgeBand("16-17", 16, 17),
        AgeBand("18+", 18, None),
    ),
)

LBHF_AGES = AgeBands(
    "age_lbhf",
    "0-1",
    (
        AgeBand("0-1", 0, 1),
        AgeBand("2-3", 2, 3),
        AgeBand("4-8", 4, 8),
        AgeBand("9-14", 9, 14),
        AgeBand("15+", 15, None),
    ),
)
