"""Child protection plans: open at a date, started, ended and open at any point. Other subjects count these too."""

from __future__ import annotations

import ibis.expr.types as ir
from ibis import _

from waypost.datasets.tables import PROTECTION_PLANS
from waypost.domain.bands import UNKNOWN
from waypost.indicators.declare import (
    Count,
    Difference,
    Indicator,
    Line,
    Rows,
    at_any_point,
    at_close,
    count,
    during,
    of_children,
)

PLANS = PROTECTION_PLANS.filter(
    PROTECTION_PLANS.started_on.notnull(),
    PROTECTION_PLANS.ended_on.isnull() | (PROTECTION_PLANS.ended_on > PROTECTION_PLANS.started_on),
)
"""Plans with a start, and an end after it if they have one; any other is an error in the record and is not counted."""


def by_category(rows: ir.Table) -> ir.Table:
    """Plan rows with the category that they are grouped by: the latest, which is as at 31 March for the whole year."""
    return rows.mutate(category=rows.latest_category.fill_null(UNKNOWN))


STARTED = Rows("rows_plans_started", by_category(of_children(during(PLANS, "started_on"), "started_on")))
ENDED = Rows("rows_plans_ended", by_category(of_children(during(PLANS, "ended_on"), "ended_on")))
OPEN = Rows("rows_plans_open", by_category(of_children(at_close(PLANS, "started_on", "ended_on"), "ends_on")))
ANY_POINT = Rows(
    "rows_plans_any_point", by_category(of_children(at_any_point(PLANS, "started_on", "ended_on"), "ends_on"))
)

started, ended, open_at_close = Count(STARTED), Count(ENDED), Count(OPEN)

INDICATORS = (
    count("cpp_at_date", open_at_close),
    count("cpp_rate", open_at_close),
    count("cpp_starts", started),
    count("cpp_start_children", Count(STARTED, of="children")),
    count("cpp_start_rate", started),
    count("cpp_ends", ended),
    count("cpp_end_rate", ended),
    count("cpp_net", Difference(started, ended)),
    count("dereg_pct_local", Difference(started, ended, absolute=True), started),
    Indicator(
        "cpp_anypoint",
        (
            Line({"measure": "plans"}, Count(ANY_POINT)),
            Line({"measure": "children"}, Count(ANY_POINT, of="children")),
        ),
    ),
    count("first_time_plans", Count(STARTED, _.previous_plans == 0)),
)
