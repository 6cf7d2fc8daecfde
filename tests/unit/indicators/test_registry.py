"""The indicators that can be counted are those that the catalogue says a census gives."""

from __future__ import annotations

import pytest

from waypost.indicators.catalogue import CATALOGUE, RATE
from waypost.indicators.declare import Count, Difference, Indicator, Quartile, terms
from waypost.indicators.groups import FIELDS
from waypost.indicators.registry import BY_ID, PRE_PROCEEDINGS, SUBJECTS

every_indicator = pytest.mark.parametrize("indicator", BY_ID.values(), ids=BY_ID)


def test_every_indicator_that_is_in_the_census_is_declared_and_no_other() -> None:
    assert set(BY_ID) == {id for id, definition in CATALOGUE.items() if definition.is_in_census}
    assert set(BY_ID) < set(CATALOGUE)
    assert set(PRE_PROCEEDINGS) < set(BY_ID)


def test_every_indicator_is_declared_once() -> None:
    declared = [indicator.id for subject in SUBJECTS for indicator in subject.INDICATORS]
    assert sorted(declared) == sorted(set(declared))


@every_indicator
def test_shares_and_only_shares_are_put_over_something(indicator: Indicator) -> None:
    unit = CATALOGUE[indicator.id].unit
    for line in indicator.lines:
        if unit == "percent":
            assert line.den is not None
        elif unit == RATE:
            assert line.den is None, "a rate is put over the population"
        assert isinstance(line.num, Quartile) == (unit in ("working_days", "weeks"))
        assert isinstance(line.num, Count | Difference | Quartile)


@every_indicator
def test_an_indicator_that_needs_earlier_files_says_so_in_words(indicator: Indicator) -> None:
    said = CATALOGUE[indicator.id].cin
    needed = 2 if "Needs the two years before" in said else 1 if "Needs the year before" in said else 0
    assert indicator.needs_years_before == needed


@every_indicator
def test_lines_are_told_apart_by_one_key(indicator: Indicator) -> None:
    groups = [tuple(line.group.items()) for line in indicator.lines]
    assert len(set(groups)) == len(groups)
    assert all(len(group) == 1 for group in groups) or groups == [()]
    assert indicator.lines


@every_indicator
def test_rows_have_what_every_count_needs(indicator: Indicator) -> None:
    assert indicator.split_fields <= set(FIELDS)
    for line in indicator.lines:
        for term in terms(line):
            assert {"authority", "child", "period", "ends_on", "age", "sex"} <= set(term.rows.table.columns)


def test_rows_are_known_by_names_of_their_own() -> None:
    lines = [line for indicator in BY_ID.values() for line in indicator.lines]
    rows = {term.rows for line in lines for term in terms(line)}
    rows |= {line.num.rows for line in lines if isinstance(line.num, Quartile)}
    assert len({each.name for each in rows}) == len(rows)
