"""Pre-proceedings and the family group decision-making offer, which the census asks for from 2026-27 on."""

from __future__ import annotations

import ibis.expr.types as ir
from ibis import _

from waypost.datasets.tables import PRE_PROCEEDINGS
from waypost.domain.bands import UNKNOWN
from waypost.indicators.declare import (
    Count,
    Indicator,
    Line,
    Quartile,
    Rows,
    at_close,
    by_column,
    count,
    during,
    of_children,
)

OUTCOMES = ("A", "B", "C", UNKNOWN)
DAYS_IN_A_WEEK = 7


def _decided() -> Rows:
    made = of_children(during(PRE_PROCEEDINGS, "decided_on"), "decided_on")
    known = made.started_on <= made.decided_on
    return Rows("rows_pre_proceedings_ended", made.mutate(days=known.ifelse(_days(made), None)))


def _days(rows: ir.Table) -> ir.IntegerValue:
    return rows.decided_on.delta(rows.started_on, unit="day")


def _outcome(rows: ir.Table) -> ir.Value:
    return rows.outcome.fill_null(UNKNOWN)


OPEN = Rows("rows_pre_proceedings_open", of_children(at_close(PRE_PROCEEDINGS, "started_on", "decided_on"), "ends_on"))
DECIDED = _decided()
LETTERS = Rows("rows_letters", of_children(during(PRE_PROCEEDINGS, "letter_sent_on"), "letter_sent_on"))

offered = Count(LETTERS, _.is_meeting_offered.fill_null(False))

INDICATORS = (
    count("preproc_open", Count(OPEN, of="children")),
    Indicator("preproc_weeks", (Line({}, Quartile(DECIDED, "days", quarter=2, divided_by=DAYS_IN_A_WEEK)),)),
    Indicator("preproc_outcome", by_column("outcome", DECIDED, _outcome, OUTCOMES, Count(DECIDED))),
    count("fgdm_offered", offered, Count(LETTERS)),
    count(
        "fgdm_held",
        Count(LETTERS, _.is_meeting_offered.fill_null(False) & _.is_meeting_held.fill_null(False)),
        offered,
    ),
)
