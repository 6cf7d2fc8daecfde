"""Reviews of plans: whether every one of a child's was in time (NI 67), and how many of those due were.

NI 67 looks at children on a day; `reviews_on_time_events` looks at due dates in a period. They are different measures.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from waypost.datasets.tables import PERIODS, PLAN_REVIEWS
from waypost.domain.timescales import FIRST_REVIEW, LATER_REVIEW
from waypost.indicators.declare import Count, Rows, count, during, months_allowed, of_children
from waypost.indicators.expressions import months_after
from waypost.indicators.plans import OPEN, PLANS, by_category

FIRST, LATER = months_allowed(FIRST_REVIEW), months_allowed(LATER_REVIEW)
PLAN = ("authority", "collection", "plan")


def _reviews_held() -> ir.Table:
    """The reviews of each plan of a year's file, with when each was due.

    A review may have been filed in this file or one before; those of one day count once; one on or before the start
    of the plan, or after its end, is no review of it.
    """
    filed = PLANS.join(
        PLAN_REVIEWS,
        [
            PLANS.authority == PLAN_REVIEWS.authority,
            PLANS.child == PLAN_REVIEWS.child,
            PLANS.started_on == PLAN_REVIEWS.plan_started_on,
            PLANS.collection >= PLAN_REVIEWS.collection,
            PLAN_REVIEWS.held_on > PLANS.started_on,
            PLANS.ended_on.isnull() | (PLAN_REVIEWS.held_on <= PLANS.ended_on),
        ],
    )
    held = filed.select(*PLAN, "started_on", "held_on").distinct()
    before = held.held_on.lag().over(group_by=PLAN, order_by="held_on")
    return held.mutate(due_on=_due_after(held.started_on, before))


def _due_after(started_on: ir.DateValue, last_held_on: ir.DateValue) -> ir.DateValue:
    """When the next review is due: three months from the start, or six from the last."""
    first = months_after(started_on, FIRST)
    return ibis.ifelse(last_held_on.isnull(), first, months_after(last_held_on, LATER))


HELD = _reviews_held()


def _reviewed() -> Rows:
    """Open plans with whether every review due by the close of the period was held in time."""
    by_then = HELD.join(PERIODS, [HELD.collection == PERIODS.collection, HELD.held_on <= PERIODS.ends_on])
    so_far = by_then.group_by(*PLAN, "period").agg(last_held_on=_.held_on.max(), late=(_.held_on > _.due_on).sum())
    key = (*PLAN, "period")
    made = OPEN.made.left_join(so_far, key).drop(*(f"{name}_right" for name in key))
    none_late = made.late.fill_null(0) == 0
    none_overdue = _due_after(made.started_on, made.last_held_on) >= made.ends_on
    return Rows(
        "rows_plans_reviewed",
        made.mutate(
            is_three_months=months_after(made.started_on, FIRST) <= made.ends_on,
            is_reviewed_in_time=none_late & none_overdue,
        ),
    )


def _due() -> Rows:
    """Due dates of reviews in the period: of those held, and of those not held though the plan was open that day."""
    waited_for = HELD.select(*PLAN, "due_on", "held_on")
    last = HELD.group_by(*PLAN).agg(last_held_on=_.held_on.max())
    open_plans = PLANS.left_join(last, PLAN).drop(*(f"{name}_right" for name in PLAN))
    not_held = open_plans.mutate(due_on=_due_after(open_plans.started_on, open_plans.last_held_on))
    not_held = not_held.filter(not_held.ended_on.isnull() | (not_held.ended_on > not_held.due_on))
    due = waited_for.union(not_held.select(*PLAN, "due_on").mutate(held_on=ibis.null("date")))
    of_plans = PLANS.join(due, PLAN)
    made = by_category(of_children(during(of_plans, "due_on"), "due_on"))
    return Rows("rows_reviews_due", made.mutate(is_in_time=(made.held_on <= made.due_on).fill_null(False)))


REVIEWED, DUE = _reviewed(), _due()

three_months = Count(REVIEWED, _.is_three_months)

INDICATORS = (
    count("ni67", Count(REVIEWED, _.is_three_months & _.is_reviewed_in_time), three_months),
    count("cpp_3m_count", three_months),
    count("reviews_on_time_events", Count(DUE, _.is_in_time), Count(DUE)),
)
