"""Rules of child in need plans."""

from __future__ import annotations

from tests.spec.returns.cin_census.filed import child, cin_plan, episode, plan
from tests.spec.returns.cin_census.worked import worked

EXAMPLES = (
    worked(
        "4001",
        fails=episode(cin_plan(CINPlanEndDate=None), plan(CPPendDate=None)),
        passes=episode(cin_plan(CINPlanEndDate="2025-06-30"), plan(CPPendDate=None)),
        at="CINPlanDates 1, ChildProtectionPlans 1",
    ),
    worked(
        "4004",
        fails=(cin_plan(CINPlanEndDate=None), cin_plan(CINPlanEndDate="2025-06-30"), cin_plan(CINPlanEndDate=None)),
        passes=(cin_plan(CINPlanEndDate=None), cin_plan(CINPlanEndDate="2025-06-30")),
        because="those that have ended are shown too",
        at="CINPlanDates 1, CINPlanDates 2, CINPlanDates 3",
    ),
    worked(
        "4008",
        fails=child(episode(cin_plan(CINPlanStartDate="2025-09-02")), PersonDeathDate="2025-09-01"),
        passes=child(episode(cin_plan(CINPlanStartDate="2025-09-01")), PersonDeathDate="2025-09-01"),
        at="CINPlanDates 1",
    ),
    worked(
        "4009Q",
        fails=child(episode(cin_plan(CINPlanEndDate="2025-09-02")), PersonDeathDate="2025-09-01"),
        passes=child(episode(cin_plan(CINPlanEndDate="2025-09-01")), PersonDeathDate="2025-09-01"),
        at="CINPlanDates 1",
    ),
    worked("4010", fails=cin_plan(CINPlanStartDate="2026-04-01"), passes=cin_plan(CINPlanStartDate="2026-03-31")),
    worked(
        "4011",
        fails=cin_plan(CINPlanStartDate="2025-06-23", CINPlanEndDate="2025-06-22"),
        passes=cin_plan(CINPlanStartDate="2025-06-23", CINPlanEndDate="2025-06-23"),
    ),
    worked(
        "4012Q",
        fails=cin_plan(CINPlanStartDate="2025-06-23", CINPlanEndDate="2025-06-23"),
        passes=cin_plan(CINPlanStartDate="2025-06-23", CINPlanEndDate="2025-06-24"),
    ),
    worked("4013", fails=cin_plan(CINPlanEndDate="2026-04-01"), passes=cin_plan(CINPlanEndDate="2026-03-31")),
    worked(
        "4014",
        fails=(
            episode(cin_plan(CINPlanStartDate="2025-06-23", CINPlanEndDate="2025-09-01"), CINclosureDate="2025-09-01"),
            episode(cin_plan(CINPlanStartDate="2025-09-01"), CINreferralDate="2025-09-01"),
        ),
        passes=(
            episode(cin_plan(CINPlanStartDate="2025-06-23", CINPlanEndDate="2025-09-01"), CINclosureDate="2025-09-01"),
            episode(cin_plan(CINPlanStartDate="2025-09-02"), CINreferralDate="2025-09-01"),
        ),
        because="to start on the day that the other ends is an overlap, and so it is in another episode",
        at="CINPlanDates 2",
    ),
    worked(
        "4014",
        fails=(cin_plan(CINPlanStartDate="2025-06-23"), cin_plan(CINPlanStartDate="2025-06-23")),
        passes=cin_plan(CINPlanStartDate="2025-06-23"),
        because="two that start on one day both fail",
        at="CINPlanDates 1, CINPlanDates 2",
    ),
    worked(
        "4015",
        fails=episode(cin_plan(CINPlanStartDate="2025-05-11"), CINreferralDate="2025-05-12"),
        passes=episode(cin_plan(CINPlanStartDate="2025-05-12"), CINreferralDate="2025-05-12"),
        at="CINPlanDates 1",
    ),
    worked(
        "4016",
        fails=episode(
            cin_plan(CINPlanStartDate="2025-09-01"), plan(CPPstartDate="2025-06-09", CPPendDate="2025-09-02")
        ),
        passes=episode(
            cin_plan(CINPlanStartDate="2025-09-02"), plan(CPPstartDate="2025-06-09", CPPendDate="2025-09-02")
        ),
        at="CINPlanDates 1",
    ),
    worked(
        "4017",
        fails=episode(
            cin_plan(CINPlanStartDate="2025-05-20", CINPlanEndDate="2025-06-10"), plan(CPPstartDate="2025-06-09")
        ),
        passes=episode(
            cin_plan(CINPlanStartDate="2025-05-20", CINPlanEndDate="2025-06-09"), plan(CPPstartDate="2025-06-09")
        ),
        at="ChildProtectionPlans 1",
    ),
)
