"""The numbers that a report may place: the authority's own, by period, and those that stand beside them.

A number is asked for by indicator, period and group, never typed. What the census files do not hold is looked for among
the published figures, and marked where it was found there; what neither holds is a `Number` that says so. Those beside
the authority are counted from files of their own where they were given, by the same definitions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from waypost.datasets.dataset import Dataset
from waypost.datasets.published import Authority, find_authority, neighbours, population
from waypost.domain.periods import FinancialYear, Grid, Period, periods
from waypost.domain.targets import NO_TARGETS, Target, Targets
from waypost.indicators.catalogue import CATALOGUE
from waypost.indicators.comparison import Beside, Point, beside
from waypost.indicators.results import Figure, Population, Results
from waypost.reports.model import Number
from waypost.reports.words import (
    NOT_VALIDATED,
    OTHER_YEAR,
    PART_MEAN,
    PROVISIONAL,
    PUBLISHED,
    SMALL,
    SMALL_BASE,
    WITH_CARE,
)

NEIGHBOURS_IN_A_LIST = 10
CENSUS = "Children in need census, own files"
DIGITS_OF_A_FREEZE = 12


@dataclass(frozen=True, slots=True)
class Place:
    """Whose numbers a column or a line holds. `key` is own, neighbours, region, england or the code of one named."""

    key: str
    name: str
    kind: Literal["own", "named", "neighbours", "region", "england"]


@dataclass(frozen=True)
class Filed:
    """An authority beside ours that gave its files, and the figures of whole years counted from them."""

    dataset: Dataset
    results: Results

    @property
    def origin(self) -> str:
        """Where its figures were read, with the start of the freeze's hash; the data note has the whole of it."""
        return f"{CENSUS} (freeze {short_id(self.dataset)})"


def short_id(dataset: Dataset) -> str:
    """The start of a freeze's hash, enough to know it by."""
    return dataset.id.removeprefix("sha256:")[:DIGITS_OF_A_FREEZE]


