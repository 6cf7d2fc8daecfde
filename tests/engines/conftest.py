"""The engines, each opened once for a file of tests: starting Java takes longer than most of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tools import missing_tools
from waypost.engines.duckdb import DuckDB
from waypost.engines.spark import Spark

LITTLE_WORK = "-XX:TieredStopAtLevel=1"
"""Tells Java not to study how to be quick, which pays only where there is much to do."""

ENGINES = ("duckdb", "spark")


@pytest.fixture(scope="module")
def duckdb() -> Iterator[DuckDB]:
    with DuckDB() as engine:
        yield engine


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spark]:
    if "spark" in missing_tools():
        pytest.skip("Spark was not found: it needs pyspark and Java.")
    with Spark(Path(tmp_path_factory.mktemp("spark")), memory="1g", partitions=1, java=LITTLE_WORK) as engine:
        yield engine


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def opened(request: pytest.FixtureRequest, engine: str) -> DuckDB | Spark:
    made: DuckDB | Spark = request.getfixturevalue(engine)
    return made
