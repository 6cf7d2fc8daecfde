"""Whatever is wrong with a freeze is found, named in a plain sentence, and keeps it from being read."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from tests.unit.datasets.freezes.conftest import reseal, rewrite
from waypost.datasets import freezes
from waypost.datasets.dataset import Dataset
from waypost.domain.errors import CannotRead, WrongUse

Damage = Callable[[Path], None]


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(bytes(content))


def a_flipped_byte(home: Path) -> None:
    flip(home / "referrals.parquet", -100)


def a_flipped_byte_among_the_rows(home: Path) -> None:
    flip(home / "children.parquet", 60)


def a_table_cut_short(home: Path) -> None:
    path = home / "referrals.parquet"
    path.write_bytes(path.read_bytes()[:-50])


def a_missing_table(home: Path) -> None:
    (home / "protection_plans.parquet").unlink()


def an_extra_file(home: Path) -> None:
    (home / "notes.txt").write_text("by hand")


def a_changed_record(home: Path) -> None:
    """With the file's hash put right in the manifest, and the manifest sealed again."""
    table = pq.read_table(home / "children.parquet")
    sexes = pc.if_else(pc.equal(table["child"], "Ben"), "female", table["sex"])
    rewrite(home, "children", table.set_column(table.schema.get_field_index("sex"), "sex", sexes))


def a_changed_record_and_all_its_hashes(home: Path) -> None:
    stored = freezes.read(home.name, home.parent)
    changed = replace(stored, tables={"children": stored.tables["children"].slice(1)})
    rewrite(home, "children", changed.tables["children"], content=changed.contents["children"])


def a_row_less(home: Path) -> None:
    table = pq.read_table(home / "referrals.parquet")
    rewrite(home, "referrals", table.slice(1), rows=table.num_rows)


def another_column(home: Path) -> None:
    table = pq.read_table(home / "disabilities.parquet")
    rewrite(home, "disabilities", table.append_column("since", table["collection"]).drop_columns(["disability"]))


def columns_in_another_order(home: Path) -> None:
    table = pq.read_table(home / "disabilities.parquet")
    rewrite(home, "disabilities", table.select(table.column_names[::-1]))


def no_parquet_at_all(home: Path) -> None:
    shutil.copy(home / "manifest.json", home / "disabilities.parquet")


def a_folder_in_place_of_a_file(home: Path) -> None:
    a_missing_table(home)
    (home / "protection_plans.parquet").mkdir()


def a_truncated_manifest(home: Path) -> None:
    path = home / "manifest.json"
    path.write_bytes(path.read_bytes()[:-200])


def an_empty_manifest(home: Path) -> None:
    (home / "manifest.json").write_bytes(b"")


def a_list_for_a_manifest(home: Path) -> None:
    (home / "manifest.json").write_text("[1, 2]")


def a_deep_manifest(home: Path) -> None:
    (home / "manifest.json").write_text("[" * 100_000)


def no_manifest(home: Path) -> None:
    (home / "manifest.json").unlink()


def a_newer_format(home: Path) -> None:
    reseal(home, format=2)


def a_note_put_in_by_hand(home: Path) -> None:
    path = home / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"notes": ["All is well."]}))


def another_year(home: Path) -> None:
    reseal(home, years=["2024-25"])


def no_year_at_all(home: Path) -> None:
    reseal(home, years=["last year"])


def another_authority(home: Path) -> None:
    reseal(home, authority="992")


def another_id(home: Path) -> None:
    reseal(home, id=f"sha256:{'0' * 64}")


def a_table_of_another_time(home: Path) -> None:
    tables = json.loads((home / "manifest.json").read_text())["tables"]
    reseal(home, tables={**tables, "visits": tables["children"]})


FOUND: dict[Damage, list[str]] = {
    a_flipped_byte: ["referrals: referrals.parquet is not the file that was stored, byte for byte."],
    a_flipped_byte_among_the_rows: ["children: children.parquet is not the file that was stored, byte for byte."],
    a_table_cut_short: [
        "referrals: referrals.parquet is not the file that was stored, byte for byte.",
        "referrals: referrals.parquet cannot be read as Parquet.",
    ],
    a_missing_table: ["protection_plans: protection_plans.parquet is missing."],
    an_extra_file: ["notes.txt lies in the folder and is no part of a freeze."],
    a_changed_record: ["children: its rows are not those that were stored.", "The records give the id "],
    a_changed_record_and_all_its_hashes: ["The records give the id "],
    a_row_less: ["referrals: it holds 5 rows, and 6 were stored.", "The records give the id "],
    another_column: ["disabilities: its columns are not those of the contract (since, disability)."],
    columns_in_another_order: ["disabilities: its columns are not those of the contract (in another order)."],
    no_parquet_at_all: [
        "disabilities: disabilities.parquet is not the file that was stored, byte for byte.",
        "disabilities: disabilities.parquet cannot be read as Parquet.",
    ],
    a_folder_in_place_of_a_file: ["protection_plans: protection_plans.parquet could not be opened ("],
    a_truncated_manifest: ["manifest.json is not a manifest that Waypost wrote, or is cut short."],
    an_empty_manifest: ["manifest.json is not a manifest that Waypost wrote, or is cut short."],
    a_list_for_a_manifest: ["manifest.json is not a manifest that Waypost wrote, or is cut short."],
    a_deep_manifest: ["manifest.json is not a manifest that Waypost wrote, or is cut short."],
    no_manifest: ["manifest.json is missing."],
    a_newer_format: ["manifest.json is of format 2 and this Waypost reads format 1;"],
    a_note_put_in_by_hand: ["manifest.json is not as it was written"],
    another_year: ["The records give the id "],
    no_year_at_all: ["manifest.json is not a manifest that Waypost wrote, or is cut short."],
    another_authority: ["The records give the id "],
    another_id: ["manifest.json is of another freeze, sha256:0000"],
    a_table_of_another_time: ["manifest.json does not name the tables of the contract, each once."],
}


