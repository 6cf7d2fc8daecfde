"""From a folder of the dataset's tables to the contract's, with the rows that have no place and the values not read.

A row belongs to a child of `ssd_person`. A row of an episode belongs to the one that it names; where the table has no
column for that, or the row leaves it blank, to the child's episode that was open when it began, or else the last
before it. A row that belongs nowhere is left out and listed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from waypost.datasets import derive
from waypost.datasets.dataset import Unread
from waypost.datasets.load.ssd.folder import Folder
from waypost.datasets.load.ssd.placing import LEFT_OUT, Placing, Row
from waypost.datasets.load.ssd.values import NOT_FACTORS, reading
from waypost.datasets.ssd import (
    ASSESSMENTS,
    CIN_PLANS,
    CONFERENCES,
    DISABILITIES,
    ENQUIRIES,
    FACTORS,
    PLANS,
    PRE_PROCEEDINGS,
    REVIEWS,
)
from waypost.datasets.tables import CONTRACT, arrow_table
from waypost.domain.codes import ETHNIC_GROUPS
from waypost.domain.periods import FinancialYear

Record = dict[str, Any]
NO_ASSESSMENT = f"ssd_cin_assessments has no such assessment, {LEFT_OUT}"
NO_ENQUIRY = f"ssd_s47_enquiry has no such enquiry of this child, {LEFT_OUT}"
NO_PLAN = f"ssd_cp_plans has no such plan of this child, {LEFT_OUT}"


@dataclass(frozen=True)
class Built:
    """The tables of one year, the values that are blank in them, and the rows that are not in them."""

    tables: dict[str, pa.Table]
    unread: tuple[Unread, ...]
    rejected: tuple[Unread, ...]


def build(folder: Folder, *, authority: str, year: FinancialYear) -> Built:
    """The contract's tables from the folder of one year."""
    placing = Placing(folder)
    records = _records(placing)
    made = {}
    for name, table in CONTRACT.items():
        rows = [record | {"authority": authority, "collection": year.ends} for record in records[name]]
        made[name] = arrow_table(table, {column: [row.get(column) for row in rows] for column in table.columns})
    return Built(made, tuple(placing.unread), tuple(placing.rejected))


def _records(placing: Placing) -> dict[str, list[Record]]:
    """The records of every table of the contract."""
    disabilities = list(placing.rows(DISABILITIES))
    assessments, cin_plans = placing.within(ASSESSMENTS), placing.within(CIN_PLANS)
    enquiries, plans = placing.within(ENQUIRIES), placing.within(PLANS)
    conferences = _conferences(placing, enquiries)
    if PLANS.table not in placing.folder.beside:
        _count_previous(plans)
    later = [*enquiries, *cin_plans, *plans]
    return {
        "children": _children(placing, disabilities),
        "disabilities": [_of_child(row) for row in disabilities],
        "referrals": _referrals(placing, assessments, later, conferences),
        "assessments": _assessments(assessments),
        "assessment_factors": list(_factors(placing, assessments)),
        "cin_plans": [_of_episode(row) for row in cin_plans],
        "section47_enquiries": [_of_episode(row) for row in enquiries],
        "initial_conferences": conferences,
        "protection_plans": [_of_episode(row) | {"plan": row.number} for row in plans],
        "plan_reviews": list(_reviews(placing, plans)),
        "pre_proceedings": [_of_episode(row) for row in placing.within(PRE_PROCEEDINGS)],
    }


def _of_child(row: Row) -> Record:
    return row.held | {"child": row.child}


def _of_episode(row: Row) -> Record:
    return _of_child(row) | {"episode": row.episode}


# ---------------------------------------------------------------- the child


def _children(placing: Placing, disabilities: Iterable[Row]) -> list[Record]:
    codes: dict[str, list[str]] = defaultdict(list)
    for row in disabilities:
        if row.held["disability"]:
            codes[row.child].append(row.held["disability"])
    return [
        _of_child(row)
        | {
            "sex": row.held["sex"] if row.held["sex"] != "unknown" else None,
            "ethnic_group": ETHNIC_GROUPS.get(row.held["ethnicity"]),
            "disability": derive.disability(codes.get(row.child, ())),
        }
        for row in placing.people.values()
    ]


# ---------------------------------------------------------------- the episode


