"""Rules of an episode of need from its referral: its dates, source, need, and referrals with no further action."""

from __future__ import annotations

import numpy as np

from waypost.domain.codes import CODE_LISTS
from waypost.returns.cin_census.census import (
    ASSESSMENTS,
    CHILDREN,
    CIN_PLANS,
    EPISODES,
    PLANS,
    SECTION_47,
    Mask,
    Places,
    Rows,
)
from waypost.returns.cin_census.conditions import (
    NONE,
    day_before,
    given,
    is_code,
    is_no,
    is_yes,
    missing,
    open_until,
    under_way,
)
from waypost.returns.cin_census.declare import each, each_beside, error, query

DAYS_BEFORE_BIRTH = 280
SOURCE_ASKED_SINCE = np.datetime64("2013-04-01")


def _long_before_birth(episode: Rows) -> Mask:
    referred, child = episode.CINreferralDate, episode.child
    return (referred < child.PersonBirthDate - DAYS_BEFORE_BIRTH) | (
        referred < child.ExpectedPersonBirthDate - DAYS_BEFORE_BIRTH
    )


def _old_without_action(episode: Rows) -> Mask:
    year = episode.year
    return (episode.CINreferralDate < year.working_days_before(year.starts_on, 1)) & ~is_no(episode.ReferralNFA)


def _is_open(episode: Rows) -> Mask:
    return missing(episode.CINclosureDate)


def _is_open_and_went_on(episode: Rows) -> Mask:
    return _is_open(episode) & is_no(episode.ReferralNFA)


def _latest_other(episode: Rows) -> Places:
    """For each open episode that went on, another of the child's that was referred latest, if not before it."""
    referred, child = episode.CINreferralDate, episode.child.place
    there = np.flatnonzero(given(referred))
    ordered = there[np.lexsort((referred[there], child[there]))]
    found = np.full(len(episode), NONE)
    if not len(ordered):
        return found
    of = child[ordered]
    last = ordered[np.searchsorted(of, of, side="right") - 1]
    is_last = ordered == last
    before = np.append(NONE, ordered[:-1])
    tied = is_last & (before != NONE) & (child[before] == of) & (referred[before] == referred[ordered])
    found[ordered] = np.where(is_last, np.where(tied, before, NONE), last)
    return np.where(_is_open_and_went_on(episode), found, NONE)


def _overlapped(episode: Rows) -> Places:
    referred = episode.CINreferralDate
    until = open_until(day_before(episode.CINclosureDate), episode.year, still_open=is_no(episode.ReferralNFA))
    return under_way(episode, referred, episode, since=referred, until=until, within=CHILDREN, not_itself=True)


def _ended(rows: Rows) -> Mask:
    return is_yes(rows.episode.ReferralNFA)


REFERRAL = (
    query(
        "8555Q",
        "Referred after death",
        each(
            EPISODES,
            lambda episode: episode.CINreferralDate > episode.child.PersonDeathDate,
            shows="ChildIdentifiers.PersonDeathDate CINreferralDate",
        ),
        says="The child was referred after the date of death.",
        put_right="Correct whichever date is wrong.",
    ),
    error(
        "8600",
        "Referral date missing or after the year",
        each(
            EPISODES,
            lambda episode: missing(episode.CINreferralDate) | (episode.CINreferralDate > episode.year.ends_on),
            shows="CINreferralDate Header.ReferenceDate",
        ),
        says="The episode has no date of referral, or one after the end of the year.",
        put_right="Give the date on which the referral was received, written as 2025-03-31.",
    ),
    error(
        "8606",
        "Referred more than 40 weeks before birth",
        each(
            EPISODES,
            _long_before_birth,
            shows="CINreferralDate ChildIdentifiers.PersonBirthDate ChildIdentifiers.ExpectedPersonBirthDate",
        ),
        says="The referral is more than 40 weeks before the child was, or is expected to be, born.",
        put_right="Correct the date of the referral or of the birth.",
    ),
    error(
        "8610",
        "Primary need missing",
        each(
            EPISODES,
            lambda episode: is_no(episode.ReferralNFA) & missing(episode.PrimaryNeedCode),
            shows="ReferralNFA PrimaryNeedCode",
        ),
        says="The referral went on, and no primary need is given.",
        put_right="Give the need that the assessment found to be the main one, N1 to N8, or N0 if not yet stated.",
    ),
    error(
        "8650",
        "Primary need invalid",
        each(
            EPISODES,
            lambda episode: (
                given(episode.PrimaryNeedCode) & ~is_code(episode.PrimaryNeedCode, CODE_LISTS["primary_need"])
            ),
            shows="PrimaryNeedCode",
        ),
        says="The primary need is not one of N0 to N9.",
        put_right="Give the code as the list has it.",
    ),
    error(
        "8866",
        "Referral source missing or invalid",
        each(
            EPISODES,
            lambda episode: (
                (episode.CINreferralDate >= SOURCE_ASKED_SINCE)
                & ~is_code(episode.ReferralSource, CODE_LISTS["referral_source"])
            ),
            shows="CINreferralDate ReferralSource",
        ),
        says="The source of the referral is missing or is not a code of the list.",
        put_right="Give the code of who made the referral, such as 2A for a school; 10 says that it is not known.",
    ),
)

