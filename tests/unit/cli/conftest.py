"""The command as a person gives it, and the few invented children it is given."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.architecture.house import SRC
from tests.spec.indicators.children import census, child, enquiry, plan, referral
from waypost.cli.main import main


@dataclass(frozen=True, slots=True)
class Said:
    code: int
    out: str
    err: str


Command = Callable[..., Said]


@pytest.fixture
def waypost(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs a command here, with a data folder of its own."""
    monkeypatch.setenv("WAYPOST_DATA_DIR", str(tmp_path / "data"))

    def run(*words: object) -> Said:
        capsys.readouterr()
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return run


@pytest.fixture
def apart(tmp_path: Path) -> Callable[..., AbstractContextManager[subprocess.Popen[str]]]:
    """Starts a command in a process of its own, which does not outlive a test that fails."""

    @contextmanager
    def start(*words: object) -> Iterator[subprocess.Popen[str]]:
        known = os.environ | {"PYTHONPATH": str(SRC), "WAYPOST_DATA_DIR": str(tmp_path / "data")}
        command = [sys.executable, "-P", "-m", "waypost.cli", *(str(word) for word in words)]
        with subprocess.Popen(command, env=known, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            try:
                yield process
            except BaseException:
                process.kill()
                raise

    return start


@pytest.fixture
def two_years(tmp_path: Path) -> list[Path]:
    """Ashdown's censuses of 2023-24 and 2024-25. The later one has three plans: two for neglect, and one a repeat."""
    earlier = census(2024, child("Ada", referral("2023-11-06")))
    later = census(
        2025,
        child(
            "Ada", referral("2024-05-01", enquiry("2024-05-02", conference="2024-05-20")), plan("2024-05-20"), sex="F"
        ),
        child("Ben", referral("2024-06-03"), plan("2024-07-01", previous=1), sex="M"),
        child("Cal", referral("2024-10-01"), plan("2024-11-04", "2025-02-03", category="EMO"), sex="M"),
        child("Dee", referral("2024-13-01"), sex="F"),
    )
    return [earlier.write(tmp_path), later.write(tmp_path)]
