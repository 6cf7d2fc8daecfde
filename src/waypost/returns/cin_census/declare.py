"""How a rule is declared, and how a collection says what it changes in the one before.

A rule says what is wrong and how to put it right, and where it is found: in each row of a table for which a condition
holds, or in the file as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from waypost.returns.cin_census.census import CHILDREN, Census, Condition, Places, Rows
from waypost.returns.issues import Severity


@dataclass(frozen=True)
class Each:
    """Rows of one table. `shows` are the fields that an issue names, of the row or of what it stands in.

    `beside` finds the row of another kind, or another of its own, that each row is set against, and `beside_shows` are
    that row's fields. Without a condition, every row that has one beside it is found.
    """

    table: str
    where: Condition | None
    shows: tuple[str, ...]
    beside: tuple[str, Callable[[Rows], Places]] | None = None
    beside_shows: tuple[str, ...] = ()


@dataclass(frozen=True)
class InFile:
    """The file as a whole. `shows` are fields of its header."""

    where: Callable[[Census], bool]
    shows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """One rule of the return. `says` is what is wrong, `put_right` what to do about it."""

    code: str
    severity: Severity
    title: str
    says: str
    put_right: str
    found: tuple[Each, ...] | InFile

    @property
    def message(self) -> str:
        return f"{self.says} {self.put_right}"


Found = Each | InFile


def error(code: str, title: str, *found: Found, says: str, put_right: str) -> Rule:
    """A rule that the return cannot be sent in without keeping."""
    return _rule("error", code, title, found, says, put_right)


def query(code: str, title: str, *found: Found, says: str, put_right: str) -> Rule:
    """A rule that may be broken for a good reason, which is then explained. Its code ends in Q."""
    return _rule("query", code, title, found, says, put_right)


def _rule(severity: Severity, code: str, title: str, found: tuple[Found, ...], says: str, put_right: str) -> Rule:
    if (severity == "query") != code.endswith("Q"):
        raise ValueError(f"Rule {code} is not a {severity} by its code.")
    each = tuple(one for one in found if isinstance(one, Each))
    whole = [one for one in found if isinstance(one, InFile)]
    return Rule(code, severity, title, says, put_right, whole[0] if whole else each)


def each(table: str, where: Condition, *, shows: str) -> Each:
    """Rows of a table for which the condition holds. `shows` are names of fields, of another table with its name."""
    return Each(table, where, fields(table, shows))


def each_beside(
    table: str,
    other: str,
    beside: Callable[[Rows], Places],
    *,
    shows: str,
    beside_shows: str,
    where: Condition | None = None,
) -> Each:
    """Rows of a table that have another beside them or, where a condition is given, for which it holds."""
    return Each(table, where, fields(table, shows), (other, beside), fields(other, beside_shows))


def in_file(where: Callable[[Census], bool], *, shows: str = "") -> InFile:
    return InFile(where, tuple(f"Header.{name}" for name in shows.split()))


def fields(table: str, names: str) -> tuple[str, ...]:
    """Fields by their full names: a name alone is of the table itself."""
    own = "ChildIdentifiers" if table == CHILDREN else table
    return tuple(name if "." in name else f"{own}.{name}" for name in names.split())


@dataclass(frozen=True)
class Collection:
    """The rules of one year's return, in order of their codes. A draft is not yet what will be asked."""

    name: str
    rules: Mapping[str, Rule]
    is_draft: bool = False

    def next(
        self, name: str, *, replaces: Sequence[Rule] = (), adds: Sequence[Rule] = (), is_draft: bool = False
    ) -> Collection:
        """The next year's: as this one, but for what it replaces and adds."""
        unknown = [rule.code for rule in replaces if rule.code not in self.rules]
        known = [rule.code for rule in adds if rule.code in self.rules]
        if unknown or known:
            raise ValueError(f"{name} replaces {unknown}, which are not there, and adds {known}, which are.")
        return collection(name, [*{**self.rules, **by_code([*replaces, *adds])}.values()], is_draft=is_draft)


def collection(name: str, rules: Sequence[Rule], *, is_draft: bool = False) -> Collection:
    return Collection(name, by_code(sorted(rules, key=in_order)), is_draft)


def by_code(rules: Sequence[Rule]) -> dict[str, Rule]:
    found = {rule.code: rule for rule in rules}
    if len(found) != len(rules):
        raise ValueError("A rule is declared twice.")
    return found


def in_order(rule: Rule) -> int:
    return int(rule.code.removesuffix("Q"))
