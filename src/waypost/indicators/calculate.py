"""From a dataset to figures: every indicator asked for, for each period of a year, in all and by each field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from waypost.datasets import published
from waypost.datasets.dataset import Dataset
from waypost.datasets.derive import periods_table, working_days_table
from waypost.domain.arithmetic import percent, rate_per_10000
from waypost.domain.errors import WrongUse
from waypost.domain.periods import FinancialYear, Grid, Period, periods
from waypost.domain.rounding import half_up
from waypost.engines.duckdb import DuckDB
from waypost.indicators.catalogue import CATALOGUE, Definition
from waypost.indicators.counting import Place, Tally, tally
from waypost.indicators.declare import Count, Difference, Indicator, Line, Quartile, terms
from waypost.indicators.groups import FIELDS, LIVE_FIELDS, Field
from waypost.indicators.reconciliation import RECONCILED, check, open_at_opening
from waypost.indicators.registry import BY_ID, PRE_PROCEEDINGS
from waypost.indicators.results import Figure, Number, Population, Results, Status

PRE_PROCEEDINGS_ASKED_FROM = FinancialYear(2027)

NOTHING_TO_DIVIDE_BY = "There is nothing to divide by."


def calculate(
    dataset: Dataset,
    year: FinancialYear,
    by: Grid = "year",
    group_by: Sequence[str] = (),
    only: Sequence[str] | None = None,
    population: int | None = None,
) -> Results:
    """The figures of one year, from that year's own file and those before it.

    `group_by` fields are taken one at a time; the total is always given. `population` is the children aged 0 to 17 that
    rates are made with, in place of the packaged estimate. Figures come in the catalogue's order, then by period.

    Raises:
        WrongUse: an indicator or field is not known.
        DoesNotAddUp: plans open, started and ended disagree.
    """
    request = _Request(dataset, year, periods(year, by), _fields(group_by), _population(dataset, year, population))
    ids = _ids(only)
    served = {id: BY_ID[id] for id in ids if request.reason_against(CATALOGUE[id]) is None}
    counted = _count(request, tuple(served.values()))
    figures = (
        figure
        for id in ids
        for figure in (
            _figures(request, served[id], counted) if id in served else _not_available(request, CATALOGUE[id])
        )
    )
    return Results(dataset.authority, tuple(figures))


# ---------------------------------------------------------------- what is asked


@dataclass(frozen=True)
class _Request:
    dataset: Dataset
    year: FinancialYear
    periods: tuple[Period, ...]
    fields: tuple[Field, ...]
    population: tuple[Population, Status] | None

    def reason_against(self, definition: Definition) -> str | None:
        """Why an indicator cannot be given, or None if it can."""
        if not definition.is_in_census:
            return "The census does not hold what this asks."
        if self.year not in self.dataset.years:
            return f"There is no census file for {self.year}."
        if missing := self._years_missing(BY_ID[definition.id]):
            return f"This looks back, and needs the census file of {missing} as well."
        if definition.id in PRE_PROCEEDINGS and not self._holds_pre_proceedings():
            return f"The census asks about this from {PRE_PROCEEDINGS_ASKED_FROM} on, and this file says nothing of it."
        if definition.is_rate and self.population is None:
            return f"There is no estimate of the children in authority {self.dataset.authority} to make a rate with."
        return None

    def _years_missing(self, indicator: Indicator) -> str:
        needed = [self.year.before(n) for n in range(1, indicator.needs_years_before + 1)]
        return " and ".join(str(year) for year in needed if year not in self.dataset.years)

    def _holds_pre_proceedings(self) -> bool:
        filed = self.dataset.tables["pre_proceedings"].column("collection").unique().to_pylist()
        return self.year >= PRE_PROCEEDINGS_ASKED_FROM or self.year.ends in filed


def _ids(only: Sequence[str] | None) -> list[str]:
    unknown = [id for id in only or () if id not in CATALOGUE]
    if unknown:
        raise WrongUse(f"There is no indicator {unknown[0]!r}; the known ones are {', '.join(CATALOGUE)}.")
    return [id for id in CATALOGUE if only is None or id in only]


def _fields(group_by: Sequence[str]) -> tuple[Field, ...]:
    for name in group_by:
        if name in LIVE_FIELDS:
            raise WrongUse(f"Figures can be given by {name} from the live record only; the census does not hold it.")
        if name not in FIELDS:
            raise WrongUse(f"There is no field {name!r} to group by; the known ones are {', '.join(FIELDS)}.")
    return tuple(FIELDS[name] for name in dict.fromkeys(group_by))


def _population(dataset: Dataset, year: FinancialYear, given: int | None) -> tuple[Population, Status] | None:
    """The population of the year's rates, and the status that they have by it."""
    if given is not None:
        return Population(given, None, "given"), "final"
    estimate = published.population(dataset.authority, year)
    if estimate is None:
        return None
    status: Status = "provisional" if estimate.is_latest_instead else "final"
    return Population(estimate.value, estimate.estimate, estimate.source), status


