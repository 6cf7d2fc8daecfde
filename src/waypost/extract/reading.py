"""Reads the record of one authority to the tables of `rows.py`: one question a table, whatever the size of the record.

Rows are read whole and joined by key afterwards, for a version of a row points to another row and never to a version of
it. So the record of a day in the past is read as the record of today is.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

from waypost.access.models import Authority
from waypost.access.recorded import Recorded
from waypost.datasets.derive import disability
from waypost.datasets.tables import arrow_schema
from waypost.domain.codes import CATEGORIES
from waypost.domain.pathway import step
from waypost.extract import rows
from waypost.extract.known import Row, as_known
from waypost.extract.who import Who, in_order, who
from waypost.records.casework.models import Identifier
from waypost.records.pathway import models as held

NOT_OBTAINED = "NOBT"
"""The census's own code for an ethnicity that nobody has asked for yet."""
ADDED_AT_A_REVIEW = "add_child"
LEADS_TO_CONFERENCE = "conference"
EARLIEST, LATEST = date.min, date.max

CLOSING = frozenset(each.id for each in step("referral").decisions.values() if each.closes)
"""The decisions that end a referral without an assessment: the census calls all of them no further action."""


@dataclass(frozen=True)
class Record:
    """The tables of `rows.py` by name, but for the years asked about; and who the children are."""

    tables: dict[str, pa.Table]
    who: Who


def read(authority: Authority, before: datetime | None) -> Record:
    """The record of an authority, now or as it was known just before a moment."""
    return _Reading(authority, before).record()


def _arrow(table: ir.Table, found: Iterable[Sequence[Any]]) -> pa.Table:
    """Rows as Arrow, keys as text."""
    columns = list(zip(*found, strict=True)) or [()] * len(table.columns)
    return pa.table([list(map(_plain, column)) for column in columns], schema=arrow_schema(table))


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, uuid.UUID) else value


