"""Rules on child in need plans, alone and beside protection plans."""

from __future__ import annotations

from collections.abc import Iterator

from .filed import Child, Group
from .rule import among, each

START, END = "CINPlanStartDate", "CINPlanEndDate"


@among("4001")
def open_beside_an_open_protection_plan(child: Child) -> Iterator[Group]:
    """Of one episode; every open plan of both kinds is shown."""
    for episode in child.episodes:
        protection = [plan for plan in episode.holds["ChildProtectionPlans"] if plan.date("CPPendDate") is None]
        in_need = [plan for plan in episode.holds["CINPlanDates"] if plan.date(END) is None]
        if protection and in_need:
            yield from (*protection, *in_need)


@among("4003")
def protection_review_during_it(child: Child) -> Iterator[Group]:
    """A review held from its start to before its end, and not on the day the protection plan ended."""
    for episode in child.episodes:
        reviews = [item for plan in episode.holds["ChildProtectionPlans"] for item in plan.holds["Reviews"]]
        for review in reviews:
            for plan in episode.holds["CINPlanDates"]:
                held, start, end = review.date("CPPreviewDate"), plan.date(START), plan.date(END)
                if held and start and end and start <= held < end and held != review.within.date("CPPendDate"):
                    yield review


@among("4004")
def several_open(child: Child) -> Iterator[Group]:
    """Two or more of an episode are open; every one of it is shown."""
    for episode in child.episodes:
        plans = episode.holds["CINPlanDates"]
        if sum(plan.date(END) is None for plan in plans) >= 2:
            yield from plans


@each("CINPlanDates", "4010")
def start_missing_or_after_the_year(plan: Group) -> bool:
    start = plan.date(START)
    return start is None or start > plan.census.ref


@each("CINPlanDates", "4011")
def ends_before_it_starts(plan: Group) -> bool:
    start, end = plan.date(START), plan.date(END)
    return bool(start and end and end < start)


@each("CINPlanDates", "4012Q")
def starts_and_ends_on_one_day(plan: Group) -> bool:
    return plan.date(START) is not None and plan.date(START) == plan.date(END)


@each("CINPlanDates", "4013")
def ends_outside_the_year(plan: Group) -> bool:
    return plan.census.outside_year(plan.date(END))


@among("4014")
def overlap(child: Child) -> Iterator[Group]:
    """One of the child's starts while another is open, both end days counted."""
    for later in child.all("CINPlanDates"):
        for earlier in child.all("CINPlanDates"):
            begun, since = later.date(START), earlier.date(START)
            if later is earlier or begun is None or since is None:
                continue
            if since <= begun <= (earlier.date(END) or child.census.ref):
                yield later


@each("CINPlanDates", "4015")
def starts_before_the_referral(plan: Group) -> bool:
    start, referred = plan.date(START), plan.within.date("CINreferralDate")
    return bool(start and referred and start < referred)


def _starts_during(child: Child, starting: tuple[str, str], other: tuple[str, str, str]) -> Iterator[Group]:
    """A plan of one kind that starts before one of another kind ends, or by the reference date."""
    table, start = starting
    other_table, other_start, other_end = other
    for plan in child.all(table):
        for beside in child.all(other_table):
            begun, since, end = plan.date(start), beside.date(other_start), beside.date(other_end)
            if begun is None or since is None or begun < since:
                continue
            if begun < end if end is not None else begun <= child.census.ref:
                yield plan


@among("4016")
def starts_during_a_protection_plan(child: Child) -> Iterator[Group]:
    yield from _starts_during(child, ("CINPlanDates", START), ("ChildProtectionPlans", "CPPstartDate", "CPPendDate"))


@among("4017")
def protection_plan_starts_during_it(child: Child) -> Iterator[Group]:
    yield from _starts_during(child, ("ChildProtectionPlans", "CPPstartDate"), ("CINPlanDates", START, END))
