"""A small language for invented census files.

What a group holds comes first, in order, and its own fields after, by name:

    census(2025,
        child("Maya",
            referral("2024-05-01",
                assessment("2024-05-02", "2024-06-20", factors=["3B"]),
                enquiry("2024-06-03", conference="2024-06-20"),
                plan("2024-06-20", category="NEG", reviews=["2024-09-19"]),
                source="2A"),
            born="2019-05-02", sex="F"))

Values are written as given, so that a test can also write what a census should not hold. None leaves an element out and
"" leaves it empty. Work given straight to a child sits in one referral of long ago.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

Value = str | int | bool | None

LONG_AGO = "2019-04-01"
FIRST_WITH_SEX = 2025
GENDER_CODES = {"M": "1", "F": "2", "U": "0"}
BEFORE_NFA = ("Assessments", "CINPlanDates", "Section47")
AFTER_NFA = ("ChildProtectionPlans", "PreProceedingsandFGDM")


@dataclass(frozen=True, slots=True)
class Child:
    identifiers: Mapping[str, Value]
    sex: Value
    died: Value
    ethnicity: Value
    disabilities: tuple[str, ...]
    episodes: tuple[Element, ...]

    def as_xml(self, ends: int) -> Element:
        """The Child group of the collection that ends in this year."""
        return _group(
            "Child",
            _group("ChildIdentifiers", _fields({**self.identifiers, **self._sex(ends), "PersonDeathDate": self.died})),
            _group(
                "ChildCharacteristics",
                _fields({"Ethnicity": self.ethnicity}),
                _wrapped("Disabilities", "Disability", self.disabilities),
            ),
            self.episodes,
        )

    def _sex(self, ends: int) -> dict[str, Value]:
        if ends >= FIRST_WITH_SEX:
            return {"Sex": self.sex}
        return {"GenderCurrent": GENDER_CODES.get(str(self.sex), self.sex)}


@dataclass(frozen=True, slots=True)
class Census:
    name: str
    xml: Element

    def write(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / self.name
        ElementTree.ElementTree(self.xml).write(path, encoding="utf-8", xml_declaration=True)
        return path


def census(
    ends: int,
    *children: Child,
    authority: str | None = "991",
    year: Value = "as the collection",
    reference: Value = "31 March",
    made_at: Value = "noon on 1 June",
    name: str | None = None,
) -> Census:
    """The census file of the collection that ends on 31 March of `ends`."""
    details: dict[str, Value] = {
        "Collection": "CIN",
        "Year": ends if year == "as the collection" else year,
        "ReferenceDate": f"{ends}-03-31" if reference == "31 March" else reference,
    }
    source: dict[str, Value] = {
        "SourceLevel": "L",
        "LEA": authority,
        "SoftwareCode": "Waypost",
        "Release": "1",
        "SerialNo": "001",
        "DateTime": f"{ends}-06-01T12:00:00" if made_at == "noon on 1 June" else made_at,
    }
    header = _group("Header", _group("CollectionDetails", _fields(details)), _group("Source", _fields(source)))
    message = _group("Message", header, _group("Children", [each.as_xml(ends) for each in children]))
    return Census(name or f"cin_{ends}.xml", message)


def child(
    id: str,
    *inside: Element,
    born: Value = "2015-06-01",
    expected: Value = None,
    sex: Value = "F",
    ethnicity: Value = "WBRI",
    disabilities: Iterable[str] = ("NONE",),
    died: Value = None,
    upn: Value = None,
    former_upn: Value = None,
    upn_unknown: Value = "UN2",
) -> Child:
    identifiers: dict[str, Value] = {
        "LAchildID": id,
        "UPN": upn,
        "FormerUPN": former_upn,
        "UPNunknown": upn_unknown,
        "PersonBirthDate": born,
        "ExpectedPersonBirthDate": expected,
    }
    episodes = [group for group in inside if group.tag == "CINdetails"]
    work = [group for group in inside if group.tag != "CINdetails"]
    if work:
        episodes.insert(0, referral(LONG_AGO, *work))
    return Child(identifiers, sex, died, ethnicity, tuple(disabilities), tuple(episodes))


def referral(
    on: Value,
    *inside: Element,
    source: Value = "1A",
    need: Value = "N1",
    closed: Value = None,
    reason: Value = "RC7 if closed",
    conference: Value = None,
    nfa: Value = False,
) -> Element:
    """An episode. `conference` is an initial conference without an enquiry, as of a child who moves in on a plan."""
    if reason == "RC7 if closed":
        reason = "RC7" if closed else None
    start: dict[str, Value] = {
        "CINreferralDate": on,
        "ReferralSource": source,
        "PrimaryNeedCode": need,
        "CINclosureDate": closed,
        "ReasonForClosure": reason,
        "DateOfInitialCPC": conference,
    }
    return _group(
        "CINdetails",
        _fields(start),
        [group for tag in BEFORE_NFA for group in inside if group.tag == tag],
        _fields({"ReferralNFA": nfa}),
        [group for tag in AFTER_NFA for group in inside if group.tag == tag],
    )


def assessment(
    started: Value, authorised: Value = None, *, reviewed: Value = None, factors: Iterable[str] = ()
) -> Element:
    dates: dict[str, Value] = {
        "AssessmentActualStartDate": started,
        "AssessmentInternalReviewDate": reviewed,
        "AssessmentAuthorisationDate": authorised,
    }
    return _group(
        "Assessments", _fields(dates), _wrapped("FactorsIdentifiedAtAssessment", "AssessmentFactors", factors)
    )


def cin_plan(started: Value, ended: Value = None) -> Element:
    return _group("CINPlanDates", _fields({"CINPlanStartDate": started, "CINPlanEndDate": ended}))


def enquiry(started: Value, *, conference: Value = None, target: Value = None, not_required: Value = False) -> Element:
    dates: dict[str, Value] = {
        "S47ActualStartDate": started,
        "InitialCPCtarget": target,
        "DateOfInitialCPC": conference,
        "ICPCnotRequired": not_required,
    }
    return _group("Section47", _fields(dates))


def plan(
    started: Value,
    ended: Value = None,
    *,
    category: Value = "NEG",
    at_first: Value = "as category",
    previous: Value = 0,
    reviews: Iterable[str] = (),
    wrapper_each: bool = False,
) -> Element:
    """A child protection plan. `wrapper_each` gives every review a Reviews element of its own, as some writers do."""
    fields: dict[str, Value] = {
        "CPPstartDate": started,
        "CPPendDate": ended,
        "InitialCategoryOfAbuse": category if at_first == "as category" else at_first,
        "LatestCategoryOfAbuse": category,
        "NumberOfPreviousCPP": previous,
    }
    lots = [[review] for review in reviews] if wrapper_each else [reviews]
    wrappers = [wrapper for lot in lots for wrapper in _wrapped("Reviews", "CPPreviewDate", lot)]
    return _group("ChildProtectionPlans", _fields(fields), wrappers)


def pre_proceedings(
    started: Value,
    decided: Value = None,
    *,
    outcome: Value = None,
    letter: Value = None,
    offered: Value = None,
    held: Value = None,
    first_meeting: Value = None,
    review_meetings: Value = None,
    applied: Value = None,
    care_letter: Value = None,
) -> Element:
    fields: dict[str, Value] = {
        "PPStartDate": started,
        "LBPSentDate": letter,
        "FGDMMeetingOffer": offered,
        "FGDMMeetingFac": held,
        "InitialPPMeetingDate": first_meeting,
        "ReviewMeetingsCount": review_meetings,
        "StepDecisionDate": decided,
        "PPOutcome": outcome,
        "CourtAppDate": applied,
        "LetterInitCPDate": care_letter,
    }
    return _group("PreProceedingsandFGDM", _fields(fields))


def _group(name: str, *parts: Element | Iterable[Element]) -> Element:
    group = Element(name)
    for part in parts:
        group.extend([part] if isinstance(part, Element) else part)
    return group


def _fields(values: Mapping[str, Value]) -> list[Element]:
    return [_field(name, value) for name, value in values.items() if value is not None]


def _field(name: str, value: Value) -> Element:
    field = Element(name)
    field.text = str(value).lower() if isinstance(value, bool) else str(value)
    return field


def _wrapped(wrapper: str, name: str, values: Iterable[str]) -> list[Element]:
    """The values inside one wrapper, or nothing where there are none."""
    group = Element(wrapper)
    for value in values:
        SubElement(group, name).text = value
    return [group] if len(group) else []
