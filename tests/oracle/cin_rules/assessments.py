"""Rules on assessments and the factors found at them."""

from __future__ import annotations

from collections.abc import Iterator

from .dates import working_days_before
from .episodes import AFTER_ASSESSMENT
from .filed import Child, Group
from .lists import FACTORS, RETIRED_FACTORS
from .rule import among, each

START, END = "AssessmentActualStartDate", "AssessmentAuthorisationDate"


def factors(assessment: Group) -> list[str]:
    """Those that are filled in."""
    return [item.code for item in assessment.holds["FactorsIdentifiedAtAssessment"] if item.code is not None]


@each("Assessments", "1103")
def starts_before_the_referral(assessment: Group) -> bool:
    start, referred = assessment.date(START), assessment.within.date("CINreferralDate")
    return bool(start and referred and start < referred)


@each("Assessments", "8608")
def ends_before_it_starts(assessment: Group) -> bool:
    start, end = assessment.date(START), assessment.date(END)
    return bool(start and end and end < start)


@each("Assessments", "8614")
def factors_while_open(assessment: Group) -> bool:
    return assessment.date(END) is None and bool(factors(assessment))


@each("Assessments", "8670Q")
def open_for_long(assessment: Group) -> bool:
    """Open, and begun before the 44th working day before the reference date."""
    start = assessment.date(START)
    limit = working_days_before(assessment.census.ref, 44)
    return assessment.date(END) is None and start is not None and start < limit


@each("Assessments", "8696")
def ends_outside_the_year(assessment: Group) -> bool:
    return assessment.census.outside_year(assessment.date(END))


@each("Assessments", "8736")
def open_and_not_begun_in_the_year(assessment: Group) -> bool:
    """Open, and begun outside the year or on no known day."""
    return assessment.date(END) is None and not assessment.census.in_year(assessment.date(START))


@among("8863Q")
def overlap(child: Child) -> Iterator[Group]:
    """One of an episode starts while another is open, both end days counted."""
    for episode in child.episodes:
        for later in episode.holds["Assessments"]:
            for earlier in episode.holds["Assessments"]:
                begun, since = later.date(START), earlier.date(START)
                if later is earlier or begun is None or since is None:
                    continue
                if since <= begun <= (earlier.date(END) or child.census.ref):
                    yield later


@each("Assessments", "8867")
def open_on_a_closed_case(assessment: Group) -> bool:
    return assessment.within.date("CINclosureDate") is not None and assessment.date(END) is None


@among("8896")
def several_open(child: Child) -> Iterator[Group]:
    """Two or more of an episode are open; every one of it is shown."""
    for episode in child.episodes:
        found = episode.holds["Assessments"]
        if sum(assessment.date(END) is None for assessment in found) >= 2:
            yield from found


@each("FactorsIdentifiedAtAssessment", "8869")
def factor_beside_21(item: Group) -> bool:
    """A factor that is not 21, where 21 is one."""
    return item.code not in (None, "21") and "21" in factors(item.within)


@each("Assessments", "8873Q")
def only_21_but_another_reason(assessment: Group) -> bool:
    """The one assessment of the episode has factor 21, and the case did not close after assessment."""
    episode = assessment.within
    is_only = len(episode.holds["Assessments"]) == 1
    return is_only and "21" in factors(assessment) and episode.text("ReasonForClosure") not in AFTER_ASSESSMENT


@each("Assessments", "8897Q")
def factors_missing_or_unknown(assessment: Group) -> bool:
    """Ended since the year's start, with no factor or one that is no code."""
    end, found = assessment.date(END), factors(assessment)
    if end is None or end < assessment.census.start:
        return False
    return not found or not set(found) <= {*FACTORS, *RETIRED_FACTORS}


@each("Assessments", "8898")
def factor_twice(assessment: Group) -> bool:
    found = factors(assessment)
    return len(found) > len(set(found))


@each("Assessments", "8945Q", since="2024-25")
def factor_18a(assessment: Group) -> bool:
    return "18A" in map(str.upper, factors(assessment))


@each("Assessments", "8950Q", since="2024-25")
def factor_19a(assessment: Group) -> bool:
    return "19A" in map(str.upper, factors(assessment))
