"""Many authorities in one pass: each has the figures that it has alone, whatever the others filed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.engines.many import by_authority, called, chosen, in_one, long_table
from tests.oracle.random_census import write_files
from tests.spec.indicators.children import census, child, plan
from waypost.datasets.dataset import Dataset
from waypost.datasets.load.cin_census import read
from waypost.domain.errors import WrongUse
from waypost.domain.periods import GRIDS, FinancialYear, Grid, periods
from waypost.engines.duckdb import DuckDB
from waypost.indicators.calculate import calculate, holding
from waypost.indicators.holdings import Holding
from waypost.indicators.national import SCHEMA, filed, national, write_parquet
from waypost.indicators.results import Figure

FIELDS = ("sex", "age_band", "category", "disability")
YEARS = tuple(FinancialYear(ends) for ends in range(2023, 2028))
ASKED = [period for year in YEARS for by in GRIDS for period in periods(year, by)]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> list[Dataset]:
    """Three authorities that filed different years. Their children, episodes and plans go by the same few ids."""
    filed_by = {"991": (7, [2023, 2024, 2025]), "992": (17, [2024, 2025]), "993": (37, [2025, 2026, 2027])}
    return [
        called(read(write_files(tmp_path_factory.mktemp(code), seed, years, children=60)), code)
        for code, (seed, years) in filed_by.items()
    ]


@pytest.fixture(scope="module")
def rows(drawn: list[Dataset], duckdb: DuckDB) -> dict[str, pa.Table]:
    duckdb.load(in_one(drawn))
    return by_authority(long_table(national(duckdb, list(map(holding, drawn)), ASKED, FIELDS)))


def test_the_authorities_have_children_of_the_same_ids(drawn: list[Dataset]) -> None:
    ids = [set(dataset.tables["children"].column("child").to_pylist()) for dataset in drawn]
    assert len(ids[0] & ids[1] & ids[2]) > 20


@pytest.mark.parametrize("by", GRIDS)
@pytest.mark.parametrize("year", YEARS, ids=str)
def test_each_has_figure_by_figure_what_it_has_alone(
    drawn: list[Dataset], rows: dict[str, pa.Table], year: FinancialYear, by: Grid
) -> None:
    for dataset in drawn:
        alone = calculate(dataset, year, by, FIELDS)
        assert chosen(rows[dataset.authority], periods(year, by), FIELDS) == list(alone)


def test_authorities_whose_children_share_ids_and_days_have_the_figures_they_have_alone(
    drawn: list[Dataset], duckdb: DuckDB
) -> None:
    """Two hold every other record of the first, and so lack just what a join that forgot the authority would find."""
    year = FinancialYear(2025)
    alike = [drawn[0], _every_other(drawn[0], "992", 0), _every_other(drawn[0], "993", 1)]
    duckdb.load(in_one(alike))
    given = [replace(holding(dataset), population=31_900) for dataset in alike]
    found = by_authority(long_table(national(duckdb, given, periods(year, "quarter"))))
    for dataset in alike:
        alone = calculate(dataset, year, "quarter", population=31_900)
        assert chosen(found[dataset.authority], periods(year, "quarter")) == list(alone), dataset.authority


def _every_other(dataset: Dataset, authority: str, first: int) -> Dataset:
    """The same children under another authority, with half of what happened to them."""
    other = called(dataset, authority)
    half = {
        name: table if name == "children" else table.take(pa.array(range(first, table.num_rows, 2), pa.int64()))
        for name, table in other.tables.items()
    }
    return replace(other, tables=half)


def test_a_plan_filed_again_elsewhere_does_not_end_its_story_here(duckdb: DuckDB, tmp_path: Path) -> None:
    """Ashdown files the first plan in both years and puts its end right; Brookvale files it in the first year alone."""
    first, second = plan("2023-01-10", "2024-01-10"), plan("2024-06-03")
    filed_by = {
        "991": [census(2024, child("Maya", first)), census(2025, child("Maya", plan("2023-01-10"), second))],
        "992": [census(2024, child("Maya", first)), census(2025, child("Maya", second))],
    }
    datasets = [called(read([each.write(tmp_path / code) for each in files]), code) for code, files in filed_by.items()]
    duckdb.load(in_one(datasets))
    asked = periods(FinancialYear(2025), "year")
    table = long_table(national(duckdb, list(map(holding, datasets)), asked, only=["repeat_12m_of_new"]))
    numerators = dict(zip(*(table.column(name).to_pylist() for name in ("authority", "numerator")), strict=True))
    assert numerators == {"991": 0, "992": 1}


def test_what_each_filed_is_read_from_the_tables(drawn: list[Dataset], duckdb: DuckDB) -> None:
    duckdb.load(in_one(drawn))
    assert filed(duckdb) == tuple(map(holding, drawn))


def test_an_authority_that_is_not_asked_about_is_left_out(drawn: list[Dataset], duckdb: DuckDB) -> None:
    duckdb.load(in_one(drawn))
    asked = periods(FinancialYear(2025), "year")
    table = long_table(national(duckdb, [holding(drawn[1])], asked, ["sex"]))
    assert set(table.column("authority").to_pylist()) == {"992"}
    assert chosen(table, asked, ["sex"]) == list(calculate(drawn[1], FinancialYear(2025), "year", ["sex"]))


def test_an_authority_that_filed_nothing_has_a_reason_for_every_figure(drawn: list[Dataset], duckdb: DuckDB) -> None:
    duckdb.load(in_one(drawn))
    nobody = Holding("999", frozenset())
    figures = _figures(long_table(national(duckdb, [nobody], periods(FinancialYear(2025), "year"))))
    assert {figure.status for figure in figures} == {"not_available"}
    assert all(figure.note for figure in figures)


def test_what_is_not_known_is_refused_before_anything_is_counted() -> None:
    with DuckDB() as empty:
        with pytest.raises(WrongUse, match="'ni66b'"):
            national(empty, [], [], only=["ni66b"])
        with pytest.raises(WrongUse, match="'shoe_size'"):
            national(empty, [], [], group_by=["shoe_size"])


def test_the_long_table_is_written_as_it_is_given(drawn: list[Dataset], duckdb: DuckDB, tmp_path: Path) -> None:
    duckdb.load(in_one(drawn))
    holdings, asked = filed(duckdb), periods(FinancialYear(2025), "month")
    write_parquet(national(duckdb, holdings, asked), tmp_path / "figures.parquet")
    written = pq.read_table(tmp_path / "figures.parquet")
    assert written.schema == SCHEMA
    assert written == long_table(national(duckdb, holdings, asked))


def _figures(table: pa.Table) -> list[Figure]:
    return chosen(table, periods(FinancialYear(2025), "year"))
