"""Every element of the field catalogue that is a date, a code, a number or a yes/no is judged, and listed if unread."""

from __future__ import annotations

from calendar import monthrange
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.datasets.catalogue import (
    JUDGED,
    bad_value,
    codes,
    each_place,
    every_element,
    good_values,
    kind,
    message,
    places,
)
from tests.unit.datasets.filings import census, child, read_one, referral, rows
from waypost.domain.codes import TABLES, Field
from waypost.domain.periods import FinancialYear
from waypost.indicators.calculate import calculate

NAMES = [f"{table}.{field.element}" for table, field in JUDGED]
"""As the rules of the return name them: DateOfInitialCPC stands in two tables."""

Case = tuple[str, Field]


def test_the_catalogue_is_judged_but_for_names_and_numbers_of_children() -> None:
    judged = {field.element for _, field in JUDGED}
    known = {field.element for name, table in TABLES.items() if name != "Header" for field in table.fields}
    assert known - judged == {"LAchildID", "UPN", "FormerUPN"}


def test_a_census_with_every_element_rightly_filled_in_has_nothing_unread(tmp_path: Path) -> None:
    assert read_one(tmp_path, message(every_element("A1"))).unread == ()


@pytest.mark.parametrize("case", JUDGED, ids=NAMES)
def test_every_allowed_code_of_a_field_is_read(tmp_path: Path, case: Case) -> None:
    table, field = case
    children = []
    for number, value in enumerate(codes(field) if kind(field) == "code" else good_values(field)):
        one = every_element(f"A{number}")
        places(one, table, field)[0].text = value
        children.append(one)
    assert read_one(tmp_path, message(*children)).unread == ()


@pytest.mark.parametrize("case", JUDGED, ids=NAMES)
def test_an_impossible_value_is_listed_once_with_its_place(tmp_path: Path, case: Case) -> None:
    table, field = case
    before, faulty = every_element("A1"), every_element("A2")
    *_, last = filed = places(faulty, table, field)
    last.text = f" {bad_value(field)}\n"
    (entry,) = read_one(tmp_path, message(before, faulty)).unread
    assert (entry.file, entry.child) == ("cin.xml", "A2")
    assert (entry.table, entry.row, entry.field) == (table, len(filed), field.element)
    assert entry.value == bad_value(field)
    assert entry.reason


@pytest.mark.parametrize("case", JUDGED, ids=NAMES)
def test_a_value_left_blank_is_not_listed(tmp_path: Path, case: Case) -> None:
    table, field = case
    blank = every_element("A1")
    for place, leaf in enumerate(places(blank, table, field)):
        leaf.text = ("", " \n", None)[place % 3]
    assert read_one(tmp_path, message(blank)).unread == ()


def test_every_value_of_a_census_can_be_unread_at_once(tmp_path: Path) -> None:
    faulty = every_element("A1")
    filed = list(each_place(faulty))
    for _, field, _, leaf in filed:
        leaf.text = bad_value(field)
    dataset = read_one(tmp_path, message(faulty))
    listed = [(entry.table, entry.field, entry.row) for entry in dataset.unread]
    assert sorted(listed) == sorted((table, field.element, row) for table, field, row, _ in filed)
    assert len(set(listed)) == len(listed)


def test_the_record_is_kept_and_its_value_is_blank(tmp_path: Path) -> None:
    dataset = read_one(tmp_path, census(child("A1", referral("2024-02-30", "<ReferralSource>?</ReferralSource>"))))
    assert rows(dataset, "referrals", "child", "referred_on", "source") == [("A1", None, None)]


def test_unread_values_are_listed_in_the_order_of_the_children(tmp_path: Path) -> None:
    ids = ["C", "", "A", "B"]
    dataset = read_one(tmp_path, census(*(child(id, referral("soon"), referral("later")) for id in ids)))
    assert [(entry.child, entry.row) for entry in dataset.unread] == [(id or None, row) for id in ids for row in (1, 2)]


