"""Rules of child protection plans and of their reviews."""

from __future__ import annotations

import numpy as np

from waypost.domain.codes import CODE_LISTS
from waypost.returns.cin_census.census import (
    CHILDREN,
    CIN_PLANS,
    EPISODES,
    PLANS,
    REVIEWS,
    SECTION_47,
    Mask,
    Places,
    Rows,
)
from waypost.returns.cin_census.conditions import (
    NONE,
    are_digits,
    day_before,
    inside,
    is_code,
    is_yes,
    missing,
    open_until,
    outside,
    same_day,
    under_way,
)
from waypost.returns.cin_census.declare import Each, each, each_beside, error, query

CATEGORIES = CODE_LISTS["category_of_abuse"]


def _is_open(plan: Rows) -> Mask:
    return missing(plan.CPPendDate)


def _may_have_led_to_a_plan(enquiry: Rows) -> Mask:
    """Does not say that no conference was required."""
    return ~is_yes(enquiry.ICPCnotRequired)


def _first_enquiry(plan: Rows) -> Places:
    return plan.episode.first(SECTION_47, _may_have_led_to_a_plan)


def _without_enquiry(plan: Rows) -> Mask:
    return _first_enquiry(plan) == NONE


def _starts_on_no_conference_of_an_enquiry(plan: Rows) -> Mask:
    enquiry = plan.all(SECTION_47)
    held = np.where(_may_have_led_to_a_plan(enquiry), enquiry.DateOfInitialCPC, np.datetime64("NaT"))
    conference = same_day(plan, plan.CPPstartDate, enquiry, held, within=EPISODES)
    return inside(plan.CPPstartDate, plan.year) & ~_without_enquiry(plan) & (conference == NONE)


def _starts_on_no_conference_of_its_episode(plan: Rows) -> Mask:
    is_on_the_day = plan.episode.DateOfInitialCPC == plan.CPPstartDate
    return inside(plan.CPPstartDate, plan.year) & _without_enquiry(plan) & ~is_on_the_day


def _overlapped(plan: Rows) -> Places:
    started = plan.CPPstartDate
    until = open_until(plan.CPPendDate, plan.year)
    return under_way(plan, started, plan, since=started, until=until, within=CHILDREN, not_itself=True)


def _reviewed_during_a_cin_plan(review: Rows) -> Places:
    """The last day of the protection plan itself is left out."""
    in_need = review.all(CIN_PLANS)
    reviewed = np.where(review.CPPreviewDate == review.plan.CPPendDate, np.datetime64("NaT"), review.CPPreviewDate)
    return under_way(
        review,
        reviewed,
        in_need,
        since=in_need.CINPlanStartDate,
        until=day_before(in_need.CINPlanEndDate),
        within=EPISODES,
    )


def _category_missing(element: str) -> Each:
    return each(PLANS, lambda plan: ~is_code(getattr(plan, element), CATEGORIES), shows=element)


DATES = (
    error(
        "1105",
        "Protection plan starts before the referral",
        each(
            PLANS,
            lambda plan: plan.CPPstartDate < plan.episode.CINreferralDate,
            shows="CPPstartDate CINdetails.CINreferralDate",
        ),
        says="The child protection plan starts before the referral that it follows.",
        put_right="Correct whichever date is wrong, or move the plan to the episode that it belongs to.",
    ),
    error(
        "2885",
        "Plan does not start on the conference day",
        each_beside(
            PLANS,
            SECTION_47,
            _first_enquiry,
            where=_starts_on_no_conference_of_an_enquiry,
            shows="CPPstartDate",
            beside_shows="DateOfInitialCPC",
        ),
        each(
            PLANS,
            _starts_on_no_conference_of_its_episode,
            shows="CPPstartDate CINdetails.DateOfInitialCPC Header.ReferenceDate",
        ),
        says="The child protection plan does not start on the day of an initial conference of its episode.",
        put_right="Give the date of the conference that made the plan, or of the transfer-in conference, and start the "
        "plan on it.",
    ),
    error(
        "8720",
        "Plan start missing or after the year",
        each(
            PLANS,
            lambda plan: missing(plan.CPPstartDate) | (plan.CPPstartDate > plan.year.ends_on),
            shows="CPPstartDate Header.ReferenceDate",
        ),
        says="The child protection plan has no start, or one after the end of the year.",
        put_right="Give the date of the conference that made the plan.",
    ),
    error(
        "8840",
        "Plan starts and ends on one day",
        each(PLANS, lambda plan: plan.CPPstartDate == plan.CPPendDate, shows="CPPstartDate CPPendDate"),
        says="The child protection plan starts and ends on the same day.",
        put_right="Correct whichever date is wrong, or take out a plan that was never made.",
    ),
    error(
        "8915",
        "Plan starts after death",
        each(
            PLANS,
            lambda plan: plan.CPPstartDate > plan.child.PersonDeathDate,
            shows="CPPstartDate ChildIdentifiers.PersonDeathDate",
        ),
        says="The child protection plan starts after the child's death.",
        put_right="Correct whichever date is wrong.",
    ),
    error(
        "8920",
        "Plan ends after death",
        each(
            PLANS,
            lambda plan: plan.CPPendDate > plan.child.PersonDeathDate,
            shows="CPPendDate ChildIdentifiers.PersonDeathDate",
        ),
        says="The child protection plan ends after the child's death.",
        put_right="Give the date of death as the plan's end, or correct it.",
    ),
    error(
        "8925",
        "Plan ends before it starts",
        each(PLANS, lambda plan: plan.CPPendDate < plan.CPPstartDate, shows="CPPstartDate CPPendDate"),
        says="The child protection plan ends before it starts.",
        put_right="Correct whichever date is wrong.",
    ),
    error(
        "8930",
        "Plan end outside the year",
        each(
            PLANS,
            lambda plan: outside(plan.CPPendDate, plan.year),
            shows="CPPendDate Header.ReferenceDate",
        ),
        says="The child protection plan ended on a day that is not in the year of the return.",
        put_right="Correct the date, or leave out a plan that ended in another year.",
    ),
)

