"""Who is in a census, and why, before it is sent: each child by the first of the reasons that puts them there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from waypost.datasets.dataset import Dataset
from waypost.domain.periods import FinancialYear
from waypost.returns.cin_census.writing.filed import Child, children

ON_PLAN = "On a protection plan at some time in the year"
REFERRED = "Referred in the year, and taken further"
OPEN = "Open since before the year"
NOTHING_FURTHER = "Referred in the year, with no further action"
REASONS = (ON_PLAN, REFERRED, OPEN, NOTHING_FURTHER)

GROUPS = {
    "referrals": "CINdetails",
    "assessments": "Assessments",
    "cin_plans": "CINPlanDates",
    "section47_enquiries": "Section47",
    "protection_plans": "ChildProtectionPlans",
    "plan_reviews": "CPPreviewDate",
}


@dataclass(frozen=True)
class Preview:
    """Why each child of a census is in it, by the child's id, and how many groups of each kind it has."""

    why: Mapping[str, str]
    groups: Mapping[str, int]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many children are in for each reason."""
        found = Counter(self.why.values())
        return {reason: found[reason] for reason in REASONS}


def preview(dataset: Dataset, year: FinancialYear) -> Preview:
    """Says who would be in the census of a year."""
    found = children(dataset, year)
    of_year = {name: dataset.tables[name].column("collection").to_pylist().count(year.ends) for name in GROUPS}
    return Preview(
        why={child.row["child"]: _why(child, year) for child in found},
        groups={group: of_year[name] for name, group in GROUPS.items()},
    )


def _why(child: Child, year: FinancialYear) -> str:
    if any(episode.protection_plans for episode in child.episodes):
        return ON_PLAN
    further = [each.row["referred_on"] for each in child.episodes if not each.row["is_no_further_action"]]
    if any(day >= year.start for day in further):
        return REFERRED
    return OPEN if further else NOTHING_FURTHER
