"""Rules of how an episode of need ended: when, why, and what may not come after."""

from __future__ import annotations

from waypost.domain.codes import CODE_LISTS
from waypost.returns.cin_census.census import ASSESSMENTS, CIN_PLANS, EPISODES, PLANS, SECTION_47, Mask, Rows
from waypost.returns.cin_census.conditions import given, is_code, missing, outside
from waypost.returns.cin_census.declare import each, error, query

AFTER_ASSESSMENT = frozenset({"RC8", "RC9"})


def closed_after_assessment(rows: Rows) -> Mask:
    """Whether the episode that each row stands in closed after an assessment, with nothing more."""
    return is_code(rows.episode.ReasonForClosure, AFTER_ASSESSMENT)


RULES = (
    error(
        "2990",
        "Activity on a case closed after assessment",
        each(
            EPISODES,
            lambda episode: closed_after_assessment(episode) & given(episode.DateOfInitialCPC),
            shows="ReasonForClosure DateOfInitialCPC",
        ),
        each(SECTION_47, closed_after_assessment, shows="CINdetails.ReasonForClosure S47ActualStartDate"),
        each(PLANS, closed_after_assessment, shows="CINdetails.ReasonForClosure CPPstartDate"),
        each(CIN_PLANS, closed_after_assessment, shows="CINdetails.ReasonForClosure CINPlanStartDate"),
        says="The episode is said to have closed after assessment (RC8 or RC9); it has an enquiry, conference or plan.",
        put_right="Give the reason for which it really closed, or take out what belongs to another episode.",
    ),
    error(
        "8565",
        "Activity after the case closed",
        each(
            EPISODES,
            lambda episode: episode.CINclosureDate < episode.DateOfInitialCPC,
            shows="CINclosureDate DateOfInitialCPC",
        ),
        each(
            ASSESSMENTS,
            lambda assessment: (
                (assessment.episode.CINclosureDate < assessment.AssessmentActualStartDate)
                | (assessment.episode.CINclosureDate < assessment.AssessmentAuthorisationDate)
            ),
            shows="CINdetails.CINclosureDate AssessmentActualStartDate AssessmentAuthorisationDate",
        ),
        each(
            SECTION_47,
            lambda enquiry: (
                (enquiry.episode.CINclosureDate < enquiry.S47ActualStartDate)
                | (enquiry.episode.CINclosureDate < enquiry.DateOfInitialCPC)
            ),
            shows="CINdetails.CINclosureDate S47ActualStartDate DateOfInitialCPC",
        ),
        each(
            PLANS,
            lambda plan: plan.episode.CINclosureDate < plan.CPPendDate,
            shows="CINdetails.CINclosureDate CPPendDate",
        ),
        each(
            CIN_PLANS,
            lambda plan: (
                (plan.episode.CINclosureDate < plan.CINPlanStartDate)
                | (plan.episode.CINclosureDate < plan.CINPlanEndDate)
            ),
            shows="CINdetails.CINclosureDate CINPlanStartDate CINPlanEndDate",
        ),
        says="Something is dated after the episode closed.",
        put_right="Correct the date that is wrong, or move what came later to the episode that it belongs to.",
    ),
    query(
        "8585Q",
        "Closed as died without a death date",
        each(
            EPISODES,
            lambda episode: is_code(episode.ReasonForClosure, {"RC2"}) & missing(episode.child.PersonDeathDate),
            shows="ReasonForClosure ChildIdentifiers.PersonDeathDate",
        ),
        says="The episode closed because the child died (RC2), and no date of death is given.",
        put_right="Give the date of death, or the reason for which the episode really closed.",
    ),
    error(
        "8620",
        "Closure outside the year",
        each(
            EPISODES,
            lambda episode: outside(episode.CINclosureDate, episode.year),
            shows="CINclosureDate Header.ReferenceDate",
        ),
        says="The episode closed on a day that is not in the year of the return.",
        put_right="Correct the date. An episode that closed before the year is left out; one that closed after it is "
        "sent in without a closure.",
    ),
    error(
        "8630",
        "Closed before referral",
        each(
            EPISODES,
            lambda episode: episode.CINclosureDate < episode.CINreferralDate,
            shows="CINreferralDate CINclosureDate",
        ),
        says="The episode closed before it was referred.",
        put_right="Correct whichever date is wrong.",
    ),
    error(
        "8640",
        "Reason for closure invalid",
        each(
            EPISODES,
            lambda episode: (
                given(episode.ReasonForClosure) & ~is_code(episode.ReasonForClosure, CODE_LISTS["reason_for_closure"])
            ),
            shows="ReasonForClosure",
        ),
        says="The reason for closure is not one of RC1 to RC9.",
        put_right="Give the code as the list has it.",
    ),
    error(
        "8805",
        "Closed without a reason",
        each(
            EPISODES,
            lambda episode: given(episode.CINclosureDate) & missing(episode.ReasonForClosure),
            shows="CINclosureDate ReasonForClosure",
        ),
        says="The episode has closed, and no reason is given.",
        put_right="Give the reason, RC1 to RC9, or take out the date if the episode is still open.",
    ),
    error(
        "8810",
        "Reason without a closure",
        each(
            EPISODES,
            lambda episode: given(episode.ReasonForClosure) & missing(episode.CINclosureDate),
            shows="ReasonForClosure CINclosureDate",
        ),
        says="A reason for closure is given, and no date.",
        put_right="Give the date on which the episode closed, or take out the reason if it is still open.",
    ),
    query(
        "8825Q",
        "Closed after assessment without one",
        each(
            EPISODES,
            lambda episode: closed_after_assessment(episode) & (episode.count(ASSESSMENTS) == 0),
            shows="ReasonForClosure",
        ),
        says="The episode is said to have closed after assessment (RC8 or RC9), and has no assessment.",
        put_right="Add the assessment, or give the reason for which the episode really closed.",
    ),
)
