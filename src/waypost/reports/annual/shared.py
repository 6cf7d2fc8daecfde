"""What several sections of the annual report make alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from waypost.domain import intervals
from waypost.domain.intervals import Interval
from waypost.domain.periods import FinancialYear
from waypost.indicators.catalogue import CATALOGUE
from waypost.reports.model import Band, Cell, Chart, Leaders, Number, Point, Role, Row, Series, Table
from waypost.reports.numbers import Numbers
from waypost.reports.prose import Prose
from waypost.reports.tables import source_words
from waypost.reports.words import PUBLISHED, SMALL, listed, range_words

SAID_ELSEWHERE = frozenset({"Published at 31 March.", "Compare with care.", "Share of referrals.", "Plans ending."})
"""What a mark, the unit or the name of the indicator says already."""
HIGH_UP, STEP = 60, 10
SHARE = "Share in per cent"

DRAWN: dict[str, Role] = {"neighbours": "neighbours", "england": "england"}

FEWEST_YEARS, FEWEST_MONTHS = 5, 12
"""The points that control limits are made from at the least: fewer say little of what is usual."""
INTERVAL = "95% interval"
INTERVAL_NOTE = (
    "The 95% interval says how far chance could have moved the share or rate: of twenty such ranges, about nineteen "
    "hold the level that lies behind the figure. Children of one family come together, so chance moves figures more."
)
CONTROL = "Control limits"


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
    limits: Limits | None = None,
) -> Chart:
    """A chart of what a table holds. Its finding and shape are written in the prose of its section."""
    finding = prose.title("finding")
    shape = prose.line("shape")
    return Chart(
        key=key,
        kind=kind,
        finding=finding or held.title,
        shape=f"{shape} {limits.shape}" if limits else shape,
        axis=axis or (SHARE if unit == "percent" else held.unit),
        unit=unit,
        base=held.base,
        source=source_words(shown),
        period=held.period,
        series=series,
        table=held.key,
        band=band,
        limits=limits.band if limits else None,
        told=(*(prose.paragraphs("finding") if finding else ()), *prose.paragraphs("shape")),
    )


@dataclass(frozen=True, slots=True)
class Limits:
    """Control limits of a line: where they lie at each point, how many points they were made from, and in what unit."""

    at: tuple[str, ...]
    ends: tuple[Interval, ...]
    unit: str

    @property
    def band(self) -> Band:
        low = tuple(Point(at, end.low) for at, end in zip(self.at, self.ends, strict=True))
        return Band(CONTROL, low, tuple(Point(at, end.high) for at, end in zip(self.at, self.ends, strict=True)))

    @property
    def words(self) -> tuple[str, ...]:
        """Each point's limits, as a table shows them."""
        return tuple(range_words(end.low, end.high, self.unit) for end in self.ends)

    @property
    def shape(self) -> str:
        return f"Two thin dotted lines either side are the control limits, at the last point {self.words[-1]}."

    def note(self, of: str) -> str:
        """What the limits are and which points they are from. `of` is such as "years" or "months"."""
        return (
            f"Control limits lie three standard errors either side of the mean of the {len(self.ends)} {of} shown. "
            "A point within them differs from the mean by no more than chance can bring about."
        )


def year_limits(own: Sequence[Number]) -> Limits | None:
    """The limits of five years or more of a share or rate, each year's from its own base. None where a base is missing.

    A withheld count withholds the limits too, which could give it away.
    """
    counts = [number.numerator for number in own if number.estimate and number.numerator is not None]
    bases = [number.denominator for number in own if number.estimate and number.denominator]
    if len(own) < FEWEST_YEARS or not len(own) == len(counts) == len(bases):
        return None
    limits = intervals.share_limits if own[-1].unit == "percent" else intervals.rate_limits
    return Limits(tuple(f"{number.period.year.ends}" for number in own), limits(counts, bases), own[-1].unit)


def month_limits(counts: Sequence[Number], at: Sequence[str]) -> Limits | None:
    """The limits of twelve months or more of a count, the same for each. None where a month is missing or withheld.

    A stock of plans that begin by chance is spread like a count of events, so the limits of a count are its limits too.
    """
    known = [number.value for number in counts if number.is_known and number.value is not None]
    if len(counts) < FEWEST_MONTHS or len(known) < len(counts):
        return None
    return Limits(tuple(at), (intervals.count_limits(known),) * len(counts), "count")


def limits_row(limits: Limits | None, name: str) -> list[Row]:
    """The row of a table of years that holds the limits drawn in its chart."""
    return [Row(CONTROL, tuple(map(Cell, limits.words)), hint=name)] if limits else []


def limits_note(limits: Limits | None, of: str = "years") -> list[str]:
    return [limits.note(of)] if limits else []


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
    limits = year_limits(own)
    drawn = chart(key, "trend", prose, held, tuple(series), shown, unit=own[-1].unit, band=band, limits=limits)
    return (replace(drawn, scale_from=_scale_from(drawn), breaks=breaks(own)),)


def breaks(own: Sequence[Number]) -> tuple[tuple[str, str], ...]:
    """Where a line goes over to another source or another definition, and what is named there."""
    known = [number for number in own if number.is_known]
    found = ((f"{last.period.year.ends}", _changed(first, last)) for first, last in pairwise(known))
    return tuple((at, words) for at, words in found if words)


def _changed(first: Number, last: Number) -> str:
    was_published, is_published = (PUBLISHED in number.marks for number in (first, last))
    if was_published != is_published:
        return "from published figures" if is_published else "from own files"
    is_redefined = first.version is not None and last.version is not None and first.version != last.version
    return "new definition" if is_redefined else ""


def _scale_from(drawn: Chart) -> float:
    """Nought, save for shares that all lie high up, whose changes a scale from nought would hide."""
    lines = [line.points for line in drawn.series]
    lines += [band.low for band in (drawn.band, drawn.limits) if band]
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


def leaders(groups: Iterable[tuple[str, Number]], most: int = 1) -> Leaders | None:
    """The largest groups, and with them any that are level with the last of them.

    None where nothing is counted, or a count is withheld, so that nobody could check who leads.
    """
    groups = list(groups)
    among = tuple(as_count(number) for _, number in groups)
    counts = sorted((number.value or 0 for number in among), reverse=True)
    if not groups or not counts[0] or any(number.value is None for number in among):
        return None
    least = max(1, counts[:most][-1])
    ahead = [each for each, count in zip(groups, among, strict=True) if (count.value or 0) >= least]
    named = tuple(count for count in among if (count.value or 0) >= least)
    return Leaders([name for name, _ in ahead], [number for _, number in ahead], named, among)
