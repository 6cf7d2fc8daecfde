"""Files of another system into the live record: good rows in, and bad rows to a list with the reason for each.

All of a file goes in or, where anything breaks on the way, none of it. It ends with 1 where rows were left out.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from waypost.cli.options import add_data_dir, authority, year
from waypost.cli.source import bar
from waypost.domain.errors import WrongUse

if TYPE_CHECKING:
    from waypost.access.actor import Actor
    from waypost.access.models import Authority
    from waypost.extract.loading import Loaded, Reject

DONE, LEFT_OUT = 0, 1
MOST_SHOWN = 10
OTHERS = {"ssda903": "DIR", "annex-a": "FILE", "ssd": "DIR"}


def add_options(parser: ArgumentParser) -> None:
    files = parser.add_subparsers(title="files", metavar="KIND", required=True)
    about = "Load a children in need census into the live record"
    census = files.add_parser("cin-census", help=about, description=f"{about}.", allow_abbrev=False)
    census.add_argument("file", type=Path, metavar="FILE", help="the census file; load the oldest year first")
    census.add_argument("--authority", type=authority, metavar="CODE", help="the file's own if left out")
    census.add_argument("--year", type=year, metavar="2024-25", help="the year of a file that names none")
    census.add_argument(
        "--as", dest="email", metavar="EMAIL", help="who loads it; an account of the loader's own if not"
    )
    _add_common(census)
    census.set_defaults(work=_cin_census)
    for kind, named in OTHERS.items():
        other = files.add_parser(kind, help="not in this version", allow_abbrev=False)
        other.add_argument("file", metavar=named)
        _add_common(other)
        other.set_defaults(work=_not_yet, kind=kind)


def _add_common(parser: ArgumentParser) -> None:
    parser.add_argument("--trial", action="store_true", help="say what would be, and change nothing")
    parser.add_argument("--rejects", type=Path, metavar="FILE.csv", help="write what was left out, and why, to a file")
    add_data_dir(parser)


def run(options: Namespace) -> int:
    code: int = options.work(options)
    return code


def _not_yet(options: Namespace) -> int:
    raise WrongUse(f"This version of Waypost loads cin-census files only, and not {options.kind}.")


def _cin_census(options: Namespace) -> int:
    if options.rejects and not options.rejects.parent.is_dir():
        raise WrongUse(f"--rejects cannot write {options.rejects}: there is no folder {options.rejects.parent}.")
    from waypost.cli.live import opened
    from waypost.datasets.load.cin_census.reader import read_file

    opened(options.data_dir)
    with bar("Reading") as progress:
        filing = read_file(options.file, progress)
    from waypost.access.rules import NotAllowed
    from waypost.extract.loading import load

    try:
        with bar("Trying" if options.trial else "Loading", of_bytes=False) as progress:
            loaded = load(
                filing,
                actor=_actor(options.email),
                authority=options.authority,
                year=options.year,
                is_trial=options.trial,
                progress=progress,
            )
    except NotAllowed as refusal:
        raise WrongUse(f"{options.email or 'The loader'} may not load files: {refusal}") from refusal
    return _tell(loaded, options)


def _actor(email: str | None) -> Callable[[Authority], Actor]:
    def actor(whose: Authority) -> Actor:
        from django.utils import timezone

        from waypost.access.actor import Actor
        from waypost.access.models import User
        from waypost.extract.loading.loader import loader_of

        if email is None:
            return loader_of(whose)
        user = User.objects.filter(email=email.lower(), is_active=True).first()
        if user is None:
            raise WrongUse(f"Nobody has an account with the address {email}.")
        return Actor.of(user, today=timezone.localdate())

    return actor


def _tell(loaded: Loaded, options: Namespace) -> int:
    """What was added and completed on stdout, and what was left out to its file and, in short, on stderr."""
    would = "would be " if options.trial else ""
    print(f"{options.file.name}, {loaded.year}, authority {loaded.authority}: {loaded.children:,} children")
    for what, counts in (("added", loaded.added), ("completed", loaded.completed)):
        for kind, count in sorted(counts.items()):
            print(f"{count:>8,}  {kind} {would}{what}")
    print(f"{len(loaded.rejects):>8,}  left out")
    if options.rejects:
        from waypost.extract.loading.rejects import write_csv

        with options.rejects.open("w", encoding="utf-8", newline="") as file:
            write_csv(loaded.rejects, file)
    _say_rejects(loaded.rejects, options.rejects)
    return LEFT_OUT if loaded.rejects else DONE


def _say_rejects(rejects: tuple[Reject, ...], path: Path | None) -> None:
    if path:
        return
    for each in rejects[:MOST_SHOWN]:
        row = f", row {each.row}" if each.row else ""
        print(f"{each.file}, child {each.child or 'without an id'}, {each.table}{row}: {each.reason}", file=sys.stderr)
    if len(rejects) > MOST_SHOWN:
        print(f"{len(rejects) - MOST_SHOWN:,} more; --rejects FILE.csv lists all of them.", file=sys.stderr)
