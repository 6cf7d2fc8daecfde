"""A freeze is a dataset stored whole: what is read from it is what was put in, to the last value."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pyarrow as pa
import pytest

from tests.architecture.house import SRC
from tests.unit.datasets.catalogue import every_element, message
from tests.unit.datasets.filings import read_one
from tests.unit.datasets.freezes.conftest import DEFINITIONS
from waypost import __version__
from waypost.datasets import freezes
from waypost.datasets.dataset import Dataset
from waypost.datasets.freezes.manifest import FACTS
from waypost.datasets.load.cin_census import read
from waypost.datasets.tables import CONTRACT, arrow_table
from waypost.domain.errors import CannotRead


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_everything_of_a_dataset_comes_back(dataset: Dataset, home: Path, folder: Path) -> None:
    stored = freezes.read(home.name, folder)
    assert stored.id == dataset.id == f"sha256:{home.name}"
    assert {name: table.to_pylist() for name, table in stored.tables.items()} == {
        name: table.to_pylist() for name, table in dataset.tables.items()
    }
    for part in ("authority", "years", "sources", "as_at", "unread", "notes"):
        assert getattr(stored, part) == getattr(dataset, part)
    assert [entry.value for entry in stored.unread] == ["2024-13-01"]
    assert stored.notes == ("draft.xml was left out: cin_2025.xml is the later file for 2024-25.",)


def test_every_column_of_the_contract_comes_back(tmp_path: Path, folder: Path) -> None:
    dataset = read_one(tmp_path, message(every_element("A1"), every_element("Zoë \U0001f9f8"), every_element("")))
    stored = freezes.read(freezes.create(dataset, folder, {}).id, folder)
    assert stored.id == dataset.id
    for name, table in stored.tables.items():
        assert table.num_rows > 0
        assert table.to_pylist() == dataset.tables[name].to_pylist()
        assert table.schema == dataset.tables[name].schema


def test_a_year_without_a_child_is_still_a_year(tmp_path: Path, folder: Path) -> None:
    empty, other = read_one(tmp_path, message()), replace(read_one(tmp_path, message()), authority="206")
    assert freezes.read(freezes.create(empty, folder, {}).id, folder).years == empty.years
    assert freezes.create(other, folder, {}).id != empty.id


def test_the_manifest_says_what_was_stored(dataset: Dataset, home: Path, sources: list[Path]) -> None:
    said = json.loads((home / "manifest.json").read_text())
    assert (said["format"], said["id"], said["authority"]) == (1, dataset.id, "991")
    assert (said["years"], said["software"]) == (["2023-24", "2024-25"], __version__)
    assert said["as_at"] == f"{dataset.as_at:%Y-%m-%dT%H:%M:%SZ}"
    assert said["sources"] == [
        {"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()} for path in sources[:2]
    ]
    assert said["definitions"] == DEFINITIONS
    assert said["rules"].keys() == FACTS.keys()
    assert (
        said["rules"]["timescales"]
        == hashlib.sha256((SRC / "waypost" / "domain" / "timescales.yaml").read_bytes()).hexdigest()
    )
    assert said["tables"].keys() == CONTRACT.keys()
    assert (said["tables"]["children"]["rows"], said["tables"]["assessment_factors"]["rows"]) == (4, 2)
    for name, table in said["tables"].items():
        assert table["parquet"] == hashlib.sha256((home / f"{name}.parquet").read_bytes()).hexdigest()
        assert re.fullmatch(r"[0-9a-f]{64}", table["content"])
    assert {path.name for path in home.iterdir()} == {"manifest.json", *(f"{name}.parquet" for name in CONTRACT)}


def test_the_same_dataset_gives_the_same_bytes(dataset: Dataset, tmp_path: Path) -> None:
    """However its tables lie in memory, and in whatever zone its moment is told."""
    ids = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(100_000)]
    columns = {name: [None] * len(ids) for name in CONTRACT["children"].columns}
    whole = arrow_table(CONTRACT["children"], columns | {"child": ids})
    in_bits = pa.concat_tables([whole.slice(row, 300) for row in range(0, len(ids), 300)])
    one = replace(dataset, tables={**dataset.tables, "children": whole})
    other = replace(
        dataset,
        tables={**dataset.tables, "children": in_bits},
        as_at=dataset.as_at.astimezone(timezone(timedelta(hours=14))),
    )
    first, second = (
        tmp_path / name / freezes.create(made, tmp_path / name, DEFINITIONS).id.removeprefix("sha256:")
        for name, made in (("one", one), ("other", other))
    )
    assert bytes_of(first) == bytes_of(second)


def test_once_stored_it_stands(dataset: Dataset, home: Path, folder: Path) -> None:
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in home.iterdir()}
    later = replace(dataset, as_at=dataset.as_at + timedelta(days=400), sources=())
    manifest = freezes.create(later, folder, {"referrals": 4})
    assert (manifest.as_at, manifest.sources, manifest.definitions) == (dataset.as_at, dataset.sources, DEFINITIONS)
    assert before == {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in home.iterdir()}
    assert freezes.listed(folder) == (dataset.id,)


def test_one_that_is_damaged_is_neither_used_nor_replaced(dataset: Dataset, home: Path, folder: Path) -> None:
    (home / "referrals.parquet").unlink()
    with pytest.raises(CannotRead, match=r"referrals\.parquet is missing"):
        freezes.create(dataset, folder, DEFINITIONS)
    assert not (home / "referrals.parquet").exists()


def test_a_moment_of_microseconds_is_kept_whole(dataset: Dataset, folder: Path) -> None:
    exact = replace(dataset, as_at=datetime.fromisoformat("2026-11-21T10:00:00.000001+00:00"))
    assert freezes.create(exact, folder, {}).as_at == exact.as_at


def test_a_file_whose_name_is_not_text_can_be_frozen(dataset: Dataset, folder: Path) -> None:
    odd = replace(dataset, sources=(replace(dataset.sources[0], name=os.fsdecode(b"cin\xff.xml")),))
    assert freezes.read(freezes.create(odd, folder, {}).id, folder).sources == odd.sources


# ---------------------------------------------------------------- when it goes wrong half way


def test_when_it_cannot_be_put_in_its_place_nothing_is_left(
    dataset: Dataset, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", full)
        with pytest.raises(OSError, match="No space left"):
            freezes.create(dataset, folder, DEFINITIONS)
    assert list(folder.iterdir()) == []
    freezes.create(dataset, folder, DEFINITIONS)
    assert freezes.verify(dataset.id, folder) == []


KILLED_AT = """
import os, signal, sys
from pathlib import Path
from waypost.datasets import freezes
from waypost.datasets.load.cin_census import read

