"""Codes and groups

Figures are given by groups of the census codes. A code is compared after trimming, exactly as written, and one that is
in no group, blank included, is unknown.

The groups are `waypost.domain.codes`; the fields and code lists they come from are `cin_census.json` beside it.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.spec.worked import example, spec
from waypost.domain.bands import UNKNOWN
from waypost.domain.codes import (
    ASSESSMENT_FACTORS,
    CATEGORIES,
    CODE_LISTS,
    COLLECTIONS,
    ETHNIC_GROUPS,
    NEED_CODES,
    REFERRAL_SOURCES,
    SEXES,
    TABLES,
)

GROUPS: Mapping[str, Mapping[str, str]] = {
    "sex": SEXES,
    "ethnicity": ETHNIC_GROUPS,
    "category": CATEGORIES,
    "referral source": REFERRAL_SOURCES,
}


@spec("Each code is counted in one group")
@example("sex", "M", group="male")
@example("sex", "2", group="female", because="GenderCurrent, asked for until 2023-24")
@example("sex", "U", group="unknown")
@example("ethnicity", "WROM", group="white")
@example("ethnicity", "CHNE", group="asian")
@example("ethnicity", "OOTH", group="other")
@example("ethnicity", "REFU", group="unknown")
@example("category", "MUL", group="multiple")
@example("category", "", group="unknown")
@example("referral source", "2A", group="school")
@example("referral source", "2B", group="other", because="Other education services are not schools")
@example("referral source", "3E", group="health")
@example("referral source", "6", group="police")
@example("referral source", "10", group="other")
def test_groups(field: str, code: str, group: str) -> None:
    assert GROUPS[field].get(code, UNKNOWN) == group


@pytest.mark.parametrize(
    ("grouped", "code_list", "ungrouped"),
    [
        (ETHNIC_GROUPS, "ethnicity", {"REFU", "NOBT"}),
        (CATEGORIES, "category_of_abuse", set()),
        (REFERRAL_SOURCES, "referral_source", set()),
    ],
)
def test_every_code_of_the_list_is_grouped_or_known_to_be_unknown(
    grouped: Mapping[str, str], code_list: str, ungrouped: set[str]
) -> None:
    assert set(CODE_LISTS[code_list]) == set(grouped) | ungrouped


def test_factors_that_the_schema_has_dropped_are_still_counted() -> None:
    assert {"18A", "19A"} < set(ASSESSMENT_FACTORS)
    assert len(ASSESSMENT_FACTORS) == len(CODE_LISTS["assessment_factor"]) + 2


def test_need_runs_from_not_stated_to_not_in_need() -> None:
    assert list(NEED_CODES) == [f"N{number}" for number in range(10)]


def test_every_coded_field_names_a_code_list_and_every_field_a_known_collection() -> None:
    for table in TABLES.values():
        for field in table.fields:
            assert set(field.collections) <= set(COLLECTIONS)
            assert (field.type != "code") or field.code_list in CODE_LISTS, field.element


def test_both_places_of_an_initial_conference_are_known() -> None:
    assert TABLES["CINdetails"].field("DateOfInitialCPC").item == TABLES["Section47"].field("DateOfInitialCPC").item
    with pytest.raises(KeyError, match="Section47 has no field Nothing"):
        TABLES["Section47"].field("Nothing")
