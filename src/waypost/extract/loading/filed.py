"""A census file child by child, each value read: what the loader works from.

A value that cannot be read makes its row unfit where the row cannot stand without it: a date, or a category of abuse.
Any other is left blank. Either way it is on the list of rejects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from waypost.datasets.load.cin_census.reader import CHILDREN, DISABILITIES, EPISODES, FACTORS, REVIEWS, Filing
from waypost.datasets.load.cin_census.values import Reading, readings
from waypost.domain.codes import TABLES
from waypost.extract.loading.rejects import Reject

NEEDED = {
    EPISODES: "CINreferralDate",
    "Assessments": "AssessmentActualStartDate",
    "CINPlanDates": "CINPlanStartDate",
    "Section47": "S47ActualStartDate",
    "ChildProtectionPlans": "CPPstartDate",
    REVIEWS: "CPPreviewDate",
}
"""The date by which a row is known."""

STANDS_WITHOUT = frozenset(
    each.element for table in TABLES.values() for each in table.fields if each.type != "date"
) - {"InitialCategoryOfAbuse", "LatestCategoryOfAbuse"}  # fmt: skip
CENSUS_TABLE = {CHILDREN: "ChildIdentifiers"}


@dataclass(slots=True)
class Row:
    """A group of the file: its values by the element's name, and the groups that stand in it by theirs."""

    table: str
    row: int
    values: dict[str, Any]
    within: dict[str, list[Row]] = field(default_factory=dict)

    def __getitem__(self, element: str) -> Any:
        return self.values.get(element)

    def all(self, table: str) -> list[Row]:
        return self.within.get(table, [])


Refuse = Callable[[Row, str], None]


class Filed:
    """The children of a filing, in order. What could not be read is in `rejects` as it is met."""

    def __init__(self, filing: Filing) -> None:
        self.rejects: list[Reject] = []
        self._filing = filing
        self._ids = filing.tables[CHILDREN].column("LAchildID")
        self._readings = readings()
        self._placed = {name: _by_parent(group.parent) for name, group in filing.tables.items() if name != CHILDREN}

    def __len__(self) -> int:
        return len(self._filing.tables[CHILDREN])

    def __iter__(self) -> Iterator[Row]:
        return (child for place in range(len(self)) if (child := self._row(CHILDREN, place, (DISABILITIES, EPISODES))))

    def refuse(self, child: str, row: Row, reason: str) -> None:
        """Puts a row, and so whatever stands in it, on the list."""
        table = CENSUS_TABLE.get(row.table, row.table)
        self.rejects.append(Reject(self._filing.name, child, table, row.row, reason))
        for inner in (each for rows in row.within.values() for each in rows):
            self.refuse(child, inner, f"It stands in a {table} group that was left out.")

    def _row(self, name: str, place: int, within: tuple[str, ...] = ()) -> Row | None:
        group = self._filing.tables[name]
        row = Row(name, group.row[place], {})
        unfit = ""
        for element, text in zip(group.fields, group.values[place], strict=True):
            row.values[element], why = self._read(element, text)
            if why:
                self._note(group.child[place], row, why)
                unfit = unfit or ("" if element in STANDS_WITHOUT or name == CHILDREN else why)
        for inner in within:
            held = _WITHIN.get(inner, ())
            found = (self._row(inner, at, held) for at in self._placed[inner].get(place, ()))
            row.within[inner] = [each for each in found if each is not None]
        if unfit:
            for each in (inner for rows in row.within.values() for inner in rows):
                self.refuse(self._id(group.child[place]), each, f"It stands in a {name} group that was left out.")
            return None
        return row

    def _read(self, element: str, text: str | None) -> tuple[Any, str]:
        reading: Reading[Any] | None = self._readings.get(element)
        if reading is None or text is None:
            return text, ""
        value = reading[text]
        return value, "" if value is not None else f"{element} is {text!r}, {reading.reason}."

    def _note(self, child: int, row: Row, why: str) -> None:
        table = CENSUS_TABLE.get(row.table, row.table)
        self.rejects.append(Reject(self._filing.name, self._id(child), table, row.row, why))

    def _id(self, child: int) -> str:
        return self._ids[child - 1] or ""


_WITHIN = {
    EPISODES: ("Assessments", "CINPlanDates", "Section47", "ChildProtectionPlans", "PreProceedingsandFGDM"),
    "Assessments": (FACTORS,),
    "ChildProtectionPlans": (REVIEWS,),
}


def _by_parent(parents: list[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for place, parent in enumerate(parents):
        found.setdefault(parent, []).append(place)
    return found
