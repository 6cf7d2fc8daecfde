"""From records on an engine to figures, column by column: the one way in which they are made.

A series is one line of an indicator for one group: its figures for every period of every authority, side by side. One
authority's figures are read off them one by one (`calculate.py`), the country's are written as they come
(`national.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from waypost.datasets.derive import periods_table, working_days_table
from waypost.domain.errors import WrongUse
from waypost.domain.periods import FinancialYear, Period
from waypost.indicators.catalogue import CATALOGUE, Definition
from waypost.indicators.counting import TOTAL, Engine, Group, Numbers, Places, Tally, tally
from waypost.indicators.declare import Indicator, Line, Quartile, terms
from waypost.indicators.groups import FIELDS, LIVE_FIELDS, Field
from waypost.indicators.holdings import Base, Holding
from waypost.indicators.reconciliation import RECONCILED, check, open_at_opening
from waypost.indicators.registry import BY_ID
from waypost.indicators.results import Figure
from waypost.indicators.sums import Sum, Values, sum_of

NOTHING_TO_DIVIDE_BY = "There is nothing to divide by."

Where = npt.NDArray[np.intp]
"""Places, in order."""


@dataclass(frozen=True)
class Request:
    """What is asked: of whom, for which periods (of any years and lengths), by which fields, and which indicators."""

    holdings: tuple[Holding, ...]
    periods: tuple[Period, ...]
    fields: tuple[Field, ...]
    ids: tuple[str, ...]

    @cached_property
    def places(self) -> Places:
        return Places(tuple(holding.authority for holding in self.holdings), self.periods)

    @cached_property
    def filings(self) -> list[tuple[Holding, FinancialYear]]:
        """Each authority's years: what decides whether a figure can be given, and what a rate is made with."""
        return [(holding, year) for holding in self.holdings for year in self._years]

    @cached_property
    def filing_of(self) -> Where:
        """The number of the filing that each place belongs to."""
        year_of = np.array([self._years.index(period.year) for period in self.periods], np.intp)
        return (np.arange(len(self.holdings))[:, None] * len(self._years) + year_of).ravel()

    @cached_property
    def bases(self) -> list[Base | None]:
        """What the rates of each filing are made with."""
        return [holding.base(year) for holding, year in self.filings]

    @cached_property
    def populations(self) -> Numbers:
        """The population of each place; nought where there is none."""
        return np.array([base.population.value if base else 0 for base in self.bases], np.int64)[self.filing_of]

    @cached_property
    def _years(self) -> list[FinancialYear]:
        return list(dict.fromkeys(period.year for period in self.periods))


@dataclass(frozen=True)
class Series:
    """The figures of one line of an indicator for one group, at the places that have one. Blank is null."""

    definition: Definition
    version: int
    group: Mapping[str, str]
    places: Where
    value: pa.Array
    numerator: pa.Array
    denominator: pa.Array
    status: pa.Array
    note: pa.Array


def fields_named(group_by: Sequence[str], live: Mapping[str, Field] | None = None) -> tuple[Field, ...]:
    """`live` are the fields that a live record has beside those of every source.

    Raises:
        WrongUse: a field is not known.
    """
    known = {**FIELDS, **(live or {})}
    for name in group_by:
        if name in LIVE_FIELDS and name not in known:
            raise WrongUse(
                f"Figures can be given by {name} from the live record only; the census does not hold it. "
                f"The known fields are {', '.join(known)}."
            )
        if name not in known:
            raise WrongUse(f"There is no field {name!r} to group by; the known ones are {', '.join(known)}.")
    return tuple(known[name] for name in dict.fromkeys(group_by))


def ids_named(only: Sequence[str] | None) -> tuple[str, ...]:
    """The indicators asked for, all if none are named, in the catalogue's order; `WrongUse` for one not known."""
    unknown = [id for id in only or () if id not in CATALOGUE]
    if unknown:
        raise WrongUse(f"There is no indicator {unknown[0]!r}; the known ones are {', '.join(CATALOGUE)}.")
    return tuple(id for id in CATALOGUE if only is None or id in only)


def work_out(engine: Engine, request: Request) -> Iterator[Series]:
    """Every figure asked for, from the contract's tables on an engine; indicators in the order they are asked for.

    Raises:
        DoesNotAddUp: plans open, started and ended disagree.
    """
    reasons = {id: _reasons(request, CATALOGUE[id]) for id in request.ids}
    served = [BY_ID[id] for id, reason in reasons.items() if None in reason]
    counted = _count(engine, request, served)
    for id, reason in reasons.items():
        is_served = np.array([each is None for each in reason], np.bool_)[request.filing_of]
        if is_served.any():
            yield from _given(request, BY_ID[id], counted, np.flatnonzero(is_served))
        if not is_served.all():
            yield _not_available(request, CATALOGUE[id], reason, np.flatnonzero(~is_served))


