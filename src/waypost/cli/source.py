"""SOURCE: where a command's children come from: census files, the live record, or a freeze that was stored before."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace, _ArgumentGroup
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from waypost.cli.options import authority, day
from waypost.domain.errors import WrongUse

if TYPE_CHECKING:
    from waypost.datasets.dataset import Dataset
    from waypost.domain.periods import FinancialYear

Progress = Callable[[int, int], None]
MANY_BYTES = 5_000_000


def add_source(parser: ArgumentParser) -> None:
    source = add_files(parser, "census files; earlier years are history")
    source.add_argument("--freeze", metavar="ID", help="records stored by waypost freeze create")
    source.add_argument("--live", action="store_true", help="the live record in the data folder")
    source.add_argument(
        "--as-known-on", type=day, metavar="DATE", help="with --live: as it was known at the close of a day, 2026-03-31"
    )


def add_files(parser: ArgumentParser, about: str) -> _ArgumentGroup:
    source = parser.add_argument_group("source")
    source.add_argument("--cin", nargs="+", action="extend", type=Path, metavar="FILE", help=about)
    source.add_argument("--authority", type=authority, metavar="CODE", help="the files' own authority if left out")
    return source


def check_source(options: Namespace) -> None:
    """Raises `WrongUse` unless one source is named, before anything heavy is begun."""
    if options.as_known_on and not options.live:
        raise WrongUse("Only the live record can be read as it was known on a day; give --live with --as-known-on.")
    named = sum(map(bool, (options.cin, options.freeze, options.live)))
    if named > 1:
        raise WrongUse("Name census files with --cin, a freeze with --freeze or the record with --live, and not both.")
    if not named:
        raise WrongUse(
            "Name the census files to read with --cin FILE, a freeze with --freeze ID, or the live record with --live."
        )


def read_source(options: Namespace) -> Dataset:
    """The dataset of the freeze, the files or the live record named.

    Records that were frozen before are as at the moment that they were frozen, whenever they are read again.
    """
    check_source(options)
    if options.freeze:
        return _read_freeze(options)
    if options.live:
        from waypost.cli.live import read_live

        return as_frozen(read_live(options), options)
    return as_frozen(read_files(options), options)


def year_of(options: Namespace, dataset: Dataset) -> FinancialYear:
    """The year asked for, or else the latest: of files the latest file's, of the live record the last that is over."""
    if options.year:
        year: FinancialYear = options.year
        return year
    over = [each for each in dataset.years if not options.live or each.end <= dataset.as_at.date()]
    return (over or list(dataset.years))[-1]


def read_files(options: Namespace) -> Dataset:
    """The dataset of the files named, with a progress bar for a person who waits."""
    from waypost.datasets.load.cin_census import read

    with bar("Reading") as progress:
        return read(options.cin, authority=options.authority, year=options.year, progress=progress)


def as_frozen(dataset: Dataset, options: Namespace) -> Dataset:
    """The dataset with the moment of its freeze, where these very files were frozen before."""
    from waypost.datasets import freezes

    manifest = freezes.held(dataset, freezes_dir(options))
    if manifest is None or manifest.sources != dataset.sources:
        return dataset
    return replace(dataset, as_at=manifest.as_at)


def _read_freeze(options: Namespace) -> Dataset:
    from waypost.datasets import freezes

    folder = freezes_dir(options)
    dataset = freezes.read(options.freeze, folder)
    if options.authority and options.authority != dataset.authority:
        raise WrongUse(
            f"The freeze {options.freeze} is of authority {dataset.authority}, not {options.authority}. "
            "Leave out --authority or name the other freeze."
        )
    manifest = freezes.manifest(dataset.id, folder)
    if changed := freezes.changed_since(manifest, definitions()):
        print(
            f"These records were stored by Waypost {manifest.software}. What figures are made with has changed since "
            f"({', '.join(changed)}), so figures that rest on it may differ.",
            file=sys.stderr,
        )
    return dataset


def freezes_dir(options: Namespace) -> Path:
    folder: Path = options.data_dir / "freezes"
    return folder


def definitions() -> Mapping[str, int]:
    """The version of each indicator that can be counted."""
    from waypost.indicators.registry import BY_ID

    return {id: indicator.version for id, indicator in BY_ID.items()}


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