@pytest.mark.parametrize("damage", FOUND, ids=lambda damage: damage.__name__)
def test_damage_is_named_and_the_freeze_is_not_read(damage: Damage, home: Path, folder: Path) -> None:
    damage(home)
    says = [fault.says for fault in freezes.verify(home.name, folder)]
    assert len(says) == len(FOUND[damage]), says
    for said, expected in zip(says, FOUND[damage], strict=True):
        assert said.startswith(expected)
    with pytest.raises(CannotRead) as refused:
        freezes.read(home.name, folder)
    assert says[0].rstrip(".") in str(refused.value)
    assert home.name in str(refused.value)


def test_every_byte_of_a_freeze_is_watched(home: Path, folder: Path) -> None:
    """A byte of each file, and of each tenth of the manifest."""
    manifest = (home / "manifest.json").read_bytes()
    places = [(path, path.stat().st_size // 2) for path in home.glob("*.parquet")]
    places += [(home / "manifest.json", len(manifest) * tenth // 10 + 7) for tenth in range(10)]
    for path, at in places:
        kept = path.read_bytes()
        flip(path, at)
        if path.suffix == ".parquet" or json_differs(path, manifest):
            assert freezes.verify(home.name, folder), (path.name, at)
        path.write_bytes(kept)
    assert freezes.verify(home.name, folder) == []


def json_differs(path: Path, before: bytes) -> bool:
    """Whether a byte changed what is said, and not the space between."""
    try:
        return bool(json.loads(path.read_bytes()) != json.loads(before))
    except ValueError:
        return True


def test_a_fault_names_its_table(home: Path, folder: Path) -> None:
    a_missing_table(home)
    an_extra_file(home)
    assert [fault.table for fault in freezes.verify(home.name, folder)] == [None, "protection_plans"]


# ---------------------------------------------------------------- which freeze


@pytest.mark.parametrize("written", ["{id}", "{digits}", "{short}", "sha256:{short}", "SHA256:{loud}", " {short} "])
def test_a_freeze_is_found_by_the_beginning_of_its_id(written: str, dataset: Dataset, home: Path, folder: Path) -> None:
    digits = home.name
    asked = written.format(id=dataset.id, digits=digits, short=digits[:8], loud=digits[:20].upper())
    assert freezes.find(asked, folder) == dataset.id


@pytest.mark.parametrize(
    "id",
    ["", "sha256:", "{digits:.7}", "{digits}0", "../{digits}", "{digits:.8}/..", "..", "*" * 8, "zzzzzzzz", "\0" * 8],
)
def test_what_is_not_the_beginning_of_an_id_is_refused(id: str, home: Path, folder: Path) -> None:
    for use in (freezes.find, freezes.read, freezes.verify, freezes.manifest):
        with pytest.raises(WrongUse, match="is not the id of a freeze"):
            use(id.format(digits=home.name), folder)


def test_one_that_is_not_there_is_said_to_be_not_there(home: Path, folder: Path) -> None:
    with pytest.raises(WrongUse, match="There is no freeze"):
        freezes.find(home.name[::-1], folder)
    with pytest.raises(WrongUse, match="There is no freeze"):
        freezes.find(home.name, folder / "elsewhere")


def test_two_that_begin_alike_need_more_digits(home: Path, folder: Path) -> None:
    (folder / f"{home.name[:20]}{home.name[19::-1]}{home.name[40:]}").mkdir()
    with pytest.raises(WrongUse, match="2 freezes begin with"):
        freezes.find(home.name[:20], folder)
    assert freezes.find(home.name[:40], folder) == f"sha256:{home.name}"


def test_only_freezes_are_listed(home: Path, folder: Path) -> None:
    (folder / "README").touch()
    (folder / ("a" * 64)).touch()
    (folder / "backup").mkdir()
    assert freezes.listed(folder) == (f"sha256:{home.name}",)
    assert freezes.listed(folder / "nowhere") == ()


# ---------------------------------------------------------------- whether it is held, and what has changed since


def test_whether_records_are_stored(dataset: Dataset, home: Path, folder: Path, tmp_path: Path) -> None:
    assert freezes.held(dataset, folder) == freezes.manifest(dataset.id, folder)
    assert freezes.held(dataset, tmp_path / "elsewhere") is None
    a_truncated_manifest(home)
    assert freezes.held(dataset, folder) is None


def test_what_has_changed_since_it_was_stored(dataset: Dataset, home: Path, folder: Path) -> None:
    as_then = {"cpp_rate": 1, "referrals": 3}
    manifest = freezes.manifest(dataset.id, folder)
    assert freezes.changed_since(manifest, as_then) == ()
    assert freezes.changed_since(manifest, as_then | {"new_one": 1}) == ()
    assert freezes.changed_since(manifest, {"cpp_rate": 2}) == ("cpp_rate", "referrals")
    rules = json.loads((home / "manifest.json").read_text())["rules"]
    reseal(home, rules=rules | {"populations": "0" * 64})
    assert freezes.changed_since(freezes.manifest(dataset.id, folder), as_then) == ("populations",)