ONE_AT_A_TIME = (
    error(
        "8815",
        "More than one open episode",
        each(
            EPISODES,
            lambda episode: _is_open(episode) & (episode.child.count(EPISODES, _is_open_and_went_on) > 1),
            shows="CINclosureDate ReferralNFA",
        ),
        says="The child has more than one open episode.",
        put_right="Close those that have ended, and join those that are one.",
    ),
    error(
        "8816",
        "Open episode is not the latest",
        each_beside(
            EPISODES,
            EPISODES,
            _latest_other,
            shows="CINreferralDate CINclosureDate ReferralNFA",
            beside_shows="CINreferralDate",
        ),
        says="This episode is open, and another of the child's was referred later or on the same day.",
        put_right="Give the date on which this one closed, or correct the referral dates.",
    ),
    error(
        "8820",
        "Episodes overlap",
        each_beside(
            EPISODES,
            EPISODES,
            _overlapped,
            shows="CINreferralDate",
            beside_shows="CINreferralDate CINclosureDate",
        ),
        says="The episode was referred while another of the child's was still under way.",
        put_right="Close the earlier episode by the day of the later referral, or join the two.",
    ),
)

NO_FURTHER_ACTION = (
    error(
        "8568",
        "No further action flag missing or invalid",
        each(
            EPISODES,
            lambda episode: ~(is_yes(episode.ReferralNFA) | is_no(episode.ReferralNFA)),
            shows="ReferralNFA",
        ),
        says="It is not said, as 0, 1, true or false, whether the referral ended in no further action.",
        put_right="Give 1 if the referral ended there and 0 if it went on.",
    ),
    query(
        "8569Q",
        "Old referral marked as no further action",
        each(EPISODES, _old_without_action, shows="ReferralNFA CINreferralDate Header.ReferenceDate"),
        says="The referral is from before the year and is not said to have gone on.",
        put_right="A referral that ended in no further action belongs to the return of its own year: take it out, or "
        "set ReferralNFA to 0.",
    ),
    error(
        "4000",
        "CIN plan on a referral with no further action",
        each(CIN_PLANS, _ended, shows="CINdetails.ReferralNFA CINPlanStartDate"),
        says="The referral is said to have ended in no further action, and has a child in need plan.",
        put_right="Set ReferralNFA to 0, or move the plan to the episode that it belongs to.",
    ),
    error(
        "8831",
        "Activity on a referral with no further action",
        each(
            EPISODES,
            lambda episode: _ended(episode) & given(episode.DateOfInitialCPC),
            shows="ReferralNFA DateOfInitialCPC",
        ),
        each(
            ASSESSMENTS,
            lambda assessment: (
                _ended(assessment)
                & (given(assessment.AssessmentActualStartDate) | given(assessment.AssessmentAuthorisationDate))
            ),
            shows="CINdetails.ReferralNFA AssessmentActualStartDate AssessmentAuthorisationDate",
        ),
        each(
            SECTION_47,
            lambda enquiry: _ended(enquiry) & (given(enquiry.S47ActualStartDate) | given(enquiry.DateOfInitialCPC)),
            shows="CINdetails.ReferralNFA S47ActualStartDate DateOfInitialCPC",
        ),
        says="The referral is said to have ended in no further action, and has an assessment, enquiry or conference.",
        put_right="Set ReferralNFA to 0, or move what followed to the episode that it belongs to.",
    ),
    error(
        "8832",
        "Protection plan on a referral with no further action",
        each(PLANS, _ended, shows="CINdetails.ReferralNFA CPPstartDate"),
        says="The referral is said to have ended in no further action, and has a child protection plan.",
        put_right="Set ReferralNFA to 0, or move the plan to the episode that it belongs to.",
    ),
)

RULES = (*REFERRAL, *ONE_AT_A_TIME, *NO_FURTHER_ACTION)
