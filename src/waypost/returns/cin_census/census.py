"""A census file as columns, and the way from each row to the group, episode and child that it stands in.

Rules are asked of columns, never of one child after another: a column is an array with a place for every group of its
kind in the file, dates as days and anything else as the text filed. What is missing, and text that is not a date where
a date is asked for, is no day at all, and no comparison with it holds. Text is kept as numbers that stand for each
different text, so that a question of text is asked once of each. `./waypost bench` shows what that is worth.

    plan.CPPendDate < plan.CPPstartDate             each protection plan's own dates
    plan.CPPstartDate < plan.episode.CINreferralDate  against the episode that it stands in
    plan.child.count(EPISODES) > 1                  what else the child has
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from waypost.datasets.load.cin_census.reader import Columns, Filing
from waypost.datasets.load.cin_census.values import as_date
from waypost.domain.codes import TABLES
from waypost.returns.cin_census.days import CensusYear, Days

Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]
"""Rows by their place in their table, from 0; -1 is none."""
Day = np.datetime64

CHILDREN, EPISODES, DISABILITIES = "Child", "CINdetails", "Disabilities"
ASSESSMENTS, FACTORS = "Assessments", "FactorsIdentifiedAtAssessment"
SECTION_47, CIN_PLANS = "Section47", "CINPlanDates"
PLANS, REVIEWS = "ChildProtectionPlans", "Reviews"
PRE_PROCEEDINGS = "PreProceedingsandFGDM"

PARENTS = {
    EPISODES: CHILDREN,
    DISABILITIES: CHILDREN,
    ASSESSMENTS: EPISODES,
    SECTION_47: EPISODES,
    CIN_PLANS: EPISODES,
    PLANS: EPISODES,
    PRE_PROCEEDINGS: EPISODES,
    FACTORS: ASSESSMENTS,
    REVIEWS: PLANS,
}
DATES = frozenset(field.element for table in TABLES.values() for field in table.fields if field.type == "date")

_NO_DAY = np.datetime64("NaT", "D").astype(np.int64)
_FIRST_DAY = -719_163
"""Days from Python's day nought to 1 January 1970, which numpy counts from."""


class _Days(dict[str | None, int]):
    """What day each text is, judged when first met: a census repeats few days many times."""

    def __init__(self) -> None:
        super().__init__({None: int(_NO_DAY)})
        self.refused: set[str] = set()

    def __missing__(self, text: str) -> int:
        read = as_date(text)
        if read is None:
            self.refused.add(text)
        day = self[text] = int(_NO_DAY) if read is None else read.toordinal() + _FIRST_DAY
        return day

    def all(self, texts: Sequence[str | None]) -> Days:
        return np.fromiter(map(self.__getitem__, texts), np.int64, len(texts)).view("datetime64[D]")


class _Numbers(dict[str | None, int]):
    """A number for each different text, in the order met; 0 is for what is missing."""

    def __init__(self) -> None:
        super().__init__({None: 0})

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self)
        return number


@dataclass(frozen=True)
class Words:
    """A column of text: which of the different texts stands in each row."""

    numbers: Places
    different: tuple[str | None, ...]

    @classmethod
    def of(cls, texts: Sequence[str | None]) -> Words:
        known = _Numbers()
        numbers = np.fromiter(map(known.__getitem__, texts), np.int64, len(texts))
        return cls(numbers, tuple(known))

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, at: Places | Mask) -> Words:
        return Words(self.numbers[at], self.different)

    def where(self, holds: Callable[[str], object]) -> Mask:
        """The rows of whose text something holds. It holds of nothing that is missing."""
        answers = [text is not None and bool(holds(text)) for text in self.different]
        return np.array(answers, bool)[self.numbers]


Column = Any
"""A column of days or of words; which, the field says."""


class Table:
    """The groups of one kind in the file, in the order filed."""

    def __init__(self, name: str, filed: Columns) -> None:
        self.name = name
        self.filed = filed
        self._columns: dict[str, Days | Words] = {}
        self._days = _Days()

    def __len__(self) -> int:
        return len(self.filed)

    @cached_property
    def _filed_columns(self) -> Sequence[tuple[str | None, ...]]:
        return list(zip(*self.filed.values, strict=True)) or [()] * len(self.filed.fields)

    def texts(self, element: str) -> Sequence[str | None]:
        """A field of every row, as filed."""
        return self._filed_columns[self.filed.fields.index(element)]

    def column(self, element: str) -> Days | Words:
        if element not in self._columns:
            texts = self.texts(element)
            self._columns[element] = self._days.all(texts) if element in DATES else Words.of(texts)
        return self._columns[element]

    def not_days(self, element: str) -> list[int]:
        """The places of what is filed as a date and is not one."""
        there = self.column(element)
        if isinstance(there, Words) or not self._days.refused:
            return []
        filed = self.texts(element)
        return [place for place in np.flatnonzero(np.isnat(there)).tolist() if filed[place] is not None]


