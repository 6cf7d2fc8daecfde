"""What checking a census found, as one page that needs nothing else: counts, rules, and children with their rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from waypost.datasets.load.cin_census.reader import Filing
from waypost.returns import pages
from waypost.returns.cin_census.collections import COLLECTIONS
from waypost.returns.cin_census.context import Shown, rows_read
from waypost.returns.cin_census.declare import Rule
from waypost.returns.issues import Issue, Validation

CHILDREN_SHOWN = 10
UNREAD_SHOWN = 100

TABLE_NAMES = {
    "ChildIdentifiers": "The child",
    "ChildCharacteristics": "The child's characteristics",
    "Disabilities": "Disabilities",
    "CINdetails": "Episodes",
    "Assessments": "Assessments",
    "FactorsIdentifiedAtAssessment": "Factors found at assessment",
    "CINPlanDates": "Child in need plans",
    "Section47": "Section 47 enquiries",
    "ChildProtectionPlans": "Child protection plans",
    "Reviews": "Reviews of child protection plans",
    "PreProceedingsandFGDM": "Pre-proceedings",
}


@dataclass(frozen=True)
class ChildFound:
    """One child that a rule found. `id` is None for a child filed without one, who is known by place in the file."""

    id: str | None
    place: int
    tables: tuple[Shown, ...]


@dataclass(frozen=True)
class RuleFound:
    """One rule with what it found. `children` is how many; `shown` are the first of them."""

    rule: Rule
    issues: int
    children: int
    shown: tuple[ChildFound, ...]
    header: tuple[tuple[str, str | None], ...]


def write(found: Validation, filing: Filing) -> str:
    """The whole page."""
    with_errors = {issue.child for issue in found.issues if issue.child and issue.severity == "error"}
    return pages.render(
        "cin_census.html.jinja",
        found=found,
        rules=rules_found(found, filing),
        children_with_errors=len(with_errors),
        table_names=TABLE_NAMES,
        unread=found.unread[:UNREAD_SHOWN],
    )


def rules_found(found: Validation, filing: Filing) -> list[RuleFound]:
    """Each rule that found something, with what it found."""
    return [_rule_found(found, filing, code, issues) for code, issues in _by_rule(found.issues).items()]


def _by_rule(issues: Sequence[Issue]) -> dict[str, list[Issue]]:
    by_rule: dict[str, list[Issue]] = {}
    for issue in issues:
        by_rule.setdefault(issue.rule, []).append(issue)
    return by_rule


def _rule_found(found: Validation, filing: Filing, code: str, issues: Sequence[Issue]) -> RuleFound:
    by_child: dict[int, list[Issue]] = {}
    for issue in issues:
        if issue.child is not None:
            by_child.setdefault(issue.child, []).append(issue)
    first = sorted(by_child)[:CHILDREN_SHOWN]
    header = {
        name.partition(".")[2]: value
        for issue in issues[:1]
        for name, value in zip(issue.fields, issue.values, strict=True)
        if name.startswith("Header.")
    }
    return RuleFound(
        rule=COLLECTIONS[found.collection].rules[code],
        issues=len(issues),
        children=len(by_child),
        shown=tuple(
            ChildFound(by_child[child][0].child_id or None, child, rows_read(filing, by_child[child]))
            for child in first
        ),
        header=tuple(header.items()),
    )
