"""Runs tests on a PostgreSQL server of their own, which is gone afterwards.

To run some by hand: python -m tests.postgresql tests/web -k drafts
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from waypost.cli.borough.postgresql import server

ROOT = Path(__file__).parents[1]


def run(address: str, *words: str, **given: Any) -> subprocess.CompletedProcess[str]:
    """Runs tests on the database at an address, in a process of their own: its settings are read when it starts."""
    command = [sys.executable, "-m", "pytest", "--numprocesses=2", *words]
    known = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    known |= {"WAYPOST_DATABASE": address, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(command, cwd=ROOT, env=known, text=True, **given)


if __name__ == "__main__":
    with server() as where:
        sys.exit(run(where, *sys.argv[1:]).returncode)
