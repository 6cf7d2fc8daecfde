"""The rows of a dataset as they are filed: each child of a year, its episodes, and what is in each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

import pyarrow.compute as pc

from waypost.datasets.dataset import Dataset
from waypost.domain.periods import FinancialYear

Row = dict[str, Any]


@dataclass(slots=True)
class Episode:
    """A referral's row with the rows of its groups. Of a plan the reviews are a list in its row, as factors are."""

    row: Row
    assessments: list[Row] = field(default_factory=list)
    cin_plans: list[Row] = field(default_factory=list)
    section47_enquiries: list[Row] = field(default_factory=list)
    protection_plans: list[Row] = field(default_factory=list)
    pre_proceedings: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class Child:
    row: Row
    disabilities: list[str] = field(default_factory=list)
    episodes: list[Episode] = field(default_factory=list)


GROUPS = ("assessments", "cin_plans", "section47_enquiries", "protection_plans", "pre_proceedings")


def children(dataset: Dataset, year: FinancialYear) -> list[Child]:
    """The children of a year in the order of the dataset."""
    rows = {name: _of_year(table, year) for name, table in {**dataset.tables, **dataset.beside}.items()}
    numbers = {row["child"]: row for row in rows["identities"]}
    found = {row["child"]: Child({**row, **numbers.get(row["child"], {})}) for row in rows["children"]}
    for row in rows["disabilities"]:
        found[row["child"]].disabilities.append(row["disability"])
    episodes = _episodes(rows)
    for episode in episodes.values():
        found[episode.row["child"]].episodes.append(episode)
    return list(found.values())


def _episodes(rows: dict[str, list[Row]]) -> dict[int, Episode]:
    alone = {row["episode"]: row["held_on"] for row in rows["initial_conferences"] if not row["is_after_enquiry"]}
    episodes = {
        row["episode"]: Episode({**row, "conference_on": alone.get(row["episode"])}) for row in rows["referrals"]
    }
    factors = _listed(rows["assessment_factors"], "assessment", value="factor")
    reviews = _listed(rows["plan_reviews"], "child", "plan_started_on", value="held_on")
    for name in GROUPS:
        for row in rows[name]:
            if name == "assessments":
                row["factors"] = factors.get((row["assessment"],), [])
            if name == "protection_plans":
                row["reviews"] = reviews.pop((row["child"], row["started_on"]), [])
            getattr(episodes[row["episode"]], name).append(row)
    return episodes


def _of_year(table: Any, year: FinancialYear) -> list[Row]:
    found: list[Row] = table.filter(pc.equal(table.column("collection"), year.ends)).to_pylist()
    return found


def _listed(rows: list[Row], *keys: str, value: str) -> dict[tuple[Hashable, ...], list[Any]]:
    found: dict[tuple[Hashable, ...], list[Any]] = defaultdict(list)
    for row in rows:
        found[tuple(row[key] for key in keys)].append(row[value])
    return found
