"""Rules of who the child is: the authority's own number, birth, death, sex, ethnicity and disability."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from waypost.domain.codes import CODE_LISTS
from waypost.returns.cin_census.census import CHILDREN, DISABILITIES, EPISODES, Mask, Rows
from waypost.returns.cin_census.conditions import (
    given,
    is_code,
    is_no,
    missing,
    outside,
    repeated,
)
from waypost.returns.cin_census.days import after
from waypost.returns.cin_census.declare import Rule, each, each_beside, error, query

DAYS_OVERDUE, MONTHS_TO_COME = 30, 9
OLDEST = 25


def _went_on(episode: Rows) -> Mask:
    return is_no(episode.ReferralNFA)


def _invalid(disability: Rows) -> Mask:
    return ~is_code(disability.Disability, CODE_LISTS["disability"])


def _says_none(disability: Rows) -> Mask:
    return disability.Disability.where(lambda code: code.upper() == "NONE")


def _must_say_disability(child: Rows) -> Mask:
    return given(child.PersonBirthDate) & child.any(EPISODES, _went_on)


def _expected_too_far_off(child: Rows) -> Mask:
    expected, ends_on = child.ExpectedPersonBirthDate, child.year.ends_on
    return (expected < ends_on - DAYS_OVERDUE) | (expected > after(ends_on, months=MONTHS_TO_COME))


def _open_after_25(episode: Rows) -> Mask:
    born, closed = episode.child.PersonBirthDate, episode.CINclosureDate
    is_over_25 = born < episode.year.before(years=OLDEST)
    return is_over_25 & (missing(closed) | (closed > after(born, months=12 * OLDEST)))


def _has_identifiers(child: Rows) -> Mask:
    return child.census.has_identifiers


IDENTITY = (
    error(
        "8500",
        "LAchildID missing",
        each(CHILDREN, lambda child: _has_identifiers(child) & missing(child.LAchildID), shows="LAchildID"),
        says="The child has no LAchildID.",
        put_right="Give the child's number in the authority's case system.",
    ),
    error(
        "8510",
        "LAchildID used twice",
        each(CHILDREN, lambda child: repeated(child.LAchildID), shows="LAchildID"),
        says="More than one child in the file has this LAchildID.",
        put_right="If they are one child, put all of its episodes in one Child group; if not, give each a number.",
    ),
    error(
        "8590",
        "Child without an episode",
        each(CHILDREN, lambda child: child.count(EPISODES) == 0, shows="LAchildID"),
        says="The child has no referral or episode of need.",
        put_right="Add the CINdetails of the child's episode, or leave the child out of the return.",
    ),
)

BIRTH_AND_DEATH = (
    error(
        "8520",
        "Born after the year",
        each(
            CHILDREN,
            lambda child: child.PersonBirthDate > child.year.ends_on,
            shows="PersonBirthDate Header.ReferenceDate",
        ),
        says="The child's date of birth is after the end of the year.",
        put_right="Correct it or, for a child not born by 31 March, give ExpectedPersonBirthDate instead.",
    ),
    query(
        "8525Q",
        "Birth date and expected birth date",
        each(
            CHILDREN,
            lambda child: (
                _has_identifiers(child) & (given(child.PersonBirthDate) == given(child.ExpectedPersonBirthDate))
            ),
            shows="PersonBirthDate ExpectedPersonBirthDate",
        ),
        says="A child has either a date of birth or, until born, an expected one; this child has both or neither.",
        put_right="Take out the expected date once the child is born, or give the date that is missing.",
    ),
    query(
        "8530Q",
        "Expected birth date out of range",
        each(CHILDREN, _expected_too_far_off, shows="ExpectedPersonBirthDate Header.ReferenceDate"),
        says="The expected date of birth is more than 30 days before the end of the year or nine months after it.",
        put_right="Correct it or, if the child has been born, give the date of birth instead.",
    ),
    query(
        "8535Q",
        "Died before birth",
        each(
            CHILDREN,
            lambda child: (
                given(child.PersonDeathDate)
                & (missing(child.PersonBirthDate) | (child.PersonBirthDate > child.PersonDeathDate))
            ),
            shows="PersonDeathDate PersonBirthDate",
        ),
        says="The child has a date of death and no date of birth, or a later one.",
        put_right="Correct whichever date is wrong, or give the date of birth.",
    ),
    query(
        "8545Q",
        "Death outside the year",
        each(
            CHILDREN,
            lambda child: outside(child.PersonDeathDate, child.year),
            shows="PersonDeathDate Header.ReferenceDate",
        ),
        says="The date of death is not in the year of the return.",
        put_right="Correct it. A child who died before the year began is not part of this return.",
    ),
    query(
        "8775Q",
        "Over 25",
        each(
            EPISODES,
            _open_after_25,
            shows="ChildIdentifiers.PersonBirthDate CINclosureDate Header.ReferenceDate",
        ),
        says="The person is over 25, and this episode was not closed by the 25th birthday.",
        put_right="Correct the date of birth, or give the date on which the episode closed.",
    ),
)

ETHNICITY_AND_DISABILITY = (
    error(
        "4220",
        "Ethnicity missing or invalid",
        each(
            CHILDREN,
            lambda child: ~is_code(child.Ethnicity, CODE_LISTS["ethnicity"]),
            shows="ChildCharacteristics.Ethnicity",
        ),
        says="The child's ethnicity is missing or is not a code of the list.",
        put_right="Give the code in capitals, such as WBRI; NOBT if it is not yet known, REFU if it was refused.",
    ),
    error(
        "8540",
        "Disability missing or invalid",
        each_beside(
            CHILDREN,
            EPISODES,
            lambda child: child.first(EPISODES, _went_on),
            where=lambda child: _must_say_disability(child) & (child.count(DISABILITIES) == 0),
            shows="PersonBirthDate",
            beside_shows="ReferralNFA",
        ),
        each_beside(
            DISABILITIES,
            EPISODES,
            lambda disability: disability.child.first(EPISODES, _went_on),
            where=lambda disability: _invalid(disability) & _must_say_disability(disability.child),
            shows="Disability ChildIdentifiers.PersonBirthDate",
            beside_shows="ReferralNFA",
        ),
        says="A child whose referral went on must have a disability code; this child's is missing or not of the list.",
        put_right="Give each disability by its code in capitals, or NONE.",
    ),
    error(
        "8790",
        "NONE beside another disability",
        each(
            DISABILITIES,
            lambda disability: ~_says_none(disability) & disability.child.any(DISABILITIES, _says_none),
            shows="Disability",
        ),
        says="The child is said to have no disability (NONE), and to have this one as well.",
        put_right="Take out NONE, or take out the other.",
    ),
    error(
        "8794",
        "Same disability twice",
        each(
            DISABILITIES,
            lambda disability: repeated(disability.Disability, disability.child.place),
            shows="Disability",
        ),
        says="The same disability is given more than once for the child.",
        put_right="Give it once.",
    ),
)

RULES = (*IDENTITY, *BIRTH_AND_DEATH, *ETHNICITY_AND_DISABILITY)


def sex_missing(element: str, codes: Collection[str]) -> Rule:
    """4180, by the element that holds a child's sex and its codes."""
    return error(
        "4180",
        "Sex missing or invalid",
        each(CHILDREN, lambda child: _has_identifiers(child) & ~is_code(getattr(child, element), codes), shows=element),
        says=f"{element} is missing, or is not one of {', '.join(sorted(codes))}.",
        put_right="Give the code as the list has it.",
    )


def sex_of_unborn(element: str, unknown: str) -> Rule:
    """8750, by the element that holds a child's sex and its code for not known."""

    def found(child: Rows) -> Mask:
        is_unborn = missing(child.PersonBirthDate) & given(child.ExpectedPersonBirthDate)
        return is_unborn & np.logical_not(is_code(getattr(child, element), {unknown}))

    return error(
        "8750",
        "Sex of an unborn child",
        each(CHILDREN, found, shows=f"{element} PersonBirthDate ExpectedPersonBirthDate"),
        says=f"{element} must be {unknown} for a child who has not been born.",
        put_right=f"Set it to {unknown} or, if the child has been born, give the date of birth.",
    )
