"""Rules of section 47 enquiries, and of the initial conferences that follow them."""

from __future__ import annotations

from waypost.returns.cin_census.census import ASSESSMENTS, CHILDREN, EPISODES, SECTION_47, Mask, Places, Rows
from waypost.returns.cin_census.conditions import (
    given,
    is_no,
    is_yes,
    missing,
    open_until,
    outside,
    same_day,
    under_way,
)
from waypost.returns.cin_census.days import at_weekend
from waypost.returns.cin_census.declare import each, each_beside, error, query

MOST_WORKING_DAYS = 15


def _without_conference(enquiry: Rows) -> Mask:
    return missing(enquiry.DateOfInitialCPC)


def _is_open(enquiry: Rows) -> Mask:
    """Has had no conference, and does not say that none is needed."""
    return _without_conference(enquiry) & ~is_yes(enquiry.ICPCnotRequired)


def _awaits_conference(enquiry: Rows) -> Mask:
    """Has had no conference, and says that one is needed."""
    return _without_conference(enquiry) & is_no(enquiry.ICPCnotRequired)


def _open_too_long(enquiry: Rows) -> Mask:
    """The reference date is itself the last of the working days counted."""
    year = enquiry.year
    earliest = year.working_days_before(year.ends_on, MOST_WORKING_DAYS - 1)
    return _awaits_conference(enquiry) & (enquiry.S47ActualStartDate < earliest)


def _same_conference_on_an_episode(enquiry: Rows) -> Places:
    episode = enquiry.all(EPISODES)
    return same_day(enquiry, enquiry.DateOfInitialCPC, episode, episode.DateOfInitialCPC, within=CHILDREN)


def _overlapped(enquiry: Rows) -> Places:
    started = enquiry.S47ActualStartDate
    until = open_until(enquiry.DateOfInitialCPC, enquiry.year, still_open=~is_yes(enquiry.ICPCnotRequired))
    return under_way(enquiry, started, enquiry, since=started, until=until, within=EPISODES, not_itself=True)


CONFERENCES = (
    error(
        "1104",
        "Section 47 conference before the referral",
        each(
            SECTION_47,
            lambda enquiry: enquiry.DateOfInitialCPC < enquiry.episode.CINreferralDate,
            shows="DateOfInitialCPC CINdetails.CINreferralDate",
        ),
        says="The initial conference was held before the referral that it follows.",
        put_right="Correct whichever date is wrong, or move the enquiry to the episode that it belongs to.",
    ),
    error(
        "2884",
        "Conference recorded at both levels",
        each_beside(
            SECTION_47,
            EPISODES,
            _same_conference_on_an_episode,
            shows="DateOfInitialCPC",
            beside_shows="DateOfInitialCPC",
        ),
        says="The same initial conference is given on the section 47 enquiry and on an episode of the child.",
        put_right="Leave it on the enquiry alone: the one on the episode is for a conference without an enquiry.",
    ),
    error(
        "8715",
        "Conference outside the year",
        each(
            SECTION_47,
            lambda enquiry: outside(enquiry.DateOfInitialCPC, enquiry.year),
            shows="DateOfInitialCPC Header.ReferenceDate",
        ),
        says="The initial conference was held on a day that is not in the year of the return.",
        put_right="Correct the date, or leave out an enquiry whose conference was in another year.",
    ),
    query(
        "8870Q",
        "Conference target at a weekend",
        each(SECTION_47, lambda enquiry: at_weekend(enquiry.InitialCPCtarget), shows="InitialCPCtarget"),
        says="The target date for the initial conference is a Saturday or Sunday, and it is counted in working days.",
        put_right="Work the target out again: 15 working days after the strategy discussion.",
    ),
    error(
        "8875",
        "Conference at a weekend",
        each(SECTION_47, lambda enquiry: at_weekend(enquiry.DateOfInitialCPC), shows="DateOfInitialCPC"),
        says="The initial conference is dated on a Saturday or Sunday.",
        put_right="Give the day on which it was held.",
    ),
)