left = [int(sys.argv[1])]
really = os.fsync

def fsync(handle):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    really(handle)

os.fsync = fsync
freezes.create(read([Path(name) for name in sys.argv[3:]]), Path(sys.argv[2]), {})
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
@pytest.mark.parametrize("step", [1, len(CONTRACT) // 2, len(CONTRACT) + 1, len(CONTRACT) + 2])
def test_killed_half_way_there_is_no_freeze_and_the_next_start_makes_it(
    step: int, sources: list[Path], folder: Path
) -> None:
    """At the first file, half way, at the manifest, and when all is written and not yet in its place."""
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_AT, str(step), folder, *sources], env={"PYTHONPATH": str(SRC)}, timeout=120
    )
    assert killed.returncode == -signal.SIGKILL
    assert freezes.listed(folder) == ()
    (draft,) = folder.iterdir()
    os.utime(draft, (time.time() - 7200,) * 2)
    stored = freezes.create(read(sources), folder, DEFINITIONS)
    assert freezes.verify(stored.id, folder) == []
    assert [path.name for path in folder.iterdir()] == [stored.id.removeprefix("sha256:")]


def test_two_at_once_make_one(dataset: Dataset, folder: Path) -> None:
    together = 4
    with ThreadPoolExecutor(together) as pool:
        made = list(pool.map(lambda _: freezes.create(replace(dataset), folder, DEFINITIONS), range(together)))
    assert {manifest.id for manifest in made} == {dataset.id}
    assert [path.name for path in folder.iterdir()] == [dataset.id.removeprefix("sha256:")]
    assert freezes.verify(dataset.id, folder) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps who may read elsewhere")
def test_nobody_else_may_open_it(home: Path) -> None:
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_a_draft_that_is_being_made_now_is_left_alone(dataset: Dataset, folder: Path) -> None:
    (folder / ".draft-another").mkdir(parents=True)
    freezes.create(dataset, folder, DEFINITIONS)
    assert (folder / ".draft-another").exists()
    assert freezes.listed(folder) == (dataset.id,)
