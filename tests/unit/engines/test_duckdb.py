"""DuckDB holds tables by name, works expressions out once, and touches nothing outside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import ibis
import pyarrow as pa
import pytest
from ibis import _

from waypost.engines.duckdb import DuckDB

PLANS = ibis.table({"child": "string", "started_on": "date", "weeks": "int32"}, name="plans")
SCHEMA = PLANS.schema().to_pyarrow()
THREE = pa.table(
    {
        "child": ["A1", "A2", "A3"],
        "started_on": [date(2024, 5, 1), None, date(9999, 12, 31)],
        "weeks": [1, 2, None],
    },
    schema=SCHEMA,
)


@pytest.fixture
def engine() -> Iterator[DuckDB]:
    with DuckDB() as made:
        made.load({"plans": THREE})
        yield made


def test_a_table_comes_back_as_it_was_loaded(engine: DuckDB) -> None:
    assert engine.rows(PLANS.order_by("child")) == THREE


def test_an_expression_is_answered(engine: DuckDB) -> None:
    answer = engine.rows(PLANS.aggregate(n=PLANS.count(), weeks=PLANS.weeks.sum()))
    assert answer.to_pylist() == [{"n": 3, "weeks": 3}]


def test_a_table_of_no_rows_is_a_table(engine: DuckDB) -> None:
    engine.load({"plans": SCHEMA.empty_table()})
    assert engine.rows(PLANS).num_rows == 0
    assert engine.rows(PLANS.aggregate(n=PLANS.count())).to_pylist() == [{"n": 0}]


def test_a_table_loaded_again_takes_the_place_of_the_first(engine: DuckDB) -> None:
    engine.load({"plans": THREE.slice(0, 1)})
    assert engine.rows(PLANS).num_rows == 1


def test_kept_rows_are_known_by_name_and_do_not_change(engine: DuckDB) -> None:
    begun = PLANS.filter(PLANS.started_on.notnull())
    engine.keep("begun", begun)
    engine.load({"plans": SCHEMA.empty_table()})
    kept = ibis.table(begun.schema(), name="begun")
    assert engine.rows(kept).num_rows == 2


def test_kept_rows_can_be_joined_to_tables(engine: DuckDB) -> None:
    engine.keep("of two", PLANS.filter(PLANS.weeks >= 1).select("child"))
    kept = ibis.table({"child": "string"}, name="of two")
    assert engine.rows(PLANS.join(kept, "child").select("weeks").order_by("weeks")).to_pylist() == [
        {"weeks": 1},
        {"weeks": 2},
    ]


def test_each_engine_has_its_own_tables(engine: DuckDB) -> None:
    with DuckDB() as other:
        other.load({"plans": THREE.slice(0, 1)})
        other.keep("kept", PLANS)
        assert other.rows(PLANS).num_rows == 1
        assert engine.rows(PLANS).num_rows == 3
        with pytest.raises(duckdb.CatalogException):
            engine.rows(ibis.table(PLANS.schema(), name="kept"))


def test_any_number_of_threads_gives_the_same_answer() -> None:
    many = pa.table({"child": ["A"] * 50_000, "started_on": [None] * 50_000, "weeks": range(50_000)}, schema=SCHEMA)
    answers = []
    for threads in (1, 2, 4):
        with DuckDB(threads) as engine:
            engine.load({"plans": many})
            answers.append(engine.rows(PLANS.group_by(by=PLANS.weeks % 7).agg(n=_.count()).order_by("by")))
    assert answers[0] == answers[1] == answers[2]


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    with DuckDB() as engine:
        engine.load({"plans": THREE})
        engine.keep("kept", PLANS)
        assert engine.rows(ibis.table(PLANS.schema(), name="kept")).num_rows == 3
    assert list(tmp_path.rglob("*")) == []


def test_an_engine_is_closed_when_it_is_done_with(engine: DuckDB) -> None:
    with DuckDB() as done:
        done.load({"plans": THREE})
    with pytest.raises(duckdb.ConnectionException):
        done.rows(PLANS)
