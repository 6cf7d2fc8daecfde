"""The published figures: one measure at a time, by place and year.

387,000 figures are packaged and a page needs a few hundred. The file is sorted by measure in small row groups, so only
the groups that hold the measure are read, and a measure that was read once is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any

from waypost.datasets.published.files import DATA
from waypost.datasets.published.measures import Measure, measures
from waypost.domain.arithmetic import percent
from waypost.domain.periods import FinancialYear

ENGLAND = "E92000001"
AUGUST = 8


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """One published value, or the mark printed in its place.

    `place` is a three-digit code, two joined by "+" where authorities share a service, or an ONS code above authority
    level. `period` is the publisher's own label, such as "30 September 2024".
    """

    place: str
    place_name: str
    level: str
    year: FinancialYear
    period: str
    value: int | float | None
    numerator: int | float | None
    denominator: int | float | None
    marker: str | None
    derivation: str
    source_file: str

    @property
    def source(self) -> str:
        """The publication, and how the figure was taken from it where it is not as printed."""
        made = {"derived": "worked out from ", "transcribed": "typed from "}.get(self.derivation, "")
        return f"{made}{self.source_file}"


@dataclass(frozen=True)
class Published:
    """Everything that is published on one measure."""

    measure: Measure
    figures: Mapping[tuple[str, FinancialYear], PublishedFigure]

    def get(self, place: str, year: FinancialYear) -> PublishedFigure | None:
        return self.figures.get((place, year))

    def shared_by(self, la_code: str, year: FinancialYear) -> PublishedFigure | None:
        """The figure of a service that an authority shares with another."""
        shared = (self.get(place, year) for place in self._shared_places if la_code in place.split("+"))
        return next((figure for figure in shared if figure), None)

    @cached_property
    def years(self) -> tuple[FinancialYear, ...]:
        """The years with a value for any place, in order."""
        return tuple(sorted({year for (_, year), figure in self.figures.items() if figure.value is not None}))

    @cached_property
    def _shared_places(self) -> tuple[str, ...]:
        return tuple(sorted({place for place, _ in self.figures if "+" in place}))

    def authorities(self, year: FinancialYear) -> list[PublishedFigure]:
        """The figures of single authorities for a year."""
        return [f for f in self.figures.values() if f.year == year and f.level == "local_authority"]


@cache
def published(measure_id: str) -> Published:
    """All the figures of one measure.

    Raises:
        KeyError: no such measure is published.
    """
    measure = measures()[measure_id]
    found = [_figure(row) for row in _rows(measure_id)]
    return Published(measure, {(figure.place, figure.year): figure for figure in found})


@cache
def published_share(measure_id: str, of: tuple[str, ...]) -> Published:
    """A published count as a share, in percent, of the counts of all the measures in `of`.

    Only where and when every one of them has a value.
    """
    counts = published(measure_id)
    everything = [published(measure) for measure in of]
    shares = {key: share for key, figure in counts.figures.items() if (share := _share(figure, everything))}
    measure = Measure(measure_id, counts.measure.name, counts.measure.definition, counts.measure.polarity, "percent")
    return Published(measure, shares)


@cache
def year_of(period_end: date) -> FinancialYear:
    """The financial year that a published period belongs to.

    A snapshot belongs to the year that it falls in, so that 31 March counts with the year it ends and 30 September
    with the year it is the middle of. A school year, which ends on 31 August, goes with the financial year of the same
    name: 2023/24 with 2023-24.
    """
    return FinancialYear(period_end.year) if period_end.month == AUGUST else FinancialYear.holding(period_end)


def _rows(measure_id: str) -> list[dict[str, Any]]:
    # Imported here because most commands look up an authority or a population and no published figure.
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    with pq.ParquetFile(DATA / "published.parquet") as file:
        spans = [file.metadata.row_group(i).column(0).statistics for i in range(file.num_row_groups)]
        holding = [i for i, span in enumerate(spans) if span.min <= measure_id <= span.max]
        table = file.read_row_groups(holding)
    found: list[dict[str, Any]] = table.filter(pc.equal(table["indicator_id"], measure_id)).to_pylist()
    return found


def _figure(row: dict[str, Any]) -> PublishedFigure:
    return PublishedFigure(
        place=row["la_code"] or row["geography_code"],
        place_name=row["geography_name"],
        level=row["geography_level"],
        year=year_of(row["period_end"]),
        period=row["year_label"],
        value=_number(row["value"], row["unit"]),
        numerator=_number(row["numerator"], "number"),
        denominator=_number(row["denominator"], "number"),
        marker=row["marker"],
        derivation=row["derivation"],
        source_file=row["source_file"],
    )


def _number(value: float | None, unit: str) -> int | float | None:
    """A count as a whole number; the file holds every value as a decimal."""
    return int(value) if value is not None and unit == "number" and value.is_integer() else value


def _share(part: PublishedFigure, everything: Sequence[Published]) -> PublishedFigure | None:
    counts = [found.value for whole in everything if (found := whole.get(part.place, part.year))]
    if part.value is None or len(counts) < len(everything) or None in counts:
        return None
    total = sum(count for count in counts if count is not None)
    return PublishedFigure(
        place=part.place,
        place_name=part.place_name,
        level=part.level,
        year=part.year,
        period=part.period,
        value=percent(part.value, total),
        numerator=part.value,
        denominator=total,
        marker=None,
        derivation="derived",
        source_file=part.source_file,
    )
