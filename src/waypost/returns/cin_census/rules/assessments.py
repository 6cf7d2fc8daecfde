"""Rules of assessments and of the factors found at them."""

from __future__ import annotations

from waypost.domain.codes import ASSESSMENT_FACTORS
from waypost.returns.cin_census.census import ASSESSMENTS, EPISODES, FACTORS, Condition, Mask, Places, Rows
from waypost.returns.cin_census.conditions import (
    given,
    is_code,
    missing,
    open_until,
    outside,
    repeated,
    under_way,
)
from waypost.returns.cin_census.declare import Each, Rule, each, each_beside, error, query
from waypost.returns.cin_census.rules.closures import closed_after_assessment

MOST_WORKING_DAYS = 45


def _is_open(assessment: Rows) -> Mask:
    return missing(assessment.AssessmentAuthorisationDate)


def _given(factor: Rows) -> Mask:
    return given(factor.AssessmentFactors)


def _invalid(factor: Rows) -> Mask:
    return given(factor.AssessmentFactors) & ~is_code(factor.AssessmentFactors, ASSESSMENT_FACTORS)


def _says_nothing_found(factor: Rows) -> Mask:
    return is_code(factor.AssessmentFactors, {"21"})


def _repeated(factor: Rows) -> Mask:
    return repeated(factor.AssessmentFactors, factor.assessment.place)


def _open_too_long(assessment: Rows) -> Mask:
    """The reference date is itself the last of the working days counted."""
    year = assessment.year
    earliest = year.working_days_before(year.ends_on, MOST_WORKING_DAYS - 1)
    return _is_open(assessment) & (assessment.AssessmentActualStartDate < earliest)


def _overlapped(assessment: Rows) -> Places:
    started = assessment.AssessmentActualStartDate
    until = open_until(assessment.AssessmentAuthorisationDate, assessment.year)
    return under_way(assessment, started, assessment, since=started, until=until, within=EPISODES, not_itself=True)


def _nothing_found_but_went_on(assessment: Rows) -> Mask:
    is_the_only_one = assessment.episode.count(ASSESSMENTS) == 1
    return is_the_only_one & assessment.any(FACTORS, _says_nothing_found) & ~closed_after_assessment(assessment)


def _finished_without_valid_factors(assessment: Rows) -> Mask:
    is_finished = assessment.AssessmentAuthorisationDate >= assessment.year.starts_on
    return is_finished & (~assessment.any(FACTORS, _given) | assessment.any(FACTORS, _invalid))


def _beside_factor(where: Condition | None, factor: Condition, *, shows: str = "") -> Each:
    """Assessments for which a condition holds or, without one, that have such a factor; the first of these is named."""
    return each_beside(
        ASSESSMENTS,
        FACTORS,
        lambda assessment: assessment.first(FACTORS, factor),
        where=where,
        shows=shows,
        beside_shows="AssessmentFactors",
    )


DATES = (
    error(
        "1103",
        "Assessment starts before the referral",
        each(
            ASSESSMENTS,
            lambda assessment: assessment.AssessmentActualStartDate < assessment.episode.CINreferralDate,
            shows="AssessmentActualStartDate CINdetails.CINreferralDate",
        ),
        says="The assessment starts before the referral that it follows.",
        put_right="Correct whichever date is wrong, or move the assessment to the episode that it belongs to.",
    ),
    error(
        "8608",
        "Assessment ends before it starts",
        each(
            ASSESSMENTS,
            lambda assessment: assessment.AssessmentAuthorisationDate < assessment.AssessmentActualStartDate,
            shows="AssessmentActualStartDate AssessmentAuthorisationDate",
        ),
        says="The assessment was authorised before it started.",
        put_right="Correct whichever date is wrong.",
    ),
    query(
        "8670Q",
        "Assessment open for over 45 working days",
        each(
            ASSESSMENTS,
            _open_too_long,
            shows="AssessmentAuthorisationDate AssessmentActualStartDate Header.ReferenceDate",
        ),
        says="The assessment was still open at the end of the year, more than 45 working days after it started.",
        put_right="Give the date on which it was authorised, or explain why it is still open.",
    ),
    error(
        "8696",
        "Assessment end outside the year",
        each(
            ASSESSMENTS,
            lambda assessment: outside(assessment.AssessmentAuthorisationDate, assessment.year),
            shows="AssessmentAuthorisationDate Header.ReferenceDate",
        ),
        says="The assessment was authorised on a day that is not in the year of the return.",
        put_right="Correct the date, or leave out an assessment that ended in another year.",
    ),
    error(
        "8736",
        "Open assessment started outside the year",
        each(
            ASSESSMENTS,
            lambda assessment: (
                _is_open(assessment)
                & (
                    missing(assessment.AssessmentActualStartDate)
                    | outside(assessment.AssessmentActualStartDate, assessment.year)
                )
            ),
            shows="AssessmentAuthorisationDate AssessmentActualStartDate Header.ReferenceDate",
        ),
        says="The assessment is open, and did not start in the year of the return.",
        put_right="Give the date on which it was authorised, or correct its start.",
    ),
)

