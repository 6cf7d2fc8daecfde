"""The same definitions on DuckDB and on Spark: every worked example has its answer, and drawn files agree.

The examples are those of `tests/spec/indicators`, brought in below under the name of their subject. One file holds all
that runs on Spark, so that Java is started once.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from inspect import signature
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from ibis import _

from tests.engines.examples import Askings, Example, answered, example_of, gather, named
from tests.engines.many import called, in_one, long_table
from tests.oracle.random_census import write_files
from tests.spec import indicators
from tests.spec.indicators.answers import Figures
from waypost.datasets.load.cin_census import read
from waypost.domain.errors import CannotRead
from waypost.domain.periods import FinancialYear, periods
from waypost.engines.duckdb import DuckDB
from waypost.engines.spark import Spark
from waypost.indicators.calculate import holding
from waypost.indicators.national import national
from waypost.indicators.results import Results

Either = DuckDB | Spark

# ---------------------------------------------------------------- every worked example


def _examples() -> Iterator[tuple[str, Any]]:
    for module in pkgutil.iter_modules(indicators.__path__, f"{indicators.__name__}."):
        subject = module.name.rpartition(".")[2].removeprefix("test_")
        for name, test in vars(importlib.import_module(module.name)).items():
            if name.startswith("test_") and "figures" in signature(test).parameters:
                yield f"test_{subject}__{name.removeprefix('test_')}", test


globals().update(_examples())


@pytest.fixture(scope="module")
def askings(request: pytest.FixtureRequest, duckdb: DuckDB, tmp_path_factory: pytest.TempPathFactory) -> Askings:
    """What the examples chosen for this run ask."""
    found = Askings(tmp_path_factory.mktemp("examples"))
    examples = [item for item in request.session.items if item.path == request.path and _is_example(item)]
    gather(examples, found, lambda asked: answered(duckdb, asked))
    return found


@pytest.fixture(scope="module")
def answers(askings: Askings, opened: Either) -> dict[Example, list[Results]]:
    """The engine's answers to all of them, worked out together."""
    found = iter(answered(opened, [asking for of_one in askings.of.values() for asking in of_one]))
    return {example: [next(found) for _ in of_one] for example, of_one in askings.of.items()}


@pytest.fixture
def figures(request: pytest.FixtureRequest, askings: Askings, answers: dict[Example, list[Results]]) -> Figures:
    example = example_of(request.node)
    return askings.figures(example, named(request.node), answers.get(example, []))


def _is_example(item: Any) -> bool:
    return "figures" in getattr(item, "fixturenames", ())


# ---------------------------------------------------------------- drawn files

YEARS = tuple(FinancialYear(ends) for ends in range(2023, 2028))
FIELDS = ("sex", "age_band", "category")


def test_drawn_files_of_many_authorities_give_the_same_table_to_the_last_byte(
    duckdb: DuckDB, spark: Spark, tmp_path_factory: pytest.TempPathFactory
) -> None:
    drawn = [
        called(read(write_files(tmp_path_factory.mktemp("drawn"), seed, years, children=40)), f"99{place}")
        for place, (seed, years) in enumerate([(3, [2023, 2024, 2025]), (13, [2025]), (33, [2024, 2025, 2026, 2027])])
    ]
    holdings = [replace(holding(dataset), population=31_900) for dataset in drawn]
    asked = [period for year in YEARS for period in periods(year, "quarter")]
    tables = []
    for engine in (duckdb, spark):
        engine.load(in_one(drawn))
        tables.append(long_table(national(engine, holdings, asked, FIELDS)))
    assert tables[0].num_rows > 10_000
    assert tables[0] == tables[1]


# ---------------------------------------------------------------- the same few functions

PLANS = ibis.table({"child": "string", "started_on": "date", "weeks": "int32"}, name="plans")
SCHEMA = PLANS.schema().to_pyarrow()
THREE = pa.table(
    {"child": ["A1", "A2", "A3"], "started_on": [date(24, 5, 1), None, date(9999, 12, 31)], "weeks": [1, 2, None]},
    schema=SCHEMA,
)


def test_a_table_comes_back_as_it_was_loaded(opened: Either) -> None:
    opened.load({"plans": THREE})
    assert opened.rows(PLANS.order_by("child")) == THREE


def test_a_table_is_read_from_a_file_or_a_folder_of_parquet(opened: Either, tmp_path: Path) -> None:
    for place in range(2):
        pq.write_table(THREE, tmp_path / f"{place}.parquet")
    opened.load({"plans": tmp_path / "0.parquet"})
    assert opened.rows(PLANS.order_by("child")) == THREE
    opened.load({"plans": tmp_path})
    assert opened.rows(PLANS.aggregate(n=_.count())).to_pylist() == [{"n": 6}]


def test_a_folder_without_parquet_is_refused(opened: Either, tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="no Parquet"):
        opened.load({"plans": tmp_path})


def test_answers_have_the_types_that_the_question_says(opened: Either) -> None:
    opened.load({"plans": THREE})
    question = PLANS.aggregate(
        n=_.count(),
        weeks=_.weeks.sum(),
        last=_.started_on.max(),
        month=_.started_on.max().month(),
        is_any=_.weeks.max() > 1,
    )
    answer = opened.rows(question)
    assert answer.schema.equals(question.schema().to_pyarrow())
    assert answer.to_pylist() == [{"n": 3, "weeks": 3, "last": date(9999, 12, 31), "month": 12, "is_any": True}]


def test_kept_rows_are_known_by_name_until_they_are_let_go(opened: Either) -> None:
    opened.load({"plans": THREE})
    opened.keep("begun", PLANS.filter(PLANS.started_on.notnull()))
    opened.load({"plans": SCHEMA.empty_table()})
    begun = ibis.table(SCHEMA, name="begun")
    assert opened.rows(begun).num_rows == 2
    opened.forget("begun")
    with pytest.raises(Exception, match="begun"):
        opened.rows(begun)
    opened.keep("begun", PLANS)
    assert opened.rows(begun).num_rows == 0
