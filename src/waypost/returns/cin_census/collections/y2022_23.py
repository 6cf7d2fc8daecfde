"""2022-23: the first year kept here. Every later year starts from these rules."""

from __future__ import annotations

from waypost.domain.codes import CODE_LISTS
from waypost.returns.cin_census.declare import collection
from waypost.returns.cin_census.rules import (
    assessments,
    children,
    cin_plans,
    closures,
    protection_plans,
    pupil_numbers,
    referrals,
    section_47,
    whole_file,
)

COLLECTION = collection(
    "2022-23",
    [
        *whole_file.RULES,
        *pupil_numbers.RULES,
        *children.RULES,
        *referrals.RULES,
        *closures.RULES,
        *assessments.RULES,
        *section_47.RULES,
        *cin_plans.RULES,
        *protection_plans.RULES,
        whole_file.too_many_without_sex("GenderCurrent", unknown="0"),
        children.sex_missing("GenderCurrent", CODE_LISTS["gender"]),
        children.sex_of_unborn("GenderCurrent", unknown="0"),
        pupil_numbers.authority_unknown(pupil_numbers.AUTHORITY_CODES),
        pupil_numbers.none_at_school_age(
            lambda child: child.PersonBirthDate < child.year.before(years=6),
            "more than six years before the end of the year",
        ),
    ],
)
