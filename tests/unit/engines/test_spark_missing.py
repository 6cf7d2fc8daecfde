"""Where Spark cannot be started, one sentence says what to install."""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from waypost.domain.errors import PlainError
from waypost.engines import spark


@pytest.fixture
def pyspark_is_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark, "find_spec", lambda name: ModuleSpec(name, None))


def test_without_pyspark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark, "find_spec", lambda _: None)
    with pytest.raises(PlainError, match="WAYPOST_SPARK=1"):
        spark.Spark(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("pyspark_is_here")
@pytest.mark.parametrize("setting", ["PATH", "JAVA_HOME"])
def test_without_java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv(setting, str(tmp_path))
    with pytest.raises(PlainError, match="apt install default-jre-headless"):
        spark.Spark(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for Java is a script of sh")
def test_a_java_that_does_not_start_is_named_as_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyspark")
    java = tmp_path / "java_home" / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text("#!/bin/sh\necho 'This Java is too old.' >&2\nexit 1\n")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(java.parents[1]))
    work = tmp_path / "work"
    work.mkdir()
    with pytest.raises(PlainError, match=r"Java 17 or later: This Java is too old\.$"):
        spark.Spark(work)
    assert list(work.iterdir()) == []
