from __future__ import annotations

import pytest

from tests.unit.demo.reading import Filing
from waypost.demo import census

A_QUARTER = 0.25


@pytest.fixture(scope="module", params=["991", "993"])
def filings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Filing]:
    """The six censuses of an authority a quarter of the full size."""
    folder = tmp_path_factory.mktemp("census")
    paths = census.write(folder, authority=request.param, seed=3, size=A_QUARTER)
    return [Filing(path) for path in paths]
