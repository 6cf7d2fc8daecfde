"""A record from a backup, into an empty data folder, once everything in the backup has been checked.

Everybody signs in again afterwards. Exit code 1 where the audit trail that was restored has a fault; what is printed
says which.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from waypost.cli.options import add_data_dir
from waypost.domain.errors import CannotRead, PlainError

if TYPE_CHECKING:
    from waypost.upkeep.backup import Restored

WOKEN = ("secret.key", ".in-use")
"""What Django and the lock leave in a folder that they are first used on."""


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the backup to restore")
    parser.add_argument(
        "--replace", action="store_true", help="in place of the record that is there, which is kept beside it"
    )
    add_data_dir(parser)


def run(options: Namespace) -> int:
    if not options.file.is_file():
        raise CannotRead(f"There is no file {options.file}.")
    from waypost.cli.backup import held, say
    from waypost.cli.service import tell_trail

    done = _restored(options)
    if done.lost_factors:
        say(
            "The backup was made under another secret key, which no backup holds: put the secret.key of that service "
            f"into {options.data_dir}, or nobody's authenticator app and recovery codes will open their account."
        )
    holds = done.manifest
    print(f"Restored {held(holds)}, as they were at {holds.header.made_at}.")
    if done.before:
        print(f"What was there before is kept in {' and '.join(done.before)}.")
    return 0 if tell_trail() else 1


def _restored(options: Namespace) -> Restored:
    """What was refused leaves the folder as it was, down to its being there."""
    from waypost.cli.backup import say
    from waypost.cli.service import woken

    home: Path = options.data_dir
    is_new = not home.exists()
    made = [home / name for name in WOKEN if not (home / name).exists()]
    woken(home)
    from waypost.upkeep import backup

    try:
        return backup.restore(options.file, home, replace=options.replace, say=say)
    except PlainError:
        for each in made:
            each.unlink(missing_ok=True)
        if is_new:
            home.rmdir()
        raise
