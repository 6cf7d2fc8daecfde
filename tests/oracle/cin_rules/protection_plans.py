"""Rules on child protection plans and their reviews."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .filed import Child, Group
from .lists import CATEGORIES
from .rule import among, each

START, END = "CPPstartDate", "CPPendDate"


@each("ChildProtectionPlans", "1105")
def starts_before_the_referral(plan: Group) -> bool:
    start, referred = plan.date(START), plan.within.date("CINreferralDate")
    return bool(start and referred and start < referred)


@among("2885")
def not_begun_at_the_conference(child: Child) -> Iterator[Group]:
    """Begun in the year, on no day of a conference.

    The conferences are those of the episode's enquiries that need one or do not say; if there is no such enquiry, that
    of the episode.
    """
    for episode in child.episodes:
        enquiries = [group for group in episode.holds["Section47"] if not group.is_yes("ICPCnotRequired")]
        held = {group.date("DateOfInitialCPC") for group in enquiries or [episode]}
        for plan in episode.holds["ChildProtectionPlans"]:
            start = plan.date(START)
            if child.census.in_year(start) and start not in held:
                yield plan


@each("ChildProtectionPlans", "8720")
def start_missing_or_after_the_year(plan: Group) -> bool:
    start = plan.date(START)
    return start is None or start > plan.census.ref


@each("ChildProtectionPlans", "8730")
def previous_plans(plan: Group) -> bool:
    """Not a whole number from nought."""
    return not re.fullmatch("[0-9]+", plan.text("NumberOfPreviousCPP") or "")


@each("ChildProtectionPlans", "8840")
def starts_and_ends_on_one_day(plan: Group) -> bool:
    return plan.date(START) is not None and plan.date(START) == plan.date(END)


@each("Reviews", "8841")
def review_by_the_start(review: Group) -> bool:
    held, start = review.date("CPPreviewDate"), review.within.date(START)
    return bool(held and start and held <= start)


@each("Reviews", "8842Q")
def review_without_a_date(review: Group) -> bool:
    return review.date("CPPreviewDate") is None


@each("ChildProtectionPlans", "8905")
def first_category(plan: Group) -> bool:
    return plan.text("InitialCategoryOfAbuse") not in CATEGORIES


@each("ChildProtectionPlans", "8910")
def latest_category(plan: Group) -> bool:
    return plan.text("LatestCategoryOfAbuse") not in CATEGORIES


@each("ChildProtectionPlans", "8925")
def ends_before_it_starts(plan: Group) -> bool:
    start, end = plan.date(START), plan.date(END)
    return bool(start and end and end < start)


@each("ChildProtectionPlans", "8930")
def ends_outside_the_year(plan: Group) -> bool:
    return plan.census.outside_year(plan.date(END))


@among("8935")
def several_open(child: Child) -> Iterator[Group]:
    """Two or more of the child's are open."""
    found = [plan for plan in child.all("ChildProtectionPlans") if plan.date(END) is None]
    if len(found) >= 2:
        yield from found


@among("8940")
def overlap(child: Child) -> Iterator[Group]:
    """One of the child's starts while another is open, both end days counted."""
    for later in child.all("ChildProtectionPlans"):
        for earlier in child.all("ChildProtectionPlans"):
            begun, since = later.date(START), earlier.date(START)
            if later is earlier or begun is None or since is None:
                continue
            if since <= begun <= (earlier.date(END) or child.census.ref):
                yield later
