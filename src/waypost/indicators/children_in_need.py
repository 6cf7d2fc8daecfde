"""Children in need: episodes of need open at a date, started, ended and open at any point, and child in need plans."""

from __future__ import annotations

import ibis.expr.types as ir

from waypost.datasets.tables import CIN_PLANS, REFERRALS
from waypost.domain.bands import DFE_LENGTHS, UNKNOWN
from waypost.domain.codes import NEED_CODES
from waypost.indicators.declare import (
    Count,
    Indicator,
    Line,
    Rows,
    at_any_point,
    at_close,
    by_column,
    count,
    during,
    of_children,
)
from waypost.indicators.expressions import length_band

NEEDS = (*NEED_CODES, UNKNOWN)
LENGTHS = tuple(band.label for band in DFE_LENGTHS)

EPISODES_OF_NEED = REFERRALS.filter(
    REFERRALS.referred_on.notnull(),
    ~REFERRALS.is_no_further_action,
    ~REFERRALS.is_not_in_need,
    REFERRALS.closed_on.isnull() | (REFERRALS.closed_on >= REFERRALS.referred_on),
)
"""A referral that was taken up, from its date to its closure; one found not in need is left out from the first."""


OPEN = Rows("rows_need_open", of_children(at_close(EPISODES_OF_NEED, "referred_on", "closed_on"), "ends_on"))
ENDED = Rows("rows_need_ended", of_children(during(EPISODES_OF_NEED, "closed_on"), "closed_on"))
STARTED = Rows("rows_need_started", of_children(during(EPISODES_OF_NEED, "referred_on"), "referred_on"))
ANY_POINT = Rows(
    "rows_need_any_point", of_children(at_any_point(EPISODES_OF_NEED, "referred_on", "closed_on"), "ends_on")
)
PLANS_OPEN = Rows("rows_cin_plans_open", of_children(at_close(CIN_PLANS, "started_on", "ended_on"), "ends_on"))


def _length_open(rows: ir.Table) -> ir.Value:
    return length_band(rows.referred_on, rows.ends_on, DFE_LENGTHS)


def _length_ended(rows: ir.Table) -> ir.Value:
    return length_band(rows.referred_on, rows.closed_on, DFE_LENGTHS)


def _need(rows: ir.Table) -> ir.Value:
    return rows.primary_need.fill_null(UNKNOWN)


INDICATORS = (
    count("cin_at_date", Count(OPEN)),
    count("cin_rate", Count(OPEN)),
    Indicator(
        "cin_flow",
        (
            Line({"measure": "started"}, Count(STARTED)),
            Line({"measure": "ended"}, Count(ENDED)),
            Line({"measure": "any_point"}, Count(ANY_POINT)),
            Line({"measure": "started_children"}, Count(STARTED, of="children")),
            Line({"measure": "ended_children"}, Count(ENDED, of="children")),
            Line({"measure": "any_point_children"}, Count(ANY_POINT, of="children")),
        ),
    ),
    Indicator("cin_duration_open", by_column("duration_band", OPEN, _length_open, LENGTHS, Count(OPEN))),
    Indicator("cin_duration_ended", by_column("duration_band", ENDED, _length_ended, LENGTHS, Count(ENDED))),
    Indicator("cin_primary_need", by_column("primary_need", OPEN, _need, NEEDS, Count(OPEN))),
    count("cin_plan_children", Count(PLANS_OPEN)),
)