def _reasons(request: Request, definition: Definition) -> list[str | None]:
    """For each filing, why the indicator cannot be given, or None."""
    return [holding.reason_against(definition, year) for holding, year in request.filings]


def _count(engine: Engine, request: Request, indicators: Sequence[Indicator]) -> Tally:
    lines = [line for indicator in indicators for line in indicator.lines]
    counts = [term for line in lines for term in terms(line)]
    is_reconciled = {indicator.id for indicator in indicators} >= RECONCILED
    if is_reconciled:
        counts.append(open_at_opening)
    quartiles = [line.num for line in lines if isinstance(line.num, Quartile)]
    if lines:
        engine.load({"working_days": working_days_table(), "periods": periods_table(request.periods)})
    counted = tally(engine, request.places, counts, quartiles, request.fields)
    if is_reconciled:
        check(counted, request.fields)
    return counted


# ---------------------------------------------------------------- what is given


def _given(request: Request, indicator: Indicator, counted: Tally, places: Where) -> Iterator[Series]:
    """The indicator's lines in all, and then by each field that goes with it."""
    definition = CATALOGUE[indicator.id]
    for line in indicator.lines:
        yield _series(request, indicator, line, counted, TOTAL, places)
    for field in request.fields:
        if _goes_with(field, indicator, definition):
            for line in indicator.lines:
                for value in field.values:
                    yield _series(request, indicator, line, counted, (field.name, value), places)


def _goes_with(field: Field, indicator: Indicator, definition: Definition) -> bool:
    """Whether an indicator is given by a field: not if a rate, or split by it already, or its rows do not have it."""
    if definition.is_rate or field.name in indicator.split_fields:
        return False
    counts = [term.rows for line in indicator.lines for term in terms(line)]
    ranked = [line.num.rows for line in indicator.lines if isinstance(line.num, Quartile)]
    return all(field.column in rows.table.columns for rows in (*counts, *ranked))


def _series(request: Request, indicator: Indicator, line: Line, counted: Tally, group: Group, places: Where) -> Series:
    definition = CATALOGUE[indicator.id]
    field, value = group
    found = sum_of(line, definition.unit, counted, group, request.populations if definition.is_rate else None)
    status, note = _rate_notes(request, places) if definition.is_rate else _share_notes(found, places)
    return Series(
        definition=definition,
        version=indicator.version,
        group=line.group if field is None or value is None else {**line.group, field: value},
        places=places,
        value=_column(found.value, found, places),
        numerator=_column(found.numerator, found, places),
        denominator=_column(found.denominator, found, places),
        status=status,
        note=note,
    )


def _column(numbers: Values | None, found: Sum, places: Where) -> pa.Array:
    """The numbers of a sum at some places, null where none are given."""
    if numbers is None:
        return pa.nulls(len(places), pa.int64())
    return pa.array(numbers[places], mask=~found.is_given[places])


def _share_notes(found: Sum, places: Where) -> tuple[pa.Array, pa.Array]:
    is_given = pa.array(found.is_given[places])
    return (
        pc.if_else(is_given, "final", "not_applicable"),
        pc.if_else(is_given, pa.scalar(None, pa.string()), NOTHING_TO_DIVIDE_BY),
    )


def _rate_notes(request: Request, places: Where) -> tuple[pa.Array, pa.Array]:
    filings = pa.array(request.filing_of[places])
    statuses = pa.array([base and base.status for base in request.bases], pa.string())
    notes = pa.array([base and base.note for base in request.bases], pa.string())
    return statuses.take(filings), notes.take(filings)


def _not_available(request: Request, definition: Definition, reasons: Sequence[str | None], places: Where) -> Series:
    nothing = pa.nulls(len(places), pa.int64())
    return Series(
        definition=definition,
        version=BY_ID[definition.id].version if definition.id in BY_ID else 1,
        group={},
        places=places,
        value=nothing,
        numerator=nothing,
        denominator=nothing,
        status=pa.repeat("not_available", len(places)),
        note=pa.array(reasons, pa.string()).take(pa.array(request.filing_of[places])),
    )


def figures_of(request: Request, series: Series) -> Iterator[Figure]:
    """The figures of a series one by one, in the order of its places."""
    definition = series.definition
    columns = (series.value, series.numerator, series.denominator, series.status, series.note)
    rows = zip(series.places.tolist(), *(column.to_pylist() for column in columns), strict=True)
    for place, value, numerator, denominator, status, note in rows:
        authority, period = request.places[place]
        base = request.bases[request.filing_of[place]] if definition.is_rate and value is not None else None
        yield Figure(
            indicator=definition.id,
            version=series.version,
            authority=authority,
            period=period,
            group=series.group,
            value=value,
            numerator=numerator,
            denominator=denominator,
            unit=definition.unit,
            status=status,
            note=note,
            population=base and base.population,
        )
