"""Standard Safeguarding Dataset tables to a dataset: CSV files from any system that keeps the deployed tables.

    loading = load([Path("ssd")], authority="991", year=FinancialYear.parse("2024-25"))

A folder is the picture of one year. One that Waypost wrote says whose it is and of which year; of any other it must be
said. A row that cannot be placed, such as a plan of nobody, is left out and listed with the reason; a value that is no
real date or code is blank and listed. See docs/adr/0023-standard-safeguarding-dataset.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa

from waypost.datasets import tables
from waypost.datasets.dataset import Dataset, Unread
from waypost.datasets.load.ssd.build import build
from waypost.datasets.load.ssd.folder import Folder, Progress, read_folder
from waypost.domain.errors import WrongUse
from waypost.domain.periods import FinancialYear


@dataclass(frozen=True)
class Loading:
    """A dataset and the rows that are not in it, each with its reason. `unread` of the dataset are blank values."""

    dataset: Dataset
    rejected: tuple[Unread, ...]


def read(
    folders: Sequence[Path],
    *,
    authority: str | None = None,
    year: FinancialYear | None = None,
    progress: Progress | None = None,
) -> Dataset:
    """As `load`, for those who want no more than the dataset.

    Raises:
        CannotRead: a folder or one of its tables cannot be read.
        WrongUse: whose or of which year a folder is is not known, or two do not go together.
    """
    return load(folders, authority=authority, year=year, progress=progress).dataset


def load(
    folders: Sequence[Path],
    *,
    authority: str | None = None,
    year: FinancialYear | None = None,
    progress: Progress | None = None,
) -> Loading:
    """Reads folders of one authority, one for each year. `authority` and `year` are for folders that do not say.

    Raises:
        CannotRead: a folder or one of its tables cannot be read.
        WrongUse: whose or of which year a folder is is not known, or two do not go together.
    """
    if not folders:
        raise WrongUse("No folder was given. Name one that holds the tables, such as ssd_person.csv.")
    read_in = [read_folder(path, progress) for path in folders]
    whose = _one_authority(read_in, authority)
    by_year = _by_year(read_in, year)
    built = [build(folder, authority=whose, year=own_year) for own_year, folder in by_year.items()]
    dataset = Dataset(
        authority=whose,
        years=tuple(by_year),
        tables={name: pa.concat_tables([part.tables[name] for part in built]) for name in tables.CONTRACT},
        sources=tuple(source for folder in by_year.values() for source in folder.sources),
        as_at=datetime.now(UTC).replace(microsecond=0),
        unread=tuple(entry for part in built for entry in part.unread),
        notes=tuple(note for folder in by_year.values() for note in folder.notes),
    )
    return Loading(dataset, tuple(entry for part in built for entry in part.rejected))


def _one_authority(folders: Sequence[Folder], given: str | None) -> str:
    said = {folder.authority for folder in folders if folder.authority}
    whose = said | ({given} if given else set())
    if not whose:
        raise WrongUse("The tables do not say whose they are; name the authority with --authority CODE.")
    if len(whose) > 1:
        raise WrongUse(f"The tables are of authority {' and '.join(sorted(said))}{_not(given, said)}.")
    return whose.pop()


def _not(given: str | None, said: set[str]) -> str:
    return f", not {given}" if given and given not in said else "; give those of one at a time"


def _by_year(folders: Sequence[Folder], given: FinancialYear | None) -> dict[FinancialYear, Folder]:
    """The folder of each year, in the years' order."""
    found: dict[FinancialYear, Folder] = {}
    for folder in folders:
        year = folder.year or given
        if year is None:
            raise WrongUse(
                f"The tables in {folder.name} do not say of which year they are; name it with --year 2024-25."
            )
        if year in found:
            raise WrongUse(f"{found[year].name} and {folder.name} are both of {year}; give one of them.")
        found[year] = folder
    return dict(sorted(found.items()))
