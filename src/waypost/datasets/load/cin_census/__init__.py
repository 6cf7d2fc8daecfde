"""Children in need census files to a dataset, as `cin_reading` of the indicator catalogue says.

What makes the dataset is loaded when one is made: a return is checked with the reader alone, in a tenth of the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from waypost.datasets.load.cin_census.files import header_of, one_authority, own_files, year_of
from waypost.datasets.load.cin_census.reader import Filing, Progress, read_file
from waypost.domain.errors import WrongUse
from waypost.domain.periods import FinancialYear

if TYPE_CHECKING:
    import pyarrow as pa

    from waypost.datasets.dataset import Dataset


def read(
    paths: Sequence[Path],
    *,
    authority: str | None = None,
    year: FinancialYear | None = None,
    progress: Progress | None = None,
) -> Dataset:
    """Reads the census files of one authority, one for each year.

    `authority` must be given where no file names it; `year` is that of a file that names none. `progress` is told
    the bytes read and the bytes in all.

    Raises:
        CannotRead: a file is missing, empty, not XML, not a census or cut short.
        WrongUse: no file was given, or the files are not all of one authority.
    """
    return _dataset(_read_all(_named(paths), progress), authority, year)


def read_each(paths: Sequence[Path], *, progress: Progress | None = None) -> tuple[Dataset, ...]:
    """Reads the census files of several authorities, each by its own header, in the order they are first named.

    Raises:
        CannotRead: a file is missing, empty, not XML, not a census or cut short.
        WrongUse: no file was given, or a file does not say whose it is.
    """
    by_authority: dict[str, list[Filing]] = {}
    for filing in _read_all(_named(paths), progress):
        whose = header_of(filing).authority
        if whose is None:
            raise WrongUse(f"{filing.name} does not say whose it is: its header has no LEA. Put its authority there.")
        by_authority.setdefault(whose, []).append(filing)
    return tuple(_dataset(filings, whose, None) for whose, filings in by_authority.items())


def _named(paths: Sequence[Path]) -> Sequence[Path]:
    if not paths:
        raise WrongUse("No census file was given. Name one or more with --cin.")
    return paths


def _dataset(filings: Sequence[Filing], authority: str | None, year: FinancialYear | None) -> Dataset:
    import pyarrow as pa

    from waypost.datasets import tables
    from waypost.datasets.dataset import Dataset, Source, known_until
    from waypost.datasets.load.cin_census.build import build

    headers = [header_of(filing) for filing in filings]
    whose = one_authority(filings, headers, authority)
    years = [year_of(filing, header, year) for filing, header in zip(filings, headers, strict=True)]
    own, notes = own_files((f, h, y) for f, h, (y, _) in zip(filings, headers, years, strict=True))
    unread = [entry for header in headers for entry in header.unread]
    made: list[dict[str, pa.Table]] = []
    for own_year, filing in own.items():
        built, refused = build(filing, authority=whose, year=own_year)
        made.append(built)
        unread.extend(refused)
    read_names = {filing.name for filing in own.values()}
    latest = max(own)
    made_at = next(header.made_at for filing, header in zip(filings, headers, strict=True) if filing is own[latest])
    return Dataset(
        authority=whose,
        years=tuple(own),
        tables={name: pa.concat_tables([part[name] for part in made]) for name in tables.CONTRACT},
        sources=tuple(Source(filing.name, filing.sha256) for filing in own.values()),
        as_at=datetime.now(UTC).replace(microsecond=0),
        unread=tuple(entry for entry in unread if entry.file in read_names),
        notes=(*(note for _, note in years if note), *notes),
        known_until=known_until(made_at.date(), latest) if made_at else None,
    )


def _read_all(paths: Sequence[Path], progress: Progress | None) -> list[Filing]:
    sizes = list(map(_size, paths))
    read_before = accumulate(sizes, initial=0)
    return [
        read_file(path, _after(before, sum(sizes), progress)) for path, before in zip(paths, read_before, strict=False)
    ]


def _size(path: Path) -> int:
    """The bytes of a file, or 0 where it cannot be looked at; what is wrong is said when it is opened."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _after(before: int, in_all: int, progress: Progress | None) -> Progress | None:
    """Progress through one file of several, told as progress through all."""
    return progress and (lambda done, _: progress(before + done, in_all))
