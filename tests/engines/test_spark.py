"""Spark keeps to its folder, and ends when it is closed."""

from __future__ import annotations

import os
from pathlib import Path

import ibis
import pyarrow as pa
import pytest

from tests.engines.conftest import LITTLE_WORK
from tests.tools import missing_tools
from waypost.engines.spark import Spark

pytestmark = pytest.mark.skipif("spark" in missing_tools(), reason="Spark was not found: it needs pyspark and Java.")

PLANS = ibis.table({"child": "string", "weeks": "int32"}, name="plans")


def test_nothing_is_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    home, folder = tmp_path / "home", tmp_path / "folder"
    home.mkdir()
    folder.mkdir()
    monkeypatch.chdir(home)
    monkeypatch.setenv("HOME", str(home))
    before = _started_here()
    with Spark(folder, memory="512m", partitions=2, java=LITTLE_WORK) as engine:
        engine.load({"plans": pa.table({"child": ["A1", "A2"], "weeks": [1, 2]}, schema=PLANS.schema().to_pyarrow())})
        engine.keep("kept", PLANS.filter(PLANS.weeks > 1))
        assert engine.rows(ibis.table(PLANS.schema(), name="kept")).to_pylist() == [{"child": "A2", "weeks": 2}]
        assert list(folder.iterdir())
        assert _started_here() > before
    assert list(folder.iterdir()) == []
    assert list(home.rglob("*")) == []
    assert _started_here() == before
    assert capfd.readouterr() == ("", "")


def _started_here() -> set[str]:
    """The processes that this one has started, so far as this machine tells."""
    told = Path(f"/proc/self/task/{os.getpid()}/children")
    if not told.exists():
        pytest.skip("This machine does not tell which processes were started here.")
    return set(told.read_text().split())
