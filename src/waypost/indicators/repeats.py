"""Plans for a child who had one before: ever, by the plan's own record; within 12 or 24 months, by the files."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from waypost.datasets.tables import PROTECTION_PLANS
from waypost.domain.bands import UNKNOWN
from waypost.indicators.declare import Count, Indicator, Rows, by_column, count
from waypost.indicators.expressions import months_after
from waypost.indicators.plans import STARTED, started

PREVIOUS = ("0", "1", "2", "3+", UNKNOWN)
PLAN = ("authority", "collection", "plan")


def _known_ends() -> ir.Table:
    """Ended plans of every file, each with the collection in which the same plan next appears.

    One child and one start are one plan from file to file, and the latest file gives its end: so to a reader of one
    year a file's word on a plan holds until the plan appears again.
    """
    same_plan = ("authority", "child", "started_on")
    seen = PROTECTION_PLANS.select(*same_plan, "collection").distinct()
    next_seen = seen.collection.lead().over(group_by=same_plan, order_by="collection")
    ends = PROTECTION_PLANS.join(seen.mutate(next_collection=next_seen), [*same_plan, "collection"])
    return ends.filter(ends.ended_on > ends.started_on)


def _started_after_another(months: int) -> ir.Table:
    """Plans that started within so many months of the end of another plan of the child, by what is known that year."""
    ends = _known_ends().view()
    new = STARTED.made
    return (
        new.join(
            ends,
            [
                new.authority == ends.authority,
                new.child == ends.child,
                new.collection >= ends.collection,
                ends.next_collection.isnull() | (ends.next_collection > new.collection),
                new.started_on >= ends.ended_on,
                new.started_on <= months_after(ends.ended_on, months),
            ],
        )
        .select(*PLAN)
        .distinct()
    )


def _soon_after() -> Rows:
    within_12m = _started_after_another(12).mutate(is_within_12m=True)
    within_24m = _started_after_another(24).mutate(is_within_24m=True)
    made = STARTED.made.left_join(within_24m, PLAN).drop(*(f"{name}_right" for name in PLAN))
    made = made.left_join(within_12m, PLAN).drop(*(f"{name}_right" for name in PLAN))
    return Rows(
        "rows_plans_soon_after",
        made.mutate(
            is_within_12m=made.is_within_12m.fill_null(False),
            is_within_24m=made.is_within_24m.fill_null(False),
        ),
    )


def _previous(rows: ir.Table) -> ir.Value:
    return ibis.cases(
        (rows.previous_plans.isnull(), UNKNOWN),
        (rows.previous_plans >= 3, "3+"),
        else_=rows.previous_plans.cast("string"),
    )


SOON_AFTER = _soon_after()
is_repeat = _.previous_plans >= 1

INDICATORS = (
    count("ni65", Count(STARTED, is_repeat), started),
    count("repeat_12m_of_new", Count(SOON_AFTER, _.is_within_12m), Count(SOON_AFTER), needs_years_before=1),
    count(
        "repeat_12m_of_repeats",
        Count(SOON_AFTER, _.is_within_12m & is_repeat),
        Count(SOON_AFTER, is_repeat),
        needs_years_before=1,
    ),
    count("repeat_2y", Count(SOON_AFTER, _.is_within_24m), Count(SOON_AFTER), needs_years_before=2),
    Indicator("previous_plans", by_column("previous_plans", STARTED, _previous, PREVIOUS, started)),
)
