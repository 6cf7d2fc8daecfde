"""A small invented authority, its dataset of two years, and the report made from it."""

from __future__ import annotations

import pytest

from waypost.datasets.dataset import Dataset
from waypost.datasets.load.cin_census import read
from waypost.demo import census
from waypost.domain.periods import FinancialYear
from waypost.reports.annual import build
from waypost.reports.model import Report

THIS_YEAR = FinancialYear(2025)
A_FIFTH = 0.2


@pytest.fixture(scope="session")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Ashdown at a fifth of its size, with census files for 2023-24 and 2024-25."""
    years = (THIS_YEAR.before(), THIS_YEAR)
    files = census.write(tmp_path_factory.mktemp("census"), authority="991", years=years, seed=7, size=A_FIFTH)
    return read(files)


@pytest.fixture(scope="session")
def report(dataset: Dataset) -> Report:
    return build(dataset, THIS_YEAR)
