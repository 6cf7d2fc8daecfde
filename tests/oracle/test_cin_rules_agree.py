"""Waypost and the plain reading find the same faults in the same groups of the same files."""

from __future__ import annotations

import re
from collections import Counter
from itertools import cycle
from pathlib import Path

import pytest

from waypost.returns.cin_census import validate

from . import cin_rules
from .cin_rules import Found, awkward

SEEDS = range(30)
CHILDREN = 60
SIZES = (CHILDREN, CHILDREN, 5, CHILDREN, 1)
Issues = Counter[Found]


def plainly(path: Path, collection: str) -> Issues:
    return Counter(cin_rules.issues(path, collection))


def by_waypost(path: Path, collection: str) -> Issues:
    issues = validate(path, collection=collection).issues
    assert all(issue.severity == ("query" if issue.rule.endswith("Q") else "error") for issue in issues)
    return Counter(Found(issue.rule, issue.child_id, issue.table, issue.row) for issue in issues)


def differences(path: Path, collection: str, oracle: Issues) -> list[str]:
    """A line for each group that only one side finds, or that they find a different number of times."""
    waypost = by_waypost(path, collection)
    return [
        f"{collection} {path.name} {found}: {waypost[found]} but {oracle[found]}"
        for found in sorted(waypost.keys() | oracle.keys(), key=str)
        if waypost[found] != oracle[found]
    ]


@pytest.fixture(scope="module", params=cin_rules.COLLECTIONS)
def collection(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def read(collection: str, tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Issues]:
    """Awkward files of a collection, and what the plain reading finds in each."""
    folder = tmp_path_factory.mktemp(collection)
    sizes = cycle(SIZES)
    paths = [awkward.write(folder / f"awkward_{seed}.xml", seed, collection, next(sizes)) for seed in SEEDS]
    return {path: plainly(path, collection) for path in paths}


def test_both_find_the_same_groups(collection: str, read: dict[Path, Issues]) -> None:
    lines = [line for path, oracle in read.items() for line in differences(path, collection, oracle)]
    assert not lines, "\n".join([f"{len(lines)} differ (Waypost, then the plain reading):", *lines[:40]])


def test_the_files_break_every_rule_and_none_always(collection: str, read: dict[Path, Issues]) -> None:
    """So that no rule is compared only where it is silent, and none only where it speaks."""
    broken = [{found.rule for found in oracle} for oracle in read.values()]
    assert set.union(*broken) == set(cin_rules.codes(collection))
    assert set.intersection(*broken) == set()


@pytest.mark.parametrize("ref", ["0001-01-01", "0001-12-31", "9999-12-31", "2019-03-31", "2026-02-30", ""])
def test_both_find_the_same_groups_at_the_ends_of_time(tmp_path: Path, ref: str) -> None:
    """With any reference date, or none, and with days among the others that no arithmetic can pass."""
    path = awkward.write(tmp_path / "awkward.xml", 1, "2026-27", CHILDREN)
    text = re.sub("(ReferenceDate>)[^<]*<", rf"\g<1>{ref}<", path.read_text(encoding="utf-8"))
    ends = cycle(["0001-01-01", "9999-12-31", ref])
    path.write_text(re.sub(r"(?<=>)\d{4}-03-\d\d(?=<)", lambda _: next(ends), text), encoding="utf-8")
    assert differences(path, "2026-27", plainly(path, "2026-27")) == []
