"""Public editions of small invented authorities, year after year, as they would be published."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from waypost.datasets.load.cin_census import read
from waypost.demo import census
from waypost.domain.periods import FinancialYear
from waypost.indicators import disclosure
from waypost.reports import answers
from waypost.reports.annual import build
from waypost.reports.model import Report

SMALL_PLACE = 0.12
YEARS = tuple(FinancialYear(ends) for ends in (2022, 2023, 2024, 2025))


@dataclass(frozen=True)
class Published:
    """A public edition, the internal one of the same records, and what it showed."""

    public: Report
    internal: Report
    shown: disclosure.Edition


@dataclass
class Publisher:
    """An authority that publishes each edition knowing those before it."""

    files: list[Path]
    out: list[disclosure.Edition] = field(default_factory=list)

    def publish(self, ends: int, *changed: Path) -> Published:
        files = [path for path in (*self.files, *changed) if _ends(path) <= ends]
        files = [path for path in files if path in changed or _ends(path) not in {_ends(other) for other in changed}]
        dataset, year = read(files), FinancialYear(ends)
        internal = build(dataset, year)
        written = dict.fromkeys(answers.asked(internal), "None.")
        kept: dict[str, disclosure.Edition] = {}
        public = build(
            dataset,
            year,
            edition="public",
            answers=answers.Answers(written, "answers.yaml"),
            earlier={dataset.authority: tuple(self.out)},
            keep=kept.update,
        )
        self.out.append(kept[dataset.authority])
        return Published(public, internal, kept[dataset.authority])


def _ends(path: Path) -> int:
    return int(re.search(r"cin_(\d{4})-", path.name)[1]) + 1  # type: ignore[index]


Opens = Callable[[str, int], Publisher]


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opens:
    def open_(authority: str, seed: int) -> Publisher:
        folder = tmp_path_factory.mktemp(f"census-{authority}-{seed}")
        return Publisher(census.write(folder, authority=authority, years=YEARS, seed=seed, size=SMALL_PLACE))

    return open_
