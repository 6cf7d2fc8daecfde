"""Columns that follow from others by a rule of the domain, worked out once, when a dataset is made.

Each rule is the domain's own pure function, called once for each different date; `tests/unit/datasets` checks it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache

import pyarrow as pa

from waypost.datasets.tables import PERIODS, WORKING_DAYS, arrow_table
from waypost.domain.calendars import ENGLAND_AND_WALES, OutsideCalendar
from waypost.domain.limits import TimescaleId
from waypost.domain.periods import Period
from waypost.domain.timescales import INITIAL_CONFERENCE, SINGLE_ASSESSMENT, due_on

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
"""The days that lengths in working days are worked out between."""


def due_dates(timescale: TimescaleId, starts: Iterable[date | None]) -> list[date | None]:
    """When each piece of work was due, by the rule in force on the day it started; None where that is not known."""
    return list(map(_due_by(timescale), starts))


def _due_by(timescale: TimescaleId) -> Callable[[date | None], date | None]:
    @cache
    def due(start: date | None) -> date | None:
        if start is None:
            return None
        try:
            answer = due_on(timescale, after=start, calendar=ENGLAND_AND_WALES)
        except OutsideCalendar:  # a slip of the pen, such as 2052 for 2025, must not keep the file from being read
            return None
        return answer if isinstance(answer, date) else None

    return due


def assessments_due(starts: Iterable[date | None]) -> list[date | None]:
    return due_dates(SINGLE_ASSESSMENT, starts)


def conferences_due(enquiry_starts: Iterable[date | None]) -> list[date | None]:
    return due_dates(INITIAL_CONFERENCE, enquiry_starts)


def disability(codes: Iterable[str]) -> str | None:
    """yes for any code but NONE, no for NONE alone, None where no code is known."""
    known = set(codes)
    if not known:
        return None
    return "no" if known == {"NONE"} else "yes"


def is_not_in_need(
    *,
    no_further_action: bool | None,
    assessments: int,
    later_activity: int,
    conference: date | None,
    reason: str | None,
) -> bool:
    """Whether a referral was assessed and found not in need (`cin_reading.records.not_in_need`).

    `later_activity` counts the enquiries, child in need plans and protection plans of the episode.
    """
    return (
        not no_further_action
        and assessments > 0
        and reason in ("RC8", "RC9")
        and later_activity == 0
        and conference is None
    )


@cache
def working_days_table() -> pa.Table:
    """The running working-day number of every day there can be a length from or to."""
    days, numbers = zip(*ENGLAND_AND_WALES.numbers(FIRST_DAY, LAST_DAY), strict=True)
    return arrow_table(WORKING_DAYS, {"day": days, "number": numbers})


def periods_table(asked: Sequence[Period]) -> pa.Table:
    """The periods asked about, as the table that expressions join to."""
    return arrow_table(
        PERIODS,
        {
            "period": range(len(asked)),
            "collection": [period.year.ends for period in asked],
            "year_starts_on": [period.year.start for period in asked],
            "starts_on": [period.start for period in asked],
            "ends_on": [period.end for period in asked],
            "ends_number": [
                number for period in asked for _, number in ENGLAND_AND_WALES.numbers(period.end, period.end)
            ],
        },
    )
