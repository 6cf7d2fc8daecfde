"""The Annex A lists: who is in each, what its columns hold, and a workbook that says what it could not confirm."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from tests.spec.indicators.children import Child, assessment, census, child, cin_plan, enquiry, plan, referral
from waypost.datasets.dataset import Dataset
from waypost.datasets.load import cin_census
from waypost.domain.errors import WrongUse
from waypost.returns import annex_a
from waypost.returns.annex_a.lists import Listed, Value, lists

AS_AT = date(2025, 3, 31)
Cells = dict[str, Value]


def read(folder: Path, *children: Child, earlier: tuple[Child, ...] = ()) -> Dataset:
    before = [census(2024, *earlier).write(folder)] if earlier else []
    return cin_census.read([*before, census(2025, *children).write(folder)])


def of(dataset: Dataset, number: int, as_at: date = AS_AT) -> list[Cells]:
    """The rows of one list, by column."""
    (listed,) = (each for each in lists(dataset, as_at) if each.number == number)
    return [dict(zip(listed.columns, row, strict=True)) for row in listed.rows]


def who(rows: list[Cells]) -> list[Value]:
    return [row["Child Unique ID"] for row in rows]


def test_referrals_of_six_months_with_those_of_the_year_before(tmp_path: Path) -> None:
    """Those of an earlier file count among them; one on the day six months before is too early to be listed."""
    earlier = (child("Ada", referral("2024-01-15", closed="2024-02-01"), referral("2023-10-09", closed="2023-11-01")),)
    ada = child("Ada", referral("2024-10-10", source="6"), referral("2024-06-03", closed="2024-07-01"), sex="F")
    ben = child("Ben", referral("2024-09-30"), referral("2024-10-01", nfa=True))
    rows = of(read(tmp_path, ada, ben, earlier=earlier), 3)
    assert [(row["Child Unique ID"], row["Date of referral"]) for row in rows] == [
        ("Ada", date(2024, 10, 10)),
        ("Ben", date(2024, 10, 1)),
    ]
    assert [row["Number of Referrals in last 12 months"] for row in rows] == [2, 1]
    assert [row["Referral NFA?"] for row in rows] == ["b) No", "a) Yes"]
    assert (rows[0]["Referral Source"], rows[0]["Gender"], rows[0]["Allocated Team"]) == (
        "6 police",
        "b) Female",
        "[x]",
    )


def test_assessments_begun_open_or_completed(tmp_path: Path) -> None:
    open_long = child("Ada", referral("2024-05-01", assessment("2024-05-02")))
    just_done = child("Ben", referral("2024-08-01", assessment("2024-08-02", "2024-10-01")))
    long_done = child("Cal", referral("2024-05-01", assessment("2024-05-02", "2024-09-30")))
    rows = of(read(tmp_path, open_long, just_done, long_done), 4)
    assert [(row["Child Unique ID"], row["Continuous Assessment Date of Authorisation"]) for row in rows] == [
        ("Ada", "[z]"),
        ("Ben", date(2024, 10, 1)),
    ]


def test_enquiries_with_the_conference_and_whether_a_plan_began_at_it(tmp_path: Path) -> None:
    ada = child(
        "Ada",
        referral(
            "2024-04-02",
            enquiry("2024-05-02", conference="2024-05-20"),
            enquiry("2024-11-04", conference="2024-11-20"),
            plan("2024-11-20"),
        ),
    )
    ben = child("Ben", referral("2024-11-01", enquiry("2024-11-04", not_required=True)))
    first, second = of(read(tmp_path, ada, ben), 5)
    held, led = (
        "Date of Initial Child Protection Conference",
        "Did the Initial Child Protection Conference Result in a Child Protection Plan",
    )
    assert (first[held], first[led]) == (date(2024, 11, 20), "a) Yes")
    assert first["Number of Section 47 Enquiries in the last 12 months"] == 1
    assert first["Number of ICPCs in the last 12 months"] == 1
    assert (second[held], second[led]) == ("[z]", "[z]")
    assert second["Was an Initial Child Protection Conference deemed unnecessary?"] == "a) Yes"


def test_children_in_need_have_more_than_a_referral(tmp_path: Path) -> None:
    dataset = read(
        tmp_path,
        child("Ada", referral("2024-05-01", assessment("2024-05-02", "2024-06-01"), cin_plan("2024-06-10"))),
        child("Ben", referral("2024-05-01")),
        child("Cal", referral("2024-05-01", assessment("2024-05-02"), nfa=True)),
        child("Dee", referral("2024-05-01", assessment("2024-05-02"), closed="2024-12-02", reason="RC7")),
        child("Eve", referral("2024-05-01", assessment("2024-05-02"), closed="2024-09-30", reason="RC7")),
        child("Fay", referral("2024-05-01", assessment("2024-05-02"), plan("2024-06-10"))),
        child("Gus", referral("2025-03-01", assessment("2025-03-03"))),
    )
    assert [(row["Child Unique ID"], row["Case Status"]) for row in of(dataset, 6)] == [
        ("Ada", "Child in need plan"),
        ("Dee", "Closed episode"),
        ("Fay", "Child protection plan"),
        ("Gus", "Open assessment"),
    ]
    dee = of(dataset, 6)[1]
    assert (dee["CIN Closure Date"], dee["Reason for Closure"]) == (
        date(2024, 12, 2),
        "RC7 services ended, other reason",
    )


def test_what_comes_after_the_day_is_not_known_on_it(tmp_path: Path) -> None:
    dataset = read(
        tmp_path,
        child("Ada", referral("2024-05-01", closed="2025-02-03", reason="RC7"), plan("2024-06-20", "2025-01-20")),
        child("Ben", referral("2025-01-02"), plan("2025-01-10")),
    )
    on = date(2024, 12, 31)
    assert who(of(dataset, 3, on)) == []
    (ada,) = of(dataset, 7, on)
    assert (ada["Child Unique ID"], ada["Child Protection Plan End Date"]) == ("Ada", "[z]")
    assert who(of(dataset, 7)) == ["Ada", "Ben"]


def test_protection_plans_with_their_latest_review(tmp_path: Path) -> None:
    reviews = ["2024-09-19", "2025-03-03", "2025-04-14"]
    long_ended = child("Ben", referral("2024-04-02"), plan("2024-04-10", "2024-09-30"))
    ada = child("Ada", referral("2024-05-01"), plan("2024-06-20", category="EMO", reviews=reviews, previous=2))
    (row,) = of(read(tmp_path, ada, long_ended), 7)
    assert row["Date of latest review conference"] == date(2025, 3, 3)
    assert row["Number of Previous Child Protection Plans"] == 2
    assert row["Initial Category of Abuse"] == row["Latest Category of Abuse"] == "Emotional"
    assert row["Was the Child Seen Alone?"] == "[x]"


def test_how_a_child_is_shown(tmp_path: Path) -> None:
    unborn = child("Ada", referral("2025-01-02"), born=None, expected="2025-06-01", sex="U", ethnicity="NOBT")
    leapling = child("", referral("2025-01-02"), born="2012-02-29", sex="M", disabilities=("LD",))
    second, first = of(read(tmp_path, leapling, unborn), 3)
    shown = ("Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)")
    assert [second[name] for name in shown] == ["Ada", "c) Not stated/recorded", "t) NOBT", "[z]", "[z]"]
    assert [first[name] for name in shown] == ["[x]", "a) Male", "a) WBRI", date(2012, 2, 29), 13]


# ---------------------------------------------------------------------------------------------------------------------
# The workbook


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    work = (assessment("2025-01-03"), enquiry("2025-01-06", conference="2025-01-20"), plan("2025-01-20"))
    return read(tmp_path, child("=1+1", referral("2025-01-02", *work)), child("http://a", referral("2025-01-02")))


def sheets(path: Path) -> Mapping[str, list[list[object]]]:
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def test_the_cover_says_which_guidance_and_what_is_not_confirmed(dataset: Dataset, tmp_path: Path) -> None:
    found = sheets(annex_a.write(dataset, AS_AT, tmp_path / "annex.xlsx"))
    cover = " ".join(str(row[0]) for row in found["Cover"])
    for words in ("13 December 2024", "could not be confirmed", "Lists 1 (contacts)", "[x] Not available", "SHA-256"):
        assert words in cover
    assert list(found) == ["Cover", "Not_filled", *(f"List_{number}" for number in range(3, 8))]
    assert ["List_7", "Was the Child Seen Alone?"] in found["Not_filled"]


def test_every_cell_of_a_table_is_filled_and_none_is_a_formula(dataset: Dataset, tmp_path: Path) -> None:
    path = annex_a.write(dataset, AS_AT, tmp_path / "annex.xlsx")
    for name, rows in sheets(path).items():
        for row in rows[1:] if name != "Cover" else []:
            assert all(cell not in ("", None) for cell in row), name
    assert [row[0] for row in sheets(path)["List_3"][2:]] == ["=1+1", "http://a"]
    with ZipFile(path) as held:
        assert [name for name in held.namelist() if "rels" in name and b"a</" in held.read(name)] == []
        assert sum("tables/table" in name for name in held.namelist()) == 6
        assert all(b"<f>" not in held.read(name) for name in held.namelist() if "worksheets/" in name)
        assert all(b"mergeCell" not in held.read(name) for name in held.namelist() if "worksheets/" in name)


def test_the_same_records_give_the_same_bytes(dataset: Dataset, tmp_path: Path) -> None:
    one, two = (annex_a.write(dataset, AS_AT, tmp_path / name).read_bytes() for name in ("a.xlsx", "b.xlsx"))
    with ZipFile(BytesIO(one)) as first, ZipFile(BytesIO(two)) as second:
        assert [first.read(name) for name in first.namelist()] == [second.read(name) for name in second.namelist()]


def test_an_empty_list_says_so(tmp_path: Path) -> None:
    path = annex_a.write(read(tmp_path, child("Ada")), AS_AT, tmp_path / "annex.xlsx")
    assert sheets(path)["List_7"][2][0] == "None"


def test_nothing_is_written_over_or_half_written(dataset: Dataset, tmp_path: Path) -> None:
    (tmp_path / "kept.xlsx").write_text("ours")
    with pytest.raises(WrongUse, match="there already"):
        annex_a.write(dataset, AS_AT, tmp_path / "kept.xlsx")
    with pytest.raises(WrongUse, match=r"does not end in \.xlsx"):
        annex_a.write(dataset, AS_AT, tmp_path / "annex.ods")
    with pytest.raises(WrongUse, match="no records of 2025-26"):
        annex_a.write(dataset, date(2025, 4, 1), tmp_path / "annex.xlsx")
    assert (tmp_path / "kept.xlsx").read_text() == "ours"
    assert not (tmp_path / "annex.xlsx").exists()


def test_a_list_names_the_columns_that_nothing_fills() -> None:
    held = Listed(9, "Name", "Who.", ("a", "b"), (("1", "[x]"), ("2", "[x]")))
    assert (held.empty_columns, Listed(9, "Name", "Who.", ("a",), ()).empty_columns) == (("b",), ())
