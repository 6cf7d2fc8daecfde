"""What must hold between counts, so that one gives another away: read from how the indicators are declared.

* The parts of one split, or of one group-by field, make up their whole where rows are counted.
* Rows that meet more conditions are no more than those that meet fewer; different children are no more than rows.
* What happened in a year is what happened in its quarters and months.
* Plans at the opening, with those started, less those ended, are the plans at the close.
* Bands and conditions that say the same of the same rows count the same (`ALIKE`): the one list made by hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from itertools import combinations
from typing import Literal

import ibis.expr.operations as ops
from ibis import _

from waypost.domain.bands import ASSESSMENT_LENGTHS, CONFERENCE_WAITS, DFE_AGES, LBHF_AGES, UNKNOWN
from waypost.domain.periods import Grid, Period, periods
from waypost.indicators import (
    assessments,
    children_in_need,
    conferences,
    durations,
    front_door,
    plans,
    profile,
    repeats,
    reviews,
)
from waypost.indicators.declare import Column, Count, Rows
from waypost.indicators.disclosure.cells import SAME_ROWS, Cell, Snapshot, cell, column_of
from waypost.indicators.expressions import months_after, two_years
from waypost.indicators.groups import FIELDS
from waypost.indicators.registry import BY_ID

Sense = Literal["is nought", "is not below nought"]


@dataclass(frozen=True, slots=True)
class Link:
    """A sum of counts, each taken so many times, that is nought or is not below nought."""

    terms: tuple[tuple[int, Cell], ...]
    sense: Sense = "is nought"

    @property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(cell for _, cell in self.terms)

    def holds(self, counts: Mapping[Cell, int]) -> bool:
        total = sum(times * counts[cell] for times, cell in self.terms)
        return total == 0 if self.sense == "is nought" else total >= 0


def links(cells: Iterable[Cell]) -> tuple[Link, ...]:
    """Everything that ties these counts to each other, through counts that no figure shows as well."""
    cells = tuple(dict.fromkeys(cells))
    found = [*_splits(cells), *_known(cells), *_over_time(cells), *_stock_and_flow(cells), *_alike(cells)]
    every = dict.fromkeys((*cells, *(cell for link in found for cell in link.cells)))
    return tuple(dict.fromkeys((*found, *_nested(every))))


def _makes_up(whole: Cell, parts: Iterable[Cell]) -> Link:
    return Link(((-1, whole), *((1, part) for part in parts)))


def _no_more(less: Cell, more: Cell) -> Link:
    return Link(((1, more), (-1, less)), "is not below nought")


# ---------------------------------------------------------------- the parts of a whole


def _splits(cells: Sequence[Cell]) -> Iterator[Link]:
    for each in cells:
        for column, value in each.parts:
            whole = each.without((column, value))
            parts = [whole.within((column, other)) for other in _values(each.rows, column)]
            if each in parts:
                yield from _partition(whole, parts)


def _partition(whole: Cell, parts: Sequence[Cell]) -> Iterator[Link]:
    if whole.of == "rows":
        yield _makes_up(whole, parts)
    else:  # a child can be in two parts, by two rows
        yield Link(((-1, whole), *((1, part) for part in parts)), "is not below nought")


def _known(cells: Iterable[Cell]) -> Iterator[Link]:
    """Those of whom a column is known, and those of whom it is not, are all."""
    for each in cells:
        for condition in each.where:
            if each.of == "rows" and isinstance(condition, ops.NotNull) and isinstance(condition.arg, ops.Field):
                whole = replace(each, where=each.where - {condition})
                yield _makes_up(whole, (each, whole.within((condition.arg.name, UNKNOWN))))
                yield from _splits((whole.within((condition.arg.name, UNKNOWN)),))


@cache
def _declared() -> Mapping[tuple[Rows, Hashable], tuple[str, ...]]:
    """The values of each column that an indicator is split by."""
    found: dict[tuple[Rows, Hashable], dict[str, None]] = defaultdict(dict)
    for indicator in BY_ID.values():
        for line in indicator.lines:
            if isinstance(line.num, Count) and line.num.split is not None:
                column, value = line.num.split
                rows = SAME_ROWS.get(line.num.rows, line.num.rows)
                found[rows, column_of(line.num.rows, column)][value] = None
    return {key: tuple(values) for key, values in found.items()}


def _values(rows: Rows, column: Hashable) -> tuple[str, ...]:
    """Every value of a column, unknown among them; nothing where they are not declared."""
    if declared := _declared().get((rows, column)):
        return declared
    return _field_values(rows).get(column, ())


@cache
def _field_values(rows: Rows) -> Mapping[Hashable, tuple[str, ...]]:
    held = [field for field in FIELDS.values() if field.column in rows.table.columns]
    by_age = {"age", "age_at_end"} & set(rows.table.columns)
    plain: dict[Hashable, tuple[str, ...]] = {field.column: field.values for field in held if not field.is_age}
    read = {
        column_of(rows, lambda table, field=field, age=age: field.read(table, age)): field.values  # type: ignore[misc]
        for field in held
        for age in by_age
        if field.is_age
    }
    return {**plain, **read}


def _nested(cells: Iterable[Cell]) -> Iterator[Link]:
    """Pairs of which one asks for all that the other does, and more."""
    together: dict[tuple[Hashable, ...], list[Cell]] = defaultdict(list)
    for each in cells:
        together[each.rows, each.when].append(each)
    for alike in together.values():
        for one, other in combinations(alike, 2):
            if _is_inside(one, other):
                yield _no_more(one, other)
            elif _is_inside(other, one):
                yield _no_more(other, one)


def _is_inside(one: Cell, other: Cell) -> bool:
    narrower = one.where >= other.where and one.parts >= other.parts
    return narrower and (one.of == other.of or one.of == "children") and not _is_summed(one, other)


def _is_summed(one: Cell, other: Cell) -> bool:
    """Whether one is a part of the other by a single split, whose sum says as much already."""
    more = one.parts - other.parts
    is_part = len(more) == 1 and one.where == other.where and one.of == other.of == "rows"
    return is_part and all(value in _values(one.rows, column) for column, value in more)


# ---------------------------------------------------------------- time

NOT_SUMMED = frozenset({plans.ANY_POINT, children_in_need.ANY_POINT, front_door.REFERRED_THIS_YEAR})
"""Rows that one period can share with the next."""

FINER: Mapping[Grid, tuple[Grid, ...]] = {"year": ("quarter", "month"), "quarter": ("month",)}


def _over_time(cells: Iterable[Cell]) -> Iterator[Link]:
    known = set(cells)
    for each in known:
        if isinstance(each.when, Period) and each.rows not in NOT_SUMMED:
            for grid, period in _around(each.when):
                whole = replace(each, when=period)
                parts = [replace(each, when=part) for part in _within(period, grid)]
                if whole in known:
                    yield from _partition(whole, parts)
                    yield from (_no_more(part, whole) for part in parts)


def _around(period: Period) -> Iterator[tuple[Grid, Period]]:
    """The longer periods that a period is part of, each with the grid of such parts."""
    grid = next(grid for grid in ("month", "quarter", "year") if period in periods(period.year, grid))
    for longer, finer in FINER.items():
        if grid in finer:
            yield from ((grid, each) for each in periods(period.year, longer) if _holds(each, period))


def _within(period: Period, grid: Grid) -> list[Period]:
    return [part for part in periods(period.year, grid) if _holds(period, part)]


def _holds(longer: Period, period: Period) -> bool:
    return longer.start <= period.start and period.end <= longer.end


def _stock_and_flow(cells: Iterable[Cell]) -> Iterator[Link]:
    """Opening + started - ended = closing, in all and for every part that a plan keeps as long as it runs."""
    moving = {each for each in cells if each.rows in (plans.STARTED, plans.ENDED) and not each.where}
    for each in moving:
        lasting = all(isinstance(column, str) and column != "initial_category" for column, _ in each.parts)
        if lasting and each.of == "rows" and isinstance(each.when, Period):
            year, when = each.when.year, each.when
            stock = replace(each, rows=plans.OPEN)
            opening = replace(stock, when=Snapshot(when.start - timedelta(days=1), year))
            closing = replace(stock, when=Snapshot(when.end, year))
            begun, over = (replace(each, rows=rows) for rows in (plans.STARTED, plans.ENDED))
            yield Link(((1, opening), (1, begun), (-1, over), (-1, closing)))


def presumed(cells: Iterable[Cell]) -> Iterator[Link]:
    """What need not hold, and a reader takes to hold: two counts each time.

    What one year's file has open at its end is what the next has at its opening, if no record was put right. As many
    plans started as conferences led to one, if each was recorded.
    """
    for each in cells:
        if isinstance(each.when, Snapshot) and each.when.file.start > each.when.on:
            yield Link(((1, each), (-1, replace(each, when=Snapshot(each.when.on, each.when.file.before())))))
        elif isinstance(each.when, Period) and each == cell(plans.started, each.when):
            yield Link(((1, each), (-1, cell(_led_to_plan(), each.when))))


@cache
def _led_to_plan() -> Count:
    return Count(conferences.CONFERENCES, _.led_to_plan)


# ---------------------------------------------------------------- the same said twice


@dataclass(frozen=True)
class Alike:
    """A sum of counts of the same rows that is nought or not below nought, whatever the period."""

    terms: tuple[tuple[int, Count], ...]
    sense: Sense = "is nought"


def _same(one: Count, *others: Count) -> Alike:
    return Alike(((-1, one), *((1, other) for other in others)))


def _at_least(more: Sequence[Count], less: Sequence[Count]) -> Alike:
    return Alike((*((1, each) for each in more), *((-1, each) for each in less)), "is not below nought")


def _bands(rows: Rows, column: Column, labels: Iterable[str]) -> list[Count]:
    return [Count(rows, split=(column, label)) for label in labels]


def _lengths_of_plans() -> Iterator[Alike]:
    local = _bands(plans.OPEN, durations._open_lbhf, durations.LBHF_LABELS)
    national = _bands(plans.OPEN, durations._open_dfe, durations.DFE_LABELS)
    yield _same(national[0], local[0])
    yield _same(national[1], local[1])
    yield _same(national[4], *local[5:])
    yield _same(Count(plans.OPEN, two_years(_.started_on, _.ends_on)), *local[5:])
    yield _same(Count(plans.OPEN, _.ends_on > months_after(_.started_on, 12)), *local[3:])
    yield _same(Count(plans.OPEN, _.ends_on > months_after(_.started_on, 18)), *local[4:])
    # A plan of three months to the day is in the first band and is due a review.
    yield _at_least([local[0], reviews.three_months], [plans.open_at_close])
    ended = _bands(plans.ENDED, durations._ended_dfe, durations.DFE_LABELS)
    yield _same(Count(plans.ENDED, two_years(_.started_on, _.ended_on)), ended[4])


def _earlier_plans() -> Iterator[Alike]:
    none, one, two, more, _unknown = _bands(plans.STARTED, repeats._previous, repeats.PREVIOUS)
    yield _same(Count(plans.STARTED, _.previous_plans == 0), none)
    yield _same(Count(plans.STARTED, repeats.is_repeat), one, two, more)
    yield _same(Count(repeats.SOON_AFTER, repeats.is_repeat), one, two, more)


def _waits() -> Iterator[Alike]:
    labels = [band.label for band in CONFERENCE_WAITS if band.last is not None and band.last <= conferences.LIMIT]
    after, none = conferences.after_enquiry, Count(conferences.CONFERENCES, ~_.is_after_enquiry)
    yield _same(conferences.conferences, after, none)
    waits = _bands(conferences.CONFERENCES, conferences._waited, conferences.WAITS)
    yield _same(none, waits[-1])
    in_time = Count(conferences.CONFERENCES, _.is_after_enquiry & (_.working_days <= conferences.LIMIT))
    yield _same(in_time, *waits[: len(labels)])
    done = [band.label for band in ASSESSMENT_LENGTHS if band.last is not None and band.last <= assessments.LIMIT]
    lengths = assessments.INDICATORS[3].lines[: len(done)]
    within = Count(assessments.ASSESSED, _.working_days <= assessments.LIMIT)
    yield _same(within, *(line.num for line in lengths if isinstance(line.num, Count)))


def _ages() -> Iterator[Alike]:
    """Children below an age of one set of bands are among those below a later age of the other."""
    local = {band.last: band.label for band in LBHF_AGES.bands if band.last is not None}
    national = {band.last: band.label for band in DFE_AGES.bands if band.last is not None}
    for age, local_to in _below(local, profile._age_lbhf).items():
        for other, national_to in _below(national, profile._age_dfe, DFE_AGES.unborn).items():
            more, less = (national_to, local_to) if other >= age else (local_to, national_to)
            yield _at_least(more, less)


def _below(bands: Mapping[int, str], column: Column, *first: str) -> dict[int, list[Count]]:
    """The bands up to each upper age together."""
    labels = [*first]
    found = {}
    for last, label in bands.items():
        labels.append(label)
        found[last] = _bands(plans.OPEN, column, labels)
    return found


@cache
def _all_alike() -> tuple[Alike, ...]:
    return (*_lengths_of_plans(), *_earlier_plans(), *_waits(), *_ages())


def _alike(cells: Sequence[Cell]) -> Iterator[Link]:
    when = dict.fromkeys((each.rows, _period(each)) for each in cells)
    known = set(cells)
    for rows, period in when:
        for alike in _all_alike():
            if period is not None and SAME_ROWS.get(alike.terms[0][1].rows, alike.terms[0][1].rows) is rows:
                terms = tuple((times, cell(count, period)) for times, count in alike.terms)
                if sum(each in known for _, each in terms) > 1:
                    link = Link(terms, alike.sense)
                    yield link
                    yield from _splits(link.cells)


def _period(each: Cell) -> Period | None:
    """A period at whose end a snapshot is taken, or the period itself; None for an opening."""
    if isinstance(each.when, Period):
        return each.when
    found = (period for period in periods(each.when.file, "month") if period.end == each.when.on)
    return next(found, None)
