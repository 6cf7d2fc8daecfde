"""The tools of the house agree with it: style, layout, types, and who may import whom."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house import ROOT, SRC

BIN = Path(sys.executable).parent


@pytest.mark.parametrize(
    "command",
    [
        pytest.param([str(BIN / "ruff"), "check", "."], id="style"),
        pytest.param([str(BIN / "ruff"), "format", "--check", "."], id="layout"),
        pytest.param([sys.executable, "-m", "mypy"], id="types"),
        pytest.param([str(BIN / "lint-imports"), "--no-cache"], id="rooms"),
    ],
)
def test_the_house_is_in_order(command: list[str]) -> None:
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(SRC)}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
