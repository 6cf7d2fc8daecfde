"""How a command ends when something other than wrong use gets in its way."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture.house import SRC
from tests.unit.cli.conftest import Command
from waypost.cli import indicators

Start = Callable[..., "subprocess.Popen[str]"]


def test_a_fault_of_our_own_is_kept_without_its_words(
    waypost: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(_: object) -> int:
        name = "Maya Example"
        try:
            raise KeyError(name)
        except KeyError as cause:
            raise ValueError(f"{name} was in the way") from cause

    monkeypatch.setattr(indicators, "run", fail)
    said = waypost("indicators", "--cin", "x.xml")
    assert (said.code, said.out) == (70, "")
    assert said.err.count("\n") == 1
    (kept,) = (tmp_path / "data" / "log").iterdir()
    assert str(kept) in said.err
    text = kept.read_text()
    assert "ValueError" in text
    assert "KeyError" in text
    assert "test_endings.py" in text
    assert "Maya" not in text + said.err


def test_a_folder_that_cannot_be_used_is_a_plain_sentence(
    waypost: Command, two_years: list[Path], tmp_path: Path
) -> None:
    (tmp_path / "a file").touch()
    said = waypost("report", "annual", "--cin", two_years[1], "--out", tmp_path / "a file" / "reports")
    assert (said.code, said.out) == (2, "")
    assert said.err.count("\n") == 1
    assert "a file" in said.err


def test_a_reader_that_has_had_enough_ends_it_quietly(apart: Start, two_years: list[Path]) -> None:
    asked = ("indicators", "--cin", *two_years, "--by", "month", "--group-by", "sex,ethnicity,age_band")
    with apart(*asked) as process:
        assert process.stdout.readline().startswith("{")
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
@pytest.mark.parametrize("stopped_by", [signal.SIGINT, signal.SIGTERM])
def test_stopped_it_ends_quietly_and_leaves_nothing(stopped_by: int, apart: Start, tmp_path: Path) -> None:
    with apart("demo", "--no-serve") as process:
        assert process.stderr.readline().startswith("Inventing")
        process.send_signal(stopped_by)
        assert process.stderr.read() == ""
    assert process.returncode == 130
    assert list((tmp_path / "data").iterdir()) == []


def test_starting_loads_nothing_heavy() -> None:
    ask = (
        "import sys, waypost.cli.main as m; m.parse(['demo']);"
        "print(sorted({'ibis', 'duckdb', 'pyarrow', 'altair', 'lxml', 'rich', 'jinja2', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", ask], env={"PYTHONPATH": str(SRC)}, capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stderr


def test_the_version_and_the_help_are_told(waypost: Command, capsys: pytest.CaptureFixture[str]) -> None:
    for words, told in ((["--version"], "waypost 0."), (["--help"], "indicators"), (["report", "--help"], "--out")):
        with pytest.raises(SystemExit) as ended:
            waypost(*words)
        assert ended.value.code == 0
        assert told in capsys.readouterr().out
