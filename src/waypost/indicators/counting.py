"""Runs counts on an engine: few questions, each of all that can be counted of the same rows in one pass.

One question counts for every period of every authority, in all and by every field, so that the country takes as many
questions as one authority.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from ibis.common.deferred import Deferred

from waypost.domain.periods import Period
from waypost.indicators.declare import Column, Count, Of, Quartile, Rows
from waypost.indicators.groups import Field, beside

Numbers = npt.NDArray[np.int64]
"""A whole number for each place."""

Group = tuple[str | None, str | None]
"""The group-by field and value; both None for the total."""

TOTAL: Group = (None, None)

AGE: dict[Of, str] = {"rows": "age", "children": "age_at_end"}
"""Rows are as old as on their own day; different children as at the period's end."""


class Engine(Protocol):
    """Where expressions run."""

    def load(self, tables: Mapping[str, pa.Table]) -> None: ...

    def keep(self, name: str, rows: ir.Table) -> None: ...

    def forget(self, name: str) -> None: ...

    def rows(self, question: ir.Table) -> pa.Table: ...


@dataclass(frozen=True)
class Places:
    """What is counted for: a place is one period of one authority, the periods of an authority side by side."""

    authorities: tuple[str, ...]
    periods: tuple[Period, ...]

    def __len__(self) -> int:
        return len(self.authorities) * len(self.periods)

    def __getitem__(self, place: int) -> tuple[str, Period]:
        authority, period = divmod(place, len(self.periods))
        return self.authorities[authority], self.periods[period]

    def of(self, answer: pa.Table) -> Numbers:
        """The place of each row of an answer; below nought where it is of an authority that was not asked about."""
        authority = pc.index_in(answer.column("authority"), value_set=pa.array(self.authorities, pa.string()))
        return _whole(authority) * len(self.periods) + _whole(answer.column("period"))


@dataclass(frozen=True)
class Question:
    """What is counted of rows in one pass: rows or children, split by a column or not."""

    rows: Rows
    of: Of
    split: Column | None


