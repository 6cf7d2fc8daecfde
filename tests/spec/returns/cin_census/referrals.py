"""Rules of an episode from its referral."""

from __future__ import annotations

from tests.spec.returns.cin_census.filed import assessment, child, cin_plan, enquiry, episode, plan
from tests.spec.returns.cin_census.worked import worked

EXAMPLES = (
    worked(
        "4000",
        fails=episode(cin_plan(), ReferralNFA="true"),
        passes=episode(cin_plan(), ReferralNFA="0"),
        at="CINPlanDates 1",
    ),
    worked(
        "8555Q",
        fails=child(episode(CINreferralDate="2025-09-02"), PersonDeathDate="2025-09-01"),
        passes=child(episode(CINreferralDate="2025-09-01"), PersonDeathDate="2025-09-01"),
        at="CINdetails 1",
    ),
    worked("8568", fails=episode(ReferralNFA="no"), passes=episode(ReferralNFA="FALSE")),
    worked(
        "8569Q",
        fails=episode(CINreferralDate="2025-03-28", ReferralNFA="1"),
        passes=episode(CINreferralDate="2025-03-31", ReferralNFA="1"),
        because="31 March 2025 is the last working day before the year",
    ),
    worked("8600", fails=episode(CINreferralDate="2026-04-01"), passes=episode(CINreferralDate="2026-03-31")),
    worked(
        "8606",
        fails=child(episode(CINreferralDate="2025-05-12"), PersonBirthDate=None, ExpectedPersonBirthDate="2026-02-17"),
        passes=child(episode(CINreferralDate="2025-05-12"), PersonBirthDate=None, ExpectedPersonBirthDate="2026-02-16"),
        because="16 February 2026 is 280 days after the referral",
        at="CINdetails 1",
    ),
    worked(
        "8610",
        fails=episode(ReferralNFA="0", PrimaryNeedCode=None),
        passes=episode(ReferralNFA="1", PrimaryNeedCode=None),
    ),
    worked("8650", fails=episode(PrimaryNeedCode="N10"), passes=episode(PrimaryNeedCode="N9")),
    worked(
        "8815",
        fails=(episode(CINreferralDate="2025-05-12"), episode(CINreferralDate="2025-11-03")),
        passes=(
            episode(CINreferralDate="2025-05-12", CINclosureDate="2025-10-06"),
            episode(CINreferralDate="2025-11-03"),
        ),
        at="CINdetails 1, CINdetails 2",
    ),
    worked(
        "8816",
        fails=(
            episode(CINreferralDate="2025-05-12"),
            episode(CINreferralDate="2025-05-12", CINclosureDate="2025-10-06", ReasonForClosure="RC7"),
        ),
        passes=(
            episode(CINreferralDate="2025-05-13"),
            episode(CINreferralDate="2025-05-12", CINclosureDate="2025-10-06", ReasonForClosure="RC7"),
        ),
        because="of two referred on one day, the open one is not the latest",
        at="CINdetails 1",
    ),
    worked(
        "8820",
        fails=(
            episode(CINreferralDate="2025-05-12", CINclosureDate="2025-10-06"),
            episode(CINreferralDate="2025-10-05"),
        ),
        passes=(
            episode(CINreferralDate="2025-05-12", CINclosureDate="2025-10-06"),
            episode(CINreferralDate="2025-10-06"),
        ),
        because="an episode may start on the day that the one before it closes",
        at="CINdetails 2",
    ),
    worked(
        "8831",
        fails=episode(
            assessment(AssessmentActualStartDate="2025-05-12", AssessmentAuthorisationDate=None),
            enquiry(S47ActualStartDate=None, DateOfInitialCPC="2025-06-09"),
            ReferralNFA="1",
            DateOfInitialCPC="2025-06-10",
        ),
        passes=episode(
            assessment(AssessmentActualStartDate=None, AssessmentAuthorisationDate=None),
            enquiry(S47ActualStartDate=None, DateOfInitialCPC=None),
            ReferralNFA="1",
        ),
        because="a group with none of its dates does not count",
        at="CINdetails 1, Assessments 1, Section47 1",
    ),
    worked(
        "8832",
        fails=episode(plan(), ReferralNFA="1"),
        passes=episode(plan(), ReferralNFA="0"),
        at="ChildProtectionPlans 1",
    ),
    worked(
        "8866",
        fails=episode(CINreferralDate="2013-04-01", ReferralSource=None),
        passes=episode(CINreferralDate="2013-03-31", ReferralSource=None),
    ),
)
