"""Which records of a freeze are not what its source says now, child by child.

Episodes, assessments and plans are numbered through a file, so one child more moves the numbers of all who follow. They
are compared as numbered within the child.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from waypost.datasets.dataset import Dataset, Unread
from waypost.datasets.tables import CONTRACT
from waypost.domain.errors import WrongUse
from waypost.domain.periods import FinancialYear

NUMBERED_IN = {"episode": "referrals", "assessment": "assessments", "plan": "protection_plans"}
"""The columns that number through a file, and the table whose rows they number."""

Key = tuple[int, str]
"""A collection and a child in it."""
Row = tuple[int, tuple[Any, ...]]
"""Its place in the table, from 1, and its values."""
Rows = list[Row]


@dataclass(frozen=True, slots=True)
class Difference:
    """What is no longer as it was frozen, in one plain sentence.

    `table` is None where it is a whole year or the order of the records. `row` counts from 1 through the table: of the
    freeze or, where the freeze does not have the child, of what was read now.
    """

    says: str
    table: str | None = None
    year: FinancialYear | None = None
    child: str | None = None
    row: int | None = None


def differences(dataset: Dataset, freeze: Dataset) -> tuple[Difference, ...]:
    """What is no longer as it was frozen: years, then each child whose rows in a table differ, then unread values.

    Raises:
        WrongUse: the two are of different authorities.
    """
    if dataset.authority != freeze.authority:
        raise WrongUse(f"The freeze is of authority {freeze.authority}, and the files are of {dataset.authority}.")
    found = (*_years(dataset, freeze), *_records(dataset, freeze), *_unread(dataset, freeze))
    if not found and dataset.id != freeze.id:
        return (Difference("The records are the same, and stand in another order."),)
    return found


def _years(dataset: Dataset, freeze: Dataset) -> Iterator[Difference]:
    for year in freeze.years:
        if year not in dataset.years:
            yield Difference(f"There is no file of {year}, which was frozen.", year=year)
    for year in dataset.years:
        if year not in freeze.years:
            yield Difference(f"There is a file of {year}, which was not frozen.", year=year)


# ---------------------------------------------------------------- records


def _records(dataset: Dataset, freeze: Dataset) -> Iterator[Difference]:
    """The children of the years that both have, whose rows in a table are not the same."""
    years = {year.ends for year in dataset.years} & {year.ends for year in freeze.years}
    for name, table in CONTRACT.items():
        if dataset.contents[name] == freeze.contents[name]:
            continue
        now, then = _by_child(dataset, name), _by_child(freeze, name)
        for key in dict.fromkeys((*then, *now)):
            found = _difference(now.get(key, []), then.get(key, []), table.columns)
            if found and key[0] in years:
                (what, row), year, child = found, FinancialYear(key[0]), key[1]
                yield Difference(f"{name}, row {row}: {_named(child)} of {year} {what}.", name, year, child, row)


def _by_child(dataset: Dataset, name: str) -> dict[Key, Rows]:
    columns: dict[str, list[Any]] = dataset.tables[name].to_pydict()
    keys: list[Key] = list(zip(columns["collection"], columns["child"], strict=True))
    for column in NUMBERED_IN.keys() & columns.keys():
        firsts = _firsts(dataset, column)
        columns[column] = [number - firsts.get(key, 0) for number, key in zip(columns[column], keys, strict=True)]
    found: dict[Key, Rows] = {}
    for place, (key, *values) in enumerate(zip(keys, *columns.values(), strict=True), start=1):
        found.setdefault(key, []).append((place, tuple(values)))
    return found


def _firsts(dataset: Dataset, column: str) -> Mapping[Key, int]:
    """The lowest number that a child has."""
    owner = dataset.tables[NUMBERED_IN[column]].select(["collection", "child", column]).to_pydict()
    found: dict[Key, int] = {}
    for collection, child, number in zip(*owner.values(), strict=True):
        found[collection, child] = min(number, found.get((collection, child), number))
    return found


def _difference(now: Rows, then: Rows, columns: tuple[str, ...]) -> tuple[str, int] | None:
    """How the rows of one child differ, and the place of the first that does; None where they are the same."""
    if not then:
        return "is not in the freeze", now[0][0]
    if not now:
        return "is no longer in the files", then[0][0]
    if len(now) != len(then):
        return f"has {_rows(now)} in the files and {_rows(then)} in the freeze", then[0][0]
    changed = [(place, one, other) for (place, one), (_, other) in zip(then, now, strict=True) if one != other]
    odd = [name for at, name in enumerate(columns) if any(one[at] != other[at] for _, one, other in changed)]
    return (f"differs from the freeze in {', '.join(odd)}", changed[0][0]) if changed else None


def _rows(rows: Rows) -> str:
    return "1 row" if len(rows) == 1 else f"{len(rows):,} rows"


def _named(child: str) -> str:
    """A child as a person knows it. The key of one without an id is the collection and its place in the file."""
    return f"child {child}" if child == child.strip() else f"the child without an id in place {child.partition('/')[2]}"


# ---------------------------------------------------------------- values that could not be read


def _unread(dataset: Dataset, freeze: Dataset) -> Iterator[Difference]:
    """Values blank to the figures whose text is another now. A file may have another name and still hold the same."""
    now, then = (Counter(replace(entry, file="") for entry in each.unread) for each in (dataset, freeze))
    for entry in then - now:
        yield _unread_now(entry, "could not be read when it was frozen, and is otherwise now")
    for entry in now - then:
        yield _unread_now(entry, "cannot be read, and was otherwise when it was frozen")


def _unread_now(entry: Unread, how: str) -> Difference:
    where = f", row {entry.row}: {_named(entry.child)}'s" if entry.child else ":"
    return Difference(f"{entry.table}{where} {entry.field} {how}.", entry.table, None, entry.child, entry.row)
