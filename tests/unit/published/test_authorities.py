"""Authorities are found by any code they have or had."""

import pytest

from waypost.datasets.published import authorities, find_authority, neighbours


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("205", "Hammersmith and Fulham"),
        ("E09000013", "Hammersmith and Fulham"),
        (" e09000013 ", "Hammersmith and Fulham"),
        ("E06000048", "Northumberland"),  # its code before it became E06000057
        ("E08000016", "Barnsley"),
        ("928", "Northamptonshire"),  # ended in 2021
        ("991", "Ashdown"),
    ],
)
def test_an_authority_is_found_by_its_codes(code: str, name: str) -> None:
    authority = find_authority(code)
    assert authority is not None
    assert authority.name == name


@pytest.mark.parametrize("code", ["", "999", "E12000007", "314+318", "Camden"])
def test_anything_else_is_not_an_authority(code: str) -> None:
    assert find_authority(code) is None


def test_a_reorganised_authority_names_those_before_and_after_it() -> None:
    bcp = find_authority("839")
    assert bcp is not None
    assert bcp.predecessors == ("835", "836", "837")
    assert str(bcp.active_from) == "2019-04-01"
    assert authorities()["835"].successors == ("838", "839")


def test_the_invented_authorities_are_in_inner_london() -> None:
    invented = [authority for authority in authorities().values() if authority.is_invented]
    assert [(a.la_code, a.name) for a in invented] == [("991", "Ashdown"), ("992", "Brookvale"), ("993", "Calder")]
    assert {(a.region, a.sub_region, a.neighbours_of) for a in invented} == {("London", "Inner London", "205")}


def test_the_newest_model_of_neighbours_is_used() -> None:
    ten = neighbours(authorities()["205"])
    assert ten is not None
    assert ten.model == 2025
    assert ten.la_codes == ("208", "207", "209", "210", "212", "202", "302", "309", "306", "206")


def test_an_older_model_can_be_asked_for() -> None:
    ten = neighbours(authorities()["205"], model=2021)
    assert ten is not None
    assert ten.la_codes[:3] == ("212", "213", "202")


def test_an_authority_that_ended_keeps_the_last_model_that_listed_it() -> None:
    ten = neighbours(authorities()["928"])
    assert ten is not None
    assert ten.model == 2021


def test_an_authority_that_no_model_lists_has_no_neighbours() -> None:
    assert neighbours(authorities()["820"]) is None