ONE_AT_A_TIME = (
    query(
        "8863Q",
        "Assessments overlap",
        each_beside(
            ASSESSMENTS,
            ASSESSMENTS,
            _overlapped,
            shows="AssessmentActualStartDate",
            beside_shows="AssessmentActualStartDate AssessmentAuthorisationDate",
        ),
        says="The assessment started while another of the same episode was still under way.",
        put_right="Join them if they are one, or correct the dates.",
    ),
    error(
        "8867",
        "Closed with an open assessment",
        each(
            ASSESSMENTS,
            lambda assessment: _is_open(assessment) & given(assessment.episode.CINclosureDate),
            shows="CINdetails.CINclosureDate AssessmentAuthorisationDate",
        ),
        says="The episode has closed, and this assessment was never authorised.",
        put_right="Give the date on which the assessment was authorised, or take out the closure.",
    ),
    error(
        "8896",
        "More than one open assessment",
        each(
            ASSESSMENTS,
            lambda assessment: assessment.episode.count(ASSESSMENTS, _is_open) > 1,
            shows="AssessmentAuthorisationDate",
        ),
        says="The episode has more than one assessment that is not authorised.",
        put_right="Give the date on which each was authorised, or take out those that were begun in error.",
    ),
)

FACTORS_FOUND = (
    error(
        "8614",
        "Factors on an open assessment",
        _beside_factor(
            lambda assessment: _is_open(assessment) & assessment.any(FACTORS, _given),
            _given,
            shows="AssessmentAuthorisationDate",
        ),
        says="The assessment has factors, which are given when it ends, and no date on which it was authorised.",
        put_right="Give the date on which it was authorised, or take out the factors until it is.",
    ),
    error(
        "8869",
        "Factor 21 beside other factors",
        each(
            FACTORS,
            lambda factor: (
                _given(factor) & ~_says_nothing_found(factor) & factor.assessment.any(FACTORS, _says_nothing_found)
            ),
            shows="AssessmentFactors",
        ),
        says="Factor 21 says that the assessment found nothing, and it found this factor as well.",
        put_right="Take out 21, or take out the others.",
    ),
    query(
        "8873Q",
        "Only factor 21, but another closure reason",
        _beside_factor(_nothing_found_but_went_on, _says_nothing_found, shows="CINdetails.ReasonForClosure"),
        says="The only assessment of the episode found nothing (factor 21), and the episode did not close after it.",
        put_right="Close the episode with RC8 or RC9, correct the factors, or explain why the case goes on.",
    ),
    query(
        "8897Q",
        "Factors missing or invalid on a finished assessment",
        _beside_factor(
            _finished_without_valid_factors,
            _invalid,
            shows="AssessmentAuthorisationDate Header.ReferenceDate",
        ),
        says="The assessment has ended, and has no factors or one that is not a code of the list.",
        put_right="Give each factor by its code, or 21 if the assessment found none.",
    ),
    error(
        "8898",
        "Same factor twice",
        _beside_factor(None, _repeated),
        says="The same factor is given more than once for this assessment.",
        put_right="Give it once.",
    ),
)

RULES = (*DATES, *ONE_AT_A_TIME, *FACTORS_FOUND)


def old_factor(code: str, factor: str, instead: str) -> Rule:
    """A query of a factor that a collection no longer asks for."""

    def in_use(found: Rows) -> Mask:
        return found.AssessmentFactors.where(lambda text: text.upper() == factor)

    return query(
        code,
        f"Factor {factor} in use",
        _beside_factor(None, in_use),
        says=f"The assessment has factor {factor}, which is no longer used.",
        put_right=f"Give {instead} instead.",
    )
