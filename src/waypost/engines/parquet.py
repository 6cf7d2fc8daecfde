"""Tables that lie as Parquet, in one file or in a folder of them."""

from __future__ import annotations

from pathlib import Path

from waypost.domain.errors import CannotRead


def parquet_files(path: Path) -> list[str]:
    """The Parquet files of a table, in order of name.

    Raises:
        CannotRead: there are none.
    """
    found = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
    if not found or not all(each.is_file() for each in found):
        raise CannotRead(f"There is no Parquet file at {path.name}; name a file, or a folder that holds some.")
    return [str(each) for each in found]
