"""Everything that the pathway holds of some children, in a fixed number of questions, now or as it was known.

What a page shows of the way (the journey, the chronology, the clocks) is worked out from this and nothing else, so that
a page of the past is the page of today with other rows.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from waypost.access.recorded import Recorded
from waypost.records.casework.models import Allocation, Child, Person
from waypost.records.pathway import models as held


@dataclass(slots=True)
class Case:
    """The rows of one child's way. Of what was done for several children, only this child's own rows and the header."""

    child: Child
    person: Person
    allocations: list[Allocation] = field(default_factory=list)
    contacts: list[held.ContactChild] = field(default_factory=list)
    referrals: list[held.Referral] = field(default_factory=list)
    early_help: list[held.EarlyHelp] = field(default_factory=list)
    emergencies: list[held.EmergencyAction] = field(default_factory=list)
    assessments: list[held.Assessment] = field(default_factory=list)
    strategies: list[held.StrategyChild] = field(default_factory=list)
    enquiries: list[held.Enquiry] = field(default_factory=list)
    conferences: list[held.ConferenceChild] = field(default_factory=list)
    cin_plans: list[held.CinPlan] = field(default_factory=list)
    plans: list[held.ProtectionPlan] = field(default_factory=list)
    categories: list[held.PlanCategory] = field(default_factory=list)
    core_groups: list[held.CoreGroupChild] = field(default_factory=list)
    visits: list[held.VisitChild] = field(default_factory=list)
    family_meetings: list[held.FamilyMeetingChild] = field(default_factory=list)
    transfers: list[held.Transfer] = field(default_factory=list)
    entries: list[held.ChronologyEntry] = field(default_factory=list)


_ROWS: tuple[tuple[str, Any, str], ...] = (
    ("allocations", Allocation, ""),
    ("contacts", held.ContactChild, "contact"),
    ("referrals", held.Referral, ""),
    ("early_help", held.EarlyHelp, ""),
    ("emergencies", held.EmergencyAction, ""),
    ("assessments", held.Assessment, ""),
    ("strategies", held.StrategyChild, "discussion"),
    ("enquiries", held.Enquiry, ""),
    ("conferences", held.ConferenceChild, "conference"),
    ("cin_plans", held.CinPlan, ""),
    ("plans", held.ProtectionPlan, ""),
    ("core_groups", held.CoreGroupChild, "core_group"),
    ("visits", held.VisitChild, "visit"),
    ("family_meetings", held.FamilyMeetingChild, "meeting"),
    ("transfers", held.Transfer, ""),
    ("entries", held.ChronologyEntry, ""),
)
"""Each list of a case, the rows it is of, and the header that they share with brothers and sisters."""


def case_of(child: Child, at: datetime | None = None) -> Case:
    """One child's way, now or as it was known at a moment."""
    return cases_of([child], at)[child.pk]


def cases_of(children: Collection[Child], at: datetime | None = None) -> dict[uuid.UUID, Case]:
    """The ways of several children by the key of the child, with `child.person` loaded."""
    found = {child.pk: Case(child, child.person) for child in children}
    for name, model, header in _ROWS:
        for row in _rows(model, at, Q(child__in=found), header):
            getattr(found[row.child_id], name).append(row)
    plans = {plan.pk: plan for case in found.values() for plan in case.plans}
    for category in _rows(held.PlanCategory, at, Q(plan__in=plans), ""):
        found[plans[category.plan_id].child_id].categories.append(category)
    return found


def _rows(model: Any, at: datetime | None, which: Q, header: str) -> list[Any]:
    """Rows now, or as they were at a moment, each with its header as it was at the same moment."""
    if at is None:
        rows = model.objects.filter(which)
        return list(rows.select_related(header) if header else rows)
    rows = list(model.history.as_of(at).filter(which))
    if header:
        link: Any = model._meta.get_field(header)
        keys = {getattr(row, link.attname) for row in rows}
        headers = {each.pk: each for each in link.related_model.history.as_of(at).filter(id__in=keys)}
        for row in rows:
            setattr(row, header, headers[getattr(row, link.attname)])
    return rows


def rows_of(case: Case) -> list[Recorded]:
    """Every row of a case."""
    return [row for name, _, _ in _ROWS for row in getattr(case, name)] + list(case.categories)