@dataclass(frozen=True)
class Numbers:
    """Every number of one report.

    `results` holds the authority's own figures for all the years and grids that the report asked for, `files` the years
    that have a census file, `filed` those beside it that gave theirs, by code, and `targets` those set for it. `used`
    gathers the indicators that were placed, with the version of their definition, and `compared` those that were set
    beside a published figure.
    """

    code: str
    year: FinancialYear
    results: Results
    files: frozenset[FinancialYear]
    named: tuple[str, ...] = ()
    filed: Mapping[str, Filed] = field(default_factory=dict)
    targets: Targets = NO_TARGETS
    used: dict[str, int] = field(default_factory=dict)
    compared: dict[str, None] = field(default_factory=dict)
    _kept: dict[tuple[str, FinancialYear, bool], Beside] = field(default_factory=dict, repr=False)

    @cached_property
    def authority(self) -> Authority | None:
        return find_authority(self.code)

    @property
    def name(self) -> str:
        return self.authority.name if self.authority else f"Authority {self.code}"

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The authority, those named, its neighbours, its region and England, in the order of the columns."""
        found = [Place("own", self.name, "own")]
        found += [Place(code, self._name_of(code), "named") for code in self._named]
        if self.authority:
            found += [Place("neighbours", "Neighbours", "neighbours")] if neighbours(self.authority) else []
            found += [Place("region", self.authority.region, "region")]
        return (*found, Place("england", "England", "england"))

    @property
    def _named(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.named, *self.filed)))

    @cached_property
    def _published_places(self) -> tuple[str, ...]:
        """Those named that figures can be published of: all but an authority that only its own files speak of."""
        return tuple(code for code in self._named if code not in self.filed or find_authority(code))

    def years(self, count: int = 5) -> tuple[FinancialYear, ...]:
        """The last years up to the report's own, oldest first."""
        return tuple(self.year.before(back) for back in reversed(range(count)))

    # ------------------------------------------------------------ the authority's own

    def own(self, indicator: str, year: FinancialYear | None = None, /, **group: str) -> Number:
        """The figure of a whole year, or the published one where the year has no file."""
        year = year or self.year
        if year in self.files:
            return self._calculated(indicator, _only(year), group)
        found = self._beside(indicator, year, latest=False).own if self.authority and not group else None
        if found is None or found.value is None:
            return self._missing(indicator, self.name, _only(year), group)
        return self._published(indicator, self.name, found, (PUBLISHED,))

    def at(self, indicator: str, month: Period, /, **group: str) -> Number:
        """The figure of one month, or at its end."""
        if month.year in self.files:
            return self._calculated(indicator, month, group)
        return self._missing(indicator, self.name, month, group)

    def _calculated(self, indicator: str, period: Period, group: Mapping[str, str]) -> Number:
        return self._counted(self.results, self.name, CENSUS, indicator, period, group)

    def _counted(
        self, results: Results, place: str, origin: str, indicator: str, period: Period, group: Mapping[str, str]
    ) -> Number:
        figure = results.get(indicator, period, **group)
        self.used[indicator] = figure.version
        return Number(
            indicator=indicator,
            name=CATALOGUE[indicator].name,
            place=place,
            period=period,
            value=figure.value,
            unit=figure.unit,
            status=figure.status,
            origin=origin,
            group=dict(group),
            numerator=figure.numerator,
            denominator=figure.denominator,
            version=figure.version,
            note=figure.note,
            population=figure.population,
            marks=_own_marks(figure),
        )

    def population(self, year: FinancialYear) -> Population | None:
        """The children aged 0 to 17 that the rates of a year were made with, or would be."""
        if (made := self.own("cpp_rate", year).population) is not None:
            return made
        held = population(self.code, year)
        return Population(held.value, held.estimate, held.source) if held else None

    def target(self, indicator: str, year: FinancialYear | None = None) -> Target | None:
        """The target that the authority set itself for a year."""
        return self.targets.of(self.code, indicator, year or self.year)

    # ------------------------------------------------------------ beside it

    def beside(self, indicator: str, place: Place | str, year: FinancialYear | None = None, /, **group: str) -> Number:
        """The figure of a comparator for a year.

        Where it gave no file of the year, what is published for it or, if that is not out yet, for the latest year
        before it.
        """
        return self._of(indicator, self._place(place), year or self.year, group, latest=True)

    def beside_then(self, indicator: str, place: Place | str, year: FinancialYear, /, **group: str) -> Number:
        """The figure of a comparator for that very year, for rows that run over years."""
        return self._of(indicator, self._place(place), year, group, latest=False)

    def _of(
        self, indicator: str, place: Place, year: FinancialYear, group: Mapping[str, str], *, latest: bool
    ) -> Number:
        if place.kind == "own":
            return self.own(indicator, year, **group)
        if self.is_counted(place, year):
            filed = self.filed[place.key]
            return self._counted(filed.results, place.name, filed.origin, indicator, _only(year), group)
        if group:
            return self._missing(indicator, place.name, _only(year), group)
        return self._compared(indicator, place, year, latest=latest)

    def is_counted(self, place: Place, year: FinancialYear | None = None) -> bool:
        """Whether a place's figures of a year are counted from its own files, ours or those it gave."""
        year = year or self.year
        if place.kind == "own":
            return year in self.files
        return place.key in self.filed and year in self.filed[place.key].dataset.years

    def neighbour_ends(self, indicator: str, year: FinancialYear) -> tuple[Number, Number] | None:
        """The lowest and the highest of the neighbours in a year, or None where none has a value."""
        point = self._beside(indicator, year, latest=False).neighbours if self.authority else None
        if point is None or point.lowest is None or point.highest is None:
            return None
        low, high = (self._published(indicator, "Neighbours", point, (), end) for end in (point.lowest, point.highest))
        return low, high

    def notes(self, indicator: str) -> tuple[str, ...]:
        """What a reader must know before setting the published figure beside ours."""
        return self._beside(indicator, self.year, latest=True).notes if self.authority else ()

    def _name_of(self, code: str) -> str:
        """The name of an authority or region that was asked for by code."""
        if found := find_authority(code):
            return found.name
        if code in self.filed:
            return f"Authority {code}"
        point = self._beside("cpp_rate", self.year, latest=True).named.get(code) if self.authority else None
        return point.name if point else code

    def _place(self, place: Place | str) -> Place:
        if isinstance(place, Place):
            return place
        return next((known for known in self.places if known.key == place), Place(place, place.title(), "named"))

    def _compared(self, indicator: str, place: Place, year: FinancialYear, *, latest: bool) -> Number:
        self.compared[indicator] = None
        point = self._point(self._beside(indicator, year, latest=latest), place) if self.authority else None
        if point is None:
            return self._missing(indicator, place.name, _only(year), {})
        return self._published(indicator, place.name, point, self._comparator_marks(indicator, point, year))

    def _point(self, found: Beside, place: Place) -> Point | None:
        if place.kind == "named":
            return found.named.get(place.key)
        point: Point | None = getattr(found, place.kind)
        return point

    def _comparator_marks(self, indicator: str, point: Point, year: FinancialYear) -> tuple[str, ...]:
        if point.value is None:
            return ()
        marks = [OTHER_YEAR] if point.year != year else []
        marks += [PART_MEAN] if point.kind == "neighbours" and (point.of or 0) < NEIGHBOURS_IN_A_LIST else []
        marks += [WITH_CARE] if any("with care" in note for note in self.notes(indicator)) else []
        return tuple(marks)

    def _beside(self, indicator: str, year: FinancialYear, *, latest: bool) -> Beside:
        key = (indicator, year, latest)
        if key not in self._kept:
            self._kept[key] = beside(indicator, year, self.code, named=self._published_places, latest=latest)
        return self._kept[key]

    def _published(
        self, indicator: str, place: str, point: Point, marks: tuple[str, ...], value: float | int | None = None
    ) -> Number:
        return Number(
            indicator=indicator,
            name=CATALOGUE[indicator].name,
            place=place,
            period=_only(point.year),
            value=point.value if value is None else value,
            unit=self._beside(indicator, point.year, latest=False).unit or CATALOGUE[indicator].unit,
            status=point.status,
            origin=point.source,
            note=point.note,
            of=point.of,
            marks=marks,
        )

    def _missing(self, indicator: str, place: str, period: Period, group: Mapping[str, str]) -> Number:
        definition = CATALOGUE[indicator]
        return Number(
            indicator, definition.name, place, period, None, definition.unit, "not_available", "", dict(group)
        )


def months(year: FinancialYear) -> tuple[Period, ...]:
    return periods(year, "month")


def _only(year: FinancialYear, by: Grid = "year") -> Period:
    return periods(year, by)[0]


def _own_marks(figure: Figure) -> tuple[str, ...]:
    marks = [PROVISIONAL] if figure.status == "provisional" else []
    marks += [NOT_VALIDATED] if figure.status == "not_validated" else []
    is_small = figure.unit == "percent" and figure.value is not None and (figure.denominator or 0) < SMALL_BASE
    return tuple(marks + ([SMALL] if is_small else []))


def by_place(numbers: Sequence[Number]) -> dict[str, list[Number]]:
    """Numbers by whose they are, in the order that the places first come."""
    found: dict[str, list[Number]] = {}
    for number in numbers:
        found.setdefault(number.place, []).append(number)
    return found