ONE_AT_A_TIME = (
    error(
        "8935",
        "More than one open plan",
        each(
            PLANS,
            lambda plan: _is_open(plan) & (plan.child.count(PLANS, _is_open) > 1),
            shows="CPPendDate",
        ),
        says="The child has more than one child protection plan that has not ended.",
        put_right="Give the date on which each earlier plan ended.",
    ),
    error(
        "8940",
        "Plans overlap",
        each_beside(PLANS, PLANS, _overlapped, shows="CPPstartDate", beside_shows="CPPstartDate CPPendDate"),
        says="The child protection plan starts while another of the child's has not ended.",
        put_right="End the earlier plan before the day on which the later one starts, or join the two.",
    ),
)

CONTENTS = (
    error(
        "8730",
        "Number of previous plans missing",
        each(
            PLANS,
            lambda plan: ~plan.NumberOfPreviousCPP.where(are_digits),
            shows="NumberOfPreviousCPP",
        ),
        says="The number of earlier child protection plans is missing, or is not a whole number.",
        put_right="Give the number of plans the child has had before, in any authority; 0 for none.",
    ),
    error(
        "8905",
        "First category of abuse missing or invalid",
        _category_missing("InitialCategoryOfAbuse"),
        says="The category of abuse when the plan began is missing or is not a code of the list.",
        put_right="Give NEG, PHY, SAB, EMO or MUL, as the conference decided.",
    ),
    error(
        "8910",
        "Latest category of abuse missing or invalid",
        _category_missing("LatestCategoryOfAbuse"),
        says="The latest category of abuse is missing or is not a code of the list.",
        put_right="Give NEG, PHY, SAB, EMO or MUL, as the latest conference decided.",
    ),
)

PLAN_REVIEWS = (
    error(
        "4003",
        "Protection review during a CIN plan",
        each_beside(
            REVIEWS,
            CIN_PLANS,
            _reviewed_during_a_cin_plan,
            shows="CPPreviewDate ChildProtectionPlans.CPPendDate",
            beside_shows="CINPlanStartDate CINPlanEndDate",
        ),
        says="A child protection review was held while the child was on a child in need plan.",
        put_right="Correct the date of the review, or the dates of the plan in need.",
    ),
    error(
        "8841",
        "Review on or before the plan's start",
        each(
            REVIEWS,
            lambda review: review.CPPreviewDate <= review.plan.CPPstartDate,
            shows="ChildProtectionPlans.CPPstartDate CPPreviewDate",
        ),
        says="The review is dated on or before the day on which the child protection plan starts.",
        put_right="Correct whichever date is wrong. The initial conference is not a review.",
    ),
    query(
        "8842Q",
        "Review without a date",
        each(REVIEWS, lambda review: missing(review.CPPreviewDate), shows="CPPreviewDate"),
        says="A review of the plan is given without a date that can be read.",
        put_right="Give the date on which it was held, written as 2025-03-31, or take the review out.",
    ),
)

RULES = (*DATES, *ONE_AT_A_TIME, *CONTENTS, *PLAN_REVIEWS)
