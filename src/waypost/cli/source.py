"""SOURCE: where a command's children come from. This version reads census files."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from waypost.cli.options import authority
from waypost.domain.errors import WrongUse

if TYPE_CHECKING:
    from waypost.datasets.dataset import Dataset

Progress = Callable[[int, int], None]
MANY_BYTES = 5_000_000


def add_source(parser: ArgumentParser) -> None:
    source = parser.add_argument_group("source")
    source.add_argument(
        "--cin", nargs="+", action="extend", type=Path, metavar="FILE", help="census files; earlier years are history"
    )
    source.add_argument("--authority", type=authority, metavar="CODE", help="the files' own authority if left out")
    source.add_argument("--live", action="store_true", help="not in this version")
    source.add_argument("--as-known-on", metavar="DATE", help="not in this version")
    source.add_argument("--freeze", metavar="ID", help="not in this version")


def check_source(options: Namespace) -> None:
    """Raises `WrongUse` unless census files are named, before anything heavy is begun."""
    if options.live or options.freeze or options.as_known_on:
        raise WrongUse("This version of Waypost reads census files only; name them with --cin FILE.")
    if not options.cin:
        raise WrongUse("Name the census files to read with --cin FILE.")


def read_source(options: Namespace) -> Dataset:
    """The dataset of the files named, with a progress bar for a person who waits."""
    from waypost.datasets.load.cin_census import read

    check_source(options)
    with bar("Reading") as progress:
        return read(options.cin, authority=options.authority, year=options.year, progress=progress)


@contextmanager
def bar(doing: str, *, of_bytes: bool = True) -> Iterator[Progress | None]:
    """A bar on stderr of how much is done, of bytes only where there are many. None where nobody would see it."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    amount = DownloadColumn() if of_bytes else MofNCompleteColumn()
    columns = (TextColumn(doing), BarColumn(), amount, TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(doing, total=None, visible=not of_bytes)

        def tell(done: int, whole: int) -> None:
            shown.update(task, completed=done, total=whole, visible=not of_bytes or whole > MANY_BYTES)

        yield tell