class Rows:
    """Groups of one kind: all of the file, or those that another kind's rows stand in, one for each of them."""

    def __init__(self, census: Census, table: str, at: Places | None = None) -> None:
        self.census = census
        self.table = table
        self._at = at

    def __getattr__(self, element: str) -> Column:
        if element.startswith("_") or element not in self.census.tables[self.table].filed.fields:
            raise AttributeError(f"{self.table} has no {element}")
        column = self.census.tables[self.table].column(element)
        return column if self._at is None else column[self._at]

    def __len__(self) -> int:
        return len(self.census.tables[self.table]) if self._at is None else len(self._at)

    @property
    def year(self) -> CensusYear:
        return self.census.year

    @property
    def place(self) -> Places:
        """Where each row stands among all of its kind in the file."""
        return np.arange(len(self)) if self._at is None else self._at

    @property
    def child(self) -> Rows:
        return self.up_to(CHILDREN)

    @property
    def episode(self) -> Rows:
        return self.up_to(EPISODES)

    @property
    def assessment(self) -> Rows:
        return self.up_to(ASSESSMENTS)

    @property
    def plan(self) -> Rows:
        return self.up_to(PLANS)

    def up_to(self, table: str) -> Rows:
        """The group of an outer kind that each row stands in."""
        if table == self.table:
            return self
        return Rows(self.census, table, self._seen(self.census.within(self.table, table)))

    def all(self, table: str) -> Rows:
        """Every row of another kind in the file."""
        return Rows(self.census, table)

    def count(self, table: str, where: Condition | None = None) -> Places:
        """How many rows of an inner kind stand in each row, of those where a condition holds."""
        inside = self.census.within(table, self.table)
        if where is not None:
            inside = inside[where(self.all(table))]
        return self._seen(np.bincount(inside, minlength=len(self.census.tables[self.table])))

    def any(self, table: str, where: Condition | None = None) -> Mask:
        return self.count(table, where) > 0

    def first(self, table: str, where: Condition | None = None) -> Places:
        """The first row of an inner kind in each row, of those where a condition holds; -1 where there is none."""
        inside = self.census.within(table, self.table)
        found = np.arange(len(inside)) if where is None else np.flatnonzero(where(self.all(table)))
        first = np.full(len(self.census.tables[self.table]), -1)
        first[inside[found[::-1]]] = found[::-1]
        return self._seen(first)

    def _seen(self, column: Places) -> Places:
        return column if self._at is None else column[self._at]


Condition = Callable[[Rows], Mask]


class Census:
    """One census file, as the rules see it. `year` is what the file's own reference date says, where it says one."""

    def __init__(self, filing: Filing, collection: str) -> None:
        self.filing = filing
        self.header = filing.header
        self.tables = {name: Table(name, filed) for name, filed in filing.tables.items()}
        self.collection = collection
        self._within: dict[tuple[str, str], Places] = {}

    @cached_property
    def year(self) -> CensusYear:
        read = as_date(self.header.get("ReferenceDate", ""))
        return CensusYear(np.datetime64(read) if read else np.datetime64(f"20{self.collection[-2:]}-03-31"))

    @cached_property
    def has_identifiers(self) -> Mask:
        """Whether each child has a ChildIdentifiers group at all."""
        there = np.ones(len(self.tables[CHILDREN]), bool)
        there[list(self.filing.without_identifiers)] = False
        return there

    def rows(self, table: str) -> Rows:
        return Rows(self, table)

    def within(self, table: str, outer: str) -> Places:
        """The place of the outer group that each row of a table stands in."""
        if (table, outer) not in self._within:
            self._within[table, outer] = self._climb(table, outer)
        return self._within[table, outer]

    def _climb(self, table: str, outer: str) -> Places:
        filed = self.tables[table].filed
        if outer == CHILDREN:
            return np.array(filed.child, np.int64) - 1
        parents = np.array(filed.parent, np.int64)
        parent = PARENTS[table]
        return parents if parent == outer else self.within(parent, outer)[parents]
