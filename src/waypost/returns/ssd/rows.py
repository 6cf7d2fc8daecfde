"""Rows of the contract as rows of the Standard Safeguarding Dataset, as text.

Keys say what they are and are an authority's alone: 991-2025-E17 is the seventeenth episode of 2024-25. Days are
written as moments, because that is the type of their columns.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from waypost.datasets.dataset import Dataset
from waypost.datasets.ssd import (
    ASSESSMENTS,
    CIN_PLANS,
    CONFERENCES,
    DISABILITIES,
    ENQUIRIES,
    EPISODES,
    FACTORS,
    PEOPLE,
    PLANS,
    PRE_PROCEEDINGS,
    REVIEWS,
    Part,
)
from waypost.domain.codes import CODE_LISTS
from waypost.domain.periods import FinancialYear

Row = Mapping[str, str | None]
Record = Mapping[str, Any]
SEX_CODES = {"male": "M", "female": "F", None: "U"}
SOURCES = CODE_LISTS["referral_source"]
LETTERS = {
    "referrals": "E",
    "assessments": "A",
    "cin_plans": "N",
    "section47_enquiries": "S",
    "protection_plans": "P",
    "pre_proceedings": "L",
    "disabilities": "D",
}
"""What the keys of each table's rows are told by. C, F and R are those of conferences, factors and reviews."""
NUMBERS = {"referrals": "episode", "assessments": "assessment", "protection_plans": "plan"}
"""The column of the contract that numbers a table's rows, where other tables refer to them by it."""


def rows(dataset: Dataset, year: FinancialYear) -> dict[str, list[Row]]:
    """The rows of every table that can be filled, by the table's name."""
    return _Picture(dataset, year).tables()


def beside(dataset: Dataset, year: FinancialYear) -> dict[str, list[Row]]:
    """What the dataset has no column for, by the table and key of the row that it belongs to."""
    return _Picture(dataset, year).beside()


def of_year(dataset: Dataset, name: str, year: FinancialYear) -> pa.Table:
    """The rows of a table that are of a year."""
    table = dataset.tables[name]
    return table.filter(pc.equal(table["collection"], year.ends))


