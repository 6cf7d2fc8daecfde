"""Opening + started - ended = closing, for every period and every group but age bands, or no figure is given.

A child grows from one age band to the next, so by age the sum need not hold. The opening count is that of the year's
own file: the closing count that last year's file gave can differ, because records are put right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from waypost.domain.errors import PlainError
from waypost.domain.periods import Period
from waypost.indicators.counting import TOTAL, Group, Tally
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


def check(counted: Tally, fields: Iterable[Field]) -> None:
    """Holds the counts of plans to each other.

    Raises:
        DoesNotAddUp: they disagree, so none of them can be trusted.
    """
    for group in _groups(fields):
        opening, begun, over, closing = (
            counted.count(term, group) for term in (open_at_opening, started, ended, open_at_close)
        )
        wrong = np.flatnonzero(opening + begun - over != closing)
        if wrong.size:
            place = int(wrong[0])
            raise DoesNotAddUp(
                _told(counted.places[place], group, *(n[place] for n in (opening, begun, over, closing)))
            )


def _groups(fields: Iterable[Field]) -> Iterator[Group]:
    yield TOTAL
    for field in fields:
        if not field.is_age:
            yield from ((field.name, value) for value in field.values)


def _told(where: tuple[str, Period], group: Group, opening: int, begun: int, over: int, closing: int) -> str:
    authority, period = where
    field, value = group
    of_group = f" for {field} {value}" if field else ""
    return (
        f"Plans of authority {authority} do not add up from {period.start} to {period.end}{of_group}: {opening} at the "
        f"start, {begun} started and {over} ended make {opening + begun - over}, but {closing} were open at the end. "
        "No figures are given."
    )
