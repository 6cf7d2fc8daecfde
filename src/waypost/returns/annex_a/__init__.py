"""Annex A: the lists of children that an inspectorate asks for, those that these records can fill, as a workbook.

    path = write(dataset, as_at=date(2025, 3, 31), out=Path("annex-a.xlsx"))

`lists.py` says who is in each list and what each column holds; `workbook.py` lays them out. The cover says which
edition of the guidance the columns follow and what of it could not be confirmed.
"""

from __future__ import annotations

import os
import tempfile
from datetime import date
from pathlib import Path

from waypost.datasets.dataset import Dataset
from waypost.domain.errors import WrongUse
from waypost.domain.periods import FinancialYear
from waypost.returns.annex_a.lists import lists
from waypost.returns.annex_a.workbook import drawn


def write(dataset: Dataset, as_at: date, out: Path) -> Path:
    """Writes the workbook as at a day, whole or not at all, and gives its path.

    Raises:
        WrongUse: there are no records of the year that the day is in, or the file is there already.
    """
    year = FinancialYear.holding(as_at)
    if year not in dataset.years:
        held = ", ".join(map(str, dataset.years))
        raise WrongUse(f"There are no records of {year} for authority {dataset.authority}; there are of {held}.")
    if out.exists():
        raise WrongUse(f"{out} is there already; name another file, so that nothing is written over.")
    if out.suffix.lower() != ".xlsx":
        raise WrongUse(f"The lists are written as a workbook, and {out.name} does not end in .xlsx; name it so.")
    content = drawn(lists(dataset, as_at), dataset, as_at)
    out.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(draft).chmod(0o600)
        Path(draft).replace(out)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    return out
