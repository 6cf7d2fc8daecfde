"""The folder of one freeze: a Parquet file for each table of the contract, and `manifest.json`; written, and checked.

Whatever reads a freeze goes through `check`, which works everything out again from the bytes, so that nothing is ever
made from a freeze that `verify` would find fault with.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from waypost.datasets.dataset import Dataset
from waypost.datasets.freezes.manifest import Manifest, describe, from_bytes, to_bytes
from waypost.datasets.tables import CONTRACT, arrow_schema
from waypost.domain.errors import CannotRead

MANIFEST = "manifest.json"
PARQUET = {name: f"{name}.parquet" for name in CONTRACT}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a freeze, in one plain sentence. `table` is None where it is no one table's."""

    table: str | None
    says: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a folder was found to hold. There is a dataset only where there is no fault."""

    faults: tuple[Fault, ...]
    dataset: Dataset | None = None


# ---------------------------------------------------------------- written


def write(dataset: Dataset, definitions: Mapping[str, int], folder: Path) -> None:
    """Writes every file of a freeze to a new folder, and waits until the disk has them."""
    folder.mkdir(mode=0o700)
    parquet = {name: _as_parquet(dataset.tables[name]) for name in CONTRACT}
    for name, content in parquet.items():
        _put(folder / PARQUET[name], content)
    _put(folder / MANIFEST, to_bytes(describe(dataset, parquet, definitions)))
    sync(folder)


def _as_parquet(table: pa.Table) -> bytes:
    """A table as Parquet, every setting of it fixed, however the table lies in memory."""
    sink = pa.BufferOutputStream()
    pq.write_table(
        table.combine_chunks(),
        sink,
        version="2.6",
        data_page_version="1.0",
        data_page_size=1 << 20,
        row_group_size=1 << 20,
        compression="zstd",
        compression_level=3,
        use_dictionary=True,
        write_statistics=True,
        store_schema=False,
    )
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _put(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync(folder: Path) -> None:
    """Waits until the disk has the names in a folder. Windows has no way to ask."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# ---------------------------------------------------------------- checked


def manifest_in(folder: Path) -> Manifest:
    """What the manifest in a folder says. Only its own seal is checked.

    Raises:
        CannotRead: it is missing, damaged or of a later format.
    """
    return from_bytes(_bytes(folder / MANIFEST))


def check(folder: Path, id: str) -> Checked:
    """Reads a folder that should hold the freeze of this id, and finds everything that is wrong with it."""
    faults = [Fault(None, says) for says in _others(folder)]
    try:
        manifest = manifest_in(folder)
    except CannotRead as reason:
        return Checked((*faults, Fault(None, str(reason))))
    if manifest.id != id:
        faults.append(Fault(None, f"{MANIFEST} is of another freeze, {manifest.id}."))
    if manifest.tables.keys() != CONTRACT.keys():
        return Checked((*faults, Fault(None, f"{MANIFEST} does not name the tables of the contract, each once.")))
    tables, wrong = _tables(folder, manifest)
    dataset = _dataset(manifest, tables)
    faults += [*wrong, *_changed(manifest, dataset)]
    if tables.keys() == CONTRACT.keys() and dataset.id != id:
        faults.append(Fault(None, f"The records give the id {dataset.id}, and not the one they are kept under."))
    return Checked(tuple(faults), None if faults else dataset)


def _others(folder: Path) -> Iterator[str]:
    """Files that are no part of a freeze, each in a sentence."""
    known = {MANIFEST, *PARQUET.values()}
    for name in sorted(path.name for path in folder.iterdir()):
        if name not in known:
            yield f"{name} lies in the folder and is no part of a freeze."


def _tables(folder: Path, manifest: Manifest) -> tuple[dict[str, pa.Table], list[Fault]]:
    """The tables that can be read, and what is wrong with their files."""
    read: dict[str, pa.Table] = {}
    faults = []
    for name, file in PARQUET.items():
        try:
            content = _bytes(folder / file)
            if hashlib.sha256(content).hexdigest() != manifest.tables[name].parquet:
                faults.append(Fault(name, f"{name}: {file} is not the file that was stored, byte for byte."))
            read[name] = _from_parquet(content, name)
        except CannotRead as reason:
            faults.append(Fault(name, f"{name}: {reason}"))
    return read, faults


def _from_parquet(content: bytes, name: str) -> pa.Table:
    try:
        table = pq.read_table(pa.BufferReader(content))
    except (pa.ArrowException, OSError) as error:
        raise CannotRead(f"{PARQUET[name]} cannot be read as Parquet.") from error
    schema = arrow_schema(CONTRACT[name])
    if table.schema != schema:
        held, wanted = (dict(zip(one.names, one.types, strict=True)) for one in (table.schema, schema))
        odd = [column for column in held | wanted if held.get(column) != wanted.get(column)]
        raise CannotRead(f"its columns are not those of the contract ({', '.join(odd) or 'in another order'}).")
    return table


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise CannotRead(f"{path.name} is missing.") from error
    except OSError as error:
        raise CannotRead(f"{path.name} could not be opened ({error.strerror or error}).") from error


def _dataset(manifest: Manifest, tables: Mapping[str, pa.Table]) -> Dataset:
    return Dataset(
        authority=manifest.authority,
        years=manifest.years,
        tables=tables,
        sources=manifest.sources,
        as_at=manifest.as_at,
        unread=manifest.unread,
        notes=manifest.notes,
        known_until=manifest.known_until,
    )


def _changed(manifest: Manifest, dataset: Dataset) -> Iterator[Fault]:
    """Tables whose rows are not the ones that were stored."""
    for name, content in dataset.contents.items():
        stored, rows = manifest.tables[name], dataset.tables[name].num_rows
        if rows != stored.rows:
            yield Fault(name, f"{name}: it holds {rows:,} rows, and {stored.rows:,} were stored.")
        elif content != stored.content:
            yield Fault(name, f"{name}: its rows are not those that were stored.")