class Tally:
    """Counts by question, condition and group, each for every place. What was not counted is nought."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self._nought: Numbers = np.zeros(len(places), np.int64)
        self._counts: dict[tuple[Question, int | None, str | None, Group], Numbers] = {}
        self._quartiles: dict[tuple[Rows, str, Group], list[Numbers]] = {}

    def count(self, asked: Count, group: Group = TOTAL) -> Numbers:
        column, value = asked.split or (None, None)
        key = (Question(asked.rows, asked.of, column), _key(asked.where), value, group)
        return self._counts.get(key, self._nought)

    def quartile(self, asked: Quartile, group: Group = TOTAL) -> tuple[Numbers, Numbers]:
        """The quartile, and how many values there are; the quartile means nothing where there are none."""
        *quartiles, values = self._quartiles.get((asked.rows, asked.column, group), [self._nought] * 4)
        return quartiles[asked.quarter - 1], values

    def add_counts(self, question: Question, conditions: Sequence[Deferred | None], answer: pa.Table) -> None:
        names = [f"n{place}" for place in range(len(conditions))]
        for split, group, counts in self._spread(answer, names):
            for condition, counted in zip(conditions, counts, strict=True):
                self._counts[question, _key(condition), split, group] = counted

    def add_quartiles(self, rows: Rows, column: str, answer: pa.Table) -> None:
        for _, group, found in self._spread(answer, ["q1", "q2", "q3", "n"]):
            self._quartiles[rows, column, group] = found

    def _spread(self, answer: pa.Table, names: Sequence[str]) -> Iterator[tuple[str | None, Group, list[Numbers]]]:
        """The numbers of each split and group in an answer, spread over the places."""
        places = self.places.of(answer)
        numbers = [_whole(answer.column(name), blank=0) for name in names]
        splits, fields, values = (_labels(answer, name) for name in ("split", "field", "value"))
        key = (splits.of_row * len(fields.known) + fields.of_row) * len(values.known) + values.of_row
        asked_about = np.flatnonzero(places >= 0)
        in_order = asked_about[np.argsort(key[asked_about], kind="stable")]
        for here in np.split(in_order, np.flatnonzero(np.diff(key[in_order])) + 1):
            if here.size:
                group = (fields.at(here[0]), values.at(here[0]))
                yield splits.at(here[0]), group, [self._put(each[here], places[here]) for each in numbers]

    def _put(self, numbers: Numbers, places: Numbers) -> Numbers:
        spread = self._nought.copy()
        spread[places] = numbers
        return spread


def tally(
    engine: Engine, places: Places, counts: Iterable[Count], quartiles: Iterable[Quartile], fields: Sequence[Field]
) -> Tally:
    """Counts everything asked, in all and by each field that goes with it. No rows are kept once they are counted."""
    found = Tally(places)
    asked: dict[Rows, list[_Asked]] = defaultdict(list)
    for each in (*_counts_asked(found, counts, fields), *_quartiles_asked(found, quartiles, fields)):
        asked[each.rows].append(each)
    for rows, of_rows in asked.items():
        engine.keep(rows.name, rows.made.select(_needed(rows, of_rows)))
        for each in of_rows:
            each.take(engine.rows(each.question))
        engine.forget(rows.name)
    return found


@dataclass(frozen=True)
class _Asked:
    """A question of rows, and what is done with its answer."""

    rows: Rows
    question: ir.Table
    take: Callable[[pa.Table], None]


def _counts_asked(found: Tally, counts: Iterable[Count], fields: Sequence[Field]) -> Iterator[_Asked]:
    for question, conditions in _by_question(counts).items():
        asked = _in_all_and_by(_going_with(question.rows, fields), partial(_counting, question, conditions))
        yield _Asked(question.rows, asked, partial(found.add_counts, question, conditions))


def _quartiles_asked(found: Tally, quartiles: Iterable[Quartile], fields: Sequence[Field]) -> Iterator[_Asked]:
    for rows, column in dict.fromkeys((quartile.rows, quartile.column) for quartile in quartiles):
        asked = _in_all_and_by(_going_with(rows, fields), partial(_ranking, rows, column))
        yield _Asked(rows, asked, partial(found.add_quartiles, rows, column))


def _in_all_and_by(fields: Iterable[Field], asked: Callable[[Field | None], ir.Table]) -> ir.Table:
    """A question in all, and by each field, as one."""
    in_all = asked(None)
    parts = [
        _laid_out(asked(field), field=ibis.literal(field.name), value=lambda answer: answer.value) for field in fields
    ]
    nothing = ibis.null("string")
    return ibis.union(_laid_out(in_all, field=nothing, value=nothing), *parts) if parts else in_all


def _laid_out(answer: ir.Table, **group: Any) -> ir.Table:
    """An answer with the field and the value first, so that those by different fields have the same columns."""
    return answer.select(**group, **{name: answer[name] for name in answer.columns if name not in group})


def _needed(rows: Rows, asked: Iterable[_Asked]) -> list[str]:
    """The columns of rows that are asked about. Keeping no others is most of what makes a large file quick."""
    used = {column.name for each in asked for column in each.question.op().find(ops.Field)}
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
    rows = beside(question.rows.table, field)
    keys = _keys(rows, question.split, field, AGE[question.of])
    counts = {f"n{place}": _how_many(rows, question.of, where) for place, where in enumerate(conditions)}
    return rows.group_by(**keys).aggregate(**counts)


def _how_many(rows: ir.Table, of: Of, where: Deferred | None) -> ir.IntegerScalar:
    condition = None if where is None else where.resolve(rows)
    return rows.child.nunique(where=condition) if of == "children" else rows.count(where=condition)


def _ranking(rows: Rows, column: str, field: Field | None) -> ir.Table:
    """The quartiles by nearest rank: the smallest value whose place is at least that share of how many there are."""
    known = beside(rows.table.filter(rows.table[column].notnull()), field)
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
    keys: dict[str, ir.Value] = {"authority": rows.authority, "period": rows.period}
    if split is not None:
        keys["split"] = rows[split] if isinstance(split, str) else split(rows)
    if field is not None:
        keys["value"] = field.read(rows, age)
    return keys


@dataclass(frozen=True)
class _Labels:
    """What each row of an answer is labelled with: a place among the different labels known."""

    of_row: Numbers
    known: Sequence[str | None]

    def at(self, row: int) -> str | None:
        return self.known[int(self.of_row[row])]


def _labels(answer: pa.Table, name: str) -> _Labels:
    if name not in answer.column_names:
        return _Labels(np.zeros(answer.num_rows, np.int64), [None])
    column = answer.column(name)
    known = pc.unique(column)
    return _Labels(_whole(pc.index_in(column, value_set=known)), known.to_pylist())


def _whole(column: pa.ChunkedArray, *, blank: int = -1) -> Numbers:
    """A column as whole numbers.

    To Spark, how many rows meet a condition is blank where of no row it is known whether it does: none is known to.
    """
    numbers: Numbers = pc.fill_null(column.cast(pa.int64()), blank).to_numpy()
    return numbers


def _key(condition: Deferred | None) -> int | None:
    """A condition is known by itself: those declared once are asked once."""
    return None if condition is None else id(condition)
