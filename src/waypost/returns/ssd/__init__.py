"""The Standard Safeguarding Dataset: one year's records as the tables that councils have deployed, in CSV files.

    written = write(dataset, FinancialYear.parse("2024-25"), Path("ssd"))

A folder is the picture of one year, as a census file is: the records that were open in it. Every deployed column of
each table is there, in order, filled or blank; `columns.csv` says of each how many rows have it and, where none can,
why. What the contract holds and the dataset has no column for is in the folder `beside`, so that nothing is lost on
the way back (`waypost.datasets.load.ssd`). See docs/adr/0023-standard-safeguarding-dataset.md.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from waypost import __version__
from waypost.datasets.dataset import Dataset
from waypost.datasets.ssd import BESIDE, FORMAT, MANIFEST, RELEASE, REVIEWS, SSD_TABLES, WRITTEN
from waypost.domain.errors import WrongUse
from waypost.domain.periods import FinancialYear
from waypost.returns.ssd.rows import Row, beside, of_year, rows
from waypost.returns.ssd.unfilled import NOT_WRITTEN, UNFILLED

COLUMNS = "columns.csv"


def write(dataset: Dataset, year: FinancialYear, out: Path) -> Path:
    """Writes the tables of one year into a new folder, whole or not at all, and gives its path.

    Raises:
        WrongUse: there are no records of the year, or the folder is there already and holds something.
    """
    if year not in dataset.years:
        held = ", ".join(map(str, dataset.years))
        raise WrongUse(f"There are no records of {year} for authority {dataset.authority}; there are of {held}.")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise WrongUse(f"The tables are written to a new folder, and {out} holds something; name another.")
    found = rows(dataset, year)
    files = {
        f"{name}.csv": _csv([column.name for column in SSD_TABLES[name].deployed], found[name]) for name in WRITTEN
    }
    for name, kept in beside(dataset, year).items():
        files[f"{BESIDE}/{name}.csv"] = _csv(list(kept[0]), kept) if kept else ""
    files[COLUMNS] = _csv(["table", "column", "type", "rows", "filled", "why_not"], _columns(found))
    files[MANIFEST] = json.dumps(_manifest(dataset, year, found), indent=2, ensure_ascii=False) + "\n"
    _put({name: text for name, text in files.items() if text}, out)
    return out


def _put(files: Mapping[str, str], out: Path) -> None:
    """All of the files, in a folder that is made beside its place and moved there when it is whole."""
    out.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    try:
        for name, text in files.items():
            path = draft / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        if out.exists():
            out.rmdir()
        draft.rename(out)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _csv(names: Sequence[str], found: Iterable[Row]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(names)
    writer.writerows([row.get(name) for name in names] for row in found)
    return text.getvalue()


def _columns(found: Mapping[str, Sequence[Row]]) -> list[Row]:
    """Of each deployed column, how many rows have it and why none can."""
    return [
        {
            "table": name,
            "column": column.name,
            "type": column.type,
            "rows": str(len(found[name])),
            "filled": str(sum(row.get(column.name) is not None for row in found[name])),
            "why_not": UNFILLED.get(column.name, ""),
        }
        for name in WRITTEN
        for column in SSD_TABLES[name].deployed
    ]


def _manifest(dataset: Dataset, year: FinancialYear, found: Mapping[str, Sequence[Row]]) -> dict[str, object]:
    return {
        "format": FORMAT,
        "what": "Standard Safeguarding Dataset",
        "release": RELEASE,
        "made_by": f"Waypost {__version__}",
        "authority": dataset.authority,
        "year": str(year),
        "as_at": dataset.as_at.isoformat(),
        "records": dataset.id,
        "sources": [{"name": source.name, "sha256": source.sha256} for source in dataset.sources],
        "tables": {name: len(found[name]) for name in WRITTEN},
        "columns_not_filled": {name: _not_filled(name) for name in WRITTEN if _not_filled(name)},
        "tables_not_written": dict(NOT_WRITTEN),
        "beside": "What the dataset has no column for, by the key of its row. Not part of the dataset.",
        "too_long": _too_long(found),
        "reviews_of_plans_of_other_years": len(of_year(dataset, "plan_reviews", year)) - len(found[REVIEWS.table]),
    }


def _not_filled(table: str) -> dict[str, str]:
    return {column.name: UNFILLED[column.name] for column in SSD_TABLES[table].deployed if column.name in UNFILLED}


def _too_long(found: Mapping[str, Sequence[Row]]) -> dict[str, int]:
    """How many values are longer than their column's type allows; they are written whole."""
    counts: dict[str, int] = {}
    for name in WRITTEN:
        for column in SSD_TABLES[name].deployed:
            kind, _, size = column.type.rstrip(")").partition("(")
            if kind.endswith("char") and size.isdigit():
                long = sum(len(row.get(column.name) or "") > int(size) for row in found[name])
                counts |= {column.name: long} if long else {}
    return counts
