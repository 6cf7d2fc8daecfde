"""A census, written as Standard Safeguarding Dataset tables and read back, gives the same figures."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from tests.oracle.random_census import write_files
from waypost.datasets.dataset import Dataset
from waypost.datasets.load import cin_census
from waypost.datasets.load.ssd import load
from waypost.datasets.tables import CONTRACT
from waypost.domain.periods import FinancialYear, Grid
from waypost.indicators.calculate import calculate
from waypost.returns.ssd import write

SHOWN = ("status", "value", "numerator", "denominator")
Figures = dict[tuple[str, str, str, str], tuple[object, ...]]


def there_and_back(dataset: Dataset, folder: Path) -> Dataset:
    """The dataset of the tables of every year, of which no row may be left out and no value blank."""
    loading = load([write(dataset, year, folder / str(year)) for year in dataset.years])
    assert (loading.rejected, loading.dataset.unread) == ((), ())
    assert (loading.dataset.authority, loading.dataset.years) == (dataset.authority, dataset.years)
    return loading.dataset


def figures(dataset: Dataset, by: Grid, group_by: tuple[str, ...]) -> Figures:
    found = calculate(dataset, dataset.years[-1], by=by, group_by=group_by, population=31_900).figures
    return {
        (each["indicator"], each["period_start"], each["period_end"], str(each["group"])): tuple(
            each[name] for name in SHOWN
        )
        for each in (figure.as_json() for figure in found)
    }


def differing(first: Figures, second: Figures) -> list[str]:
    return [f"{key}: {first.get(key)} but {second.get(key)}" for key in first if first[key] != second.get(key)]


def of_year(table: pa.Table, year: FinancialYear) -> pa.Table:
    return table.filter(pc.equal(table["collection"], year.ends)).combine_chunks()


@pytest.fixture(scope="module")
def orderly(tmp_path_factory: pytest.TempPathFactory) -> tuple[Dataset, Dataset]:
    """Three years of invented files without a fault, before and after."""
    folder = tmp_path_factory.mktemp("orderly")
    before = cin_census.read(write_files(folder, 5, [2024, 2025, 2027], children=80, nasty=False))
    return before, there_and_back(before, folder / "ssd")


@pytest.mark.parametrize("name", CONTRACT)
def test_every_row_of_every_table_comes_back(orderly: tuple[Dataset, Dataset], name: str) -> None:
    before, after = (dataset.tables[name] for dataset in orderly)
    assert before.num_rows > 0
    for year in orderly[0].years:
        assert of_year(after, year).equals(of_year(before, year))


@pytest.mark.parametrize(("by", "group_by"), [("year", ("category", "disability")), ("month", ())])
def test_every_indicator_is_the_same(orderly: tuple[Dataset, Dataset], by: Grid, group_by: tuple[str, ...]) -> None:
    before, after = (figures(dataset, by, group_by) for dataset in orderly)
    assert before.keys() == after.keys()
    assert differing(before, after) == []


def test_so_it_is_of_files_with_faults(tmp_path: Path) -> None:
    """But for disability: of a child filed twice, the tables hold the codes of both."""
    before = cin_census.read(write_files(tmp_path, 6, [2024, 2025], children=80))
    after = there_and_back(before, tmp_path / "ssd")
    lines = differing(figures(before, "quarter", ()), figures(after, "quarter", ()))
    assert [line for line in lines if "disab" not in line] == []
