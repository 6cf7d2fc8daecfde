"""What several sections of the annual report make alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from waypost.domain.periods import FinancialYear
from waypost.reports.model import Band, Chart, Number, Point, Role, Series, Table
from waypost.reports.numbers import Numbers
from waypost.reports.prose import Prose
from waypost.reports.tables import base_words, source_words
from waypost.reports.words import SMALL

SAID_ELSEWHERE = frozenset({"Published at 31 March.", "Compare with care."})
DRAWN: dict[str, Role] = {"neighbours": "neighbours", "england": "england"}


def chart(
    key: str,
    kind: Literal["trend", "bars", "panels"],
    prose: Prose,
    held: Table,
    series: tuple[Series, ...],
    shown: Sequence[Number],
    *,
    unit: str,
    axis: str = "",
    band: Band | None = None,
) -> Chart:
    """A chart of what a table holds. Its finding and shape are written in the prose of its section."""
    return Chart(
        key=key,
        kind=kind,
        finding=prose.line("finding"),
        shape=prose.line("shape"),
        axis=axis or held.unit,
        unit=unit,
        base=held.base,
        source=source_words(shown),
        period=held.period,
        series=series,
        table=held.key,
        band=band,
    )


def trend(numbers: Numbers, indicator: str, key: str, prose: Prose, held: Table) -> tuple[Chart, ...]:
    """The authority over five years, England dashed, the range of the neighbours behind. Nothing if it has no line."""
    years = numbers.years()
    own = [numbers.own(indicator, year) for year in years]
    if sum(number.is_known for number in own) < 2:
        return ()
    beside = {
        place: [numbers.beside_then(indicator, place, year) for year in years]
        for place in numbers.places
        if place.kind in DRAWN
    }
    known = {place: line for place, line in beside.items() if any(number.is_known for number in line)}
    series = [Series(numbers.name, _points(own))]
    series += [Series(place.name, _points(line), DRAWN[place.kind]) for place, line in known.items()]
    shown = own + [number for line in known.values() for number in line]
    band = _neighbours_band(numbers, indicator, years)
    return (chart(key, "trend", prose, held, tuple(series), shown, unit=own[-1].unit, band=band),)


def _points(line: Iterable[Number]) -> tuple[Point, ...]:
    return tuple(Point(f"{number.period.year.ends}", number.value if number.is_known else None) for number in line)


def _neighbours_band(numbers: Numbers, indicator: str, years: Sequence[FinancialYear]) -> Band | None:
    ends = [(f"{year.ends}", numbers.neighbour_ends(indicator, year)) for year in years]
    if not any(pair for _, pair in ends):
        return None
    low, high = (tuple(Point(at, pair[side].value if pair else None) for at, pair in ends) for side in (0, 1))
    return Band("Neighbours, lowest to highest", low, high)


def hint(numbers: Numbers, own: Number) -> str:
    """The count and base of a share, for under the name of its row."""
    words = base_words(own) if own.unit == "percent" else ""
    return f"{numbers.name}: {words}" if words else ""


def care(numbers: Numbers, indicators: Iterable[str]) -> list[str]:
    """What must be known before setting published figures beside ours, each thing said once."""
    said = dict.fromkeys(note for indicator in indicators for note in numbers.notes(indicator))
    return [note for note in said if note not in SAID_ELSEWHERE]


def as_count(number: Number) -> Number:
    """The count inside a share or rate, as a number of its own."""
    value = number.numerator if number.is_known else None
    return replace(number, value=value, unit="count", marks=tuple(mark for mark in number.marks if mark != SMALL))
