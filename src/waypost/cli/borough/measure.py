"""Measures the service at the size of a borough on each database that is here, and writes it down as a section.

Pages that two hundred people ask for at once have a place here beside searches, once there are a borough's pages.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

from waypost.cli.borough import postgresql
from waypost.cli.performance import Finding, findings_table, machine, table

HEADING = "## The borough"
PEOPLE, TIMES = 100_000, 10
ALLOWED = 0.2
"""Seconds within which 95 of 100 searches are to be answered (design, section 9)."""

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What one database took, with so many people in it, by kind of search, and for the list of likely duplicates."""

    database: str
    people: int
    searches: Mapping[str, Sequence[float]]
    duplicates: Sequence[float]

    @property
    def every(self) -> list[float]:
        return sorted(took for each in self.searches.values() for took in each)

    @property
    def middle(self) -> float:
        return median(self.every)

    @property
    def at_95(self) -> float:
        """All but one in twenty took no longer."""
        return _at(95, self.every)


def _at(percent: int, took: Sequence[float]) -> float:
    return sorted(took)[max(0, -(-len(took) * percent // 100) - 1)]


def measure(people: int, times: int, *, work_dir: Path, say: Say) -> tuple[Asked, ...]:
    """Fills a service with people, asks it, makes the crowd so many times as large and asks again."""
    work_dir.mkdir(parents=True, exist_ok=True)
    found: list[Asked] = []
    for database, opened in _databases(say):
        say(f"{database}: {people:,} people, then {people * times:,}.")
        with tempfile.TemporaryDirectory(prefix="borough-", dir=work_dir) as folder, opened as address:
            known = {name: value for name, value in os.environ.items() if name != "WAYPOST_DATABASE"}
            known |= {"WAYPOST_DATABASE": address} if address else {}
            words = [sys.executable, "-P", "-m", "waypost.cli.borough.timed", folder, str(people), str(times)]
            done = subprocess.run(words, check=True, stdout=subprocess.PIPE, env=known)  # noqa: S603
        found += [Asked(database, **each) for each in json.loads(done.stdout)]
    return tuple(found)


def _databases(say: Say) -> Iterator[tuple[str, AbstractContextManager[str]]]:
    yield SQLITE, nullcontext("")
    if postgresql.programs() is None:
        say("PostgreSQL was not found, so SQLite is measured alone.")
        return
    yield POSTGRESQL, postgresql.server()


# ---------------------------------------------------------------- what the design asks


def findings(asked: Sequence[Asked]) -> Iterator[Finding]:
    for database in dict.fromkeys(each.database for each in asked):
        own = [each for each in asked if each.database == database]
        small, large = own[0], own[-1]
        yield Finding(
            f"{database}, {small.people:,} people: 95 of 100 searches under {_thousandths(ALLOWED)} ms",
            f"{_thousandths(small.at_95)} ms",
            small.at_95 < ALLOWED,
        )
        if large is not small:
            times, slower = large.people / small.people, large.middle / small.middle
            yield Finding(
                f"{database}, a search among {large.people:,} people against {small.people:,}: no worse than linear",
                f"{slower:.1f} times, for {times:.0f} times the people",
                slower <= times,
            )


# ---------------------------------------------------------------- what is written

HEADINGS = ("Database", "People", "What is asked for", "Middle, ms", "95 of 100 within, ms", "Slowest, ms")


def section(asked: Sequence[Asked]) -> str:
    """What was found, as a section of the page."""
    rows = [row for each in asked for row in _rows(each)]
    return f"""{HEADING}

Measured by `./waypost bench --borough`: one box of search, asked as a social worker asks it, and the list of likely
duplicates, asked as a team manager does. The people are invented, in families at an address; the larger crowd is the
first repeated, so that a name is borne by so many more. Each page is asked within one process, from the request to the
last byte of the answer, once before the clock runs. PostgreSQL runs on the same machine and does not write through.

{machine()} Django is {version("django")}.

{table(HEADINGS, rows)}
{findings_table(findings(asked))}"""


def _rows(asked: Asked) -> Iterable[tuple[str, ...]]:
    every = {**asked.searches, "**any search**": asked.every, "likely duplicates": asked.duplicates}
    for kind, took in every.items():
        times = (median(took), _at(95, took), max(took))
        yield asked.database, f"{asked.people:,}", kind, *map(_thousandths, times)


def _thousandths(seconds: float) -> str:
    return f"{seconds * 1_000:,.0f}"
