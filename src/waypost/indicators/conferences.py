"""Section 47 enquiries and initial conferences: how many, how soon, what they led to. Children count, not meetings."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from waypost.datasets.tables import INITIAL_CONFERENCES, SECTION47_ENQUIRIES
from waypost.domain.bands import CONFERENCE_WAITS, UNKNOWN
from waypost.domain.timescales import INITIAL_CONFERENCE
from waypost.indicators.declare import (
    Count,
    Indicator,
    Line,
    Quartile,
    Rows,
    by_column,
    count,
    during,
    numbered,
    of_children,
    working_days_allowed,
)
from waypost.indicators.expressions import UNBORN, working_day_band
from waypost.indicators.plans import PLANS

LIMIT = working_days_allowed(INITIAL_CONFERENCE)
"""Working days from the strategy discussion that began the enquiry to the conference."""

NO_ENQUIRY = "no section 47"
WAITS = (*(band.label for band in CONFERENCE_WAITS), UNKNOWN, NO_ENQUIRY)


def _enquiries() -> Rows:
    made = of_children(during(SECTION47_ENQUIRIES, "started_on"), "started_on")
    return Rows(
        "rows_enquiries",
        made.mutate(is_followed_by_conference=(made.conference_on >= made.started_on).fill_null(False)),
    )


_plans_begun = (
    PLANS.select("authority", "collection", "child", held_on=PLANS.started_on).distinct().mutate(led_to_plan=True)
)


def _conferences() -> Rows:
    made = of_children(during(INITIAL_CONFERENCES, "held_on"), "held_on")
    made = made.left_join(_plans_begun, ["authority", "collection", "child", "held_on"])
    made = made.drop("authority_right", "collection_right", "child_right", "held_on_right")
    made = numbered(made, "enquiry_started_on", "enquiry_number")
    made = numbered(made, "held_on", "held_number")
    known = made.enquiry_started_on <= made.held_on
    made = made.mutate(
        led_to_plan=made.led_to_plan.fill_null(False),
        is_unborn=(made.age == UNBORN).fill_null(False),
        working_days=ibis.ifelse(known, made.held_number - made.enquiry_number, None),
    )
    return Rows("rows_conferences", made)


def _waited(rows: ir.Table) -> ir.Value:
    after_enquiry = working_day_band(rows.working_days, CONFERENCE_WAITS)
    return ibis.ifelse(rows.is_after_enquiry, after_enquiry, NO_ENQUIRY)


ENQUIRIES, CONFERENCES = _enquiries(), _conferences()

enquiries = Count(ENQUIRIES)
conferences = Count(CONFERENCES)
after_enquiry = Count(CONFERENCES, _.is_after_enquiry)

INDICATORS = (
    count("s47_count", enquiries),
    count("s47_children", Count(ENQUIRIES, of="children")),
    count("s47_rate", enquiries),
    Indicator(
        "s47_to_icpc",
        (
            Line({"version": "cohort"}, Count(ENQUIRIES, _.is_followed_by_conference), enquiries),
            Line({"version": "period"}, after_enquiry, enquiries),
        ),
    ),
    count("icpc_count", conferences),
    count("icpc_rate", conferences),
    count("icpc_15wd", Count(CONFERENCES, _.is_after_enquiry & (_.working_days <= LIMIT)), after_enquiry),
    Indicator("icpc_wd_bands", by_column("duration_band", CONFERENCES, _waited, WAITS, conferences)),
    Indicator(
        "icpc_median_wd",
        tuple(
            Line({"statistic": name}, Quartile(CONFERENCES, "working_days", quarter))
            for name, quarter in (("p25", 1), ("median", 2), ("p75", 3))
        ),
    ),
    count("icpc_to_cpp", Count(CONFERENCES, _.led_to_plan), conferences),
    count("transfer_in_count", Count(CONFERENCES, ~_.is_after_enquiry)),
    count("prebirth_conferences", Count(CONFERENCES, _.is_unborn), conferences),
)
