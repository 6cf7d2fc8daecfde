"""A freeze of two years of a few invented children, one of whose values could not be read."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.spec.indicators.children import assessment, census, child, enquiry, plan, referral
from waypost.datasets import freezes
from waypost.datasets.dataset import Dataset
from waypost.datasets.load.cin_census import read

DEFINITIONS = {"cpp_rate": 1, "referrals": 3}

ADA = child(
    "Ada",
    referral("2024-05-01", assessment("2024-05-02", "2024-06-20", factors=["3B", "4A"])),
    referral("2025-01-07", enquiry("2025-01-08", conference="2025-01-27"), plan("2025-01-27", reviews=["2025-03-20"])),
    disabilities=["MOB", "VIS"],
)
BEN = child("Ben", referral("2024-06-03"), assessment("2024-06-04"), plan("2024-07-01", previous=1), sex="M")
DEE = child("Dee", referral("2024-13-01"))


def filed(folder: Path, *children: Any, ends: int = 2025, **header: Any) -> Path:
    return census(ends, *children, **header).write(folder)


@pytest.fixture
def sources(tmp_path: Path) -> list[Path]:
    """The files of 2023-24 and 2024-25, and another of 2024-25 that is left out for being the earlier."""
    return [
        filed(tmp_path, child("Ada", referral("2023-11-06")), ends=2024),
        filed(tmp_path, ADA, BEN, DEE),
        filed(tmp_path, ADA, made_at="2025-05-01T12:00:00", name="draft.xml"),
    ]


@pytest.fixture
def dataset(sources: list[Path]) -> Dataset:
    return read(sources)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where freezes are kept; it is not there yet."""
    return tmp_path / "data" / "freezes"


@pytest.fixture
def home(dataset: Dataset, folder: Path) -> Path:
    """The folder of the freeze of the dataset, stored."""
    stored = freezes.create(dataset, folder, DEFINITIONS)
    return folder / stored.id.removeprefix("sha256:")


def reseal(home: Path, **changes: Any) -> None:
    """Changes what a manifest says, as one would who knows how it is sealed."""
    path = home / "manifest.json"
    said = {**json.loads(path.read_text()), **changes}
    del said["seal"]
    seal = hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
    path.write_text(json.dumps({**said, "seal": seal}))


def rewrite(home: Path, name: str, table: pa.Table, **stored: Any) -> None:
    """Puts other rows in a table's file, and its hash in the manifest."""
    path = home / f"{name}.parquet"
    pq.write_table(table, path, store_schema=False)
    tables = json.loads((home / "manifest.json").read_text())["tables"]
    tables[name] |= {"parquet": hashlib.sha256(path.read_bytes()).hexdigest(), "rows": table.num_rows, **stored}
    reseal(home, tables=tables)
