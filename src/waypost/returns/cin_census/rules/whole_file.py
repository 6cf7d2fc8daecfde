"""Rules of the file as a whole: its reference date, and figures that no real authority's return would have."""

from __future__ import annotations

import re

import numpy as np

from waypost.datasets.load.cin_census.values import as_date
from waypost.returns.cin_census.census import CHILDREN, DISABILITIES, EPISODES, PLANS, SECTION_47, Census, Mask, Rows
from waypost.returns.cin_census.conditions import given, inside, is_code, missing
from waypost.returns.cin_census.declare import Rule, error, in_file, query

FEWEST_DISABILITY_CODES = 8
WITHOUT_SEX_ONE_IN = 50


def _has_wrong_reference_date(census: Census) -> bool:
    year = census.header.get("Year", "")
    reference = as_date(census.header.get("ReferenceDate", ""))
    is_year = re.fullmatch(r"\d{4}", year, re.ASCII)
    return not is_year or reference is None or reference.isoformat() != f"{year}-03-31"


def _has_more_plans_than_conferences(census: Census) -> bool:
    started = inside(census.rows(PLANS).CPPstartDate, census.year)
    on_episodes, on_enquiries = (
        inside(census.rows(table).DateOfInitialCPC, census.year) for table in (EPISODES, SECTION_47)
    )
    return bool(started.sum() > on_episodes.sum() + on_enquiries.sum())


def _named_disabilities(disability: Rows) -> Mask:
    return given(disability.Disability) & ~is_code(disability.Disability, {"NONE"})


def _has_few_disability_codes(census: Census) -> bool:
    disability = census.rows(DISABILITIES)
    return len(np.unique(disability.Disability[_named_disabilities(disability)].numbers)) < FEWEST_DISABILITY_CODES


def _has_one_disability_each(census: Census) -> bool:
    each = census.rows(CHILDREN).count(DISABILITIES, _named_disabilities)
    return bool(each.any() and each.max() == 1)


RULES = (
    error(
        "100",
        "Reference date wrong",
        in_file(_has_wrong_reference_date, shows="ReferenceDate Year"),
        says="The reference date in the header is not 31 March of the year in the header.",
        put_right="Set Year to the year that the collection ends in, and ReferenceDate to 31 March of it.",
    ),
    error(
        "2883",
        "More plans started than conferences held",
        in_file(_has_more_plans_than_conferences),
        says="More child protection plans started in the year than initial conferences were held in it.",
        put_right="Look for conferences that were not recorded, and for plans that moved in from another authority "
        "without their transfer-in conference.",
    ),
    query(
        "2887Q",
        "Few disability codes in use",
        in_file(_has_few_disability_codes),
        says="The file uses fewer than eight different disability codes besides NONE.",
        put_right="Check that every kind of disability is recorded and reaches the return, and explain it if so.",
    ),
    query(
        "2888Q",
        "No child has more than one disability",
        in_file(_has_one_disability_each),
        says="Children with a disability are in the file, and none of them has more than one.",
        put_right="Check that the return takes every disability of a child and not only the first.",
    ),
)


def too_many_without_sex(element: str, unknown: str) -> Rule:
    """2886Q, by the element that holds a child's sex and its code for not known."""

    def found(census: Census) -> bool:
        child = census.rows(CHILDREN)
        sex = getattr(child, element)
        without = missing(child.ExpectedPersonBirthDate) & (missing(sex) | is_code(sex, {unknown}))
        return bool(without.sum() * WITHOUT_SEX_ONE_IN > len(child))

    return query(
        "2886Q",
        "Too many children without a sex",
        in_file(found),
        says=f"More than 2% of the children have no {element}, or {unknown}, though they have been born.",
        put_right="Find the children whose sex was not recorded and record it, or explain why it is not known.",
    )
