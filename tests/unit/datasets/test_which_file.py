"""Whose a file is, and which year it is the own file of."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.datasets.filings import YEAR, census, child, header, of_year, read_one, referral, rows, write
from waypost.datasets.dataset import Dataset
from waypost.datasets.load.cin_census import read, read_each
from waypost.domain.errors import CannotRead, WrongUse
from waypost.domain.periods import FinancialYear

WITHOUT_HEADER = "<Message><Children>{}</Children></Message>"
EMPTY_HEADER = "<Message><Header/><Children>{}</Children></Message>"


def refused(dataset: Dataset) -> list[tuple[str, str]]:
    """What the header says that cannot be read."""
    return [(entry.field, entry.value) for entry in dataset.unread if entry.table == "Header" and entry.value]


def missing(dataset: Dataset) -> set[str]:
    """What the header should say and does not."""
    return {entry.field for entry in dataset.unread if entry.table == "Header" and not entry.value}


def kept(paths: list[Path]) -> list[object]:
    """The ids of the children of the files that are read."""
    return [id for (id,) in rows(read(paths), "children", "child")]


# ---------------------------------------------------------------- the authority


def test_files_of_several_authorities_are_read_each_by_its_own_header(tmp_path: Path) -> None:
    filed = [("a", 2025, "992"), ("b", 2024, "993"), ("c", 2024, "992")]
    paths = [write(tmp_path, census(head=of_year(ends, lea=lea)), f"{name}.xml") for name, ends, lea in filed]
    first, second = read_each(paths)
    assert (first.authority, second.authority) == ("992", "993")
    assert first.years == (FinancialYear(2024), FinancialYear(2025))
    assert [source.name for source in first.sources] == ["c.xml", "a.xml"]
    assert first.id == read([paths[0], paths[2]]).id
    assert [source.name for source in second.sources] == ["b.xml"]


def test_among_files_of_several_authorities_each_must_say_whose_it_is(tmp_path: Path) -> None:
    paths = [write(tmp_path, census(head=of_year(2025, lea=lea)), f"{lea}.xml") for lea in ("992", None)]
    with pytest.raises(WrongUse, match=r"None\.xml does not say whose it is"):
        read_each(paths)


def test_no_file_is_wrong_use() -> None:
    with pytest.raises(WrongUse, match="No census file"):
        read([])


@pytest.mark.parametrize("message", [WITHOUT_HEADER, EMPTY_HEADER])
def test_without_a_header_the_authority_must_be_given(tmp_path: Path, message: str) -> None:
    text = message.format(child("A1", referral("2024-05-01")))
    with pytest.raises(WrongUse, match=r"cin\.xml does not say whose it is.*--authority"):
        read_one(tmp_path, text)
    dataset = read_one(tmp_path, text, authority="205")
    assert (dataset.authority, dataset.years) == ("205", (YEAR,))
    assert "LEA" in missing(dataset)
    assert refused(dataset) == []


@pytest.mark.parametrize("lea", ["20", "2055", "E09000013", "2o5", "\u0662\u0660\u0665", "2 05", "-20"])
def test_a_code_that_is_not_three_digits_is_unread(tmp_path: Path, lea: str) -> None:
    text = census(child(), head=header(lea=lea))
    with pytest.raises(WrongUse, match="--authority"):
        read_one(tmp_path, text)
    dataset = read_one(tmp_path, text, authority="205")
    assert dataset.authority == "205"
    (entry,) = dataset.unread
    assert (entry.file, entry.child, entry.table, entry.row) == ("cin.xml", None, "Header", None)
    assert (entry.field, entry.value) == ("LEA", lea)


def test_the_authority_given_must_be_the_files_own(tmp_path: Path) -> None:
    text = census(head=header(lea=" 205 "))
    assert read_one(tmp_path, text, authority="205").authority == "205"
    with pytest.raises(WrongUse, match=r"cin\.xml is of authority 205, not 206"):
        read_one(tmp_path, text, authority="206")


def test_files_of_different_authorities_are_refused_together(tmp_path: Path) -> None:
    paths = [write(tmp_path, census(head=of_year(2024, lea=lea)), f"{lea}.xml") for lea in ("205", "206")]
    for authority in (None, "205"):
        with pytest.raises(WrongUse, match=r"205\.xml is of 205 and 206\.xml is of 206"):
            read(paths, authority=authority)


def test_a_file_that_does_not_say_is_taken_to_be_of_the_others_authority(tmp_path: Path) -> None:
    paths = [
        write(tmp_path, census(head=of_year(ends, lea=lea)), f"{ends}.xml")
        for ends, lea in ((2024, None), (2025, "205"))
    ]
    dataset = read(paths)
    assert dataset.authority == "205"
    assert [(entry.file, entry.field) for entry in dataset.unread] == [("2024.xml", "LEA")]


# ---------------------------------------------------------------- the year


@pytest.mark.parametrize(
    ("reference", "year", "ends", "unread"),
    [
        ("2025-03-31", "2025", 2025, []),
        ("2025-03-31", "2024", 2025, []),
        ("2025-03-31", None, 2025, []),
        (" 2025-03-31 ", None, 2025, []),
        ("", "2025", 2025, []),
        (None, "2025", 2025, []),
        ("31/03/2024", "2025", 2025, [("ReferenceDate", "31/03/2024")]),
        ("2024-02-30", "2025", 2025, [("ReferenceDate", "2024-02-30")]),
        ("2024-03-30", "2025", 2025, [("ReferenceDate", "2024-03-30")]),
        ("2024-04-01", "2025", 2025, [("ReferenceDate", "2024-04-01")]),
        ("9999-12-31", "2025", 2025, [("ReferenceDate", "9999-12-31")]),
        ("0001-01-01", "2025", 2025, [("ReferenceDate", "0001-01-01")]),
        ("0001-03-31", "2025", 2025, [("ReferenceDate", "0001-03-31")]),
        ("9999-03-31", "2025", 2025, [("ReferenceDate", "9999-03-31")]),
        ("2025-03-31", "soon", 2025, []),  # not looked at
    ],
)
def test_the_year_is_that_of_the_reference_date_or_else_of_the_header(
    tmp_path: Path, reference: str | None, year: str | None, ends: int, unread: list[tuple[str, str]]
) -> None:
    dataset = read_one(
        tmp_path, census(child("A1", referral("2022-05-01")), head=header(reference=reference, year=year))
    )
    assert dataset.years == (FinancialYear(ends),)
    assert refused(dataset) == unread
    assert missing(dataset) == set()
    assert dataset.notes == ()


@pytest.mark.parametrize("year", ["soon", "25", "2024-25", "20255", "0", "9999", "-2025"])
def test_a_year_that_cannot_be_read_is_listed_and_the_one_given_serves(tmp_path: Path, year: str) -> None:
    dataset = read_one(tmp_path, census(head=header(reference=None, year=year)), year=YEAR)
    assert dataset.years == (YEAR,)
    assert refused(dataset) == [("Year", year)]
    assert dataset.notes == ("cin.xml says no year in its header; it was read as the file of 2024-25.",)


def test_a_year_given_does_not_outrank_the_files_own(tmp_path: Path) -> None:
    assert read_one(tmp_path, census(), year=FinancialYear(2024)).years == (YEAR,)


def test_without_any_year_it_is_that_of_the_latest_referral(tmp_path: Path) -> None:
    days = ["2023-04-01", "2025-03-31", "not known", "9999-12-31", "0001-01-01"]
    text = WITHOUT_HEADER.format(child("A1", *map(referral, days)))
    dataset = read_one(tmp_path, text, authority="205")
    assert dataset.years == (YEAR,)
    assert dataset.notes == ("cin.xml says no year in its header; it was read as the file of 2024-25.",)


@pytest.mark.parametrize("day", ["", "9999-12-31", "2024-02-30"])
def test_without_any_year_or_referral_it_must_be_given(tmp_path: Path, day: str) -> None:
    with pytest.raises(CannotRead, match=r"cin\.xml says no year.*--year"):
        read_one(tmp_path, WITHOUT_HEADER.format(child("A1", referral(day))), authority="205")


# ---------------------------------------------------------------- two files for one year, and several years


@pytest.mark.parametrize(
    ("first", "second", "read_id"),
    [
        ("2025-06-01T12:00:00", "2025-06-01T12:00:01", "second"),
        ("2025-06-02T12:00:00", "2025-06-01T12:00:00", "first"),
        ("2025-06-01T12:00:00", "2025-06-01T12:00:00", "second"),
        (None, None, "second"),
        ("2025-06-01T12:00:00", None, "first"),
        (None, "2025-06-01T12:00:00", "second"),
        ("2025-06-01T12:00:00", "last Tuesday", "first"),
        ("2025-06-01T12:00:00", "0001-01-01T00:00:00+14:00", "first"),
        ("9999-12-31T23:59:59-12:00", "2025-06-01T12:00:00", "second"),
        ("2025-06-01T12:00:00+01:00", "2025-06-01T11:30:00Z", "second"),
        ("2025-06-01T11:30:00Z", "2025-06-01T12:00:00+01:00", "first"),
        ("2025-06-01", "2025-06-01T00:00:01", "second"),
    ],
)
def test_of_two_files_for_one_year_the_later_is_read_whole(
    tmp_path: Path, first: str | None, second: str | None, read_id: str
) -> None:
    paths = [
        write(tmp_path, census(child(name), head=of_year(2025, made_at)), f"{name}.xml")
        for name, made_at in (("first", first), ("second", second))
    ]
    dataset = read(paths)
    left_out = "first" if read_id == "second" else "second"
    assert rows(dataset, "children", "child") == [(read_id,)]
    assert [source.name for source in dataset.sources] == [f"{read_id}.xml"]
    assert dataset.notes == (f"{left_out}.xml was left out: {read_id}.xml is the later file for 2024-25.",)
    assert {entry.file for entry in dataset.unread} <= {f"{read_id}.xml"}


def test_of_three_files_for_one_year_each_left_out_is_noted(tmp_path: Path) -> None:
    paths = [
        write(tmp_path, census(child(f"A{day}"), head=of_year(2025, f"2025-06-0{day}")), f"{day}.xml")
        for day in (2, 3, 1)
    ]
    assert kept(paths) == ["A3"]
    assert {note.partition(" ")[0] for note in read(paths).notes} == {"2.xml", "1.xml"}


def test_one_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path, census(child("A1")))
    assert kept([path, path]) == ["A1"]


@pytest.mark.parametrize("order", [1, -1])
def test_files_of_several_years_stand_side_by_side_in_order(tmp_path: Path, order: int) -> None:
    paths = [
        write(tmp_path, census(child("A1", referral(f"{ends}-02-01")), head=of_year(ends)), f"{ends}.xml")
        for ends in (2023, 2025, 2026)
    ]
    dataset = read(paths[::order])
    assert dataset.years == (FinancialYear(2023), FinancialYear(2025), FinancialYear(2026))
    assert rows(dataset, "referrals", "collection", "child", "episode") == [
        (2023, "A1", 1),
        (2025, "A1", 1),
        (2026, "A1", 1),
    ]
    assert [source.name for source in dataset.sources] == ["2023.xml", "2025.xml", "2026.xml"]
