"""The record from SQLite to PostgreSQL, with every key, version and line of its audit trail, compared on both sides.

The new database must be empty. The service must not run meanwhile. The old database is kept under another name.
"""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace

from waypost.cli.options import add_data_dir


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--to",
        required=True,
        metavar="postgresql://...",
        help="the new database; its password may stand in PGPASSWORD or a .pgpass file instead",
    )
    add_data_dir(parser)


def run(options: Namespace) -> int:
    from waypost.cli.backup import say
    from waypost.cli.service import woken

    woken(options.data_dir, must_exist=True)
    from waypost.upkeep.move import move

    moved = move(options.to, options.data_dir, say)
    print(
        f"Moved {moved.rows:,} rows in {len(moved.tables):,} tables; both sides hold the same, and the audit trail too."
    )
    print(f"The old database is kept as {moved.old}. Start the service on the new one with:")
    print(f"  WAYPOST_DATABASE={without_password(options.to)} waypost serve --data-dir {options.data_dir}")
    return 0


def without_password(address: str) -> str:
    """What may be shown of an address."""
    return re.sub(r"(//[^:/@]*):[^@]*@", r"\1:PASSWORD@", address)
