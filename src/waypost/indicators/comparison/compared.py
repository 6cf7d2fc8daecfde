"""An authority beside others, for every published year, for one year of a page, or for a trend."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from waypost.datasets.published import Authority, Published, authorities, neighbours
from waypost.domain.errors import WrongUse
from waypost.domain.periods import FinancialYear
from waypost.indicators.comparison.comparators import Comparator, comparators_of, known_authority, named_comparator
from waypost.indicators.comparison.shapes import Beside, Comparison, Point, Rank
from waypost.indicators.comparison.subjects import is_unpublished, nothing_published, subject_of
from waypost.indicators.results import Number


def compare(
    indicator_id: str,
    authority_code: str,
    *,
    years: tuple[FinancialYear, FinancialYear] | None = None,
    named: Sequence[str] = (),
    group: str | None = None,
) -> Comparison:
    """An authority's published values beside those of its comparators, for every year published or from one to another.

    `indicator_id` is an indicator's id or a published id; "referral_source:school" is the same as giving the group.
    `named` holds further authorities, regions or sub-regions by code. Where nothing is published for the years asked
    for, the latest earlier year is given and a note says so.

    Raises:
        WrongUse: the indicator, group, authority or years are unknown, or nothing is published on the indicator.
    """
    subject = subject_of(indicator_id, group)
    authority = known_authority(authority_code)
    chosen, years_note = _chosen_years(subject.data, years)
    self_, *others = comparators_of(authority, named)
    own = _points([self_], chosen, subject.data)
    comparators = _points(others, chosen, subject.data)
    return Comparison(
        indicator=subject.indicator,
        group=subject.group,
        authority=authority,
        published_id=subject.data.measure.id,
        unit=subject.data.measure.unit,
        own=own,
        comparators=comparators,
        rank=_rank(own, authority, subject.data),
        neighbours=neighbours(authority),
        notes=(*subject.care, *years_note, *_authority_notes(authority), *_silent_note(others, comparators)),
    )


def beside(
    indicator_id: str,
    year: FinancialYear,
    authority_code: str,
    *,
    named: Sequence[str] = (),
    group: str | None = None,
    latest: bool = True,
) -> Beside:
    """What is published beside one figure: of the authority itself and of its comparators.

    With `latest`, a value that is not published for the year is that of the latest earlier year that has one.

    Raises:
        WrongUse: the indicator, group or authority is unknown. An indicator of which nothing is published is not: its
            points are None.
    """
    authority = known_authority(authority_code)
    if is_unpublished(indicator_id):
        return Beside(year, None, None, None, None, None, dict.fromkeys(named), (nothing_published(indicator_id),))
    subject = subject_of(indicator_id, group)

    def point(comparator: Comparator) -> Point | None:
        return comparator.latest(year, subject.data) if latest else comparator.at(year, subject.data)

    by_kind = {comparator.kind: point(comparator) for comparator in comparators_of(authority, ())}
    return Beside(
        year=year,
        unit=subject.data.measure.unit,
        own=by_kind.get("own"),
        neighbours=by_kind.get("neighbours"),
        region=by_kind.get("region"),
        england=by_kind.get("england"),
        named={code: point(named_comparator(code)) for code in named},
        notes=(*subject.care, *_authority_notes(authority)),
    )


def series(
    indicator_id: str,
    authority_code: str,
    years: Sequence[FinancialYear],
    *,
    named: Sequence[str] = (),
    group: str | None = None,
) -> tuple[Beside, ...]:
    """What is published for each of several years, for a trend line. No year borrows from another.

    Raises:
        WrongUse: as for `beside`.
    """
    return tuple(beside(indicator_id, y, authority_code, named=named, group=group, latest=False) for y in years)


def _chosen_years(
    data: Published, years: tuple[FinancialYear, FinancialYear] | None
) -> tuple[tuple[FinancialYear, ...], tuple[str, ...]]:
    """The published years within those asked for, or the latest one before them; and a note where they differ."""
    if years is None:
        return data.years, ()
    first, last = years
    if first > last:
        raise WrongUse(f"The years run backwards: {first} is after {last}.")
    chosen = tuple(year for year in data.years if first <= year <= last)
    if chosen:
        is_short = last > data.years[-1]
        return chosen, ((f"{data.years[-1]} is the latest year published.",) if is_short else ())
    earlier = tuple(year for year in data.years if year < first)[-1:]
    if earlier:
        asked = f"for {first}" if first == last else f"from {first} to {last}"
        return earlier, (f"Nothing is published {asked}; {earlier[0]} is the latest year before.",)
    return (), (f"Nothing is published before {data.years[0]}.",)


def _points(comparators: Sequence[Comparator], years: Sequence[FinancialYear], data: Published) -> tuple[Point, ...]:
    points = (comparator.at(year, data) for comparator in comparators for year in years)
    return tuple(point for point in points if point)


def _rank(own: Sequence[Point], authority: Authority, data: Published) -> Rank | None:
    """The place in the latest year for which the authority has a value of its own."""
    for point in reversed(own):
        figure = data.get(authority.la_code, point.year)
        if figure and figure.value is not None:
            return _place(figure.value, point.year, data)
    return None


def _place(value: Number, year: FinancialYear, data: Published) -> Rank:
    polarity = data.measure.polarity
    values = [figure.value for figure in data.authorities(year) if figure.value is not None]
    better = [other for other in values if (other < value if polarity == "low_good" else other > value)]
    return Rank(year, place=len(better) + 1, of=len(values), best_first=polarity != "neutral")


def _authority_notes(authority: Authority) -> tuple[str, ...]:
    if authority.neighbours_of:
        example = authorities()[authority.neighbours_of].name
        invented = f"{authority.name} is an invented authority, of which nothing is published"
        return (f"{invented}; the published neighbours of {example} are shown as an example.",)
    notes = []
    if authority.active_to:
        after = _listed([authorities()[la_code].name for la_code in authority.successors])
        notes.append(f"{authority.name} ended on {_long(authority.active_to)} and was followed by {after}.")
    if authority.active_from:
        before = _listed([authorities()[la_code].name for la_code in authority.predecessors])
        notes.append(f"{authority.name} began on {_long(authority.active_from)}; before it there was {before}.")
    return tuple(notes)


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _long(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _silent_note(comparators: Sequence[Comparator], points: Sequence[Point]) -> tuple[str, ...]:
    """Names the comparators of which nothing is shown, where something is shown of others."""
    shown = {point.name for point in points}
    silent = [comparator.name for comparator in comparators if comparator.name not in shown]
    return (f"Nothing is published for {_listed(silent)} in these years.",) if shown and silent else ()
