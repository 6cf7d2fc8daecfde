"""What no file may say, what the lock files must hold, and that nothing is written down twice or half."""

from __future__ import annotations

import re
import tomllib

import pytest

import waypost
from tests.architecture.house import ROOT, files, named, texts

MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|root|Users|tmp|work|mnt|opt)/[\w.-]+")
REGISTRY = re.compile(
    r"py[p]i\.org|pythonhosted\.or[g]|registry\.npmj[s]|artifactor[y]|://[^\s\"']*/simple\b", re.IGNORECASE
)
LOCKS = ["requirements.lock", "requirements-test.lock"]
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


@pytest.mark.parametrize("forbidden", [MACHINE_PATH, REGISTRY], ids=["places on a machine", "registries"])
def test_no_file_names(forbidden: re.Pattern[str]) -> None:
    found = [f"{named(path)}: {match[0]}" for path, text in texts() if (match := forbidden.search(text))]
    assert not found


def test_no_file_is_left_in_conflict() -> None:
    marks = ("<" * 7 + " ", ">" * 7 + " ")
    assert not [named(path) for path, text in texts() for line in text.splitlines() if line.startswith(marks)]


def test_no_file_is_very_large() -> None:
    assert not [named(path) for path in files() if path.stat().st_size > 5_000_000]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_part_has_its_hashes(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text())
    pinned = [entry for entry in entries if PINNED.match(entry)]
    assert pinned
    assert all("--hash=sha256:" in entry for entry in pinned)
    assert not [entry for entry in entries if entry.strip() and entry not in pinned and not entry.startswith("#")]


def test_the_tests_run_on_the_same_parts() -> None:
    run, test = (dict(PINNED.findall((ROOT / lock).read_text())) for lock in LOCKS)
    assert [name for name in run.keys() & test.keys() if run[name] != test[name]] == []


def test_everything_asked_for_is_locked() -> None:
    for lock in LOCKS:
        asked = re.findall(r"^([A-Za-z0-9._-]+)", (ROOT / lock.replace(".lock", ".in")).read_text(), re.MULTILINE)
        locked = {name.lower() for name, _ in PINNED.findall((ROOT / lock).read_text())}
        assert not [name for name in asked if not name.startswith("-") and name.lower() not in locked]


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == waypost.__version__
    assert f"## {waypost.__version__}" in (ROOT / "CHANGELOG.md").read_text()
