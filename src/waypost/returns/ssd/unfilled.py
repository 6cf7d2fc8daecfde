"""Why a deployed column or table is left blank: what the records that figures are made from do not hold.

Every deployed column of a table that is written is filled or stands here; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from waypost.datasets.ssd import SSD_TABLES, WRITTEN

NO_NAMES = "Names are kept in the record and not in the records that figures are made from."
NO_NUMBERS = "Pupil and health numbers are not in the records that figures are made from."
NO_WORKER = "Who did the work, and in which team, is not in the records that figures are made from."
NO_OUTCOME = "What was decided is known only by what followed; the outcome itself is not recorded in a census."
NO_MEETING = "A meeting shared by brothers and sisters is not recorded in a census; each child's conference is."
NOT_IN_CENSUS = "The children in need census does not ask for it."
PROCEEDINGS = "Care proceedings are not in the records that figures are made from."

_BY_REASON: Mapping[str, str] = {
    NO_NAMES: "pers_forename pers_surname",
    NO_NUMBERS: "pers_upn pers_upn_unknown pers_single_unique_id pers_legacy_id",
    NO_WORKER: (
        "cine_referral_team cine_referral_worker_id cina_assessment_team cina_assessment_worker_id cinp_cin_plan_team "
        "cinp_cin_plan_worker_id s47e_s47_completed_by_worker_id s47e_s47_completed_by_team icpc_icpc_team "
        "icpc_icpc_worker_id"
    ),
    NO_OUTCOME: (
        "cine_referral_outcome_json cina_assessment_outcome_json cina_assessment_outcome_nfa s47e_s47_outcome_json "
        "icpc_icpc_outcome_json cppr_cp_review_outcome_continue_cp"
    ),
    NO_MEETING: "icpc_icpc_meeting_id cppr_cp_review_meeting_id",
    NOT_IN_CENSUS: (
        "pers_gender pers_send_flag pers_is_mother pers_nationality cina_assessment_child_seen s47e_s47_end_date "
        "cppl_cp_plan_ola cppr_cp_review_quorate cppr_cp_review_participation prep_plo_family_id "
        "prep_cp_plans_referral_period prep_prev_pre_proc_child prep_pre_pro_parents_legal_rep"
    ),
    PROCEEDINGS: (
        "prep_legal_gateway_outcome prep_prev_care_proc_child prep_parents_legal_rep_point_of_issue "
        "prep_court_reference prep_care_proc_court_hearings prep_care_proc_short_notice prep_proc_short_notice_reason "
        "prep_la_inital_plan_approved prep_la_initial_care_plan prep_la_final_plan_approved prep_la_final_care_plan"
    ),
    "A census does not say that a conference without an enquiry was a transfer in; it may have been another.": (
        "icpc_icpc_transfer_in"
    ),
    "When a review was due is worked out from the plan and its reviews, not recorded.": "cppr_cp_review_due",
}
UNFILLED: Mapping[str, str] = MappingProxyType(
    {column: reason for reason, columns in _BY_REASON.items() for column in columns.split()}
)
"""The reason, by column."""

_OTHERS: Mapping[str, str] = {
    "ssd_contacts": "Contacts before a referral are not in the children in need census.",
    "ssd_early_help_episodes": "Early help is not in the children in need census.",
    "ssd_cin_visits": "Visits are not in the children in need census.",
    "ssd_cp_visits": "Visits are not in the children in need census.",
    "ssd_involvements": NO_WORKER,
    "ssd_professionals": NO_WORKER,
    "ssd_department": NO_WORKER,
}
OUTSIDE = "Its subject is outside the records that figures are made from."
NOT_WRITTEN: Mapping[str, str] = MappingProxyType(
    {name: _OTHERS.get(name, OUTSIDE) for name, table in SSD_TABLES.items() if name not in WRITTEN and table.deployed}
)
"""The deployed tables that are not written, and why."""
