"""The contract: what a dataset holds, column by column, from whatever system it came.

Each table is an unbound Ibis table, so that an expression over it says nothing of where it will run. Every row
belongs to an `authority` (three-digit DfE code) and a `collection`: the calendar year in which the census year
ends, 2025 for 2024-25. A collection is a whole picture: a record that a later collection lacks is not open in it,
whatever an earlier one says, and a record open over two year ends is in both.

`child` is the authority's own id for the child. One without an id has a key of its own in its collection, and so no
history. `episode` counts the referrals of a collection. A date that was blank or not real is null. The name of the
column in the Standard Safeguarding Dataset stands in brackets where it has one.
"""

from __future__ import annotations

from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

_WHERE = {"authority": "string", "collection": "int32", "child": "string"}
_EPISODE = {**_WHERE, "episode": "int32"}


def _table(name: str, columns: dict[str, str]) -> ir.Table:
    return ibis.table(columns, name=name)


CHILDREN = _table(
    "children",
    {
        **_WHERE,
        "born_on": "date",  # [pers_dob]
        "expected_on": "date",  # [pers_expected_dob] of a child not yet born
        "died_on": "date",  # [pers_death_date]
        "sex": "string",  # [pers_sex] male, female; null where not known
        "ethnicity": "string",  # [pers_ethnicity] the census code; null where not known
        "ethnic_group": "string",  # white, mixed, asian, black, other; null where not known or refused
        "disability": "string",  # yes, no; null where not known
    },
)
"""One row a child and collection."""

DISABILITIES = _table("disabilities", {**_WHERE, "disability": "string"})  # [disa_disability_code]
"""Each disability code of a child."""

REFERRALS = _table(
    "referrals",
    {
        **_EPISODE,
        "referred_on": "date",  # [cine_referral_date]
        "source": "string",  # [cine_referral_source_code]
        "primary_need": "string",  # [cine_cin_primary_need_code]
        "closed_on": "date",  # [cine_close_date]
        "closure_reason": "string",  # [cine_close_reason]
        "is_no_further_action": "boolean",  # [cine_referral_nfa]
        "is_not_in_need": "boolean",  # assessed, closed RC8 or RC9, and nothing after the assessment
    },
)
"""A request for a service, and the episode of need that it opened."""

ASSESSMENTS = _table(
    "assessments",
    {
        **_EPISODE,
        "assessment": "int32",
        "started_on": "date",  # [cina_assessment_start_date]
        "reviewed_on": "date",  # internal review point
        "authorised_on": "date",  # [cina_assessment_auth_date]; null while it is open
        "due_on": "date",  # by the rule in force when it started
    },
)
ASSESSMENT_FACTORS = _table(
    "assessment_factors",
    {**_EPISODE, "assessment": "int32", "factor": "string"},  # [cinf_assessment_factors_json]
)
CIN_PLANS = _table(
    "cin_plans",
    {**_EPISODE, "started_on": "date", "ended_on": "date"},  # [cinp_cin_plan_start_date, cinp_cin_plan_end_date]
)
SECTION47_ENQUIRIES = _table(
    "section47_enquiries",
    {
        **_EPISODE,
        "started_on": "date",  # [s47e_s47_start_date]
        "conference_target_on": "date",  # [icpc_icpc_target_date] as filed
        "conference_on": "date",  # [icpc_icpc_date]
        "is_conference_not_required": "boolean",
    },
)
INITIAL_CONFERENCES = _table(
    "initial_conferences",
    {
        **_EPISODE,
        "held_on": "date",  # [icpc_icpc_date]
        "is_after_enquiry": "boolean",  # False for a conference without one, such as a transfer in
        "enquiry_started_on": "date",
        "due_on": "date",  # by the rule in force when the enquiry started
    },
)
"""One row a child at an initial conference."""

PROTECTION_PLANS = _table(
    "protection_plans",
    {
        **_EPISODE,
        "plan": "int32",
        "started_on": "date",  # [cppl_cp_plan_start_date]
        "ended_on": "date",  # [cppl_cp_plan_end_date]
        "initial_category": "string",  # [cppl_cp_plan_initial_category] neglect, physical, sexual, emotional, multiple
        "latest_category": "string",  # [cppl_cp_plan_latest_category]
        "previous_plans": "int32",  # plans before this one, as filed; null where not known
    },
)
PLAN_REVIEWS = _table(
    "plan_reviews",
    {**_WHERE, "plan_started_on": "date", "held_on": "date"},  # [cppr_cp_review_date]
)
"""Reviews of a plan, known by its child and start. They may be held in any collection."""

PRE_PROCEEDINGS = _table(
    "pre_proceedings",
    {
        **_EPISODE,
        "started_on": "date",
        "letter_sent_on": "date",
        "is_meeting_offered": "boolean",
        "is_meeting_held": "boolean",
        "first_meeting_on": "date",
        "review_meetings": "int32",
        "decided_on": "date",
        "outcome": "string",
        "applied_to_court_on": "date",
        "proceedings_letter_on": "date",
    },
)

CONTRACT: dict[str, ir.Table] = {
    table.get_name(): table
    for table in (
        CHILDREN,
        DISABILITIES,
        REFERRALS,
        ASSESSMENTS,
        ASSESSMENT_FACTORS,
        CIN_PLANS,
        SECTION47_ENQUIRIES,
        INITIAL_CONFERENCES,
        PROTECTION_PLANS,
        PLAN_REVIEWS,
        PRE_PROCEEDINGS,
    )
}

# Beside the contract: what only a live record holds. No hash covers these and no freeze keeps them.
IDENTITIES = _table("identities", {**_WHERE, "upn": "string", "former_upn": "string", "upn_unknown": "string"})
"""The pupil numbers that a census asks for, and the code for why there is none."""

CHILD_GROUPS = _table(
    "child_groups", {**_WHERE, "team": "string", "locality": "string", "sibling_group_size": "string"}
)
"""What a child's figures can be given by from the live record alone; null where not known."""

# Beside the records: the calendar, and the periods that are asked about.
WORKING_DAYS = _table("working_days", {"day": "date", "number": "int32"})
"""The running number of working days up to and including a day, so that a length is one number less another."""

PERIODS = _table(
    "periods",
    {
        "period": "int32",
        "collection": "int32",
        "year_starts_on": "date",
        "starts_on": "date",
        "ends_on": "date",
        "ends_number": "int32",
    },
)
"""The periods of a collection's year. `period` is its place among those asked about, from 0, and `ends_number` the
working-day number of the last day."""


def arrow_schema(table: ir.Table) -> pa.Schema:
    return table.schema().to_pyarrow()


def arrow_table(table: ir.Table, columns: dict[str, Any]) -> pa.Table:
    """Columns of a contract table as Arrow, refused if one is missing or of another kind."""
    return pa.table(columns, schema=arrow_schema(table))
