"""The worked examples of every indicator, put into one country so that an engine answers all of them at once.

An example asks for figures of its own files, once or a few times. Here each asking becomes an authority of its own,
and what the example is then given are that authority's figures out of the country's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import tostring

import pytest

from tests.engines.many import by_authority, called, chosen, in_one, long_table
from tests.spec.indicators.answers import Figures
from tests.spec.indicators.children import Census
from waypost.datasets.dataset import Dataset
from waypost.datasets.load.cin_census import read
from waypost.domain.periods import FinancialYear, Grid, Period, periods
from waypost.indicators.calculate import holding
from waypost.indicators.counting import Engine
from waypost.indicators.holdings import Base, Holding
from waypost.indicators.national import national
from waypost.indicators.results import Results
from waypost.indicators.series import fields_named, ids_named

Example = tuple[str, tuple[tuple[str, int], ...]]
"""A test by its name and the rows of its tables of cases."""


class NotYet(Exception):
    """The figures that an example asks for have not been worked out."""


@dataclass(frozen=True)
class Asking:
    dataset: Dataset
    year: FinancialYear
    by: Grid
    group_by: tuple[str, ...]
    only: tuple[str, ...]
    population: int | None

    @property
    def periods(self) -> tuple[Period, ...]:
        return periods(self.year, self.by)


@dataclass(frozen=True)
class InCountry(Holding):
    """What an asking's authority filed, under the name that it has in the country."""

    itself: Holding | None = None

    def base(self, year: FinancialYear) -> Base | None:
        return self.itself.base(year) if self.itself else None


class Askings:
    """What every example asks, in the order that it asks."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read_before: dict[tuple[str, ...], Dataset] = {}
        self.of: dict[Example, list[Asking]] = defaultdict(list)

    def figures(self, example: Example, named: Sequence[str] | None, answers: Sequence[Results]) -> Figures:
        """What an example gets its figures by: an answer that is there, or else `NotYet` once it is written down."""
        given = iter(answers)

        def ask(
            *files: Census,
            year: str | None = None,
            by: Grid = "year",
            group_by: Sequence[str] = (),
            only: Sequence[str] | None = None,
            population: int | None = None,
        ) -> Results:
            fields_named(group_by), ids_named(only)
            dataset = self._read(files)
            answer = next(given, None)
            if answer is not None:
                return answer
            of = FinancialYear.parse(year) if year else dataset.years[-1]
            ids = ids_named(only or named)
            self.of[example].append(Asking(dataset, of, by, tuple(group_by), ids, population))
            raise NotYet

        return ask

    def _read(self, files: Sequence[Census]) -> Dataset:
        """The dataset of some files; an example that is run again does not have its files read again."""
        key = tuple(file.name + tostring(file.xml, "unicode") for file in files)
        if key not in self._read_before:
            place = self._folder / str(len(self._read_before))
            self._read_before[key] = read([file.write(place / str(number)) for number, file in enumerate(files)])
        return self._read_before[key]


def gather(items: Iterable[pytest.Function], askings: Askings, answer: Callable[[list[Asking]], list[Results]]) -> None:
    """Runs every example as far as it can go, until each has asked all that it asks."""
    answers: dict[Example, list[Results]] = defaultdict(list)
    waiting = {example_of(item): item for item in items}
    while waiting:
        for example, item in waiting.items():
            figures = askings.figures(example, named(item), answers[example])
            with suppress(NotYet, AssertionError):  # what an answer fails, the example's own test will say
                item.function(figures=figures, **_cases(item))
        waiting = {
            example: item for example, item in waiting.items() if len(askings.of[example]) > len(answers[example])
        }
        for example, found in zip(waiting, answer([askings.of[example][-1] for example in waiting]), strict=True):
            answers[example].append(found)


def example_of(item: pytest.Function) -> Example:
    indices = item.callspec.indices.items() if hasattr(item, "callspec") else ()
    return item.originalname, tuple(sorted((name, place) for name, place in indices if name != "engine"))


def named(item: pytest.Function) -> Sequence[str] | None:
    return getattr(item.function, "spec", None)


def _cases(item: pytest.Function) -> dict[str, Any]:
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    return {name: value for name, value in parameters.items() if name != "engine"}


def answered(engine: Engine, askings: Sequence[Asking]) -> list[Results]:
    """The figures that each asking asks for, out of a few countries: one in all, and one by fields for each grid."""
    found: list[Results | None] = [None] * len(askings)
    for places in _alike(askings):
        together = [askings[place] for place in places]
        for place, results in zip(places, _of_one_country(engine, together), strict=True):
            found[place] = results
    return [results for results in found if results is not None]


def _alike(askings: Sequence[Asking]) -> Iterator[list[int]]:
    alike: dict[str, list[int]] = defaultdict(list)
    for place, asking in enumerate(askings):
        alike[asking.by if asking.group_by else "in all"].append(place)
    yield from alike.values()


def _of_one_country(engine: Engine, askings: Sequence[Asking]) -> Iterator[Results]:
    authorities = [f"{place:04d}" for place in range(len(askings))]
    engine.load(in_one(called(asking.dataset, code) for asking, code in zip(askings, authorities, strict=True)))
    fields = tuple(dict.fromkeys(field for asking in askings for field in asking.group_by))
    ids = {id for asking in askings for id in asking.only}
    asked = dict.fromkeys(period for asking in askings for period in asking.periods)
    holdings = [_holding(asking, code) for asking, code in zip(askings, authorities, strict=True)]
    rows = by_authority(long_table(national(engine, holdings, tuple(asked), fields, tuple(ids))))
    for asking, authority in zip(askings, authorities, strict=True):
        ours = chosen(rows[authority], asking.periods, asking.group_by, asking.only)
        itself = asking.dataset.authority
        yield Results(itself, tuple(replace(figure, authority=itself) for figure in ours))


def _holding(asking: Asking, authority: str) -> InCountry:
    itself = holding(asking.dataset, asking.population)
    return InCountry(authority, itself.years, itself.pre_proceedings, itself=itself)
