"""`waypost return` writes dataset tables and lists where --out says, or nothing at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Command
from waypost.datasets.load.ssd import read


def test_the_tables_of_the_latest_year_or_of_another(waypost: Command, two_years: list[Path], tmp_path: Path) -> None:
    said = waypost("return", "ssd", "--cin", *two_years, "--out", tmp_path / "latest")
    assert (said.code, said.out, said.err) == (0, f"{tmp_path / 'latest'}\n", "")
    assert waypost("return", "ssd", "--cin", *two_years, "--year", "2023-24", "--out", tmp_path / "other").code == 0
    dataset = read([tmp_path / "latest", tmp_path / "other"])
    assert (dataset.authority, [str(year) for year in dataset.years]) == ("991", ["2023-24", "2024-25"])


def test_the_tables_of_a_freeze_are_those_of_its_files(waypost: Command, two_years: list[Path], tmp_path: Path) -> None:
    id = waypost("freeze", "create", "--cin", *two_years).out.strip()
    waypost("return", "ssd", "--cin", *two_years, "--out", tmp_path / "files")
    assert waypost("return", "ssd", "--freeze", id[:20], "--out", tmp_path / "freeze").code == 0
    for path in sorted((tmp_path / "files").rglob("*.*")):
        assert (tmp_path / "freeze" / path.relative_to(tmp_path / "files")).read_bytes() == path.read_bytes()


def test_the_lists_as_at_a_day(waypost: Command, two_years: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "annex.xlsx"
    said = waypost("return", "annex-a", "--cin", *two_years, "--as-at", "2024-12-31", "--out", out)
    assert (said.code, said.out, said.err) == (0, f"{out}\n", "")
    assert out.read_bytes().startswith(b"PK")


WRONG = {
    "return": "required",
    "return school-census": "'ssd', 'annex-a'",
    "return ssd --out DIR": "--cin FILE",
    "return ssd --cin FILE": "--out DIR",
    "return ssd --cin FILE --year 2020-21 --out DIR": "no records of 2020-21",
    "return ssd --cin NOWHERE --out DIR": "nowhere.xml",
    "return ssd --cin FILE --out FILE": "holds something",
    "return annex-a --cin FILE": "--out FILE.xlsx",
    "return annex-a --cin FILE --out DIR": "does not end in .xlsx",
    "return annex-a --cin FILE --out BOOK --as-at 31/03/2025": "not a real date",
    "return annex-a --cin FILE --out BOOK --as-at 2025-03-31 --year 2023-24": "not in 2023-24",
}


@pytest.mark.parametrize("words", WRONG)
def test_wrong_use_is_one_sentence_and_writes_nothing(
    waypost: Command, two_years: list[Path], tmp_path: Path, words: str
) -> None:
    places = {
        "FILE": two_years[1],
        "DIR": tmp_path / "out",
        "NOWHERE": tmp_path / "nowhere.xml",
        "BOOK": tmp_path / "annex.xlsx",
    }
    before = sorted(tmp_path.rglob("*"))
    said = waypost(*(places.get(word, word) for word in words.split()))
    assert (said.code, said.out) == (2, "")
    assert WRONG[words] in said.err
    assert said.err.count("\n") == 1
    assert sorted(tmp_path.rglob("*")) == before
