"""Every rule of every collection finds what its worked example says, and nothing where it should find nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.spec.returns.cin_census.filed import Example, write
from tests.spec.returns.cin_census.subjects import EXAMPLES
from tests.spec.returns.cin_census.worked import LATEST, Worked
from waypost.returns.cin_census import Issue, validate
from waypost.returns.cin_census.collections import COLLECTIONS

EACH = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.code} in {example.collection}")


def found(folder: Path, example: Worked, filed: Example) -> list[Issue]:
    issues = validate(write(filed, folder, example.collection), collection=example.collection).issues
    return [issue for issue in issues if issue.rule == example.code]


@EACH
def test_the_example_fails(example: Worked, tmp_path: Path) -> None:
    issues = found(tmp_path, example, example.fails)
    assert issues
    places = ", ".join(f"{issue.table} {issue.row}" for issue in issues)
    assert places == example.at if example.at else len(issues) == 1


@EACH
def test_the_other_passes(example: Worked, tmp_path: Path) -> None:
    assert found(tmp_path, example, example.passes) == []


@EACH
def test_what_an_issue_names(example: Worked, tmp_path: Path) -> None:
    rule = COLLECTIONS[example.collection].rules[example.code]
    for issue in found(tmp_path, example, example.fails):
        assert (issue.severity, issue.message) == (rule.severity, rule.message)
        assert len(issue.fields) == len(issue.values)
        assert (issue.child_id is None) == (issue.table is None) == (issue.row is None)
        assert issue.fields or issue.table is None


def test_every_rule_has_its_examples() -> None:
    shown = {(example.code, example.collection) for example in EXAMPLES}
    assert {code for code, _ in shown} == {code for each in COLLECTIONS.values() for code in each.rules}
    for replaced in ("1530", "2886Q", "4180", "8750", "8770Q"):
        assert len({collection for code, collection in shown if code == replaced}) == 2


@pytest.mark.parametrize(
    ("collection", "rules", "errors"),
    [("2022-23", 105, 81), ("2023-24", 105, 81), ("2024-25", 109, 83), (LATEST, 109, 83), ("2026-27", 121, 91)],
)
def test_how_many_rules_there_are(collection: str, rules: int, errors: int) -> None:
    asked = COLLECTIONS[collection].rules.values()
    assert (len(asked), sum(rule.severity == "error" for rule in asked)) == (rules, errors)
    assert COLLECTIONS[collection].is_draft == (collection == "2026-27")
