"""Worked examples: tests that read as rules, and become the pages of docs/rules.

    @spec("An initial conference is due 15 working days after the strategy discussion")
    @example("3 March 2025", due="24 March 2025")
    @example("10 April 2025", due="6 May 2025", because="Easter and the early May holiday do not count")
    def test_initial_conference_due(strategy_discussion_on: date, due: date) -> None: ...

Values are given to the test's parameters in order, or by name. Text that is a day, such as "3 March 2025", arrives as
a date. Each example is one test case.
"""

from __future__ import annotations

import inspect
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

Test = Callable[..., None]


@dataclass(frozen=True)
class Example:
    """The values of one case by parameter, and why it comes out so."""

    values: Mapping[str, object]
    because: str


@dataclass(frozen=True)
class Spec:
    """A rule in one sentence, with its examples in the order they are written."""

    sentence: str
    parameters: tuple[str, ...]
    examples: tuple[Example, ...]


SPECS: dict[str, list[Spec]] = defaultdict(list)
"""Every rule by the name of the test module it stands in, in the order of the file."""

_waiting: dict[Test, list[Example]] = {}


def example(*values: object, because: str = "", **named: object) -> Callable[[Test], Test]:
    """One case of the rule below."""

    def keep(test: Test) -> Test:
        names = tuple(inspect.signature(test).parameters)
        told = {**dict(zip(names, values, strict=False)), **named}
        if set(told) != set(names):
            raise TypeError(f"{test.__name__} takes {', '.join(names)}; an example gives {', '.join(told)}.")
        case = Example({name: _day_or_as_is(told[name]) for name in names}, because)
        _waiting.setdefault(test, []).insert(0, case)
        return test

    return keep


def spec(sentence: str) -> Callable[[Test], Test]:
    """The rule that the test and its examples show."""

    def keep(test: Test) -> Test:
        examples = tuple(_waiting.pop(test))
        names = tuple(inspect.signature(test).parameters)
        SPECS[test.__module__].append(Spec(sentence, names, examples))
        cases = [pytest.param(*(case.values[name] for name in names), id=_name(case)) for case in examples]
        marked: Test = pytest.mark.parametrize(names, cases)(test)
        return marked

    return keep


def shown(value: object) -> str:
    """A value as a reader would write it."""
    if value is None:
        return "not known"
    if isinstance(value, datetime):
        return f"{value.day} {value:%B %Y, %H:%M}"
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _day_or_as_is(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"\d{1,2} [A-Z][a-z]+ \d{4}", value):
        return datetime.strptime(value, "%d %B %Y").replace(tzinfo=UTC).date()
    return value


def _name(case: Example) -> str:
    return " / ".join(shown(value) for value in case.values.values())
