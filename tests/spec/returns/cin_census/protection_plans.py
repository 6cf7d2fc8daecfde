"""Rules of child protection plans and their reviews."""

from __future__ import annotations

from tests.spec.returns.cin_census.filed import child, cin_plan, enquiry, episode, plan, undated_review
from tests.spec.returns.cin_census.worked import worked

EXAMPLES = (
    worked(
        "1105",
        fails=episode(plan(CPPstartDate="2025-05-11"), CINreferralDate="2025-05-12"),
        passes=episode(plan(CPPstartDate="2025-05-12"), CINreferralDate="2025-05-12"),
        at="ChildProtectionPlans 1",
    ),
    worked(
        "2885",
        fails=episode(
            enquiry(DateOfInitialCPC="2025-06-09"), plan(CPPstartDate="2025-06-10"), DateOfInitialCPC="2025-06-10"
        ),
        passes=episode(enquiry(DateOfInitialCPC="2025-06-09"), plan(CPPstartDate="2025-06-09")),
        because="where the episode has an enquiry, it is the enquiry's conference that counts",
        at="ChildProtectionPlans 1",
    ),
    worked(
        "2885",
        fails=episode(plan(CPPstartDate="2025-06-10"), enquiry(DateOfInitialCPC=None, ICPCnotRequired="TRUE")),
        passes=episode(
            plan(CPPstartDate="2025-06-10"),
            enquiry(DateOfInitialCPC=None, ICPCnotRequired="TRUE"),
            DateOfInitialCPC="2025-06-10",
        ),
        because="an enquiry that required no conference is left aside",
        at="ChildProtectionPlans 1",
    ),
    worked(
        "4003",
        fails=episode(
            cin_plan(CINPlanStartDate="2025-12-01", CINPlanEndDate="2026-02-02"),
            plan("2025-09-08", "2025-12-01", CPPendDate="2025-12-02"),
        ),
        passes=episode(
            cin_plan(CINPlanStartDate="2025-12-01", CINPlanEndDate="2026-02-02"),
            plan("2025-09-08", "2025-12-01", CPPendDate="2025-12-01"),
        ),
        because="the review that ended the protection plan may be on the day that the plan in need starts",
        at="Reviews 2",
    ),
    worked("8720", fails=plan(CPPstartDate="2026-04-01"), passes=plan(CPPstartDate="2026-03-31")),
    worked("8730", fails=plan(NumberOfPreviousCPP="-1"), passes=plan(NumberOfPreviousCPP="0")),
    worked(
        "8840",
        fails=plan(CPPstartDate="2025-06-09", CPPendDate="2025-06-09"),
        passes=plan(CPPstartDate="2025-06-09", CPPendDate="2025-06-10"),
    ),
    worked(
        "8841",
        fails=plan("2025-09-08", "2025-06-09", CPPstartDate="2025-06-09"),
        passes=plan("2025-09-08", "2025-06-10", CPPstartDate="2025-06-09"),
        at="Reviews 2",
    ),
    worked("8842Q", fails=plan("2025-09-08", "08/12/2025"), passes=plan("2025-09-08", "2025-12-08"), at="Reviews 2"),
    worked("8842Q", fails=undated_review(), passes=plan("2025-09-08"), at="Reviews 1"),
    worked("8905", fails=plan(InitialCategoryOfAbuse="neg"), passes=plan(InitialCategoryOfAbuse="NEG")),
    worked("8910", fails=plan(LatestCategoryOfAbuse=None), passes=plan(LatestCategoryOfAbuse="MUL")),
    worked(
        "8915",
        fails=child(episode(plan(CPPstartDate="2025-09-02")), PersonDeathDate="2025-09-01"),
        passes=child(episode(plan(CPPstartDate="2025-09-01")), PersonDeathDate="2025-09-01"),
        at="ChildProtectionPlans 1",
    ),
    worked(
        "8920",
        fails=child(episode(plan(CPPendDate="2025-09-02")), PersonDeathDate="2025-09-01"),
        passes=child(episode(plan(CPPendDate="2025-09-01")), PersonDeathDate="2025-09-01"),
        at="ChildProtectionPlans 1",
    ),
    worked(
        "8925",
        fails=plan(CPPstartDate="2025-06-09", CPPendDate="2025-06-03"),
        passes=plan(CPPstartDate="2025-06-09", CPPendDate="2025-06-09"),
    ),
    worked("8930", fails=plan(CPPendDate="2026-04-01"), passes=plan(CPPendDate="2026-03-31")),
    worked(
        "8935",
        fails=(episode(plan(CPPendDate=None)), episode(plan(CPPendDate=None), CINreferralDate="2025-11-03")),
        passes=(episode(plan(CPPendDate="2025-10-06")), episode(plan(CPPendDate=None), CINreferralDate="2025-11-03")),
        at="ChildProtectionPlans 1, ChildProtectionPlans 2",
    ),
    worked(
        "8940",
        fails=(
            episode(plan(CPPstartDate="2025-06-09", CPPendDate="2025-12-01")),
            episode(plan(CPPstartDate="2025-12-01"), CINreferralDate="2025-11-03"),
        ),
        passes=(
            episode(plan(CPPstartDate="2025-06-09", CPPendDate="2025-12-01")),
            episode(plan(CPPstartDate="2025-12-02"), CINreferralDate="2025-11-03"),
        ),
        because="to start on the day that the other ends is an overlap, and so it is in another episode",
        at="ChildProtectionPlans 2",
    ),
)
