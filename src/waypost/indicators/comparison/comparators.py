"""Whom an authority is compared with: its statistical neighbours, its region, England and those named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from waypost.datasets.published import (
    ENGLAND,
    Authority,
    Neighbours,
    Published,
    PublishedFigure,
    authorities,
    find_authority,
    marker_meanings,
    neighbours,
    published,
)
from waypost.domain.arithmetic import mean
from waypost.domain.errors import WrongUse
from waypost.domain.periods import FinancialYear
from waypost.indicators.comparison.shapes import Kind, Point
from waypost.indicators.results import Status

# A mark that is not listed is "not available": a figure that rounds to nought (k, low) is not nought.
MARKED: Mapping[str | None, Status] = {"c": "suppressed", "z": "not_applicable"}


@dataclass(frozen=True, slots=True)
class Comparator:
    """One place, or the ten neighbours together."""

    kind: Kind
    name: str
    places: tuple[str, ...]

    def at(self, year: FinancialYear, data: Published) -> Point | None:
        """Its point for a year. None where nothing at all was published of it."""
        return self._mean(year, data) if self.kind == "neighbours" else self._single(year, data)

    def latest(self, year: FinancialYear, data: Published) -> Point | None:
        """Its point for a year, or for the latest earlier year with a value where that year's is not available."""
        asked = self.at(year, data)
        if asked and asked.status != "not_available":
            return asked
        earlier = (self.at(held, data) for held in reversed(data.years) if held < year)
        return next((point for point in earlier if point and point.value is not None), asked)

    def _single(self, year: FinancialYear, data: Published) -> Point | None:
        place = self.places[0]
        figure = data.get(place, year)
        shared = data.shared_by(place, year)
        if shared and (figure is None or figure.value is None):
            return _point(self, shared, f"Published for {shared.place_name} together.")
        return _point(self, figure) if figure else None

    def _mean(self, year: FinancialYear, data: Published) -> Point | None:
        figures = [figure for place in self.places if (figure := data.get(place, year))]
        if not figures:
            return None
        valued = [(figure.value, figure) for figure in figures if figure.value is not None]
        values = [value for value, _ in valued]
        sources = dict.fromkeys(figure.source for figure in ([figure for _, figure in valued] or figures))
        return Point(
            kind="neighbours",
            name=self.name,
            year=year,
            period=figures[0].period,
            value=mean(values) if values else None,
            status="final" if values else "not_available",
            source="; ".join(sources),
            of=len(values),
            lowest=min(values, default=None),
            highest=max(values, default=None),
        )


def _point(comparator: Comparator, figure: PublishedFigure, note: str | None = None) -> Point:
    is_missing = figure.value is None
    return Point(
        kind=comparator.kind,
        name=comparator.name,
        year=figure.year,
        period=figure.period,
        value=figure.value,
        status=MARKED.get(figure.marker, "not_available") if is_missing else "final",
        source=figure.source,
        note=f"Published as {figure.marker}: {marker_meanings()[figure.marker]}." if figure.marker else note,
    )


def known_authority(code: str) -> Authority:
    found = find_authority(code)
    if found is None:
        raise WrongUse(_unknown_place(code))
    return found


def _unknown_place(code: str) -> str:
    return f"{code!r} is not a known authority; give a three-digit DfE code such as 205 or a nine-character ONS code."


def comparators_of(authority: Authority, named: Sequence[str]) -> tuple[Comparator, ...]:
    """The authority itself, then its neighbours where it has any, its region, England and those named."""
    known = neighbours(authority)
    further = dict.fromkeys(named_comparator(code) for code in named)
    return (
        Comparator("own", authority.name, (authority.la_code,)),
        *([_neighbours(authority, known)] if known else []),
        Comparator("region", authority.region, (authority.region_code,)),
        Comparator("england", "England", (ENGLAND,)),
        *further,
    )


def _neighbours(authority: Authority, known: Neighbours) -> Comparator:
    example = f" of {authorities()[known.of].name}, as an example" if authority.is_invented else ""
    return Comparator("neighbours", f"Statistical neighbours{example}", known.la_codes)


def named_comparator(code: str) -> Comparator:
    found = find_authority(code)
    if found:
        return Comparator("named", found.name, (found.la_code,))
    place = code.strip().upper()
    if place not in _places():
        raise WrongUse(_unknown_place(code))
    return Comparator("named", _places()[place], (place,))


@cache
def _places() -> dict[str, str]:
    """The name of every place that a population is published for, regions and inner and outer London among them."""
    return {figure.place: figure.place_name for figure in published("population_0_17").figures.values()}
