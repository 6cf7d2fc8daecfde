"""Assessments: how many, how long, what they found, and what is late and still open."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from waypost.datasets.tables import ASSESSMENT_FACTORS, ASSESSMENTS
from waypost.domain.bands import ASSESSMENT_LENGTHS, UNKNOWN
from waypost.domain.codes import ASSESSMENT_FACTORS as FACTOR_CODES
from waypost.domain.timescales import SINGLE_ASSESSMENT
from waypost.indicators.declare import (
    Count,
    Indicator,
    Rows,
    at_close,
    by_column,
    count,
    during,
    numbered,
    of_children,
    working_days_allowed,
)
from waypost.indicators.expressions import working_day_band

LIMIT = working_days_allowed(SINGLE_ASSESSMENT)
"""Working days from the assessment's own start, which the census holds; guidance counts from the referral."""


def _done() -> ir.Table:
    done = numbered(during(ASSESSMENTS, "authorised_on"), "started_on", "started_number")
    done = numbered(done, "authorised_on", "authorised_number")
    known = done.started_on <= done.authorised_on
    return done.mutate(working_days=ibis.ifelse(known, done.authorised_number - done.started_number, None))


def _assessed() -> Rows:
    return Rows("rows_assessments", of_children(_done(), "authorised_on"))


def _open() -> Rows:
    unfinished = numbered(at_close(ASSESSMENTS, "started_on", "authorised_on"), "started_on", "started_number")
    made = of_children(unfinished, "ends_on")
    return Rows("rows_assessments_open", made.mutate(working_days=made.ends_number - made.started_number))


def _factors() -> Rows:
    """One row for each factor of each episode with an assessment done in the period, however often it was found."""
    done = during(ASSESSMENTS, "authorised_on")
    found = done.join(ASSESSMENT_FACTORS, ["authority", "collection", "episode", "assessment"])
    once = found.select("authority", "collection", "child", "episode", "period", "ends_on", "factor").distinct()
    return Rows("rows_factors", of_children(once, "ends_on"))


ASSESSED, OPEN, FACTORS = _assessed(), _open(), _factors()

assessments = Count(ASSESSED)

INDICATORS = (
    count("sa_count", assessments),
    count("sa_rate", assessments),
    count("sa_45wd", Count(ASSESSED, _.working_days <= LIMIT), assessments),
    Indicator(
        "sa_bands",
        by_column(
            "duration_band",
            ASSESSED,
            lambda rows: working_day_band(rows.working_days, ASSESSMENT_LENGTHS),
            (*(band.label for band in ASSESSMENT_LENGTHS), UNKNOWN),
            assessments,
        ),
    ),
    count("assess_overdue_open", Count(OPEN, _.working_days > LIMIT), Count(OPEN)),
    Indicator(
        "assess_factors",
        by_column("factor", FACTORS, "factor", tuple(FACTOR_CODES)),
    ),
)
