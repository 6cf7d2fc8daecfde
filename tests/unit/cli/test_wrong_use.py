"""Wrong use, or an input that cannot be read: one plain sentence on stderr, nothing on stdout, nothing kept, exit 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Command
from waypost.indicators.catalogue import CATALOGUE

WRONG = {
    "": "Name a command",
    "foretell": "There is no command 'foretell'",
    "validate": "RETURN",
    "validate school-census FILE": "'cin-census', 'ssda903'",
    "validate cin-census": "FILE",
    "validate cin-census FILE": "--collection",
    "validate cin-census FILE --collection 2021-22": "2022-23, 2023-24, 2024-25, 2025-26, 2026-27",
    "validate cin-census FILE --collection 2025-26 --format papyrus": "json or csv or html or table",
    "validate cin-census NOWHERE --collection 2025-26": "nowhere.xml",
    "validate cin-census EMPTY --collection 2025-26": "empty.xml is empty",
    "validate cin-census PROSE --collection 2025-26": "prose.xml",
    "validate ssda903 DIR --collection 2025-26 --authority 991": "ssda903 is not in this version",
    "load cin-census FILE": "There is no service",
    "load ssda903 FILE": "loads cin-census files only",
    "test": "./waypost test",
    "indicators": "--cin FILE",
    "indicators --live": "There is no service",
    "indicators --freeze sha256:00": "not the id of a freeze",
    "indicators --cin": "--cin",
    "indicators --cin FILE --year 2024": "write it as 2024-25",
    "indicators --cin FILE --year 2024-26": "write it as 2024-25",
    "indicators --cin FILE --by week": "year or quarter or month",
    "indicators --cin FILE --group-by colour": "sex, ethnicity, age_band",
    "indicators --cin FILE --group-by team": "live record",
    "indicators --cin FILE --group-by ,": "empty",
    "indicators --cin FILE --only cpp_rte": "cpp_rate",
    "indicators --cin FILE --population 0": "--population",
    "indicators --cin FILE --population many": "--population",
    "indicators --cin FILE --authority 20": "three-digit",
    "indicators --cin FILE --authority E09999999": "nine-character",
    "indicators --cin FILE --authority 205": "991",
    "indicators --cin FILE --format xml": "json or csv or table",
    "indicators --cin FILE --colour red": "--colour",
    "indicators --cin NOWHERE": "nowhere.xml",
    "indicators --cin EMPTY": "empty.xml is empty",
    "indicators --cin PROSE": "prose.xml",
    "report": "required",
    "report board --cin FILE --out DIR": "annual report only",
    "report annual --cin FILE": "--out",
    "report annual --cin FILE --out FILE": "must be a folder",
    "report annual --cin FILE --out DIR --format papyrus": "no format 'papyrus'",
    "report annual --cin FILE --out DIR --edition public": "no answer",
    "report annual --cin FILE --out DIR --edition secret": "internal or public",
    "report annual --cin FILE --out DIR --beside": "--beside",
    "report annual --cin FILE --out DIR --beside NOWHERE": "nowhere.xml",
    "report annual --cin FILE --out DIR --beside FILE": "cannot stand beside itself",
    "report annual --cin FILE --out DIR --beside 0123456789abcdef": "There is no freeze 0123456789abcdef",
    "report annual --cin FILE --out DIR --answers NOWHERE": "no file of answers nowhere.xml",
    "report annual --cin FILE --out DIR --targets NOWHERE": "nowhere.xml",
    "report annual --cin FILE --questions FILE": "there already",
    "report annual --cin FILE --out DIR --compare Fulham": "'Fulham' is not an authority",
    "report annual --cin NOWHERE --out DIR": "nowhere.xml",
    "benchmark": "required",
    "benchmark cpp_rate": "--authority",
    "benchmark cpp_rte --authority 205": "cpp_rate",
    "benchmark cpp_rate --authority 111": "'111' is not a known authority",
    "benchmark cpp_rate --authority 205 --years 2024-25:2020-21": "2024-25 is after 2020-21",
    "demo --size borough": "not in this version",
    "demo --size giant": "--size cannot be 'giant'",
    "demo --port 0": "--port",
    "demo --port http": "--port",
    "demo --seed one": "--seed",
    "bench --runs 3": "--runs",
}


@pytest.fixture
def places(tmp_path: Path, two_years: list[Path]) -> dict[str, Path]:
    (tmp_path / "empty.xml").touch()
    (tmp_path / "prose.xml").write_text("Once upon a time")
    return {
        "FILE": two_years[1],
        "DIR": tmp_path / "out",
        "NOWHERE": tmp_path / "nowhere.xml",
        "EMPTY": tmp_path / "empty.xml",
        "PROSE": tmp_path / "prose.xml",
    }


@pytest.mark.parametrize(("words", "says"), WRONG.items(), ids=lambda words: words or "nothing")
def test_wrong_use_gets_one_plain_sentence(
    words: str, says: str, waypost: Command, places: dict[str, Path], tmp_path: Path
) -> None:
    before = set(tmp_path.rglob("*"))
    said = waypost(*(places.get(word, word) for word in words.split()))
    assert said.code == 2
    assert said.out == ""
    assert says in said.err
    assert said.err.count("\n") == 1
    assert said.err[0].isupper() or said.err[0].isdigit() or said.err[0] in "'-" or said.err.split()[0].endswith(".xml")
    assert said.err.rstrip()[-1] in ".?"
    assert set(tmp_path.rglob("*")) == before


def test_an_unknown_indicator_names_all_the_known_ones(waypost: Command, two_years: list[Path]) -> None:
    said = waypost("indicators", "--cin", two_years[1], "--only", "referrals,nonsense")
    assert all(known in said.err for known in CATALOGUE)


def test_files_of_two_authorities_are_refused_together(waypost: Command, two_years: list[Path], tmp_path: Path) -> None:
    other = tmp_path / "other.xml"
    other.write_text(two_years[1].read_text().replace("<LEA>991<", "<LEA>992<"))
    said = waypost("indicators", "--cin", two_years[1], "--cin", other)
    assert (said.code, said.out) == (2, "")
    assert "991" in said.err
    assert "992" in said.err
