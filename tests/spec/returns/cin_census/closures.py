"""Rules of how an episode ended."""

from __future__ import annotations

from tests.spec.returns.cin_census.filed import assessment, child, cin_plan, enquiry, episode, plan
from tests.spec.returns.cin_census.worked import worked

EXAMPLES = (
    worked(
        "2990",
        fails=episode(
            enquiry(),
            plan(),
            cin_plan(),
            CINclosureDate="2025-09-01",
            ReasonForClosure="RC8",
            DateOfInitialCPC="2025-06-09",
        ),
        passes=episode(assessment(), CINclosureDate="2025-09-01", ReasonForClosure="RC8"),
        at="CINdetails 1, Section47 1, ChildProtectionPlans 1, CINPlanDates 1",
    ),
    worked(
        "8565",
        fails=episode(
            assessment(AssessmentAuthorisationDate="2025-09-02"),
            enquiry(DateOfInitialCPC="2025-09-03"),
            plan(CPPendDate="2025-09-04"),
            cin_plan(CINPlanEndDate="2025-09-05"),
            CINclosureDate="2025-09-01",
            DateOfInitialCPC="2025-09-08",
        ),
        passes=episode(
            assessment(AssessmentAuthorisationDate="2025-09-01"),
            plan("2025-12-01", CPPstartDate="2025-09-02", CPPendDate=None),
            CINclosureDate="2025-09-01",
        ),
        because="the start of a protection plan and its reviews are not among the dates looked at",
        at="CINdetails 1, Assessments 1, Section47 1, ChildProtectionPlans 1, CINPlanDates 1",
    ),
    worked(
        "8585Q",
        fails=child(episode(CINclosureDate="2025-09-01", ReasonForClosure="RC2")),
        passes=child(episode(CINclosureDate="2025-09-01", ReasonForClosure="RC2"), PersonDeathDate="2025-09-01"),
        at="CINdetails 1",
    ),
    worked("8620", fails=episode(CINclosureDate="2026-04-01"), passes=episode(CINclosureDate="2026-03-31")),
    worked(
        "8630",
        fails=episode(CINreferralDate="2025-05-12", CINclosureDate="2025-05-11"),
        passes=episode(CINreferralDate="2025-05-12", CINclosureDate="2025-05-12"),
    ),
    worked(
        "8640",
        fails=episode(CINclosureDate="2025-09-01", ReasonForClosure="RC10"),
        passes=episode(CINclosureDate="2025-09-01", ReasonForClosure="RC9"),
    ),
    worked(
        "8805",
        fails=episode(CINclosureDate="2025-09-01"),
        passes=episode(CINclosureDate="2025-09-01", ReasonForClosure="RC7"),
    ),
    worked(
        "8810",
        fails=episode(ReasonForClosure="RC7"),
        passes=episode(CINclosureDate="2025-09-01", ReasonForClosure="RC7"),
    ),
    worked(
        "8825Q",
        fails=episode(CINclosureDate="2025-09-01", ReasonForClosure="RC9"),
        passes=episode(assessment(), CINclosureDate="2025-09-01", ReasonForClosure="RC9"),
    ),
)
