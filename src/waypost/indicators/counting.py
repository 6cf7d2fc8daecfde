"""Runs counts on an engine: few questions, each of all that can be counted of the same rows in one pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Protocol

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa
from ibis.common.deferred import Deferred

from waypost.indicators.declare import Column, Count, Of, Quartile, Rows
from waypost.indicators.groups import Field


class Engine(Protocol):
    """Where expressions run."""

    def keep(self, name: str, rows: ir.Table) -> None: ...

    def rows(self, question: ir.Table) -> pa.Table: ...


Place = tuple[date, str | None, str | None]
"""The period's first day, and the group-by field and value; both None for the total."""

AGE: dict[Of, str] = {"rows": "age", "children": "age_at_end"}
"""Rows are as old as on their own day; different children as at the period's end."""


@dataclass(frozen=True)
class Question:
    """What is counted of rows in one pass: rows or children, split by a column or not."""

    rows: Rows
    of: Of
    split: Column | None


class Tally:
    """Counts by question, condition and place. What was not counted is nought."""

    def __init__(self) -> None:
        self._counts: dict[tuple[Question, int | None, str | None], dict[Place, int]] = defaultdict(dict)
        self._quartiles: dict[tuple[Rows, str], dict[Place, tuple[int, ...]]] = defaultdict(dict)

    def count(self, asked: Count, place: Place) -> int:
        column, value = asked.split or (None, None)
        counted = self._counts.get((Question(asked.rows, asked.of, column), _key(asked.where), value), {})
        return counted.get(place, 0)

    def quartile(self, asked: Quartile, place: Place) -> tuple[int | None, int]:
        """The quartile, None where there are no values, and how many values there are."""
        *quartiles, values = self._quartiles[asked.rows, asked.column].get(place, (None, None, None, 0))
        return quartiles[asked.quarter - 1], values or 0

    def add_counts(
        self, question: Question, conditions: Sequence[Deferred | None], field: str | None, answer: pa.Table
    ) -> None:
        for starts_on, split, value, *counts in _rows(answer):
            for condition, counted in zip(conditions, counts, strict=True):
                self._counts[question, _key(condition), split][starts_on, field, value] = counted

    def add_quartiles(self, asked: tuple[Rows, str], field: str | None, answer: pa.Table) -> None:
        for starts_on, _, value, *found in _rows(answer):
            self._quartiles[asked][starts_on, field, value] = tuple(found)


def tally(engine: Engine, counts: Iterable[Count], quartiles: Iterable[Quartile], fields: Sequence[Field]) -> Tally:
    """Counts everything asked, in all and by each field that goes with it."""
    found = Tally()
    asked = [*_counts_asked(found, counts, fields), *_quartiles_asked(found, quartiles, fields)]
    for rows in dict.fromkeys(each.rows for each in asked):
        engine.keep(rows.name, rows.made.select(_needed(rows, asked)))
    for each in asked:
        each.take(engine.rows(each.question))
    return found


@dataclass(frozen=True)
class _Asked:
    """A question of rows, and what is done with its answer."""

    rows: Rows
    question: ir.Table
    take: Callable[[pa.Table], None]


def _counts_asked(found: Tally, counts: Iterable[Count], fields: Sequence[Field]) -> Iterator[_Asked]:
    for question, conditions in _by_question(counts).items():
        for field in (None, *_going_with(question.rows, fields)):
            take = partial(found.add_counts, question, conditions, field.name if field else None)
            yield _Asked(question.rows, _counting(question, conditions, field), take)


def _quartiles_asked(found: Tally, quartiles: Iterable[Quartile], fields: Sequence[Field]) -> Iterator[_Asked]:
    for rows, column in dict.fromkeys((quartile.rows, quartile.column) for quartile in quartiles):
        for field in (None, *_going_with(rows, fields)):
            take = partial(found.add_quartiles, (rows, column), field.name if field else None)
            yield _Asked(rows, _ranking(rows, column, field), take)


def _needed(rows: Rows, asked: Iterable[_Asked]) -> list[str]:
    """The columns of rows that are asked about. Keeping no others is most of what makes a large file quick."""
    used = {column.name for each in asked if each.rows is rows for column in each.question.op().find(ops.Field)}
    return [name for name in rows.table.columns if name in used]


def _by_question(counts: Iterable[Count]) -> dict[Question, list[Deferred | None]]:
    """The different conditions asked of each question."""
    asked: dict[Question, dict[int | None, Deferred | None]] = defaultdict(dict)
    for each in counts:
        column = each.split[0] if each.split else None
        asked[Question(each.rows, each.of, column)][_key(each.where)] = each.where
    return {question: list(conditions.values()) for question, conditions in asked.items()}


def _going_with(rows: Rows, fields: Sequence[Field]) -> Iterator[Field]:
    return (field for field in fields if field.column in rows.table.columns)


def _counting(question: Question, conditions: Sequence[Deferred | None], field: Field | None) -> ir.Table:
    rows = question.rows.table
    keys = _keys(rows, question.split, field, AGE[question.of])
    counts = {f"n{place}": _how_many(rows, question.of, where) for place, where in enumerate(conditions)}
    return rows.group_by(**keys).aggregate(**counts)


def _how_many(rows: ir.Table, of: Of, where: Deferred | None) -> ir.IntegerScalar:
    condition = None if where is None else where.resolve(rows)
    return rows.child.nunique(where=condition) if of == "children" else rows.count(where=condition)


def _ranking(rows: Rows, column: str, field: Field | None) -> ir.Table:
    """The quartiles by nearest rank: the smallest value whose place is at least that share of how many there are."""
    known = rows.table.filter(rows.table[column].notnull())
    keys = _keys(known, None, field, AGE["rows"])
    ranked = known.select(**keys, ranked=known[column])
    group = ibis.window(group_by=list(keys))
    placed = ranked.mutate(
        place=ibis.row_number().over(ibis.window(group_by=list(keys), order_by="ranked")) + 1,
        of=ranked.count().over(group),
    )
    found = {f"q{quarter}": placed.ranked.min(where=placed.place * 4 >= placed.of * quarter) for quarter in (1, 2, 3)}
    return placed.group_by(*keys).aggregate(**found, n=placed.count())


def _keys(rows: ir.Table, split: Column | None, field: Field | None, age: str) -> dict[str, ir.Value]:
    keys: dict[str, ir.Value] = {"period": rows.starts_on}
    if split is not None:
        keys["split"] = rows[split] if isinstance(split, str) else split(rows)
    if field is not None:
        keys["value"] = field.read(rows, age)
    return keys


def _rows(answer: pa.Table) -> Iterator[tuple[date, str | None, str | None, ...]]:  # type: ignore[misc]
    """The rows of an answer, with a place held for the split and the field where it has none."""
    nothing = [None] * answer.num_rows
    named = {name: answer.column(name).to_pylist() for name in answer.column_names}
    keys = [named.pop("period"), named.pop("split", nothing), named.pop("value", nothing)]
    return zip(*keys, *named.values(), strict=True)


def _key(condition: Deferred | None) -> int | None:
    """A condition is known by itself: those declared once are asked once."""
    return None if condition is None else id(condition)
