"""`waypost freeze` stores the records of a source, and `--freeze` makes the same figures from them."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Command
from waypost.indicators.registry import BY_ID

CHANGED = "<PersonBirthDate>2015-06-01<", "<PersonBirthDate>2015-06-02<"


@pytest.fixture
def freezes(tmp_path: Path) -> Path:
    return tmp_path / "data" / "freezes"


@pytest.fixture
def stored(waypost: Command, two_years: list[Path]) -> str:
    """The id of the freeze of both years."""
    said = waypost("freeze", "create", "--cin", *two_years)
    assert (said.code, said.err) == (0, "")
    return said.out.strip()


def test_create_prints_the_id_and_a_second_time_says_so(
    waypost: Command, stored: str, two_years: list[Path], freezes: Path
) -> None:
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", stored)
    assert [path.name for path in freezes.iterdir()] == [stored.removeprefix("sha256:")]
    again = waypost("freeze", "create", "--cin", *two_years)
    assert (again.code, again.out) == (0, f"{stored}\n")
    assert again.err == "These records were frozen before, and that freeze stands.\n"
    renamed = shutil.copy(two_years[1], two_years[1].with_name("again.xml"))
    assert "from other files" in waypost("freeze", "create", "--cin", two_years[0], renamed).err


@pytest.mark.parametrize("shape", ["json", "csv", "table"])
def test_figures_of_a_freeze_are_the_figures_of_its_files(
    shape: str, waypost: Command, two_years: list[Path], stored: str
) -> None:
    for asked in (("--by", "quarter", "--group-by", "sex"), ("--year", "2023-24"), ("--year", "2020-21")):
        files = waypost("indicators", "--cin", *two_years, *asked, "--format", shape)
        freeze = waypost("indicators", "--freeze", stored, *asked, "--format", shape)
        assert files == freeze
        assert (freeze.code, freeze.out == "") == (0, False)


def test_figures_say_whether_their_freeze_is_stored(waypost: Command, two_years: list[Path], freezes: Path) -> None:
    def said(*source: object) -> dict[str, object]:
        found: dict[str, object] = json.loads(waypost("indicators", *source, "--only", "cpp_starts").out)["freeze"]
        return found

    before = said("--cin", *two_years)
    assert before["stored"] is False
    id = waypost("freeze", "create", "--cin", *two_years).out.strip()
    assert said("--cin", *two_years)["stored"] is True
    assert said("--cin", two_years[1])["stored"] is False
    assert said("--freeze", id[:15])["stored"] is True
    assert said("--freeze", id)["sources"] == before["sources"]
    shutil.rmtree(freezes)
    assert said("--cin", *two_years)["stored"] is False


def test_files_of_other_names_keep_their_own_moment(waypost: Command, two_years: list[Path], stored: str) -> None:
    """What is told of the files read now is of them, and not of those that were frozen."""
    renamed = shutil.copy(two_years[1], two_years[1].with_name("again.xml"))
    said = json.loads(waypost("indicators", "--cin", two_years[0], renamed, "--only", "cpp_starts").out)
    assert (said["freeze"]["id"], said["freeze"]["stored"]) == (stored, True)
    assert said["freeze"]["sources"][1]["name"] == "again.xml"


def test_list_and_show_say_what_is_stored(waypost: Command, stored: str) -> None:
    table = waypost("freeze", "list")
    assert (table.code, table.err) == (0, "")
    for words in (stored[:19], "991 Ashdown", "2023-24, 2024-25", "cin_2024.xml, cin_2025.xml"):
        assert words in table.out
    (entry,) = json.loads(waypost("freeze", "list", "--format", "json").out)["freezes"]
    assert (entry["id"], entry["authority"], entry["years"]) == (stored, "991", ["2023-24", "2024-25"])
    shown = waypost("freeze", "show", stored[:15])
    assert shown.code == 0
    for words in (stored, "Authority 991 Ashdown, 2023-24, 2024-25", "1 value could not be read", "since: none."):
        assert words in shown.out
    assert re.search(r"protection_plans +3 +[0-9a-f]{64}", shown.out)
    manifest = json.loads(waypost("freeze", "show", stored, "--format", "json").out)
    assert (manifest["id"], manifest["tables"]["protection_plans"]["rows"]) == (stored, 3)
    assert [entry["value"] for entry in manifest["unread"]] == ["2024-13-01"]
    assert manifest["changed_since"] == []


def test_nothing_stored_is_said_plainly(waypost: Command, tmp_path: Path) -> None:
    for what in ("list", "verify"):
        said = waypost("freeze", what)
        assert (said.code, said.err) == (0, "")
        assert said.out.startswith("No freeze is stored in ")
    assert json.loads(waypost("freeze", "list", "--format", "json").out) == {"freezes": []}
    assert not (tmp_path / "data").exists()


def test_a_damaged_freeze_is_told_from_a_whole_one(
    waypost: Command, stored: str, two_years: list[Path], freezes: Path
) -> None:
    other = waypost("freeze", "create", "--cin", two_years[1]).out.strip()
    assert waypost("freeze", "verify").out == "".join(f"{id} is as it was stored.\n" for id in sorted((stored, other)))
    (freezes / stored.removeprefix("sha256:") / "referrals.parquet").unlink()
    said = waypost("freeze", "verify")
    assert (said.code, said.err) == (1, "")
    assert f"{other} is as it was stored.\n" in said.out
    assert f"{stored} is not as it was stored:\n  referrals: referrals.parquet is missing.\n" in said.out
    assert waypost("freeze", "verify", other).code == 0
    for asked in (("indicators", "--freeze", stored), ("freeze", "create", "--cin", *two_years)):
        used = waypost(*asked)
        assert (used.code, used.out, used.err.count("\n")) == (2, "", 1)
        assert "referrals.parquet is missing" in used.err


def test_a_freeze_whose_manifest_is_damaged_is_still_listed(waypost: Command, stored: str, freezes: Path) -> None:
    (freezes / stored.removeprefix("sha256:") / "manifest.json").write_text("{")
    said = waypost("freeze", "list")
    assert (said.code, said.err) == (0, "")
    assert "damaged" in said.out
    (entry,) = json.loads(waypost("freeze", "list", "--format", "json").out)["freezes"]
    assert entry["id"] == stored
    assert "cut short" in entry["fault"]
    shown = waypost("freeze", "show", stored)
    assert (shown.code, shown.out, shown.err.count("\n")) == (2, "", 1)


def test_change_one_source_record_and_verify_says_so(waypost: Command, stored: str, two_years: list[Path]) -> None:
    same = waypost("freeze", "verify", stored, "--cin", *two_years)
    assert (same.code, same.out.splitlines()[-1]) == (0, "Every record in the files is as it was frozen.")
    two_years[1].write_text(two_years[1].read_text().replace(*CHANGED, 1))
    said = waypost("freeze", "verify", stored, "--cin", *two_years)
    assert (said.code, said.err) == (1, "")
    assert said.out.splitlines() == [
        f"{stored} is as it was stored.",
        "cin_2025.xml is not one of the files that were frozen, byte for byte.",
        "  children, row 2: child Ada of 2024-25 differs from the freeze in born_on.",
    ]


def test_a_file_that_says_the_same_in_other_bytes_has_not_changed(
    waypost: Command, stored: str, two_years: list[Path]
) -> None:
    two_years[1].write_text(two_years[1].read_text().replace("><", ">\n<"))
    said = waypost("freeze", "verify", stored, "--cin", *two_years)
    assert said.code == 0
    assert said.out.splitlines()[1:] == [
        "cin_2025.xml is not one of the files that were frozen, byte for byte.",
        "Every record in the files is as it was frozen.",
    ]


def test_of_many_that_changed_the_first_are_named(waypost: Command, stored: str, two_years: list[Path]) -> None:
    children = "".join(
        f"<Child><ChildIdentifiers><LAchildID>N{number}</LAchildID></ChildIdentifiers></Child>" for number in range(50)
    )
    two_years[1].write_text(two_years[1].read_text().replace("<Children>", f"<Children>{children}"))
    lines = waypost("freeze", "verify", stored, "--cin", *two_years).out.splitlines()
    assert sum("is not in the freeze" in line for line in lines) == 20
    assert lines[-1] == "  children: 30 more."


def test_a_damaged_freeze_is_not_compared(waypost: Command, stored: str, two_years: list[Path], freezes: Path) -> None:
    (freezes / stored.removeprefix("sha256:") / "children.parquet").unlink()
    said = waypost("freeze", "verify", stored, "--cin", *two_years)
    assert said.code == 1
    assert said.out.splitlines()[1:] == [
        "  children: children.parquet is missing.",
        "The files were not compared with a freeze that is damaged.",
    ]


def test_what_has_changed_since_is_told_to_those_who_read_it(
    waypost: Command, stored: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(BY_ID, "cpp_rate", replace(BY_ID["cpp_rate"], version=2))
    said = waypost("indicators", "--freeze", stored, "--only", "cpp_rate", "--format", "csv")
    assert (said.code, said.err.count("(cpp_rate)")) == (0, 1)
    assert "changed since: cpp_rate." in waypost("freeze", "show", stored).out
    assert json.loads(waypost("freeze", "show", stored, "--format", "json").out)["changed_since"] == ["cpp_rate"]


# ---------------------------------------------------------------- what cannot be done


WRONG = {
    "indicators --cin FILE --freeze ID": "and not both",
    "indicators --freeze ID --authority 992": "is of authority 991, not 992",
    "indicators --freeze 0123456789": "There is no freeze 0123456789",
    "indicators --freeze ../../ID": "is not the id of a freeze",
    "report annual --freeze 01234567 --out OUT": "There is no freeze 01234567",
    "report annual --cin FILE --freeze ID --out OUT": "and not both",
    "freeze": "required",
    "freeze melt": "'melt'",
    "freeze create": "--cin FILE",
    "freeze create --live": "There is no service",
    "freeze create --cin NOWHERE": "nowhere.xml",
    "freeze show": "ID",
    "freeze show ID0": "is not the id of a freeze",
    "freeze show 0123456": "is not the id of a freeze",
    "freeze show /etc/passwd": "is not the id of a freeze",
    "freeze show ID --format xml": "table or json",
    "freeze list extra": "extra",
    "freeze verify 01234567": "There is no freeze 01234567",
    "freeze verify ../freezes": "is not the id of a freeze",
    "freeze verify --cin FILE": "verify ID --cin FILE",
    "freeze verify ID --cin NOWHERE": "nowhere.xml",
    "freeze verify ID --cin OTHER": "of authority 991, and the files are of 992",
}


@pytest.mark.parametrize(("words", "says"), WRONG.items(), ids=lambda words: words)
def test_wrong_use_gets_one_plain_sentence(
    words: str, says: str, waypost: Command, stored: str, two_years: list[Path], tmp_path: Path
) -> None:
    other = tmp_path / "other.xml"
    other.write_text(two_years[1].read_text().replace("<LEA>991<", "<LEA>992<"))
    places = {"FILE": two_years[1], "NOWHERE": tmp_path / "nowhere.xml", "OTHER": other, "OUT": tmp_path / "out"}
    before = set(tmp_path.rglob("*"))
    said = waypost(*(places.get(word, word.replace("ID", stored)) for word in words.split()))
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert says in said.err
    assert set(tmp_path.rglob("*")) == before


def unwritable(tmp_path: Path) -> Path:
    """A folder that not even the system's own account can write to, or that this one cannot."""
    if os.geteuid() == 0:
        return Path("/sys")
    folder = tmp_path / "read-only"
    folder.mkdir(mode=0o500)
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps who may write elsewhere")
def test_a_data_folder_that_cannot_be_written_to_is_a_plain_sentence(
    waypost: Command, two_years: list[Path], tmp_path: Path
) -> None:
    (tmp_path / "a file").touch()
    for place in (unwritable(tmp_path) / "waypost", tmp_path / "a file"):
        said = waypost("freeze", "create", "--cin", *two_years, "--data-dir", place)
        assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
        assert said.err.startswith("Waypost could not use a file or folder: ")
        assert str(place) in said.err
