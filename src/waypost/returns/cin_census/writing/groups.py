"""The groups of the census in the structure of one collection: which elements, in which order, from which columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any
from xml.sax.saxutils import escape

from waypost import __version__
from waypost.domain.codes import CATEGORIES, COLLECTIONS, TABLES
from waypost.domain.periods import FinancialYear
from waypost.returns.cin_census.writing.filed import Child, Episode, Row

GENDERS = {"male": "1", "female": "2", None: "0"}
SEXES = {"male": "M", "female": "F", None: "U"}
CODES = {group: code for code, group in CATEGORIES.items()}
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "ChildIdentifiers": {
        "LAchildID": "child",
        "UPN": "upn",
        "FormerUPN": "former_upn",
        "UPNunknown": "upn_unknown",
        "PersonBirthDate": "born_on",
        "ExpectedPersonBirthDate": "expected_on",
        "GenderCurrent": "sex",
        "Sex": "sex",
        "PersonDeathDate": "died_on",
    },
    "ChildCharacteristics": {"Ethnicity": "ethnicity"},
    "CINdetails": {
        "CINreferralDate": "referred_on",
        "ReferralSource": "source",
        "PrimaryNeedCode": "primary_need",
        "CINclosureDate": "closed_on",
        "ReasonForClosure": "closure_reason",
        "DateOfInitialCPC": "conference_on",
        "ReferralNFA": "is_no_further_action",
    },
    "Assessments": {
        "AssessmentActualStartDate": "started_on",
        "AssessmentInternalReviewDate": "reviewed_on",
        "AssessmentAuthorisationDate": "authorised_on",
    },
    "CINPlanDates": {"CINPlanStartDate": "started_on", "CINPlanEndDate": "ended_on"},
    "Section47": {
        "S47ActualStartDate": "started_on",
        "InitialCPCtarget": "conference_target_on",
        "DateOfInitialCPC": "conference_on",
        "ICPCnotRequired": "is_conference_not_required",
    },
    "ChildProtectionPlans": {
        "CPPstartDate": "started_on",
        "CPPendDate": "ended_on",
        "InitialCategoryOfAbuse": "initial_category",
        "LatestCategoryOfAbuse": "latest_category",
        "NumberOfPreviousCPP": "previous_plans",
    },
    "PreProceedingsandFGDM": {
        "PPStartDate": "started_on",
        "LBPSentDate": "letter_sent_on",
        "FGDMMeetingOffer": "is_meeting_offered",
        "FGDMMeetingFac": "is_meeting_held",
        "InitialPPMeetingDate": "first_meeting_on",
        "ReviewMeetingsCount": "review_meetings",
        "StepDecisionDate": "decided_on",
        "PPOutcome": "outcome",
        "CourtAppDate": "applied_to_court_on",
        "LetterInitCPDate": "proceedings_letter_on",
    },
}
"""The column that each element is written from."""

CODED: Mapping[str, Mapping[Any, str]] = {
    "GenderCurrent": GENDERS,
    "Sex": SEXES,
    "InitialCategoryOfAbuse": CODES,
    "LatestCategoryOfAbuse": CODES,
}
AFTER_THE_GROUPS = "ReferralNFA"
"""The one element of an episode that stands among its groups: after the enquiries and before the plans."""


class Structure:
    """The structure of the collection of a year; of a year before the first or after the last known, that one's."""

    def __init__(self, year: FinancialYear) -> None:
        self.year = year
        known = min(max(str(year), COLLECTIONS[0]), COLLECTIONS[-1])
        self._elements = {
            name: [each.element for each in TABLES[name].fields if known in each.collections] for name in COLUMNS
        }

    def opening(self, authority: str, made_at: datetime) -> str:
        year = self.year
        made = made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
        collection = (("Collection", "CIN"), ("Year", str(year.ends)), ("ReferenceDate", year.end.isoformat()))
        source = (
            ("SourceLevel", "L"),
            ("LEA", authority),
            ("SoftwareCode", "Waypost"),
            ("Release", __version__),
            ("SerialNo", "001"),
            ("DateTime", made),
        )
        header = _group("CollectionDetails", _tags(collection)) + _group("Source", _tags(source))
        lines = ('<?xml version="1.0" encoding="utf-8"?>', "<Message>", _group("Header", header), "<Children>", "")
        return "\n".join(lines)

    def closing(self) -> str:
        return "</Children>\n</Message>\n"

    def child(self, child: Child) -> str:
        described = self._written("ChildCharacteristics", child.row) + _list(
            "Disabilities", "Disability", child.disabilities
        )
        parts = (
            _group("ChildIdentifiers", self._written("ChildIdentifiers", child.row)),
            _group("ChildCharacteristics", described),
            *(self._episode(each) for each in child.episodes),
        )
        return "<Child>\n" + "\n".join(parts) + "\n</Child>\n"

    def _episode(self, episode: Episode) -> str:
        own = [each for each in self._elements["CINdetails"] if each != AFTER_THE_GROUPS]
        parts = [
            self._written("CINdetails", episode.row, own),
            *(self._assessment(row) for row in episode.assessments),
            *(_group("CINPlanDates", self._written("CINPlanDates", row)) for row in episode.cin_plans),
            *(_group("Section47", self._written("Section47", row)) for row in episode.section47_enquiries),
            self._written("CINdetails", episode.row, [AFTER_THE_GROUPS]),
            *(self._plan(row) for row in episode.protection_plans),
        ]
        if self._elements["PreProceedingsandFGDM"]:
            group = "PreProceedingsandFGDM"
            parts += (_group(group, self._written(group, row)) for row in episode.pre_proceedings)
        return "<CINdetails>\n" + "\n".join(parts) + "\n</CINdetails>"

    def _assessment(self, row: Row) -> str:
        found = _list("FactorsIdentifiedAtAssessment", "AssessmentFactors", row["factors"])
        return _group("Assessments", self._written("Assessments", row) + found)

    def _plan(self, row: Row) -> str:
        held = _list("Reviews", "CPPreviewDate", (day.isoformat() for day in row["reviews"]))
        return _group("ChildProtectionPlans", self._written("ChildProtectionPlans", row) + held)

    def _written(self, table: str, row: Row, elements: Iterable[str] | None = None) -> str:
        """The elements of a group that have a value, in order."""
        columns = COLUMNS[table]
        chosen = self._elements[table] if elements is None else elements
        return _tags((element, _text(element, row[columns[element]])) for element in chosen)


def _text(element: str, value: Any) -> str | None:
    if element in CODED:
        return CODED[element].get(value)
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, date):
        return value.isoformat()
    return None if value is None else str(value)


def _tags(values: Iterable[tuple[str, str | None]]) -> str:
    return "".join(f"<{name}>{_safe(text)}</{name}>" for name, text in values if text is not None)


def _safe(text: str) -> str:
    """Text as XML may hold it."""
    return escape(NOT_IN_XML.sub("", text))


def _group(name: str, content: str) -> str:
    return f"<{name}>{content}</{name}>"


def _list(wrapper: str, item: str, values: Iterable[str | None]) -> str:
    held = _tags((item, value) for value in values)
    return _group(wrapper, held) if held else ""
