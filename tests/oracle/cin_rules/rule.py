"""How a rule is declared: what it looks at, and the collections it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from .filed import Census, Child, Group

COLLECTIONS = ("2022-23", "2023-24", "2024-25", "2025-26", "2026-27")


class Found(NamedTuple):
    """One group that breaks one rule. A rule on the whole file has no child, table or row."""

    rule: str
    child: str | None
    table: str | None
    row: int | None


@dataclass(frozen=True)
class Rule:
    code: str
    first: str
    last: str
    find: Callable[[Census], Iterable[Found]]


RULES: list[Rule] = []
Function = TypeVar("Function", bound=Callable[..., object])


def codes(collection: str) -> list[str]:
    """The rules of a collection."""
    return [rule.code for rule in RULES if rule.first <= collection <= rule.last]


def found_in(census: Census, collection: str) -> list[Found]:
    return [found for rule in RULES if rule.first <= collection <= rule.last for found in rule.find(census)]


def each(
    table: str, code: str, since: str = COLLECTIONS[0], until: str = COLLECTIONS[-1]
) -> Callable[[Function], Function]:
    """A rule on each group of a table alone."""

    def declare(function: Function) -> Function:
        def find(census: Census) -> Iterator[Found]:
            return (on(group, code) for group in census.all(table) if function(group))

        RULES.append(Rule(code, since, until, find))
        return function

    return declare


def among(code: str, since: str = COLLECTIONS[0], until: str = COLLECTIONS[-1]) -> Callable[[Function], Function]:
    """A rule on the groups of a child, which gives those that break it, once or more often."""

    def declare(function: Function) -> Function:
        def find(census: Census) -> Iterator[Found]:
            for child in census.children:
                groups: Iterable[Group | Child] = function(child)  # type: ignore[assignment]
                yield from dict.fromkeys(of_child(thing, code) for thing in groups)

        RULES.append(Rule(code, since, until, find))
        return function

    return declare


def whole(code: str, since: str = COLLECTIONS[0], until: str = COLLECTIONS[-1]) -> Callable[[Function], Function]:
    """A rule with one verdict on the file."""

    def declare(function: Function) -> Function:
        def find(census: Census) -> Iterator[Found]:
            if function(census):
                yield Found(code, None, None, None)

        RULES.append(Rule(code, since, until, find))
        return function

    return declare


def on(group: Group, code: str) -> Found:
    return Found(code, group.child.id, group.table, group.row)


def of_child(thing: Group | Child, code: str) -> Found:
    """A child stands for its identifiers."""
    if isinstance(thing, Child):
        return Found(code, thing.id, "ChildIdentifiers", 1)
    return on(thing, code)
