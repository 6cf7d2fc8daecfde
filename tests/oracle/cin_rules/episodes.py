"""Rules on a referral and the episode it opens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from .dates import working_days_before
from .filed import Child, Group
from .lists import NEEDS, REASONS, SOURCES
from .rule import among, each

AFTER_ASSESSMENT = ("RC8", "RC9")


def known(days: Iterable[date | None]) -> list[date]:
    return [day for day in days if day is not None]


@each("CINdetails", "8568")
def no_further_action_flag(episode: Group) -> bool:
    """Neither yes nor no."""
    return not episode.is_yes("ReferralNFA") and not episode.is_no("ReferralNFA")


@each("CINdetails", "8569Q")
def old_referral_of_no_further_action(episode: Group) -> bool:
    """Referred before the last working day before the year, and the flag is not no."""
    referred = episode.date("CINreferralDate")
    limit = working_days_before(episode.census.start, 1)
    return referred is not None and referred < limit and not episode.is_no("ReferralNFA")


@each("CINdetails", "8600")
def referral_date(episode: Group) -> bool:
    """Missing, or after the year."""
    referred = episode.date("CINreferralDate")
    return referred is None or referred > episode.census.ref


@each("CINdetails", "8610")
def need_missing(episode: Group) -> bool:
    return episode.is_no("ReferralNFA") and episode.text("PrimaryNeedCode") is None


@each("CINdetails", "8620")
def closed_outside_the_year(episode: Group) -> bool:
    return episode.census.outside_year(episode.date("CINclosureDate"))


@each("CINdetails", "8630")
def closed_before_referral(episode: Group) -> bool:
    referred, closed = episode.date("CINreferralDate"), episode.date("CINclosureDate")
    return bool(referred and closed and closed < referred)


@each("CINdetails", "8640")
def reason_unknown(episode: Group) -> bool:
    return episode.text("ReasonForClosure") not in (None, *REASONS)


@each("CINdetails", "8650")
def need_unknown(episode: Group) -> bool:
    return episode.text("PrimaryNeedCode") not in (None, *NEEDS)


@each("CINdetails", "8805")
def closed_without_reason(episode: Group) -> bool:
    return episode.date("CINclosureDate") is not None and episode.text("ReasonForClosure") is None


@each("CINdetails", "8810")
def reason_without_closure(episode: Group) -> bool:
    return episode.date("CINclosureDate") is None and episode.text("ReasonForClosure") is not None


@each("CINdetails", "8866")
def source(episode: Group) -> bool:
    """Missing or no code, of a referral from April 2013."""
    referred = episode.date("CINreferralDate")
    return referred is not None and referred >= date(2013, 4, 1) and episode.text("ReferralSource") not in SOURCES


@each("CINdetails", "8825Q")
def closed_after_no_assessment(episode: Group) -> bool:
    return episode.text("ReasonForClosure") in AFTER_ASSESSMENT and not episode.holds["Assessments"]


@among("2990")
def activity_on_a_case_closed_after_assessment(child: Child) -> Iterator[Group]:
    """Closed after assessment, with an enquiry, a plan of either kind, or a conference."""
    for episode in child.episodes:
        if episode.text("ReasonForClosure") in AFTER_ASSESSMENT:
            yield from episode.holds["Section47"]
            yield from episode.holds["ChildProtectionPlans"]
            yield from episode.holds["CINPlanDates"]
            if episode.date("DateOfInitialCPC"):
                yield episode


@among("4000")
def cin_plan_on_no_further_action(child: Child) -> Iterator[Group]:
    for episode in child.episodes:
        if episode.is_yes("ReferralNFA"):
            yield from episode.holds["CINPlanDates"]


@among("8832")
def plan_on_no_further_action(child: Child) -> Iterator[Group]:
    for episode in child.episodes:
        if episode.is_yes("ReferralNFA"):
            yield from episode.holds["ChildProtectionPlans"]


@among("8831")
def activity_on_no_further_action(child: Child) -> Iterator[Group]:
    """A date of an assessment, an enquiry or a conference."""
    for episode in child.episodes:
        if not episode.is_yes("ReferralNFA"):
            continue
        for assessment in episode.holds["Assessments"]:
            if assessment.date("AssessmentActualStartDate") or assessment.date("AssessmentAuthorisationDate"):
                yield assessment
        for enquiry in episode.holds["Section47"]:
            if enquiry.date("S47ActualStartDate") or enquiry.date("DateOfInitialCPC"):
                yield enquiry
        if episode.date("DateOfInitialCPC"):
            yield episode


LATER = {
    "Assessments": ("AssessmentActualStartDate", "AssessmentAuthorisationDate"),
    "Section47": ("S47ActualStartDate", "DateOfInitialCPC"),
    "ChildProtectionPlans": ("CPPendDate",),
    "CINPlanDates": ("CINPlanStartDate", "CINPlanEndDate"),
}


@among("8565")
def activity_after_closure(child: Child) -> Iterator[Group]:
    """The case closed before a date of its work."""
    for episode in child.episodes:
        closed = episode.date("CINclosureDate")
        if closed is None:
            continue
        if any(closed < day for day in known([episode.date("DateOfInitialCPC")])):
            yield episode
        for table, names in LATER.items():
            for group in episode.holds[table]:
                if any(closed < day for day in known(map(group.date, names))):
                    yield group


@among("8815")
def several_open_episodes(child: Child) -> Iterator[Group]:
    """Two or more are open and go on; every open one is shown."""
    still_open = [episode for episode in child.episodes if episode.date("CINclosureDate") is None]
    if sum(episode.is_no("ReferralNFA") for episode in still_open) >= 2:
        yield from still_open


@among("8816")
def open_episode_not_the_latest(child: Child) -> Iterator[Group]:
    """An open episode that goes on, where another was referred on the same day or later."""
    dated = [(day, episode) for episode in child.episodes if (day := episode.date("CINreferralDate"))]
    for day, episode in dated:
        if episode.date("CINclosureDate") is not None or not episode.is_no("ReferralNFA"):
            continue
        if any(other_day >= day for other_day, other in dated if other is not episode):
            yield episode


@among("8820")
def episodes_overlap(child: Child) -> Iterator[Group]:
    """One is referred while another is open: before it closed, or by the reference date if it goes on."""
    for later in child.episodes:
        for earlier in child.episodes:
            begun, since = later.date("CINreferralDate"), earlier.date("CINreferralDate")
            if later is earlier or begun is None or since is None or begun < since:
                continue
            closed = earlier.date("CINclosureDate")
            if closed is not None:
                overlaps = begun < closed
            else:
                overlaps = earlier.is_no("ReferralNFA") and begun <= child.census.ref
            if overlaps:
                yield later