class _Reading:
    def __init__(self, authority: Authority, before: datetime | None) -> None:
        self._before = before
        self._who = who(authority, before)

    def record(self) -> Record:
        referrals = self._of_children(held.Referral, "id", "received_on", "source", "need", "closed_on",
                                      "closure_reason", "decision")  # fmt: skip
        plans = self._of_children(held.ProtectionPlan, "id", "referral_id", "started_on", "ended_on",
                                  "previous_elsewhere", "is_temporary")  # fmt: skip
        plans = [plan for plan in plans if not plan[6]]
        return Record(
            {
                rows.PEOPLE.get_name(): self._people(),
                rows.DISABILITIES.get_name(): self._disabilities(),
                rows.REFERRALS.get_name(): _arrow(rows.REFERRALS, map(_referral, referrals)),
                **self._assessments(),
                rows.CIN_PLANS.get_name(): self._cin_plans(),
                rows.ENQUIRIES.get_name(): self._enquiries(),
                rows.CONFERENCES.get_name(): self._conferences(_Spells(referrals, 2, 5), _Spells(plans, 3, 4)),
                rows.PROTECTION_PLANS.get_name(): _arrow(rows.PROTECTION_PLANS, _with_previous(plans)),
                rows.CATEGORIES.get_name(): self._categories({plan[1] for plan in plans}),
            },
            self._who,
        )

    def _of_children(self, model: type[Recorded], *columns: str) -> list[Row]:
        """The rows of the authority's children, each begun by the id of its child."""
        ids = self._who.ids
        found = as_known(model, self._before).values_list("child_id", *columns)
        return [(ids[child], *row) for child, *row in found if child in ids]

    # ---------------------------------------------------------------- the child

    def _people(self) -> pa.Table:
        found = (
            (
                id,
                each.born_on,
                each.expected_on,
                each.died_on,
                each.sex if each.sex in ("male", "female") else None,
                each.ethnicity or NOT_OBTAINED,
                disability(each.disabilities),
                each.numbers.get(Identifier.UPN),
                each.numbers.get(Identifier.FORMER_UPN),
                each.numbers.get(Identifier.NO_UPN),
            )
            for id, each in in_order(self._who.people)
        )
        return _arrow(rows.PEOPLE, found)

    def _disabilities(self) -> pa.Table:
        found = (
            (id, place, code)
            for id, each in in_order(self._who.people)
            for place, code in enumerate(dict.fromkeys(each.disabilities))
        )
        return _arrow(rows.DISABILITIES, found)

    # ---------------------------------------------------------------- the work

    def _assessments(self) -> dict[str, pa.Table]:
        columns = ("id", "referral_id", "started_on", "reviewed_on", "authorised_on", "factors")
        found = self._of_children(held.Assessment, *columns)
        factors = ((row[1], place, code) for row in found for place, code in enumerate(dict.fromkeys(row[6])))
        return {
            rows.ASSESSMENTS.get_name(): _arrow(rows.ASSESSMENTS, (row[1:6] for row in found)),
            rows.FACTORS.get_name(): _arrow(rows.FACTORS, factors),
        }

    def _cin_plans(self) -> pa.Table:
        found = self._of_children(held.CinPlan, "id", "referral_id", "started_on", "ended_on")
        return _arrow(rows.CIN_PLANS, (row[1:] for row in found))

    def _enquiries(self) -> pa.Table:
        columns = ("id", "referral_id", "started_on", "conference_target_on", "ended_on", "decision")
        found = self._of_children(held.Enquiry, *columns)
        return _arrow(rows.ENQUIRIES, ((*row[1:6], row[6] == LEADS_TO_CONFERENCE) for row in found))

    def _conferences(self, episodes: _Spells, plans: _Spells) -> pa.Table:
        """Each child at each conference, with the days of the meeting that brothers and sisters share.

        A row that does not say its episode, or a review its plan, is of the one that was open on the day.
        """
        meetings = as_known(held.Conference, self._before)
        days = {key: facts for key, *facts in meetings.values_list("id", "kind", "held_on", "cancelled_on")}
        columns = ("id", "conference_id", "referral_id", "enquiry_id", "plan_id", "decision")
        found = []
        for child, key, meeting, referral, enquiry, plan, decision in self._of_children(held.ConferenceChild, *columns):
            if meeting in days:
                kind, held_on, cancelled_on = days[meeting]
                is_review = kind == held.Conference.REVIEW and decision != ADDED_AT_A_REVIEW
                referral = referral or episodes.open_on(child, held_on)
                plan = plan or (plans.open_on(child, held_on) if is_review else None)
                found.append((key, referral, enquiry, plan, is_review, held_on, cancelled_on))
        return _arrow(rows.CONFERENCES, found)

    def _categories(self, plans: set[uuid.UUID]) -> pa.Table:
        """The categories of plans in order: by the day each began, and of two of one day the one that ended first."""
        found = as_known(held.PlanCategory, self._before).values_list(
            "plan_id", "category", "started_on", "ended_on", "id"
        )
        mine = (row for row in found if row[0] in plans)
        placed = sorted(mine, key=lambda row: (row[0], row[2] or EARLIEST, row[3] or LATEST, row[4]))
        return _arrow(
            rows.CATEGORIES,
            ((plan, place, CATEGORIES[code], started_on) for place, (plan, code, started_on, *_) in enumerate(placed)),
        )


def _referral(row: Row) -> Row:
    """A closure of no further action is no closure to the census unless it has a census reason."""
    child, key, received_on, source, need, closed_on, reason, decision = row
    is_nothing_further = decision in CLOSING
    if is_nothing_further and not reason:
        closed_on = None
    return key, child, received_on, source or None, need or None, closed_on, reason or None, is_nothing_further


def _with_previous(plans: list[Row]) -> list[Row]:
    """Plans with how many came before: those of the record, and those elsewhere that any of them so far speaks of."""
    counted: dict[str, tuple[int, int]] = {}
    found = []
    in_time = sorted(plans, key=lambda row: (row[0], row[3], row[1]))
    for child, key, referral, started_on, ended_on, elsewhere, _ in in_time:
        here, before = counted.get(child, (0, 0))
        before = max(before, elsewhere)
        found.append((key, referral, started_on, ended_on, here + before))
        counted[child] = here + 1, before
    return found


class _Spells:
    """Finds which of a child's episodes, or plans, was open on a day; the last begun before it where none was."""

    def __init__(self, found: list[Row], start: int, end: int) -> None:
        self._of_child: dict[str, list[Row]] = defaultdict(list)
        for row in sorted(found, key=lambda row: (row[0], row[start], row[1])):
            self._of_child[row[0]].append((row[1], row[start], row[end]))

    def open_on(self, child: str, day: date | None) -> uuid.UUID | None:
        begun = [each for each in self._of_child[child] if day is not None and each[1] <= day]
        still_open = [each for each in begun if each[2] is None or each[2] >= day]
        return next((key for key, *_ in reversed(still_open or begun)), None)
