"""A dataset as a children in need census file: one year of one authority, in the structure of its collection.

    write(dataset, FinancialYear(2026), made_at=moment, out=file)

Elements stand in the order of the published structure, and only those of the year's own collection are written. The
same dataset and moment give the same bytes. What is read back from the file is the dataset that it was written from.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import IO

from waypost.datasets.dataset import Dataset
from waypost.domain.errors import WrongUse
from waypost.domain.periods import FinancialYear
from waypost.returns.cin_census.writing.changes import Changes, changes
from waypost.returns.cin_census.writing.filed import children
from waypost.returns.cin_census.writing.groups import Structure
from waypost.returns.cin_census.writing.preview import Preview, preview

Progress = Callable[[int, int], None]

__all__ = ["Changes", "Preview", "asked", "changes", "preview", "write"]


def write(
    dataset: Dataset, year: FinancialYear, *, made_at: datetime, out: IO[str], progress: Progress | None = None
) -> None:
    """Writes the census of a year. `made_at` is what its header says of when it was made.

    Raises:
        WrongUse: the dataset does not hold the year, or is not of a live record and so lacks the pupil numbers.
    """
    structure = Structure(year)
    found = children(asked(dataset, year), year)
    out.write(structure.opening(dataset.authority, made_at))
    for place, child in enumerate(found):
        out.write(structure.child(child))
        if progress and place % 200 == 0:
            progress(place, len(found))
    out.write(structure.closing())


def asked(dataset: Dataset, year: FinancialYear) -> Dataset:
    """
    Raises:
        WrongUse: a census of the year cannot be written from the dataset.
    """
    if year not in dataset.years:
        held = f"{dataset.years[0]} to {dataset.years[-1]}"
        raise WrongUse(f"There is no census of {year} to be written: the record of {dataset.authority} holds {held}.")
    if "identities" not in dataset.beside:
        raise WrongUse("A census is written from the live record alone: files and freezes hold no pupil numbers.")
    return dataset