def _count(request: _Request, indicators: Sequence[Indicator]) -> Tally:
    lines = [line for indicator in indicators for line in indicator.lines]
    counts = [term for line in lines for term in terms(line)]
    is_reconciled = {indicator.id for indicator in indicators} >= RECONCILED
    if is_reconciled:
        counts.append(open_at_opening)
    quartiles = [line.num for line in lines if isinstance(line.num, Quartile)]
    if not counts and not quartiles:
        return Tally()
    with ExitStack() as stack:
        engine = stack.enter_context(DuckDB())
        engine.load(request.dataset.tables)
        engine.load({"working_days": working_days_table(), "periods": periods_table(request.periods)})
        counted = tally(engine, counts, quartiles, request.fields)
    if is_reconciled:
        check(counted, request.periods, request.fields)
    return counted


# ---------------------------------------------------------------- what is given


def _figures(request: _Request, indicator: Indicator, counted: Tally) -> Iterator[Figure]:
    definition = CATALOGUE[indicator.id]
    fields = [field for field in request.fields if _goes_with(field, indicator, definition)]
    for period in request.periods:
        for line in indicator.lines:
            yield _figure(request, definition, line, counted, (period.start, None, None), period, indicator.version)
        for field in fields:
            for line in indicator.lines:
                for value in field.values:
                    place = (period.start, field.name, value)
                    yield _figure(request, definition, line, counted, place, period, indicator.version)


def _goes_with(field: Field, indicator: Indicator, definition: Definition) -> bool:
    """Whether an indicator is given by a field: not if a rate, or split by it already, or its rows do not have it."""
    if definition.is_rate or field.name in indicator.split_fields:
        return False
    counts = [term.rows for line in indicator.lines for term in terms(line)]
    ranked = [line.num.rows for line in indicator.lines if isinstance(line.num, Quartile)]
    return all(field.column in rows.table.columns for rows in (*counts, *ranked))


def _figure(
    request: _Request,
    definition: Definition,
    line: Line,
    counted: Tally,
    place: Place,
    period: Period,
    version: int,
) -> Figure:
    _, field, value_of = place
    group = line.group if field is None or value_of is None else {**line.group, field: value_of}
    sum_ = _sum(request, definition, line, counted, place)
    population = request.population[0] if definition.is_rate and request.population else None
    return Figure(
        indicator=definition.id,
        version=version,
        authority=request.dataset.authority,
        period=period,
        group=group,
        value=sum_.value,
        numerator=sum_.numerator,
        denominator=sum_.denominator,
        unit=definition.unit,
        status=sum_.status,
        note=sum_.note,
        population=population,
    )


@dataclass(frozen=True, slots=True)
class _Sum:
    """A value with what it was made of, or the reason why there is none."""

    value: Number | None
    numerator: Number | None
    denominator: Number | None
    status: Status = "final"
    note: str | None = None


def _sum(request: _Request, definition: Definition, line: Line, counted: Tally, place: Place) -> _Sum:
    if isinstance(line.num, Quartile):
        found, values = counted.quartile(line.num, place)
        if found is None:
            return _Sum(None, None, None, "not_applicable", NOTHING_TO_DIVIDE_BY)
        divided_by = line.num.divided_by
        return _Sum(found if divided_by == 1 else half_up(found / divided_by, 1), None, values)
    numerator = _term(line.num, counted, place)
    if definition.is_rate:
        return _rate(request, numerator)
    denominator = counted.count(line.den, place) if line.den else None
    if definition.unit == "count":
        return _Sum(numerator, numerator, denominator)
    value = percent(numerator, denominator or 0)
    if value is None:
        return _Sum(None, None, None, "not_applicable", NOTHING_TO_DIVIDE_BY)
    return _Sum(value, numerator, denominator)


def _term(term: Count | Difference, counted: Tally, place: Place) -> int:
    if isinstance(term, Count):
        return counted.count(term, place)
    less = counted.count(term.first, place) - counted.count(term.second, place)
    return abs(less) if term.absolute else less


def _rate(request: _Request, numerator: int) -> _Sum:
    if request.population is None:
        raise ValueError("a rate was asked for without a population")
    population, status = request.population
    note = None
    if status == "provisional":
        note = (
            f"Made with the {population.estimate} population: that of mid-{request.year.ends - 1} is not packaged yet."
        )
    return _Sum(rate_per_10000(numerator, population.value), numerator, population.value, status, note)


def _not_available(request: _Request, definition: Definition) -> Iterator[Figure]:
    reason = request.reason_against(definition)
    version = BY_ID[definition.id].version if definition.id in BY_ID else 1
    for period in request.periods:
        yield Figure(
            indicator=definition.id,
            version=version,
            authority=request.dataset.authority,
            period=period,
            group={},
            value=None,
            numerator=None,
            denominator=None,
            unit=definition.unit,
            status="not_available",
            note=reason,
        )
