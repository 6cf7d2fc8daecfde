"""What would be an error at the return, asked of the live record all year, so that it is put right while it is fresh.

The record is read as the return reads it, and its rules are asked of what would be sent. What they find goes back to
the record with the words of the rule and the names of its own fields, for a record knows no return
(docs/adr/0032-checking-a-return-in-the-browser.md).
"""

from __future__ import annotations

import tempfile
import uuid
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from waypost.access.models import Authority
from waypost.domain.errors import WrongUse
from waypost.domain.periods import FinancialYear
from waypost.performance.checks.place import OWNER_ONLY
from waypost.records.casework.models import Child
from waypost.records.pathway import quality
from waypost.records.pathway.quality import Found

if TYPE_CHECKING:
    from waypost.returns.cin_census.declare import Rule

FIELDS: Mapping[str, str] = {
    "ChildIdentifiers.LAchildID": "numbers.value",
    "ChildIdentifiers.UPN": "numbers.value",
    "ChildIdentifiers.FormerUPN": "numbers.value",
    "ChildIdentifiers.UPNunknown": "numbers.value",
    "ChildIdentifiers.PersonBirthDate": "person.born_on",
    "ChildIdentifiers.ExpectedPersonBirthDate": "person.expected_on",
    "ChildIdentifiers.PersonDeathDate": "person.died_on",
    "ChildIdentifiers.Sex": "person.sex",
    "ChildIdentifiers.GenderCurrent": "person.sex",
    "ChildCharacteristics.Ethnicity": "person.ethnicity",
    "Disabilities.Disability": "person.disabilities",
    "CINdetails.CINreferralDate": "referral.received_on",
    "CINdetails.ReferralSource": "referral.source",
    "CINdetails.PrimaryNeedCode": "referral.need",
    "CINdetails.CINclosureDate": "referral.closed_on",
    "CINdetails.ReasonForClosure": "referral.closure_reason",
    "CINdetails.DateOfInitialCPC": "conference.held_on",
    "CINdetails.ReferralNFA": "referral.decision",
    "Assessments.AssessmentActualStartDate": "assessment.started_on",
    "Assessments.AssessmentInternalReviewDate": "assessment.reviewed_on",
    "Assessments.AssessmentAuthorisationDate": "assessment.authorised_on",
    "FactorsIdentifiedAtAssessment.AssessmentFactors": "assessment.factors",
    "CINPlanDates.CINPlanStartDate": "cin_plan.started_on",
    "CINPlanDates.CINPlanEndDate": "cin_plan.ended_on",
    "Section47.S47ActualStartDate": "enquiry.started_on",
    "Section47.InitialCPCtarget": "enquiry.conference_target_on",
    "Section47.DateOfInitialCPC": "conference.held_on",
    "Section47.ICPCnotRequired": "enquiry.decision",
    "ChildProtectionPlans.CPPstartDate": "plan.started_on",
    "ChildProtectionPlans.CPPendDate": "plan.ended_on",
    "ChildProtectionPlans.InitialCategoryOfAbuse": "plan.category",
    "ChildProtectionPlans.LatestCategoryOfAbuse": "plan.category",
    "ChildProtectionPlans.NumberOfPreviousCPP": "plan.previous_elsewhere",
    "Reviews.CPPreviewDate": "conference.held_on",
}
"""The field of the record that each field of the return comes from."""


def check_due() -> int:
    """Checks the record of each authority for which it is time, and gives how many shortcomings are open in them."""
    return sum(check(authority) for authority in quality.due(timezone.localdate()))


def check(authority: Authority) -> int:
    """Asks the rules of the record of an authority as it is now. A record with no referral breaks none."""
    began_at, today = timezone.now(), timezone.localdate()
    rules, found = "", list[Found]()
    with suppress(WrongUse):  # There is nothing to count yet, and so nothing to put right.
        rules, found = _asked(authority, today)
    return quality.keep(authority, found, rules=rules, began_at=began_at)


def _asked(authority: Authority, today: date) -> tuple[str, list[Found]]:
    """The rules that were asked, and what they found: those of this year or, until they are settled, of the last."""
    from waypost.extract import extract
    from waypost.returns import cin_census
    from waypost.returns.cin_census import writing

    dataset = extract(authority.code)
    year = FinancialYear.holding(today)
    settings.CHECKING_DIR.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY)
    with tempfile.TemporaryDirectory(dir=settings.CHECKING_DIR, prefix="record-") as aside:
        path = Path(aside) / "record.xml"
        with path.open("w", encoding="utf-8", newline="\n") as out:
            writing.write(dataset, year, made_at=timezone.now(), out=out)
        filing = cin_census.read_file(path)
    # As if the year ended today: an assessment that was begun last week is not open too long because March will come.
    filing.header["ReferenceDate"] = min(today, year.end).isoformat()
    collection = cin_census.collection_for(str(year))
    issues = cin_census.validate_filing(filing, collection).issues
    keys = _children(authority)
    times = Counter((keys[each.child_id], each.rule) for each in issues if each.child_id in keys)
    fields = {each.rule: each.fields for each in issues}
    return f"children in need census {collection.name}", [
        _found(child, collection.rules[rule], fields[rule], number) for (child, rule), number in times.items()
    ]


def _found(child: uuid.UUID, rule: Rule, fields: tuple[str, ...], times: int) -> Found:
    named = tuple(dict.fromkeys(FIELDS[name] for name in fields if name in FIELDS))
    return Found(child, rule.code, rule.severity, rule.title, rule.says, rule.put_right, named, times)


def _children(authority: Authority) -> Mapping[str | None, uuid.UUID]:
    """The record of each child by the id that the return knows the child by."""
    from waypost.extract.who import who

    ids = {each.person: id for id, each in who(authority, None).people.items()}
    rows = Child.objects.filter(authority=authority).values_list("pk", "person")
    return {ids[person]: key for key, person in rows if person in ids}
