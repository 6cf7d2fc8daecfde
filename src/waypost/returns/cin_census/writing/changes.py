"""What a census says otherwise than one that was written before: whom it takes in, whom it leaves out, who differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pyarrow.compute as pc

from waypost.datasets import freezes
from waypost.datasets.dataset import Dataset
from waypost.domain.periods import FinancialYear


@dataclass(frozen=True)
class Changes:
    """The ids of children. `differing` has, of each who is in both, the tables in which they differ."""

    new: tuple[str, ...]
    gone: tuple[str, ...]
    differing: Mapping[str, tuple[str, ...]]

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.differing)


def changes(dataset: Dataset, before: Dataset, year: FinancialYear) -> Changes:
    """How the census of a year differs from the one that `before` was read from.

    Raises:
        WrongUse: they are of different authorities.
    """
    now, then = (_of_year(each, year) for each in (dataset, before))
    here, there = (dict.fromkeys(each.tables["children"].column("child").to_pylist()) for each in (now, then))
    differing: dict[str, tuple[str, ...]] = {}
    for found in freezes.differences(now, then):
        if found.child and found.table and found.child in here and found.child in there:
            differing[found.child] = (*differing.get(found.child, ()), found.table)
    return Changes(tuple(id for id in here if id not in there), tuple(id for id in there if id not in here), differing)


def _of_year(dataset: Dataset, year: FinancialYear) -> Dataset:
    tables = {name: table.filter(pc.equal(table["collection"], year.ends)) for name, table in dataset.tables.items()}
    return replace(dataset, years=(year,), tables=tables, unread=())
