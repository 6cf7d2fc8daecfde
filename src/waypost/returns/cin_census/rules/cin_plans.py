"""Rules of child in need plans, and of those that run beside a child protection plan."""

from __future__ import annotations

from waypost.returns.cin_census.census import CHILDREN, CIN_PLANS, PLANS, Mask, Places, Rows
from waypost.returns.cin_census.conditions import day_before, missing, open_until, outside, under_way
from waypost.returns.cin_census.declare import each, each_beside, error, query


def _is_open(plan: Rows) -> Mask:
    return missing(plan.CINPlanEndDate)


def _is_open_protection(plan: Rows) -> Mask:
    return missing(plan.CPPendDate)


def _overlapped(plan: Rows) -> Places:
    started = plan.CINPlanStartDate
    until = open_until(plan.CINPlanEndDate, plan.year)
    return under_way(plan, started, plan, since=started, until=until, within=CHILDREN, not_itself=True)


def _protection_under_way(plan: Rows) -> Places:
    protection = plan.all(PLANS)
    until = open_until(day_before(protection.CPPendDate), plan.year)
    return under_way(
        plan, plan.CINPlanStartDate, protection, since=protection.CPPstartDate, until=until, within=CHILDREN
    )


def _in_need_under_way(protection: Rows) -> Places:
    plan = protection.all(CIN_PLANS)
    until = open_until(day_before(plan.CINPlanEndDate), protection.year)
    return under_way(
        protection, protection.CPPstartDate, plan, since=plan.CINPlanStartDate, until=until, within=CHILDREN
    )


OWN_DATES = (
    error(
        "4004",
        "More than one open CIN plan",
        each(
            CIN_PLANS,
            lambda plan: plan.episode.count(CIN_PLANS, _is_open) > 1,
            shows="CINPlanEndDate",
        ),
        says="The episode has more than one child in need plan that has not ended.",
        put_right="Give the date on which each earlier plan ended.",
    ),
    error(
        "4008",
        "CIN plan starts after death",
        each(
            CIN_PLANS,
            lambda plan: plan.CINPlanStartDate > plan.child.PersonDeathDate,
            shows="ChildIdentifiers.PersonDeathDate CINPlanStartDate",
        ),
        says="The child in need plan starts after the child's death.",
        put_right="Correct whichever date is wrong.",
    ),
    query(
        "4009Q",
        "CIN plan ends after death",
        each(
            CIN_PLANS,
            lambda plan: plan.CINPlanEndDate > plan.child.PersonDeathDate,
            shows="ChildIdentifiers.PersonDeathDate CINPlanEndDate",
        ),
        says="The child in need plan ends after the child's death.",
        put_right="Give the date of death as the plan's end, or explain why it ended later.",
    ),
    error(
        "4010",
        "CIN plan start missing or after the year",
        each(
            CIN_PLANS,
            lambda plan: missing(plan.CINPlanStartDate) | (plan.CINPlanStartDate > plan.year.ends_on),
            shows="CINPlanStartDate Header.ReferenceDate",
        ),
        says="The child in need plan has no start, or one after the end of the year.",
        put_right="Give the date on which the plan started, or leave out a plan of the year that follows.",
    ),
    error(
        "4011",
        "CIN plan ends before it starts",
        each(
            CIN_PLANS,
            lambda plan: plan.CINPlanEndDate < plan.CINPlanStartDate,
            shows="CINPlanEndDate CINPlanStartDate",
        ),
        says="The child in need plan ends before it starts.",
        put_right="Correct whichever date is wrong.",
    ),
    query(
        "4012Q",
        "CIN plan starts and ends on one day",
        each(
            CIN_PLANS,
            lambda plan: plan.CINPlanStartDate == plan.CINPlanEndDate,
            shows="CINPlanStartDate CINPlanEndDate",
        ),
        says="The child in need plan starts and ends on the same day.",
        put_right="Correct whichever date is wrong, or explain why the plan lasted a day.",
    ),
    error(
        "4013",
        "CIN plan end outside the year",
        each(
            CIN_PLANS,
            lambda plan: outside(plan.CINPlanEndDate, plan.year),
            shows="CINPlanEndDate Header.ReferenceDate",
        ),
        says="The child in need plan ended on a day that is not in the year of the return.",
        put_right="Correct the date, or leave out a plan that ended in another year.",
    ),
    error(
        "4014",
        "CIN plans overlap",
        each_beside(
            CIN_PLANS,
            CIN_PLANS,
            _overlapped,
            shows="CINPlanStartDate",
            beside_shows="CINPlanStartDate CINPlanEndDate",
        ),
        says="The child in need plan starts while another of the child's has not ended.",
        put_right="End the earlier plan before the day on which the later one starts.",
    ),
    error(
        "4015",
        "CIN plan starts before the referral",
        each(
            CIN_PLANS,
            lambda plan: plan.CINPlanStartDate < plan.episode.CINreferralDate,
            shows="CINPlanStartDate CINdetails.CINreferralDate",
        ),
        says="The child in need plan starts before the referral that it follows.",
        put_right="Correct whichever date is wrong, or move the plan to the episode that it belongs to.",
    ),
)

BESIDE_PROTECTION = (
    error(
        "4001",
        "Open CIN plan beside an open protection plan",
        each(
            CIN_PLANS,
            lambda plan: _is_open(plan) & plan.episode.any(PLANS, _is_open_protection),
            shows="CINPlanEndDate",
        ),
        each(
            PLANS,
            lambda plan: _is_open_protection(plan) & plan.episode.any(CIN_PLANS, _is_open),
            shows="CPPendDate",
        ),
        says="The episode has a child in need plan and a child protection plan that are both open.",
        put_right="Give the date on which the child in need plan ended, or on which the protection plan did.",
    ),
    error(
        "4016",
        "CIN plan starts during a protection plan",
        each_beside(
            CIN_PLANS,
            PLANS,
            _protection_under_way,
            shows="CINPlanStartDate",
            beside_shows="CPPstartDate CPPendDate",
        ),
        says="The child in need plan starts while the child is on a child protection plan.",
        put_right="Start it on the day that the protection plan ended, or later.",
    ),
    error(
        "4017",
        "Protection plan starts during a CIN plan",
        each_beside(
            PLANS,
            CIN_PLANS,
            _in_need_under_way,
            shows="CPPstartDate",
            beside_shows="CINPlanStartDate CINPlanEndDate",
        ),
        says="The child protection plan starts while the child is on a child in need plan.",
        put_right="End the child in need plan by the day on which the protection plan started.",
    ),
)

RULES = (*OWN_DATES, *BESIDE_PROTECTION)
