"""The children in need census of a year, from the live record: a preview of who is in it and why, and the file.

The file is written whole or not at all, and the same record gives the same bytes.
"""

from __future__ import annotations

import os
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from waypost.cli.options import add_data_dir, authority, day, year
from waypost.cli.source import bar
from waypost.domain.errors import PlainError, WrongUse

if TYPE_CHECKING:
    from waypost.datasets.dataset import Dataset
    from waypost.domain.periods import FinancialYear
    from waypost.returns.cin_census.writing import Preview


MOST_SHOWN = 20


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--year", type=year, required=True, metavar="2025-26", help="the year of the collection")
    parser.add_argument("--authority", type=authority, metavar="CODE", help="the record's own, where it has one alone")
    parser.add_argument("--live", action="store_true", help="the live record, which is where a census is made from")
    parser.add_argument("--as-known-on", type=day, metavar="DATE", help="as it was known at the close of a day")
    parser.add_argument("--preview", action="store_true", help="say who would be in it and why, and write nothing")
    parser.add_argument("--out", type=Path, metavar="FILE", help="the file to write")
    add_data_dir(parser)


def run(options: Namespace) -> int:
    _check(options)
    from waypost.cli.live import read_live
    from waypost.returns.cin_census.writing import asked, preview

    dataset = asked(read_live(options), options.year)
    before = None if options.preview else _last_build(options.out, dataset, options.year)
    shown = preview(dataset, options.year)
    _tell(dataset, options.year, shown, is_listed=options.preview)
    if not options.preview:
        _tell_changes(dataset, before, options)
        _write(dataset, options)
        print(options.out)
    return 0


def _check(options: Namespace) -> None:
    if options.preview:
        return
    if options.out is None:
        raise WrongUse("Name the file to write with --out FILE, or ask who would be in it with --preview.")
    if options.out.is_dir():
        raise WrongUse(f"--out must be a file, and {options.out} is a folder.")
    if not options.out.parent.is_dir():
        raise WrongUse(f"--out cannot write {options.out}: there is no folder {options.out.parent}.")


def _tell(dataset: Dataset, year: FinancialYear, shown: Preview, *, is_listed: bool) -> None:
    """Who is in and why: the counts, and for a preview each child by the authority's own id."""
    told = sys.stdout if is_listed else sys.stderr
    for note in dataset.notes:
        print(note, file=sys.stderr)
    print(f"{year}, authority {dataset.authority}: {len(shown.why):,} children", file=told)
    for reason, count in (*shown.counts.items(), *shown.groups.items()):
        print(f"{count:>8,}  {reason}", file=told)
    if is_listed:
        for child, reason in shown.why.items():
            print(f"{child}\t{reason}")


def _last_build(path: Path, dataset: Dataset, year: FinancialYear) -> Dataset | None:
    """The census that the file holds already, which may be written over. Nothing else may."""
    if not path.exists():
        return None
    from waypost.datasets.load.cin_census import read

    try:
        before = read([path])
    except PlainError as reason:
        raise WrongUse(f"{path} holds something that is not a census, and is left as it is; name another.") from reason
    if before.authority != dataset.authority or before.years != (year,):
        raise WrongUse(
            f"{path} holds the census of {before.years[-1]} of authority {before.authority}, and is left as it is; "
            "name another."
        )
    return before


def _tell_changes(dataset: Dataset, before: Dataset | None, options: Namespace) -> None:
    """What is otherwise than in the file that is written over."""
    if before is None:
        return
    from waypost.returns.cin_census.writing import changes

    found = changes(dataset, before, options.year)
    held = f"what {options.out.name} held before"
    if not found:
        print(f"Every child is as in {held}.", file=sys.stderr)
        return
    counts = f"children new: {len(found.new):,}; gone: {len(found.gone):,}; differing: {len(found.differing):,}"
    print(f"Against {held}, {counts}.", file=sys.stderr)
    told = [f"{child}: new" for child in found.new] + [f"{child}: gone" for child in found.gone]
    told += [f"{child}: {', '.join(tables)}" for child, tables in found.differing.items()]
    for line in told[:MOST_SHOWN]:
        print(f"  {line}", file=sys.stderr)
    if len(told) > MOST_SHOWN:
        print(f"  {len(told) - MOST_SHOWN:,} more.", file=sys.stderr)


def _write(dataset: Dataset, options: Namespace) -> None:
    from waypost.extract import last_changed
    from waypost.returns.cin_census.writing import write

    made_at = last_changed(dataset.authority, as_known_on=options.as_known_on)
    with bar("Writing", of_bytes=False) as progress, _whole(options.out) as file:
        write(dataset, options.year, made_at=made_at, out=file, progress=progress)


@contextmanager
def _whole(path: Path) -> Iterator[IO[str]]:
    """A file beside the one to be written, which takes its place when all of it is there."""
    handle, name = tempfile.mkstemp(prefix=".census-", dir=path.parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            yield file
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