def _referrals(placing: Placing, assessments: list[Row], later: list[Row], conferences: list[Record]) -> list[Record]:
    assessed, after = (Counter(row.episode for row in rows) for rows in (assessments, later))
    alone = {record["episode"]: record["held_on"] for record in conferences if not record["is_after_enquiry"]}
    made = []
    for row in placing.episodes.values():
        no_further_action = row.held["is_no_further_action"]
        is_not_in_need = derive.is_not_in_need(
            no_further_action=no_further_action,
            assessments=assessed[row.number],
            later_activity=after[row.number],
            conference=alone.get(row.number),
            reason=row.held["closure_reason"],
        )
        flags = {"is_no_further_action": bool(no_further_action), "is_not_in_need": is_not_in_need}
        made.append(_of_episode(row) | flags)
    return made


def _assessments(rows: list[Row]) -> list[Record]:
    due = derive.assessments_due(row.held["started_on"] for row in rows)
    return [
        _of_episode(row) | {"assessment": row.number, "due_on": due_on} for row, due_on in zip(rows, due, strict=True)
    ]


def _factors(placing: Placing, assessments: list[Row]) -> Iterator[Record]:
    """A record for each code of each list."""
    by_key = {row.key: row for row in assessments}
    table, of, codes = placing.table(FACTORS), "cinf_assessment_id", "cinf_assessment_factors_json"
    judge = reading("factors", "string")
    for line, key, text in zip(table.row, table.column(of), table.column(codes), strict=True):
        row, found = by_key.get(key or ""), judge[text]
        if row is None:
            placing.rejected.append(Unread(table.file, None, FACTORS, line, of, key or "", NO_ASSESSMENT))
            continue
        if text and found is None:
            placing.unread.append(Unread(table.file, row.child, FACTORS, line, codes, text, NOT_FACTORS))
        for code in found or ():
            yield {"child": row.child, "episode": row.episode, "assessment": row.number, "factor": code}


# ---------------------------------------------------------------- conferences, plans and reviews


def _conferences(placing: Placing, enquiries: list[Row]) -> list[Record]:
    """Those held. The day that one was due, and the first held, are put on the enquiry that they followed."""
    by_key = {row.key: row for row in enquiries}
    episodes = {row.number: row.key for row in placing.episodes.values()}

    def of_enquiry(row: Row) -> str | None:
        enquiry = by_key.get(row.link or "")
        return episodes[enquiry.episode] if enquiry else None

    made: list[Record] = []
    for row in placing.within(CONFERENCES, otherwise=of_enquiry):
        enquiry = by_key.get(row.link or "")
        if row.link and (enquiry is None or enquiry.child != row.child):
            placing.reject(CONFERENCES, row.line, row.child, CONFERENCES.link or "", row.link, NO_ENQUIRY)
            continue
        held_on, target = row.held["held_on"], row.held["conference_target_on"]
        if enquiry:
            enquiry.held["conference_on"] = enquiry.held.get("conference_on") or held_on
            enquiry.held["conference_target_on"] = enquiry.held.get("conference_target_on") or target
        if held_on:
            begun = enquiry.held["started_on"] if enquiry else None
            made.append(_of_episode(row) | {"is_after_enquiry": enquiry is not None, "enquiry_started_on": begun})
    due = derive.conferences_due(record["enquiry_started_on"] for record in made)
    return [record | {"due_on": due_on} for record, due_on in zip(made, due, strict=True)]


def _count_previous(plans: list[Row]) -> None:
    """How many plans a child had before each, by the plans that there are; the dataset has no column for it."""
    starts: dict[str, list[date]] = defaultdict(list)
    for row in plans:
        if row.held["started_on"]:
            starts[row.child].append(row.held["started_on"])
    for row in plans:
        start = row.held["started_on"]
        row.held["previous_plans"] = sum(other < start for other in starts[row.child]) if start else None


def _reviews(placing: Placing, plans: list[Row]) -> Iterator[Record]:
    by_key = {row.key: row for row in plans}
    for row in placing.rows(REVIEWS):
        plan = by_key.get(row.link or "")
        if plan is None or plan.child != row.child:
            placing.reject(REVIEWS, row.line, row.child, REVIEWS.link or "", row.link, NO_PLAN)
        else:
            yield _of_child(row) | {"plan_started_on": plan.held["started_on"]}
