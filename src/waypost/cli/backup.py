"""The whole record as one file: database, documents, freezes, reports and seals, each with its hash.

It can be made while the service runs. The service's secret key is not in it. Exit code 1 where a document is not what
was kept; the rest is in the backup.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from waypost.cli.options import add_data_dir

if TYPE_CHECKING:
    from waypost.upkeep.backup.manifest import Manifest


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the backup to make; it must not be there yet")
    add_data_dir(parser)


def run(options: Namespace) -> int:
    from waypost.cli.service import share, woken

    woken(options.data_dir, must_exist=True)
    share(options.data_dir)
    from waypost.upkeep import backup
    from waypost.web.uploads import size_words

    made = backup.make(options.file, options.data_dir, say)
    for fault in made.faults:
        print(fault)
    holds = made.manifest
    print(f"{options.file} holds {held(holds)}, as they were at {holds.header.made_at} ({size_words(made.size)}).")
    return 1 if made.faults else 0


def held(manifest: Manifest) -> str:
    """1,323 rows in 148 tables and 1 document"""
    documents = f"{manifest.documents:,} document{'' if manifest.documents == 1 else 's'}"
    return f"{manifest.rows:,} rows in {len(manifest.tables):,} tables and {documents}"


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
