"""What people were told was kept is kept, whenever the service is killed: on SQLite."""

from __future__ import annotations

from pathlib import Path

from tests.upkeep.killed import KILLS, WRITES, killed_again_and_again
from tests.upkeep.service import waypost


def test_killed_nothing_that_was_taken_is_lost(data: Path) -> None:
    found = killed_again_and_again(data)
    assert found["wrong"] == []
    assert found["taken"] >= WRITES // KILLS * KILLS
    assert waypost("audit", "verify", data=data).returncode == 0
