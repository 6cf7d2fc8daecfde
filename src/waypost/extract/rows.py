"""What is read of the record: one table for each kind of row, as it stands, before any year is asked about.

Every row is known by the text of its key, and `child` is the authority's own id for the child. These tables are laid
out by `reading.py` and read by the expressions of `years.py`; nothing else knows them.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir


def _table(name: str, columns: dict[str, str]) -> ir.Table:
    return ibis.table(columns, name=f"record_{name}")


COLLECTIONS = _table("collections", {"collection": "int32", "starts_on": "date", "ends_on": "date"})
"""The years asked about."""

PEOPLE = _table(
    "people",
    {
        "child": "string",
        "born_on": "date",
        "expected_on": "date",
        "died_on": "date",
        "sex": "string",
        "ethnicity": "string",
        "disability": "string",
        "upn": "string",
        "former_upn": "string",
        "upn_unknown": "string",
    },
)
DISABILITIES = _table("disabilities", {"child": "string", "place": "int32", "disability": "string"})

REFERRALS = _table(
    "referrals",
    {
        "referral": "string",
        "child": "string",
        "referred_on": "date",
        "source": "string",
        "primary_need": "string",
        "closed_on": "date",
        "closure_reason": "string",
        "is_no_further_action": "boolean",
    },
)
ASSESSMENTS = _table(
    "assessments",
    {
        "assessment": "string",
        "referral": "string",
        "started_on": "date",
        "reviewed_on": "date",
        "authorised_on": "date",
    },
)
FACTORS = _table("factors", {"assessment": "string", "place": "int32", "factor": "string"})
CIN_PLANS = _table("cin_plans", {"cin_plan": "string", "referral": "string", "started_on": "date", "ended_on": "date"})
ENQUIRIES = _table(
    "enquiries",
    {
        "enquiry": "string",
        "referral": "string",
        "started_on": "date",
        "conference_target_on": "date",
        "ended_on": "date",
        "leads_to_conference": "boolean",
    },
)
CONFERENCES = _table(
    "conferences",
    {
        "conference": "string",
        "referral": "string",
        "enquiry": "string",
        "protection_plan": "string",
        "is_review": "boolean",
        "held_on": "date",
        "cancelled_on": "date",
    },
)
"""A row a child and conference. `is_review` claims that it looked at a plan that the child had already."""

PROTECTION_PLANS = _table(
    "protection_plans",
    {
        "protection_plan": "string",
        "referral": "string",
        "started_on": "date",
        "ended_on": "date",
        "previous_plans": "int32",
    },
)
CATEGORIES = _table(
    "categories", {"protection_plan": "string", "place": "int32", "category": "string", "started_on": "date"}
)
"""The categories of each plan; `place` says their order."""

TABLES = {
    table.get_name(): table
    for table in (
        COLLECTIONS,
        PEOPLE,
        DISABILITIES,
        REFERRALS,
        ASSESSMENTS,
        FACTORS,
        CIN_PLANS,
        ENQUIRIES,
        CONFERENCES,
        PROTECTION_PLANS,
        CATEGORIES,
    )
}
