"""A folder of the dataset's tables to columns of text, read in blocks, so that memory grows with what is kept."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv

from waypost.datasets.dataset import Source
from waypost.datasets.ssd import BESIDE, FORMAT, MANIFEST, PARTS, SSD_TABLES, WRITTEN
from waypost.domain.errors import CannotRead, WrongUse
from waypost.domain.periods import FinancialYear

Text = str | None
Progress = Callable[[int, int], None]
"""Told the bytes read so far and the bytes in all."""

NEEDED = ("ssd_person", "ssd_cin_episodes")
"""Without these there is nobody to say anything of."""
BLANK = ["", "NULL", "null"]
BLOCK = 1 << 22
MOST_BYTES = 4 << 30


@dataclass
class Columns:
    """The rows of one table as columns of text. `row` is the data row of the file, from 1, the header not counted."""

    file: str
    names: tuple[str, ...]
    row: list[int] = field(default_factory=list)
    values: dict[str, list[Text]] = field(default_factory=dict)
    misshapen: list[int] = field(default_factory=list)
    """The rows that have another number of values than the header, and are not among the others."""

    def __len__(self) -> int:
        return len(self.row)

    def column(self, name: str) -> list[Text]:
        return self.values.get(name) or [None] * len(self)


@dataclass(frozen=True)
class Folder:
    """What a folder holds: its tables, what is kept beside them, and what it says of itself."""

    name: str
    tables: dict[str, Columns]
    beside: dict[str, Columns]
    authority: str | None
    year: FinancialYear | None
    sources: tuple[Source, ...]
    notes: tuple[str, ...]


def read_folder(path: Path, progress: Progress | None = None) -> Folder:
    """Reads the tables of a folder that the contract has a place for.

    Raises:
        CannotRead: it is not a folder of tables, or one of them cannot be read.
    """
    name = path.name or str(path)
    if not path.is_dir():
        raise CannotRead(f"{name} is not a folder. Give the folder that holds the tables, such as ssd_person.csv.")
    try:
        found = {table: path / f"{table}.csv" for table in WRITTEN if (path / f"{table}.csv").is_file()}
        if missing := [table for table in NEEDED if table not in found]:
            raise CannotRead(f"{name} has no {missing[0]}.csv, without which nothing can be read from it.")
        told = _told(path / MANIFEST, name)
        read = _Reader(sum(file.stat().st_size for file in found.values()), progress)
        tables = {
            table: read.table(file, [column.name for column in SSD_TABLES[table].columns])
            for table, file in found.items()
        }
        beside = {
            part.table: read.table(file, [part.key, *part.beside])
            for part in PARTS
            if part.beside and (file := path / BESIDE / f"{part.table}.csv").is_file()
        }
        sources = tuple(Source(f"{name}/{file.name}", _sha256(file)) for file in found.values())
    except OSError as error:
        raise CannotRead(f"{name} could not be read ({error.strerror or error}). Check the folder.") from error
    notes = tuple(_notes(name, tables))
    return Folder(name, tables, beside, *told, sources, notes)


def _notes(name: str, tables: dict[str, Columns]) -> Iterator[str]:
    for table in WRITTEN:
        if table not in tables:
            yield f"{name} has no {table}.csv, so nothing is known of what it holds."


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# ---------------------------------------------------------------- what it says of itself


def _told(path: Path, name: str) -> tuple[str | None, FinancialYear | None]:
    """The authority and the year by the manifest; not known, where there is none or it is another program's."""
    if not path.is_file():
        return None, None
    try:
        manifest: Any = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        raise CannotRead(f"{name}/{MANIFEST} is not JSON. Take it away, and say whose the tables are.") from None
    if not isinstance(manifest, dict) or not isinstance(manifest.get("authority"), str):
        return None, None
    if manifest.get("format") != FORMAT:
        raise CannotRead(f"{name}/{MANIFEST} is of another format than {FORMAT}; a later Waypost made it.")
    try:
        year = FinancialYear.parse(str(manifest.get("year")))
    except WrongUse:
        raise CannotRead(f"{name}/{MANIFEST} does not say of which year the tables are.") from None
    authority = manifest["authority"]
    if not re.fullmatch(r"\d{3}", authority, re.ASCII):
        raise CannotRead(f"{name}/{MANIFEST} does not say whose the tables are: its authority has not three digits.")
    return authority, year


# ---------------------------------------------------------------- one table


class _Reader:
    """Reads tables one after the other, and tells how far it is."""

    def __init__(self, in_all: int, progress: Progress | None) -> None:
        self._in_all, self._progress, self._before = in_all, progress, 0

    def table(self, path: Path, wanted: Sequence[str]) -> Columns:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise CannotRead(f"{path.name} is larger than {MOST_BYTES >> 30} GB, which no table of children is.")
        names = _header(path)
        columns = Columns(path.name, tuple(name for name in wanted if name in names))
        if not columns.names:
            raise CannotRead(f"{path.name} has none of the columns of its table; its first line must name them.")
        lists: dict[str, list[Text]] = {name: [] for name in columns.names}
        count = 0
        try:
            for batch in _batches(path, names, columns):
                count += batch.num_rows
                for name, texts in lists.items():
                    texts += map(_trimmed, batch.column(name).to_pylist())
        except (pa.ArrowInvalid, pa.ArrowKeyError, UnicodeDecodeError) as error:
            raise CannotRead(f"{path.name} is not a CSV table in UTF-8; export it again.") from error
        columns.values = lists
        columns.row = _rows(count, columns.misshapen)
        self._before += size
        if self._progress:
            self._progress(self._before, self._in_all)
        return columns


def _header(path: Path) -> list[str]:
    """The names of the columns, in lower case."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            names = [name.strip().lower() for name in next(csv.reader(file), [])]
    except (UnicodeDecodeError, csv.Error) as error:
        raise CannotRead(f"{path.name} is not a CSV table in UTF-8; export it again.") from error
    if len(set(names)) < len(names):
        raise CannotRead(f"{path.name} names a column twice in its first line; leave one of them out.")
    return names


def _batches(path: Path, names: Sequence[str], columns: Columns) -> Iterator[pa.RecordBatch]:
    """The rows after the header, in blocks. A row of the wrong length is noted by its number and passed over."""

    def misshapen(row: pa_csv.InvalidRow) -> str:
        columns.misshapen.append(row.number - 1 if row.number else 0)
        return "skip"

    if not _has_rows(path):
        return
    with pa_csv.open_csv(
        path,
        read_options=pa_csv.ReadOptions(use_threads=False, block_size=BLOCK, column_names=list(names), skip_rows=1),
        parse_options=pa_csv.ParseOptions(newlines_in_values=True, invalid_row_handler=misshapen),
        convert_options=pa_csv.ConvertOptions(
            column_types={name: pa.string() for name in columns.names},
            include_columns=list(columns.names),
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
            null_values=BLANK,
        ),
    ) as reader:
        yield from reader


def _has_rows(path: Path) -> bool:
    """Whether there is anything after the first line."""
    with path.open("rb") as file:
        file.readline()
        return bool(file.read(1 << 16).strip())


def _rows(count: int, misshapen: Sequence[int]) -> list[int]:
    """The numbers of so many rows, those of the wrong length passed over."""
    passed, number = set(misshapen), 0
    found: list[int] = []
    while len(found) < count:
        number += 1
        if number not in passed:
            found.append(number)
    return found


def _trimmed(text: Text) -> Text:
    return (text.strip() or None) if text else None