def test_rows_are_counted_within_each_child_group_as_filed(tmp_path: Path) -> None:
    groups = [child("A1", referral("2024-05-01"), referral("soon")), child("A1", referral("later"))]
    dataset = read_one(tmp_path, census(*groups))
    assert [(entry.child, entry.row, entry.value) for entry in dataset.unread] == [
        ("A1", 2, "soon"),
        ("A1", 1, "later"),
    ]


# ---------------------------------------------------------------- any value at all

digits = st.text("0123456789", min_size=1, max_size=4)
near_dates = st.one_of(
    st.dates().map(str),
    st.tuples(digits, digits, digits).map("-".join),
    st.tuples(st.integers(1890, 2110), st.integers(0, 13), st.integers(0, 32)).map(
        lambda parts: "{:04}-{:02}-{:02}".format(*parts)
    ),
    st.datetimes().map(str),
    st.dates().map(lambda day: f"{day:%d/%m/%Y}"),
)
near_codes = st.sampled_from([code for _, field in JUDGED if field.code_list for code in codes(field)])
near_others = st.sampled_from(
    "true TRUE True 0 1 00 01 yes no false 1.0 +1 -0 \u0661 \uff11 99999999999 1e3 None \u00bd".split()
)
written = st.one_of(near_dates, near_codes, near_codes.map(str.swapcase), near_others, st.text(max_size=12))
values = written.filter(lambda text: all(mark.isprintable() for mark in text) and text == text.strip() != "")


def is_allowed(field: Field, value: str) -> bool:
    """Whether the return allows a value, worked out by the length and number of its parts."""
    match kind(field):
        case "date":
            parts = value.split("-")
            if [len(part) for part in parts] != [4, 2, 2] or not "".join(parts).isascii():
                return False
            if not all(part.isdigit() for part in parts):
                return False
            year, month, day = map(int, parts)
            return year > 0 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
        case "yes/no":
            return value.lower() in ("true", "false", "0", "1")
        case "number":
            return value.isascii() and value.isdigit()
        case _:
            return value in codes(field)


@given(st.lists(st.tuples(st.sampled_from(range(len(JUDGED))), st.integers(0, 7), values), min_size=1, max_size=12))
def test_any_value_is_either_allowed_or_listed(folder: Path, drawn: list[tuple[int, int, str]]) -> None:
    one = every_element("A1")
    expected = {}
    for number, place, value in drawn:
        table, field = JUDGED[number]
        leaves = places(one, table, field)
        row = place % len(leaves)
        leaves[row].text = value
        expected[table, row + 1, field.element] = (field, value)
    refused = {key: value for key, (field, value) in expected.items() if not is_allowed(field, value)}
    unread = read_one(folder, message(one)).unread
    assert {(entry.table, entry.row, entry.field): entry.value for entry in unread} == refused
    assert len(unread) == len(refused)


# ---------------------------------------------------------------- dates that are real and far away

FAR = ["0001-01-01", "1582-10-10", "1899-12-31", "1900-01-01", "2100-12-31", "2101-01-01", "9999-12-31"]


@pytest.mark.parametrize("day", FAR)
def test_a_date_far_away_is_real_and_figures_are_made_all_the_same(tmp_path: Path, day: str) -> None:
    far = every_element("A1")
    for _, field, _, leaf in each_place(far):
        if kind(field) == "date":
            leaf.text = day
    dataset = read_one(tmp_path, message(far, every_element("A2")))
    assert dataset.unread == ()
    assert dataset.id
    results = calculate(dataset, FinancialYear(2025), by="quarter", group_by=["age_band"])
    assert {figure.status for figure in results} <= {"final", "not_available", "not_applicable"}


@pytest.mark.parametrize("day", ["1989-12-31", "1990-01-01", "2035-11-01", "2035-12-30", "2035-12-31", "2036-01-01"])
def test_one_date_at_the_edge_of_the_kept_bank_holidays_does_not_refuse_the_file(tmp_path: Path, day: str) -> None:
    """Past the last bank holiday that is kept, the day a piece of work was due is not known."""
    far = every_element("A1")
    for _, field, _, leaf in each_place(far):
        if kind(field) == "date":
            leaf.text = day
    dataset = read_one(tmp_path, message(far, every_element("A2")))
    assert dataset.unread == ()
    assert len(dataset.tables["assessments"]) == 8
