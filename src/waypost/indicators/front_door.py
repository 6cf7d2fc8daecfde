"""Referrals: how many, from whom, how soon after the last, and what came of them."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from waypost.datasets.tables import PERIODS, REFERRALS
from waypost.domain.codes import REFERRAL_SOURCES
from waypost.indicators.declare import Count, Indicator, Rows, by_column, count, during, of_children
from waypost.indicators.expressions import grouped, months_after

SOURCES = ("school", "health", "police", "other")
KEY = ("authority", "collection", "episode")

_earlier = REFERRALS.view()
_soon_after = (
    REFERRALS.join(
        _earlier,
        [
            REFERRALS.authority == _earlier.authority,
            REFERRALS.child == _earlier.child,
            REFERRALS.collection >= _earlier.collection,
            REFERRALS.referred_on > _earlier.referred_on,
            REFERRALS.referred_on <= months_after(_earlier.referred_on, 12),
        ],
    )
    .select(*KEY)
    .distinct()
    .mutate(is_rereferral=True)
)
"""Referrals on or before 12 months from an earlier one of the child, in this file or one before."""


def _referrals() -> Rows:
    made = of_children(during(REFERRALS, "referred_on"), "referred_on")
    made = made.left_join(_soon_after, KEY).drop("authority_right", "collection_right", "episode_right")
    return Rows(
        "rows_referrals",
        made.mutate(
            is_rereferral=made.is_rereferral.fill_null(False),
            is_found_not_in_need=made.is_not_in_need & (made.closed_on >= made.starts_on).fill_null(False),
        ),
    )


def _referred_this_year() -> Rows:
    """A child's first and second referral of the year, each in every period from the one that it falls in.

    So the firsts in a period are the children referred from 1 April to its end, and the seconds those referred again.
    """
    year = PERIODS.select("collection", "year_starts_on").distinct()
    this_year = [REFERRALS.collection == year.collection, REFERRALS.referred_on >= year.year_starts_on]
    own = REFERRALS.join(year, this_year).drop("collection_right", "year_starts_on")
    each_child = ibis.window(group_by=("authority", "collection", "child"), order_by="referred_on")
    placed = own.mutate(place=ibis.row_number().over(each_child) + 1).filter(_.place <= 2)
    by_then = [placed.collection == PERIODS.collection, placed.referred_on <= PERIODS.ends_on]
    so_far = placed.join(PERIODS, by_then).drop("collection_right")
    return Rows("rows_referred_this_year", of_children(so_far, "ends_on"))


def _source(rows: ir.Table) -> ir.Value:
    return grouped(rows.source, REFERRAL_SOURCES, "other")


REFERRED = _referrals()
REFERRED_THIS_YEAR = _referred_this_year()

referrals = Count(REFERRED)
referred_children = Count(REFERRED, of="children")
rereferrals = Count(REFERRED, _.is_rereferral)

INDICATORS = (
    count("referrals", referrals),
    count("referral_children", referred_children),
    count("referral_rate", referrals),
    count("rereferral_12m", rereferrals, referrals, needs_years_before=1),
    count(
        "rereferral_child",
        Count(REFERRED, _.is_rereferral, of="children"),
        referred_children,
        needs_years_before=1,
    ),
    count(
        "multi_referral_fy",
        Count(REFERRED_THIS_YEAR, _.place == 2),
        Count(REFERRED_THIS_YEAR, _.place == 1),
    ),
    count("rereferral_rate", rereferrals, needs_years_before=1),
    count("referral_nfa", Count(REFERRED, _.is_no_further_action), referrals),
    count("referral_not_in_need", Count(REFERRED, _.is_found_not_in_need), referrals),
    Indicator("referral_source", by_column("source", REFERRED, _source, SOURCES, referrals)),
)
