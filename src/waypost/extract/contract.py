"""From the tables of a record to those of the contract: each as it would be read from the census file of its year.

What follows from other columns is worked out by the same functions that serve a file (`datasets/derive.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

from waypost.datasets import derive, tables
from waypost.domain.codes import ETHNIC_GROUPS
from waypost.engines.duckdb import DuckDB
from waypost.extract import years

Columns = dict[str, list[Any]]


def contract(engine: DuckDB, authority: str) -> dict[str, pa.Table]:
    """Every table of the contract, from the tables of a record that the engine knows by name."""
    return {name: _made(engine, authority, name) for name in tables.CONTRACT}


def _made(engine: DuckDB, authority: str, name: str) -> pa.Table:
    table = tables.CONTRACT[name]
    if name not in _MADE:
        return tables.arrow_table(table, {column: [] for column in table.columns})
    rows, derived = _MADE[name]
    found: Columns = engine.rows(rows).to_pydict()
    found |= derived(found)
    found["authority"] = [authority] * len(found["collection"])
    return tables.arrow_table(table, {column: found[column] for column in table.columns})


def _nothing(_: Mapping[str, list[Any]]) -> Columns:
    return {}


def _children(found: Mapping[str, list[Any]]) -> Columns:
    return {"ethnic_group": list(map(ETHNIC_GROUPS.get, found["ethnicity"]))}


def _referrals(found: Mapping[str, list[Any]]) -> Columns:
    return {"is_not_in_need": list(_not_in_need(found))}


def _not_in_need(found: Mapping[str, list[Any]]) -> Iterator[bool]:
    later = zip(found["enquiries"], found["cin_plans"], found["plans"], strict=True)
    facts = zip(
        found["is_no_further_action"],
        found["assessments"],
        map(sum, later),
        found["conference_on"],
        found["closure_reason"],
        strict=True,
    )
    for no_further_action, assessments, later_activity, conference, reason in facts:
        yield derive.is_not_in_need(
            no_further_action=no_further_action,
            assessments=assessments,
            later_activity=later_activity,
            conference=conference,
            reason=reason,
        )


def _assessments(found: Mapping[str, list[Any]]) -> Columns:
    return {"assessment": found["number"], "due_on": derive.assessments_due(found["started_on"])}


def _factors(found: Mapping[str, list[Any]]) -> Columns:
    return {"assessment": found["number"]}


def _conferences(found: Mapping[str, list[Any]]) -> Columns:
    return {"due_on": derive.conferences_due(found["enquiry_started_on"])}


def _plans(found: Mapping[str, list[Any]]) -> Columns:
    return {"plan": found["number"]}


_MADE: Mapping[str, tuple[ir.Table, Callable[[Mapping[str, list[Any]]], Columns]]] = {
    "children": (years.children(), _children),
    "disabilities": (years.disabilities(), _nothing),
    "referrals": (years.referrals(), _referrals),
    "assessments": (years.assessments(), _assessments),
    "assessment_factors": (years.assessment_factors(), _factors),
    "cin_plans": (years.cin_plans(), _nothing),
    "section47_enquiries": (years.section47_enquiries(), _nothing),
    "initial_conferences": (years.initial_conferences(), _conferences),
    "protection_plans": (years.protection_plans(), _plans),
    "plan_reviews": (years.plan_reviews(), _nothing),
}
"""The rows of each table, and what is worked out from their columns. No record holds pre-proceedings yet."""