class _Picture:
    """The records of one collection."""

    def __init__(self, dataset: Dataset, year: FinancialYear) -> None:
        self._year = year
        self._prefix = f"{dataset.authority}-{year.ends}"
        self._records: dict[str, list[Record]] = {
            name: of_year(dataset, name, year).to_pylist() for name in dataset.tables
        }
        plans = self._records["protection_plans"]
        self._plan_begun: dict[tuple[str, date | None], int] = {}
        self._plan_of_episode: dict[tuple[int, date], int] = {}
        for plan in plans:
            self._plan_begun.setdefault((plan["child"], plan["started_on"]), plan["plan"])
            if plan["started_on"]:
                self._plan_of_episode.setdefault((plan["episode"], plan["started_on"]), plan["plan"])

    def tables(self) -> dict[str, list[Row]]:
        conferences = self._conferences()
        made: dict[str, list[Row]] = {
            PEOPLE.table: [self._person(record) for record in self._records["children"]],
            EPISODES.table: self._of(EPISODES, self._source_in_words),
            FACTORS: self._factors(),
            CONFERENCES.table: conferences,
            PLANS.table: self._of(PLANS),
            REVIEWS.table: self._reviews(),
        }
        made |= {part.table: self._of(part) for part in (DISABILITIES, ASSESSMENTS, CIN_PLANS, ENQUIRIES)}
        made[PRE_PROCEEDINGS.table] = self._of(PRE_PROCEEDINGS)
        return self._with_conference(made, conferences)

    # ---------------------------------------------------------------- keys

    def _key(self, letter: str, place: int) -> str:
        return f"{self._prefix}-{letter}{place}"

    def _own_key(self, part: Part, number: int) -> str:
        return self._key(LETTERS[part.contract], number)

    def _numbered(self, part: Part) -> Iterator[tuple[int, Record]]:
        """The records of a table, by the number that others refer to them by, or else by their place."""
        name = NUMBERS.get(part.contract)
        for place, record in enumerate(self._records[part.contract], 1):
            yield record[name] if name else place, record

    def _child(self, record: Record) -> str:
        """The authority's own id; a child filed without one is known by its year and place."""
        child: str = record["child"]
        return f"no-id-{child.strip().replace('/', '-')}" if child.startswith(" ") else child

    # ---------------------------------------------------------------- rows

    def _person(self, record: Record) -> Row:
        held = _values(PEOPLE, record) | {"pers_sex": SEX_CODES[record["sex"]]}
        return {PEOPLE.key: self._child(record)} | held

    def _of(self, part: Part, more: Callable[[Record], dict[str, str | None]] | None = None) -> list[Row]:
        """The rows of a part, each with its key, its child and its episode."""
        made: list[Row] = []
        for number, record in self._numbered(part):
            row: dict[str, str | None] = {part.key: self._own_key(part, number), part.person: self._child(record)}
            if part.referral:
                row[part.referral] = self._own_key(EPISODES, record["episode"])
            made.append(row | _values(part, record) | (more(record) if more else {}))
        return made

    def _source_in_words(self, record: Record) -> dict[str, str | None]:
        return {"cine_referral_source_desc": SOURCES.get(record["source"] or "")}

    def _factors(self) -> list[Row]:
        """One row for each assessment that has any, with its codes as a list."""
        codes: dict[int, list[str]] = defaultdict(list)
        for record in self._records["assessment_factors"]:
            if record["factor"] is not None:
                codes[record["assessment"]].append(record["factor"])
        return [
            {
                "cinf_table_id": self._key("F", assessment),
                "cinf_assessment_id": self._own_key(ASSESSMENTS, assessment),
                "cinf_assessment_factors_json": json.dumps(found),
            }
            for assessment, found in codes.items()
        ]

    def _conferences(self) -> list[Row]:
        """Those of enquiries, held or only due, and then those without one."""
        made: list[dict[str, str | None]] = []
        for place, enquiry in enumerate(self._records["section47_enquiries"], 1):
            if enquiry["conference_on"] or enquiry["conference_target_on"]:
                made.append(
                    self._conference(enquiry, enquiry["conference_on"])
                    | {
                        "icpc_s47_enquiry_id": self._own_key(ENQUIRIES, place),
                        "icpc_icpc_target_date": _text(enquiry["conference_target_on"]),
                    }
                )
        alone = [record for record in self._records["initial_conferences"] if not record["is_after_enquiry"]]
        made += [self._conference(record, record["held_on"]) for record in alone]
        return [{"icpc_icpc_id": self._key("C", place)} | row for place, row in enumerate(made, 1)]

    def _conference(self, record: Record, held_on: date | None) -> dict[str, str | None]:
        """A plan of the episode that began on the day of the conference was made at it."""
        plan = self._plan_of_episode.get((record["episode"], held_on)) if held_on else None
        return {
            "icpc_person_id": self._child(record),
            "icpc_referral_id": self._own_key(EPISODES, record["episode"]),
            "icpc_icpc_date": _text(held_on),
            "icpc_cp_plan_id": self._own_key(PLANS, plan) if plan else None,
            "icpc_icpc_outcome_cp_flag": "Y" if plan else None,
        }

    def _with_conference(self, made: dict[str, list[Row]], conferences: Iterable[Row]) -> dict[str, list[Row]]:
        """The plans with the conference that made them, the first where several are said to have."""
        at: dict[str | None, str | None] = {}
        for conference in conferences:
            at.setdefault(conference["icpc_cp_plan_id"], conference["icpc_icpc_id"])
        at.pop(None, None)
        plans: list[Row] = [{**plan, "cppl_icpc_id": at.get(plan[PLANS.key])} for plan in made[PLANS.table]]
        return made | {PLANS.table: plans}

    def _reviews(self) -> list[Row]:
        """A review is of the child's plan with the start that it is known by, the first where two have the same.

        One of a plan that is not in the year has no plan to stand with, and is left out.
        """
        made: list[Row] = []
        for place, record in enumerate(self._records["plan_reviews"], 1):
            plan = self._plan_begun.get((record["child"], record["plan_started_on"]))
            if plan is None:
                continue
            made.append(
                {
                    "cppr_cp_review_id": self._key("R", place),
                    "cppr_person_id": self._child(record),
                    "cppr_cp_plan_id": self._own_key(PLANS, plan),
                    "cppr_cp_review_date": _text(record["held_on"]),
                }
            )
        return made

    # ---------------------------------------------------------------- beside

    def beside(self) -> dict[str, list[Row]]:
        return {part.table: self._beside(part) for part in (ASSESSMENTS, PLANS, PRE_PROCEEDINGS)}

    def _beside(self, part: Part) -> list[Row]:
        """Only of the rows that have any of it."""
        made: list[Row] = []
        for number, record in self._numbered(part):
            held = {name: _text(record[name]) for name in part.beside if name != "referral"}
            if "referral" in part.beside:
                held["referral"] = self._own_key(EPISODES, record["episode"])
            if any(held.values()):
                made.append({part.key: self._own_key(part, number)} | held)
        return made


def _values(part: Part, record: Record) -> dict[str, str | None]:
    return {column: _text(record[name]) for name, column in part.columns.items()}


def _text(value: Any) -> str | None:
    """As the columns of the dataset hold it: a day at midnight, a claim as Y or N."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, date):
        return f"{value.isoformat()}T00:00:00"
    return str(value)
