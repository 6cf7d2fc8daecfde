"""The one place where a worked example meets what answers it; `tests/engines` runs them on every engine too."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from waypost.datasets.load.cin_census import read
from waypost.domain.periods import FinancialYear, Grid
from waypost.indicators.calculate import calculate
from waypost.indicators.results import Results

from .answers import Figures
from .children import Census


@pytest.fixture
def figures(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Figures:
    named: Sequence[str] | None = getattr(request.function, "spec", None)

    def ask(
        *files: Census,
        year: str | None = None,
        by: Grid = "year",
        group_by: Sequence[str] = (),
        only: Sequence[str] | None = None,
        population: int | None = None,
    ) -> Results:
        folder = tmp_path_factory.mktemp("census")
        dataset = read([file.write(folder / str(place)) for place, file in enumerate(files)])
        of = FinancialYear.parse(year) if year else dataset.years[-1]
        return calculate(dataset, of, by, tuple(group_by), only or named, population)

    return ask
