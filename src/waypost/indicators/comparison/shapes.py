"""The shapes of a comparison, as the fixed interface gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from waypost.datasets.published import Authority, Neighbours, authorities
from waypost.datasets.published.publications import publication
from waypost.domain.periods import FinancialYear
from waypost.indicators.results import Number, Status

Kind = Literal["own", "neighbours", "region", "england", "named"]


@dataclass(frozen=True, slots=True)
class Point:
    """One value for one year, or the reason why there is none.

    `period` is the publisher's label of the year. For neighbours, `value` is the plain mean of those that have one,
    `of` says how many, and `lowest` and `highest` are their ends.
    """

    kind: Kind
    name: str
    year: FinancialYear
    period: str
    value: Number | None
    status: Status
    source: str
    of: int | None = None
    lowest: Number | None = None
    highest: Number | None = None
    note: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The shape of a comparator in the fixed interface. `of` is given for neighbours alone."""
        row: dict[str, Any] = {"kind": self.kind, "name": self.name, **self.own_json()}
        if self.kind == "neighbours":
            row |= {"of": self.of, "lowest": self.lowest, "highest": self.highest}
        return row

    def own_json(self) -> dict[str, Any]:
        """The shape of one of the authority's own rows."""
        return {
            "year": str(self.year),
            "period": self.period,
            "value": self.value,
            "status": self.status,
            "source": publication(self.source),
            "source_file": self.source,
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class Rank:
    """An authority's place among the single authorities with a value for a year.

    The best is first, or the highest where neither high nor low is good. Ties share the better place.
    """

    year: FinancialYear
    place: int
    of: int
    best_first: bool

    def as_json(self) -> dict[str, Any]:
        return {
            "year": str(self.year),
            "place": self.place,
            "of": self.of,
            "best_first": self.best_first,
            "ties": "share the better place",
        }


@dataclass(frozen=True)
class Comparison:
    """An authority's published values of one indicator, year by year, with those of its comparators."""

    indicator: str
    group: str | None
    authority: Authority
    published_id: str
    unit: str
    own: tuple[Point, ...]
    comparators: tuple[Point, ...]
    rank: Rank | None
    neighbours: Neighbours | None
    notes: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The shape of a comparison in the fixed interface, with the neighbours it was made with."""
        return {
            "indicator": self.indicator,
            "group": self.group,
            "authority": self.authority.la_code,
            "published_id": self.published_id,
            "unit": self.unit,
            "own": [point.own_json() for point in self.own],
            "comparators": [point.as_json() for point in self.comparators],
            "rank": self.rank.as_json() if self.rank else None,
            "neighbours": _neighbours_json(self.neighbours) if self.neighbours else None,
            "note": " ".join(self.notes) or None,
        }


@dataclass(frozen=True)
class Beside:
    """What stands beside one figure on a page. Each point keeps its own year, which may be before the one asked for.

    `named` is keyed by the codes as they were asked for. `unit` is None where nothing is published.
    """

    year: FinancialYear
    unit: str | None
    own: Point | None
    neighbours: Point | None
    region: Point | None
    england: Point | None
    named: Mapping[str, Point | None]
    notes: tuple[str, ...]

    def is_of_another_year(self, point: Point) -> bool:
        return point.year != self.year


def _neighbours_json(known: Neighbours) -> dict[str, Any]:
    listed = [{"la_code": la_code, "name": authorities()[la_code].name} for la_code in known.la_codes]
    return {"model": known.model, "of": known.of, "authorities": listed}
