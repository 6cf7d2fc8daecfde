"""Rules of pre-proceedings and family group decision making: a draft, as far as it is known, for 2026-27.

No collection has asked these yet. What they will say may change, and so may the names of their fields.
"""

from __future__ import annotations

from waypost.domain.codes import CODE_LISTS
from waypost.returns.cin_census.census import PRE_PROCEEDINGS, Column, Mask, Rows
from waypost.returns.cin_census.conditions import given, is_code, is_yes, missing, outside
from waypost.returns.cin_census.declare import Rule, each, error, in_file, query


def _outside_or_before(rows: Rows, day: Column, earlier: Column) -> Mask:
    return outside(day, rows.year) | (day < earlier)


def _date_rule(code: str, title: str, element: str, earlier: str, says: str) -> Rule:
    """A date that must be in the year and not before another of its group."""
    return error(
        code,
        title,
        each(
            PRE_PROCEEDINGS,
            lambda group: _outside_or_before(group, getattr(group, element), getattr(group, earlier)),
            shows=f"{element} {earlier} Header.ReferenceDate",
        ),
        says=says,
        put_right="Correct whichever date is wrong.",
    )


RULES = (
    query(
        "8995Q",
        "No pre-proceedings in the file",
        in_file(lambda census: not len(census.rows(PRE_PROCEEDINGS))),
        says="No child in the file has been in pre-proceedings or been offered family group decision making.",
        put_right="Check that the groups reach the return, or explain why there are none.",
    ),
    query(
        "9000Q",
        "No start of pre-proceedings in the file",
        in_file(lambda census: not given(census.rows(PRE_PROCEEDINGS).PPStartDate).any()),
        says="Nowhere in the file is it said when pre-proceedings began.",
        put_right="Give the date of the decision to begin them, or explain why there is none.",
    ),
    error(
        "9005",
        "Pre-proceedings start outside the year",
        each(
            PRE_PROCEEDINGS,
            lambda group: outside(group.PPStartDate, group.year),
            shows="PPStartDate Header.ReferenceDate",
        ),
        says="Pre-proceedings began on a day that is not in the year of the return.",
        put_right="Correct the date.",
    ),
    _date_rule(
        "9006",
        "Letter before proceedings out of place",
        "LBPSentDate",
        "PPStartDate",
        says="The letter before proceedings was sent outside the year, or before pre-proceedings began.",
    ),
    error(
        "9007",
        "Offer of a family meeting not said",
        each(
            PRE_PROCEEDINGS,
            lambda group: given(group.LBPSentDate) & missing(group.FGDMMeetingOffer),
            shows="FGDMMeetingOffer LBPSentDate",
        ),
        says="A letter before proceedings was sent, and it is not said whether it offered a family meeting.",
        put_right="Say whether a family group decision making meeting was offered.",
    ),
    error(
        "9008",
        "First meeting outside the year",
        each(
            PRE_PROCEEDINGS,
            lambda group: outside(group.InitialPPMeetingDate, group.year),
            shows="InitialPPMeetingDate Header.ReferenceDate",
        ),
        says="The first pre-proceedings meeting was held on a day that is not in the year of the return.",
        put_right="Correct the date.",
    ),
    _date_rule(
        "9009",
        "Decision to step up or down out of place",
        "StepDecisionDate",
        "PPStartDate",
        says="The decision to step up or down was made outside the year, or before pre-proceedings began.",
    ),
    query(
        "9010Q",
        "Whether the family meeting was held not said",
        each(
            PRE_PROCEEDINGS,
            lambda group: is_yes(group.FGDMMeetingOffer) & missing(group.FGDMMeetingFac),
            shows="FGDMMeetingOffer FGDMMeetingFac",
        ),
        says="A family meeting was offered, and it is not said whether it was held.",
        put_right="Say whether it was held.",
    ),
    error(
        "9011",
        "Outcome of pre-proceedings invalid",
        each(
            PRE_PROCEEDINGS,
            lambda group: given(group.PPOutcome) & ~is_code(group.PPOutcome, CODE_LISTS["pp_outcome"]),
            shows="PPOutcome",
        ),
        says="The outcome of pre-proceedings is not A, B or C.",
        put_right="Give the code as the list has it.",
    ),
    _date_rule(
        "9012",
        "Court application out of place",
        "CourtAppDate",
        "StepDecisionDate",
        says="The application to court was made outside the year, or before the decision to step up.",
    ),
    _date_rule(
        "9013",
        "Letter starting care proceedings out of place",
        "LetterInitCPDate",
        "CourtAppDate",
        says="The letter starting care proceedings was sent outside the year, or before the application to court.",
    ),
    query(
        "9015Q",
        "Number of review meetings missing",
        each(
            PRE_PROCEEDINGS,
            lambda group: given(group.InitialPPMeetingDate) & missing(group.ReviewMeetingsCount),
            shows="InitialPPMeetingDate ReviewMeetingsCount",
        ),
        says="A first meeting was held, and it is not said how many review meetings followed.",
        put_right="Give their number; 0 for none.",
    ),
)
