"""Rules on section 47 enquiries and the conferences that follow."""

from __future__ import annotations

from collections.abc import Iterator

from .dates import is_weekend, working_days_before
from .filed import Child, Group
from .rule import among, each

START, CONFERENCE, NOT_REQUIRED = "S47ActualStartDate", "DateOfInitialCPC", "ICPCnotRequired"


def is_open(enquiry: Group) -> bool:
    """No conference yet, and it is said that one is needed."""
    return enquiry.date(CONFERENCE) is None and enquiry.is_no(NOT_REQUIRED)


@each("Section47", "1104")
def conference_before_the_referral(enquiry: Group) -> bool:
    held, referred = enquiry.date(CONFERENCE), enquiry.within.date("CINreferralDate")
    return bool(held and referred and held < referred)


@each("Section47", "2889")
def starts_before_the_referral(enquiry: Group) -> bool:
    start, referred = enquiry.date(START), enquiry.within.date("CINreferralDate")
    return bool(start and referred and start < referred)


@among("2884")
def conference_at_both_levels(child: Child) -> Iterator[Group]:
    """The same day on an episode and on an enquiry, of any of the child's episodes."""
    for episode in child.episodes:
        for enquiry in child.all("Section47"):
            if episode.date(CONFERENCE) and episode.date(CONFERENCE) == enquiry.date(CONFERENCE):
                yield enquiry


@among("2991Q")
def no_assessment(child: Child) -> Iterator[Group]:
    for episode in child.episodes:
        if not episode.holds["Assessments"]:
            yield from episode.holds["Section47"]


@each("Section47", "8615")
def start_missing_or_after_the_conference(enquiry: Group) -> bool:
    held, start = enquiry.date(CONFERENCE), enquiry.date(START)
    return held is not None and (start is None or start > held)


@each("Section47", "8675Q")
def open_for_long(enquiry: Group) -> bool:
    """Open, and begun before the 14th working day before the reference date."""
    start = enquiry.date(START)
    return is_open(enquiry) and start is not None and start < working_days_before(enquiry.census.ref, 14)


@each("Section47", "8715")
def conference_outside_the_year(enquiry: Group) -> bool:
    return enquiry.census.outside_year(enquiry.date(CONFERENCE))


@each("Section47", "8740")
def open_and_begun_outside_the_year(enquiry: Group) -> bool:
    return is_open(enquiry) and enquiry.census.outside_year(enquiry.date(START))


@among("8839")
def several_open(child: Child) -> Iterator[Group]:
    """Two or more of an episode without a conference that may need one; every one without a conference is shown."""
    for episode in child.episodes:
        without = [enquiry for enquiry in episode.holds["Section47"] if enquiry.date(CONFERENCE) is None]
        if sum(not enquiry.is_yes(NOT_REQUIRED) for enquiry in without) >= 2:
            yield from without


@each("Section47", "8868")
def unfinished_on_a_closed_case(enquiry: Group) -> bool:
    """Neither a conference nor a reason for none, or both."""
    is_closed = enquiry.within.date("CINclosureDate") is not None
    return is_closed and (enquiry.date(CONFERENCE) is not None) == enquiry.is_yes(NOT_REQUIRED)


@each("Section47", "8870Q")
def target_at_a_weekend(enquiry: Group) -> bool:
    target = enquiry.date("InitialCPCtarget")
    return target is not None and is_weekend(target)


@each("Section47", "8875")
def conference_at_a_weekend(enquiry: Group) -> bool:
    held = enquiry.date(CONFERENCE)
    return held is not None and is_weekend(held)


@among("8890")
def overlap(child: Child) -> Iterator[Group]:
    """One of an episode starts by the day of another's conference, or by the reference date if it may need one."""
    for episode in child.episodes:
        for later in episode.holds["Section47"]:
            for earlier in episode.holds["Section47"]:
                begun, since = later.date(START), earlier.date(START)
                if later is earlier or begun is None or since is None or begun < since:
                    continue
                held = earlier.date(CONFERENCE)
                if held is not None:
                    overlaps = begun <= held
                else:
                    overlaps = not earlier.is_yes(NOT_REQUIRED) and begun <= child.census.ref
                if overlaps:
                    yield later
