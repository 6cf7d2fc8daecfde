"""One truth by two ways: the live record, and the census files written of it, give the same dataset and figures."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.extract.conftest import Load
from tests.oracle.random_census import write_files
from waypost.datasets.dataset import Dataset
from waypost.datasets.load.cin_census import read
from waypost.domain.calendars import ENGLAND_AND_WALES
from waypost.domain.periods import GRIDS, FinancialYear
from waypost.domain.timescales import INITIAL_CONFERENCE, SINGLE_ASSESSMENT, due_on
from waypost.extract import extract, last_changed
from waypost.indicators.calculate import calculate
from waypost.indicators.groups import FIELDS
from waypost.returns.cin_census.writing import write


def written(dataset: Dataset, folder: Path) -> list[Path]:
    """The census files of every year of a dataset."""
    folder.mkdir()
    paths = []
    for year in dataset.years:
        out = io.StringIO()
        write(dataset, year, made_at=last_changed(dataset.authority), out=out)
        paths.append(folder / f"cin_{year}.xml")
        paths[-1].write_text(out.getvalue(), encoding="utf-8")
    return paths


def assert_same_figures(one: Dataset, other: Dataset, year: FinancialYear) -> None:
    for by, fields in zip(GRIDS, (tuple(FIELDS), ("category",), ("sex",)), strict=True):
        figures = [list(calculate(each, year, by=by, group_by=fields)) for each in (one, other)]
        assert figures[0] == figures[1]
        assert any(figure.value for figure in figures[0])


def test_the_record_its_census_and_the_files_it_came_from(loading: Load, files: list[Path], tmp_path: Path) -> None:
    """Loaded, extracted, written and read again: all of one content, but that the record knows the year after too."""
    *_, latest = loading(files)
    assert (latest.rejects, latest.authority, str(latest.year)) == ((), "991", "2025-26")
    live = extract("991")
    again = read(written(live, tmp_path / "written"))
    assert (again.unread, again.id, again.years) == ((), live.id, live.years)
    assert again.known_until == live.known_until
    assert_same_figures(live, again, FinancialYear(2026))
    own = read(files[-1:])
    for name, table in own.tables.items():
        of_year = [row for row in live.tables[name].to_pylist() if row["collection"] == 2026]
        assert of_year == table.to_pylist(), name


def test_writing_again_gives_the_same_bytes(loading: Load, files: list[Path], tmp_path: Path) -> None:
    loading(files[-1:])
    first, second = (written(extract("991"), tmp_path / name) for name in ("first", "second"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_in_the_record(loading: Load, tmp_path: Path, seed: int) -> None:
    """Awkward lives, of which the record takes what it can hold."""
    files = write_files(tmp_path, seed, (2024, 2025), children=15, nasty=seed > 3)
    loading(files)
    live = extract("991")
    again = read(written(live, tmp_path / "written"))
    assert again.contents == live.contents
    _assert_due_by_the_rule(live)


def _assert_due_by_the_rule(dataset: Dataset) -> None:
    """The column of a dataset and the rule that serves the screen give one day."""
    assessments = dataset.tables["assessments"].to_pylist()
    conferences = [row for row in dataset.tables["initial_conferences"].to_pylist() if row["is_after_enquiry"]]
    for timescale, start, rows in (
        (SINGLE_ASSESSMENT, "started_on", assessments),
        (INITIAL_CONFERENCE, "enquiry_started_on", conferences),
    ):
        for row in rows:
            assert row["due_on"] == due_on(timescale, after=row[start], calendar=ENGLAND_AND_WALES)