ENQUIRIES = (
    error(
        "2889",
        "Section 47 starts before the referral",
        each(
            SECTION_47,
            lambda enquiry: enquiry.S47ActualStartDate < enquiry.episode.CINreferralDate,
            shows="S47ActualStartDate CINdetails.CINreferralDate",
        ),
        says="The section 47 enquiry starts before the referral that it follows.",
        put_right="Correct whichever date is wrong, or move the enquiry to the episode that it belongs to.",
    ),
    query(
        "2991Q",
        "Section 47 without an assessment",
        each(
            SECTION_47,
            lambda enquiry: enquiry.episode.count(ASSESSMENTS) == 0,
            shows="S47ActualStartDate",
        ),
        says="The episode has a section 47 enquiry and no assessment.",
        put_right="Add the assessment that the enquiry was part of, or explain why there was none.",
    ),
    error(
        "8615",
        "Section 47 start missing or after the conference",
        each(
            SECTION_47,
            lambda enquiry: (
                given(enquiry.DateOfInitialCPC)
                & (missing(enquiry.S47ActualStartDate) | (enquiry.S47ActualStartDate > enquiry.DateOfInitialCPC))
            ),
            shows="S47ActualStartDate DateOfInitialCPC",
        ),
        says="The enquiry has an initial conference, and no start or one after the conference.",
        put_right="Give the date of the strategy discussion that began the enquiry.",
    ),
    query(
        "8675Q",
        "Section 47 open for over 15 working days",
        each(
            SECTION_47,
            _open_too_long,
            shows="DateOfInitialCPC S47ActualStartDate ICPCnotRequired Header.ReferenceDate",
        ),
        says="At the end of the year the enquiry had waited more than 15 working days for its initial conference.",
        put_right="Give the date of the conference, say that none was required, or explain the delay.",
    ),
    error(
        "8740",
        "Open section 47 started outside the year",
        each(
            SECTION_47,
            lambda enquiry: _awaits_conference(enquiry) & outside(enquiry.S47ActualStartDate, enquiry.year),
            shows="S47ActualStartDate DateOfInitialCPC ICPCnotRequired Header.ReferenceDate",
        ),
        says="The enquiry awaits its initial conference, and did not start in the year of the return.",
        put_right="Give the date of the conference, say that none was required, or correct the start.",
    ),
    error(
        "8839",
        "More than one open section 47",
        each(
            SECTION_47,
            lambda enquiry: _without_conference(enquiry) & (enquiry.episode.count(SECTION_47, _is_open) > 1),
            shows="DateOfInitialCPC ICPCnotRequired",
        ),
        says="The episode has more than one section 47 enquiry with no conference that does not say none was required.",
        put_right="Give each its conference, say that none was required, or join those that are one.",
    ),
    error(
        "8868",
        "Closed with an unfinished section 47",
        each(
            SECTION_47,
            lambda enquiry: (
                given(enquiry.episode.CINclosureDate)
                & (given(enquiry.DateOfInitialCPC) == is_yes(enquiry.ICPCnotRequired))
            ),
            shows="CINdetails.CINclosureDate DateOfInitialCPC ICPCnotRequired",
        ),
        says="The episode has closed, and this enquiry has neither a conference nor a word that none was required, or "
        "it has both.",
        put_right="Give the date of the conference or say that none was required, and not both.",
    ),
    error(
        "8890",
        "Section 47 enquiries overlap",
        each_beside(
            SECTION_47,
            SECTION_47,
            _overlapped,
            shows="S47ActualStartDate",
            beside_shows="S47ActualStartDate DateOfInitialCPC",
        ),
        says="The enquiry started while another of the same episode was still under way.",
        put_right="Join them if they are one, or correct the dates.",
    ),
)

RULES = (*CONFERENCES, *ENQUIRIES)
