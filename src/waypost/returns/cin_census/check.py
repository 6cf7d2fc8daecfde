"""Asks rules of a census, and says what each finds, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from waypost.datasets.load.cin_census.values import NOT_A_DATE
from waypost.datasets.unread import Unread
from waypost.domain.codes import TABLES
from waypost.returns.cin_census.census import CHILDREN, DATES, Census, Mask, Places, Rows
from waypost.returns.cin_census.declare import Each, InFile, Rule
from waypost.returns.issues import Issue

Values = list[str | None]
CHILD_GROUPS = ("ChildIdentifiers", "ChildCharacteristics")
"""What is read into one row for each child."""
ID = "LAchildID"


def issues(census: Census, rules: Iterable[Rule]) -> list[Issue]:
    """What the rules find, in the order of the rules and, for each, in the order of the file."""
    return [issue for rule in rules for issue in _of_rule(census, rule)]


def _of_rule(census: Census, rule: Rule) -> Iterator[Issue]:
    if isinstance(rule.found, InFile):
        if rule.found.where(census):
            values = tuple(census.header.get(name.partition(".")[2]) for name in rule.found.shows)
            yield Issue(rule.code, rule.severity, None, None, None, rule.found.shows, values, rule.message)
        return
    for each in rule.found:
        yield from _of_rows(census, rule, each)


def _of_rows(census: Census, rule: Rule, each: Each) -> Iterator[Issue]:
    rows = census.rows(each.table)
    beside = each.beside[1](rows) if each.beside else None
    where = each.where(rows) if each.where else _has_one(beside)
    at = np.flatnonzero(where)
    if not len(at):
        return
    fields = each.shows + each.beside_shows
    shown = [_values(rows, name, at) for name in each.shows]
    if each.beside and beside is not None:
        shown += [_values_at(census, each.beside[0], name, beside[at]) for name in each.beside_shows]
    table = each.shows[0].partition(".")[0] if each.table == CHILDREN else each.table
    filed = census.tables[each.table].filed
    ids = census.tables[CHILDREN].texts(ID)
    message = rule.message
    for place, values in zip(at.tolist(), zip(*shown, strict=True), strict=True):
        child = filed.child[place]
        yield Issue(
            rule.code, rule.severity, ids[child - 1] or "", table, filed.row[place], fields, values, message, child
        )


def _has_one(beside: Places | None) -> Mask:
    if beside is None:
        raise ValueError("A rule says neither where it is found nor what it is found beside.")
    return beside >= 0


def _values(rows: Rows, field: str, at: Places) -> Values:
    """A field as filed in each of the rows, or in what each stands in."""
    table, _, element = field.partition(".")
    if table == "Header":
        return [rows.census.header.get(element)] * len(at)
    kind = CHILDREN if table in CHILD_GROUPS else table
    return _values_at(rows.census, kind, field, rows.up_to(kind).place[at])


def _values_at(census: Census, kind: str, field: str, places: Places) -> Values:
    filed = census.tables[kind].filed
    element = filed.fields.index(field.partition(".")[2])
    return [filed.values[place][element] if place >= 0 else None for place in places.tolist()]


def unread(census: Census) -> list[Unread]:
    """Every value that its field asks to be a date and that is not one."""
    ids = census.tables[CHILDREN].texts(ID)
    found = []
    for table in census.tables.values():
        for element in table.filed.fields:
            for place in table.not_days(element) if element in DATES else ():
                child, row = table.filed.child[place], table.filed.row[place]
                group = group_of(table.name, element)
                value = table.texts(element)[place] or ""
                found.append(Unread(census.filing.name, ids[child - 1], group, row, element, value, NOT_A_DATE))
    return found


def group_of(table: str, element: str) -> str:
    """The group of the return that an element stands in, where a table holds those of two."""
    if table != CHILDREN:
        return table
    return next(group for group in CHILD_GROUPS if any(field.element == element for field in TABLES[group].fields))
