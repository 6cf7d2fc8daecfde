"""Opening + started - ended = closing, for every period and every group but age bands, or no figure is given.

A child grows from one age band to the next, so by age the sum need not hold. The opening count is that of the year's
own file: the closing count that last year's file gave can differ, because records are put right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from waypost.domain.arithmetic import stock_flow_closing
from waypost.domain.errors import PlainError
from waypost.domain.periods import Period
from waypost.indicators.counting import Place, Tally
from waypost.indicators.declare import Count, Rows, at_opening, of_children
from waypost.indicators.groups import Field
from waypost.indicators.plans import PLANS, by_category, ended, open_at_close, started

RECONCILED = frozenset({"cpp_at_date", "cpp_starts", "cpp_ends"})
"""The indicators that are held to each other when all are asked for."""

open_at_opening = Count(
    Rows("rows_plans_at_opening", by_category(of_children(at_opening(PLANS, "started_on", "ended_on"), "starts_on")))
)


class DoesNotAddUp(PlainError):
    """Plans at the start of a period, less those ended and with those started, are not those at its end."""


def check(counted: Tally, periods: Sequence[Period], fields: Iterable[Field]) -> None:
    """Holds the counts of plans to each other.

    Raises:
        DoesNotAddUp: they disagree, so none of them can be trusted.
    """
    places = tuple(_places(fields))
    for period in periods:
        for field, value in places:
            _check(counted, period, (period.start, field, value))


def _places(fields: Iterable[Field]) -> Iterator[tuple[str | None, str | None]]:
    yield None, None
    for field in fields:
        if not field.is_age:
            yield from ((field.name, value) for value in field.values)


def _check(counted: Tally, period: Period, place: Place) -> None:
    opening, begun, over, closing = (
        counted.count(term, place) for term in (open_at_opening, started, ended, open_at_close)
    )
    expected = stock_flow_closing(opening, begun, over)
    if expected != closing:
        _, field, value = place
        where = f" for {field} {value}" if field else ""
        raise DoesNotAddUp(
            f"Plans do not add up from {period.start} to {period.end}{where}: {opening} at the start, {begun} started "
            f"and {over} ended make {expected:g}, but {closing} were open at the end. No figures are given."
        )
