"""From a filing to the contract's tables, and the list of what in it could not be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa

from waypost.datasets import derive, tables
from waypost.datasets.dataset import Unread
from waypost.datasets.load.cin_census.reader import CHILDREN, DISABILITIES, EPISODES, FACTORS, REVIEWS, Columns, Filing
from waypost.datasets.load.cin_census.values import readings
from waypost.domain.codes import CATEGORIES, ETHNIC_GROUPS, SEXES
from waypost.domain.periods import FinancialYear

Column = list[Any]


def build(filing: Filing, *, authority: str, year: FinancialYear) -> tuple[dict[str, pa.Table], list[Unread]]:
    """The contract's tables from one year's own file, and the values filed that are blank in them."""
    census = _Census(filing, authority, year)
    made = {
        name: tables.arrow_table(tables.CONTRACT[name], columns())
        for name, columns in {
            "children": census.children,
            "disabilities": census.disabilities,
            "referrals": census.referrals,
            "assessments": census.assessments,
            "assessment_factors": census.assessment_factors,
            "cin_plans": census.cin_plans,
            "section47_enquiries": census.section47_enquiries,
            "initial_conferences": census.initial_conferences,
            "protection_plans": census.protection_plans,
            "plan_reviews": census.plan_reviews,
            "pre_proceedings": census.pre_proceedings,
        }.items()
    }
    return made, census.unread()


class _Census:
    """One filing, with every value read and every group tied to its child and episode."""

    def __init__(self, filing: Filing, authority: str, year: FinancialYear) -> None:
        self._filing = filing
        self._authority = authority
        self._collection = year.ends
        self._readings = readings()
        self._values: dict[tuple[str, str], Column] = {}
        self._keys = self._child_keys()
        for name, group in filing.tables.items():
            for field in group.fields:
                if field in self._readings:
                    self._values[name, field] = self._readings[field].all(group.column(field))

    def _child_keys(self) -> list[str]:
        """The key of each Child group. One without an id has a key that no id can be: ids hold no space around them."""
        ids = self._group(CHILDREN).column("LAchildID")
        return [name or f" {self._collection}/{place}" for place, name in enumerate(ids, start=1)]

    def _group(self, name: str) -> Columns:
        return self._filing.tables[name]

    def _read(self, group: str, field: str) -> Column:
        return self._values[group, field]

    def _where(self, children: Iterable[int]) -> dict[str, Column | pa.Array]:
        keys = self._keys
        child = [keys[place - 1] for place in children]
        return {
            "authority": pa.repeat(self._authority, len(child)),
            "collection": pa.repeat(pa.scalar(self._collection, pa.int32()), len(child)),
            "child": child,
        }

    def _episode(self, name: str) -> dict[str, Column | pa.Array]:
        """Where a group of an episode belongs. Episodes are counted from 1 through the file."""
        group = self._group(name)
        return {**self._where(group.child), "episode": [place + 1 for place in group.parent]}

    # ---------------------------------------------------------------- the child

    def children(self) -> dict[str, Column]:
        first = _first_of_each(self._keys)
        disabled = defaultdict(list)
        listed = self._group(DISABILITIES)
        for parent, code in zip(listed.parent, self._read(DISABILITIES, "Disability"), strict=True):
            if code is not None:
                disabled[parent].append(code)
        ethnicity = self._read(CHILDREN, "Ethnicity")
        columns = {
            "born_on": self._read(CHILDREN, "PersonBirthDate"),
            "expected_on": self._read(CHILDREN, "ExpectedPersonBirthDate"),
            "died_on": self._read(CHILDREN, "PersonDeathDate"),
            "sex": self._sexes(),
            "ethnicity": ethnicity,
            "ethnic_group": list(map(ETHNIC_GROUPS.get, ethnicity)),
            "disability": [derive.disability(disabled.get(place, ())) for place in range(len(self._keys))],
        }
        where = self._where([place + 1 for place in first])
        return where | {name: [column[place] for place in first] for name, column in columns.items()}

    def _sexes(self) -> Column:
        """Sex where the element is filled in, and otherwise GenderCurrent, which it took the place of."""
        group = self._group(CHILDREN)
        filed = zip(
            group.column("Sex"),
            self._read(CHILDREN, "Sex"),
            self._read(CHILDREN, "GenderCurrent"),
            strict=True,
        )
        return [SEXES.get(sex if text else gender) for text, sex, gender in filed]

    def disabilities(self) -> dict[str, Column]:
        where = self._where(self._group(DISABILITIES).child)
        return where | {"disability": self._read(DISABILITIES, "Disability")}

    # ---------------------------------------------------------------- the episode

    def referrals(self) -> dict[str, Column]:
        episodes = self._group(EPISODES)
        no_further_action = self._read(EPISODES, "ReferralNFA")
        reasons = self._read(EPISODES, "ReasonForClosure")
        assessed = _count_by_parent(len(episodes), self._group("Assessments"))
        later = _count_by_parent(
            len(episodes), *(self._group(name) for name in ("Section47", "CINPlanDates", "ChildProtectionPlans"))
        )
        facts = zip(no_further_action, assessed, later, self._read(EPISODES, "DateOfInitialCPC"), reasons, strict=True)
        return self._where(episodes.child) | {
            "episode": list(range(1, len(episodes) + 1)),
            "referred_on": self._read(EPISODES, "CINreferralDate"),
            "source": self._read(EPISODES, "ReferralSource"),
            "primary_need": self._read(EPISODES, "PrimaryNeedCode"),
            "closed_on": self._read(EPISODES, "CINclosureDate"),
            "closure_reason": reasons,
            "is_no_further_action": [bool(flag) for flag in no_further_action],
            "is_not_in_need": [
                derive.is_not_in_need(
                    no_further_action=nfa, assessments=count, later_activity=after, conference=conference, reason=reason
                )
                for nfa, count, after, conference, reason in facts
            ],
        }

    def assessments(self) -> dict[str, Column]:
        started = self._read("Assessments", "AssessmentActualStartDate")
        return self._episode("Assessments") | {
            "assessment": _places(self._group("Assessments")),
            "started_on": started,
            "reviewed_on": self._read("Assessments", "AssessmentInternalReviewDate"),
            "authorised_on": self._read("Assessments", "AssessmentAuthorisationDate"),
            "due_on": derive.assessments_due(started),
        }

    def assessment_factors(self) -> dict[str, Column]:
        factors, assessments = self._group(FACTORS), self._group("Assessments")
        return self._where(factors.child) | {
            "episode": [assessments.parent[place] + 1 for place in factors.parent],
            "assessment": [place + 1 for place in factors.parent],
            "factor": self._read(FACTORS, "AssessmentFactors"),
        }

    def cin_plans(self) -> dict[str, Column]:
        return self._episode("CINPlanDates") | {
            "started_on": self._read("CINPlanDates", "CINPlanStartDate"),
            "ended_on": self._read("CINPlanDates", "CINPlanEndDate"),
        }

    def section47_enquiries(self) -> dict[str, Column]:
        return self._episode("Section47") | {
            "started_on": self._read("Section47", "S47ActualStartDate"),
            "conference_target_on": self._read("Section47", "InitialCPCtarget"),
            "conference_on": self._read("Section47", "DateOfInitialCPC"),
            "is_conference_not_required": self._read("Section47", "ICPCnotRequired"),
        }

    def initial_conferences(self) -> dict[str, Column]:
        """The conferences of both levels, each filled-in date one child conference."""
        rows = [*self._conferences_after_enquiry(), *self._conferences_without_one()]
        children, episodes, held, started, after = map(list, zip(*rows, strict=True)) if rows else ([], [], [], [], [])
        return self._where(children) | {
            "episode": episodes,
            "held_on": held,
            "is_after_enquiry": after,
            "enquiry_started_on": started,
            "due_on": derive.conferences_due(started),
        }

    def _conferences_after_enquiry(self) -> Iterator[tuple[Any, ...]]:
        enquiries = self._group("Section47")
        dates = zip(
            self._read("Section47", "DateOfInitialCPC"), self._read("Section47", "S47ActualStartDate"), strict=True
        )
        for child, parent, (held, started) in zip(enquiries.child, enquiries.parent, dates, strict=True):
            if held is not None:
                yield child, parent + 1, held, started, True

    def _conferences_without_one(self) -> Iterator[tuple[Any, ...]]:
        episodes = self._group(EPISODES)
        held_on = self._read(EPISODES, "DateOfInitialCPC")
        for episode, (child, held) in enumerate(zip(episodes.child, held_on, strict=True), start=1):
            if held is not None:
                yield child, episode, held, None, False

    def protection_plans(self) -> dict[str, Column]:
        return self._episode("ChildProtectionPlans") | {
            "plan": _places(self._group("ChildProtectionPlans")),
            "started_on": self._read("ChildProtectionPlans", "CPPstartDate"),
            "ended_on": self._read("ChildProtectionPlans", "CPPendDate"),
            "initial_category": self._categories("InitialCategoryOfAbuse"),
            "latest_category": self._categories("LatestCategoryOfAbuse"),
            "previous_plans": self._read("ChildProtectionPlans", "NumberOfPreviousCPP"),
        }

    def _categories(self, field: str) -> Column:
        return list(map(CATEGORIES.get, self._read("ChildProtectionPlans", field)))

    def plan_reviews(self) -> dict[str, Column]:
        reviews = self._group(REVIEWS)
        starts = self._read("ChildProtectionPlans", "CPPstartDate")
        return self._where(reviews.child) | {
            "plan_started_on": [starts[place] for place in reviews.parent],
            "held_on": self._read(REVIEWS, "CPPreviewDate"),
        }

    def pre_proceedings(self) -> dict[str, Column]:
        items: Mapping[str, str] = {
            "started_on": "PPStartDate",
            "letter_sent_on": "LBPSentDate",
            "is_meeting_offered": "FGDMMeetingOffer",
            "is_meeting_held": "FGDMMeetingFac",
            "first_meeting_on": "InitialPPMeetingDate",
            "review_meetings": "ReviewMeetingsCount",
            "decided_on": "StepDecisionDate",
            "outcome": "PPOutcome",
            "applied_to_court_on": "CourtAppDate",
            "proceedings_letter_on": "LetterInitCPDate",
        }
        group = "PreProceedingsandFGDM"
        return self._episode(group) | {name: self._read(group, field) for name, field in items.items()}

    # ---------------------------------------------------------------- what could not be read

    def unread(self) -> list[Unread]:
        """Every value that is blank though something was filed, in the order of the children."""
        ids = self._group(CHILDREN).column("LAchildID")
        found = [
            (group.child[place], name, group.row[place], field, text)
            for name, group in self._filing.tables.items()
            for field in group.fields
            if field in self._readings and self._readings[field].refused
            for place, text in enumerate(group.column(field))
            if text in self._readings[field].refused
        ]
        return [
            Unread(
                file=self._filing.name,
                child=ids[child - 1],
                table=_census_table(name, field),
                row=row,
                field=field,
                value=text or "",
                reason=self._readings[field].reason,
            )
            for child, name, row, field, text in sorted(found, key=lambda entry: entry[0])
        ]


def _census_table(group: str, field: str) -> str:
    """The census's name for the group that a value stands in."""
    if group != CHILDREN:
        return group
    return "ChildCharacteristics" if field == "Ethnicity" else "ChildIdentifiers"


def _first_of_each(keys: list[str]) -> list[int]:
    """The places of the first of each key, in order."""
    seen: dict[str, int] = {}
    for place, key in enumerate(keys):
        seen.setdefault(key, place)
    return list(seen.values())


def _places(group: Columns) -> list[int]:
    return list(range(1, len(group) + 1))


def _count_by_parent(parents: int, *groups: Columns) -> list[int]:
    counts = [0] * parents
    for group in groups:
        for parent in group.parent:
            counts[parent] += 1
    return counts
