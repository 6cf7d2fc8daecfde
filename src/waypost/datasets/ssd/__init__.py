"""The Standard Safeguarding Dataset: its tables and columns as deployed, and which of the contract's they hold.

The facts are data, in `tables.csv`: each column with its table, type, key, what it refers to and what it means, in our
own words, and whether the tables that councils have deployed (release 1.4.5) have it. They come from the published
specification of the dataset by Data to Insight, and from its published scripts where the two differ
(https://github.com/data-to-insight/ssd-data-model). The same parts of the contract serve those who write the tables
and those who read them (docs/adr/0023-standard-safeguarding-dataset.md).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType

RELEASE = "1.4.5"
"""The release whose deployed tables are written."""
MANIFEST = "manifest.json"
BESIDE = "beside"
"""The folder of what the contract holds and the dataset has no column for, by the key of its row."""
FORMAT = 1


@dataclass(frozen=True, slots=True)
class SsdColumn:
    """One column. `references` names the table and column that a foreign key refers to."""

    name: str
    type: str
    key: str
    references: str
    meaning: str
    is_deployed: bool


@dataclass(frozen=True, slots=True)
class SsdTable:
    """One table, with its columns in order."""

    name: str
    columns: tuple[SsdColumn, ...]

    @property
    def deployed(self) -> tuple[SsdColumn, ...]:
        return tuple(column for column in self.columns if column.is_deployed)


@dataclass(frozen=True, slots=True)
class Part:
    """A table of the contract and the table that holds it: the key of its rows, whose they are, and each column.

    `referral` is the column that says which episode a row belongs to, where there is one, and `link` another that
    says what else it belongs to. `beside` are the contract's columns that the dataset has none for.
    """

    contract: str
    table: str
    key: str
    person: str
    columns: Mapping[str, str]
    referral: str | None = None
    link: str | None = None
    beside: tuple[str, ...] = ()


def _read() -> dict[str, SsdTable]:
    found: dict[str, list[SsdColumn]] = {}
    text = (files(__name__) / "tables.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        is_deployed = row["deployed_1_4_5"] == "y"
        column = SsdColumn(row["field"], row["type"], row["key"], row["references"], row["meaning"], is_deployed)
        found.setdefault(row["table"], []).append(column)
    return {name: SsdTable(name, tuple(columns)) for name, columns in found.items()}


SSD_TABLES: Mapping[str, SsdTable] = MappingProxyType(_read())

PEOPLE = Part(
    "children",
    "ssd_person",
    key="pers_person_id",
    person="pers_person_id",
    columns={
        "born_on": "pers_dob",
        "expected_on": "pers_expected_dob",
        "died_on": "pers_death_date",
        "sex": "pers_sex",
        "ethnicity": "pers_ethnicity",
    },
)
DISABILITIES = Part(
    "disabilities",
    "ssd_disability",
    key="disa_table_id",
    person="disa_person_id",
    columns={"disability": "disa_disability_code"},
)
EPISODES = Part(
    "referrals",
    "ssd_cin_episodes",
    key="cine_referral_id",
    person="cine_person_id",
    columns={
        "referred_on": "cine_referral_date",
        "source": "cine_referral_source_code",
        "primary_need": "cine_cin_primary_need_code",
        "closed_on": "cine_close_date",
        "closure_reason": "cine_close_reason",
        "is_no_further_action": "cine_referral_nfa",
    },
)
ASSESSMENTS = Part(
    "assessments",
    "ssd_cin_assessments",
    key="cina_assessment_id",
    person="cina_person_id",
    referral="cina_referral_id",
    columns={"started_on": "cina_assessment_start_date", "authorised_on": "cina_assessment_auth_date"},
    beside=("reviewed_on",),
)
CIN_PLANS = Part(
    "cin_plans",
    "ssd_cin_plans",
    key="cinp_cin_plan_id",
    person="cinp_person_id",
    referral="cinp_referral_id",
    columns={"started_on": "cinp_cin_plan_start_date", "ended_on": "cinp_cin_plan_end_date"},
)
ENQUIRIES = Part(
    "section47_enquiries",
    "ssd_s47_enquiry",
    key="s47e_s47_enquiry_id",
    person="s47e_person_id",
    referral="s47e_referral_id",
    columns={"started_on": "s47e_s47_start_date", "is_conference_not_required": "s47e_s47_nfa"},
)
PLANS = Part(
    "protection_plans",
    "ssd_cp_plans",
    key="cppl_cp_plan_id",
    person="cppl_person_id",
    referral="cppl_referral_id",
    columns={
        "started_on": "cppl_cp_plan_start_date",
        "ended_on": "cppl_cp_plan_end_date",
        "initial_category": "cppl_cp_plan_initial_category",
        "latest_category": "cppl_cp_plan_latest_category",
    },
    beside=("previous_plans",),
)
PRE_PROCEEDINGS = Part(
    "pre_proceedings",
    "ssd_pre_proceedings",
    key="prep_table_id",
    person="prep_person_id",
    columns={
        "started_on": "prep_pre_pro_decision_date",
        "letter_sent_on": "prep_pre_pro_letter_date",
        "first_meeting_on": "prep_initial_pre_pro_meeting_date",
        "review_meetings": "prep_pre_pro_meetings_num",
        "decided_on": "prep_agree_stepdown_issue_date",
        "outcome": "prep_pre_pro_outcome",
        "proceedings_letter_on": "prep_care_pro_letter_date",
    },
    beside=("referral", "is_meeting_offered", "is_meeting_held", "applied_to_court_on"),
)

CONFERENCES = Part(
    "initial_conferences",
    "ssd_initial_cp_conference",
    key="icpc_icpc_id",
    person="icpc_person_id",
    referral="icpc_referral_id",
    link="icpc_s47_enquiry_id",
    columns={"held_on": "icpc_icpc_date", "conference_target_on": "icpc_icpc_target_date"},
)
REVIEWS = Part(
    "plan_reviews",
    "ssd_cp_reviews",
    key="cppr_cp_review_id",
    person="cppr_person_id",
    link="cppr_cp_plan_id",
    columns={"held_on": "cppr_cp_review_date"},
)
FACTORS = "ssd_assessment_factors"
"""Which has a list of codes for each assessment, and so is written and read in a way of its own."""

PARTS = (
    *(PEOPLE, DISABILITIES, EPISODES, ASSESSMENTS, CIN_PLANS, ENQUIRIES),
    *(CONFERENCES, PLANS, REVIEWS, PRE_PROCEEDINGS),
)
WRITTEN = tuple(name for name in SSD_TABLES if name == FACTORS or name in {part.table for part in PARTS})
"""The tables that the contract can fill, in the order of the dataset."""
