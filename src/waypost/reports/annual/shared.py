"""What several sections of the annual report make alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from waypost.domain.periods import FinancialYear
from waypost.indicators.catalogue import CATALOGUE
from waypost.reports.model import Band, Chart, Number, Point, Role, Series, Table
from waypost.reports.numbers import Numbers
from waypost.reports.prose import Prose
from waypost.reports.tables import base_words, source_words
from waypost.reports.words import PUBLISHED, SMALL, listed

SAID_ELSEWHERE = frozenset({"Published at 31 March.", "Compare with care.", "Share of referrals.", "Plans ending."})
"""What a mark, the unit or the name of the indicator says already."""
HIGH_UP, STEP = 60, 10
SHARE = "Share in per cent"

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
        finding=prose.title("finding") or held.title,
        shape=prose.line("shape"),
        axis=axis or (SHARE if unit == "percent" else held.unit),
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
    drawn = chart(key, "trend", prose, held, tuple(series), shown, unit=own[-1].unit, band=band)
    return (replace(drawn, scale_from=_scale_from(drawn), breaks=_break(own)),)


def _break(own: Sequence[Number]) -> tuple[tuple[str, str], ...]:
    """Where the line goes over from published figures to those made from the authority's own files."""
    published = [PUBLISHED in number.marks for number in own]
    if not any(published) or all(published):
        return ()
    return ((f"{own[published.index(False)].period.year.ends}", "from own files"),)


def _scale_from(drawn: Chart) -> float:
    """Nought, save for shares that all lie high up, whose changes a scale from nought would hide."""
    lines = [line.points for line in drawn.series] + ([drawn.band.low] if drawn.band else [])
    lowest = min(point.value for line in lines for point in line if point.value is not None)
    return lowest // STEP * STEP if drawn.unit == "percent" and lowest >= HIGH_UP else 0


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
    """What must be known before setting published figures beside ours: of all of them once, of one by its name."""
    said: dict[str, list[str]] = {}
    for indicator in indicators:
        for note in numbers.notes(indicator):
            said.setdefault(note, []).append(CATALOGUE[indicator].name)
    told = {note: names for note, names in said.items() if note not in SAID_ELSEWHERE and not _is_nothing(note)}
    return [note if numbers.name in note else f"{listed(names)}: {_lower(note)}" for note, names in told.items()]


def _is_nothing(note: str) -> bool:
    """Whether it says only that nothing is published, which "not available" says in the table."""
    return note.startswith("No published figure")


def _lower(sentence: str) -> str:
    return f"{sentence[0].lower()}{sentence[1:]}"


def as_count(number: Number) -> Number:
    """The count inside a share or rate, as a number of its own."""
    value = number.numerator if number.is_known else None
    return replace(number, value=value, unit="count", marks=tuple(mark for mark in number.marks if mark != SMALL))


def leaders(groups: Iterable[tuple[str, Number]]) -> tuple[list[str], Number] | None:
    """The largest group, or several that are equally large, with their number. None where nothing is counted."""
    known = [(name, number) for name, number in groups if number.is_known and number.numerator]
    if not known:
        return None
    most = max(number.numerator or 0 for _, number in known)
    first = [(name, number) for name, number in known if number.numerator == most]
    return [name for name, _ in first], first[0][1]
