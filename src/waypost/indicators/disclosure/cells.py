"""The counts that figures are made of, each known by what it counts and when: the cells that links run between.

Two figures that count alike stand on one cell, whatever they are called: children on plans, their rate, and the base of
every share of them. So a cell that is withheld takes with it every figure that stands on it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache

import ibis.expr.operations as ops
import ibis.expr.types as ir
from ibis import _

from waypost.domain.periods import FinancialYear, Period
from waypost.indicators import plans, repeats, reviews
from waypost.indicators.catalogue import CATALOGUE
from waypost.indicators.counting import AGE
from waypost.indicators.declare import Column, Count, Difference, Line, Of, Quartile, Rows
from waypost.indicators.groups import FIELDS
from waypost.indicators.registry import BY_ID
from waypost.indicators.results import OPENING, Figure

SAME_ROWS: Mapping[Rows, Rows] = {reviews.REVIEWED: plans.OPEN, repeats.SOON_AFTER: plans.STARTED}
"""Rows that are the same ones with more said of each."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The close of a day, as the file of a year has it."""

    on: date
    file: FinancialYear


Part = tuple[Hashable, str]
"""A column, by name or as the expression that makes it, and the value that the rows have in it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Rows, or different children, that meet every condition and belong to every part, in a period or at a moment."""

    rows: Rows
    of: Of
    when: Period | Snapshot
    where: frozenset[ops.Node] = frozenset()
    parts: frozenset[Part] = frozenset()
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash((self.rows, self.of, self.when, self.where, self.parts)))

    def __hash__(self) -> int:  # kept, because every search looks cells up many times
        return self._hash

    @property
    def year(self) -> FinancialYear:
        """The year whose own file it is counted from."""
        return self.when.file if isinstance(self.when, Snapshot) else self.when.year

    def without(self, part: Part) -> Cell:
        return replace(self, parts=self.parts - {part})

    def within(self, part: Part) -> Cell:
        return replace(self, parts=self.parts | {part})


@dataclass(frozen=True, slots=True)
class Standing:
    """The cells that a figure stands on: those counted (two for a difference), and the base."""

    counted: tuple[Cell, ...]
    base: Cell | None

    @property
    def cells(self) -> tuple[Cell, ...]:
        return (*self.counted, self.base) if self.base else self.counted


def standing(figure: Figure) -> Standing:
    """What a figure stands on. The base of a rate is the population, which is no secret and no cell."""
    if figure.group == OPENING:
        opening = Snapshot(figure.period.start - timedelta(days=1), figure.period.year)
        return Standing((Cell(plans.OPEN, "rows", opening),), None)
    line, group = _line(figure)

    def at(count: Count) -> Cell:
        return cell(count, figure.period, group)

    counted: tuple[Cell, ...]
    match line.num:
        case Count():
            counted = (at(line.num),)
        case Difference(first=first, second=second):
            counted = (at(first), at(second))
        case Quartile():
            return Standing((), at(_valued(line.num.rows, line.num.column)))
    return Standing(counted, at(line.den) if line.den else None)


@cache
def _valued(rows: Rows, column: str) -> Count:
    """The rows that have a value to take a quartile of."""
    return Count(rows, _[column].notnull())


def _line(figure: Figure) -> tuple[Line, tuple[str, str] | None]:
    """The declared line of a figure, and the field and value that it is grouped by besides."""
    for line in BY_ID[figure.indicator].lines:
        if line.group.items() <= figure.group.items():
            rest = [item for item in figure.group.items() if item not in line.group.items()]
            if len(rest) <= 1 and all(name in FIELDS for name, _ in rest):
                return line, rest[0] if rest else None
    raise ValueError(f"{figure.indicator} has no line for {dict(figure.group)}")


def cell(count: Count, period: Period, field: tuple[str, str] | None = None) -> Cell:
    """The cell of a count in a period, in all or for one value of a group-by field."""
    where, parts = _conditions(count)
    if field is not None:
        name, value = field
        parts |= {(_column(FIELDS[name].read(count.rows.table, AGE[count.of])), value)}
    rows = SAME_ROWS.get(count.rows, count.rows)
    when = Snapshot(period.end, period.year) if rows in snapshots() else period
    return Cell(rows, count.of, when, where, parts)


@cache
def snapshots() -> frozenset[Rows]:
    """The rows that are counted at the end of a period, by the basis of the indicators that count them."""
    return frozenset(
        SAME_ROWS.get(count.rows, count.rows)
        for indicator in BY_ID.values()
        if CATALOGUE[indicator.id].basis.startswith("snapshot")
        for line in indicator.lines
        for count in (line.num, line.den)
        if isinstance(count, Count)
    )


@cache
def _conditions(count: Count) -> tuple[frozenset[ops.Node], frozenset[Part]]:
    """What rows must meet, and the parts that they must belong to."""
    where: set[ops.Node] = set()
    parts: set[Part] = set()
    if count.split is not None:
        column, value = count.split
        parts.add((column_of(count.rows, column), value))
    if count.where is not None:
        asked = count.where.resolve(count.rows.table)
        for condition in _all_of(asked.op()):
            part = _as_part(condition)
            if part is None:
                where.add(condition)
            else:
                parts.add(part)
    return frozenset(where), frozenset(parts)


def _all_of(condition: ops.Node) -> Iterator[ops.Node]:
    if isinstance(condition, ops.And):
        yield from _all_of(condition.left)
        yield from _all_of(condition.right)
    else:
        yield condition


def _as_part(condition: ops.Node) -> Part | None:
    """The part that "column is value" names."""
    if not (isinstance(condition, ops.Equals) and isinstance(condition.left, ops.Field)):
        return None
    if not (isinstance(condition.right, ops.Literal) and isinstance(condition.right.value, str)):
        return None
    return condition.left.name, condition.right.value


def column_of(rows: Rows, column: Column) -> Hashable:
    """How a column is known: two that read the same column, one with its blanks called unknown, are one."""
    return _column(rows.table[column] if isinstance(column, str) else column(rows.table))


def _column(value: ir.Value) -> Hashable:
    read: ops.Node = value.op()
    if isinstance(read, ops.Coalesce):
        read = read.arg[0]
    return str(read.name) if isinstance(read, ops.Field) else read
