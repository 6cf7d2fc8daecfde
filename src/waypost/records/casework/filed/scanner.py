"""The virus scanner of those who run Waypost: a command that is given the path of a file before the file is kept.

It ends with 0 for a file in which it found nothing and 1 for one that is infected, as the usual scanners do. Whatever
else it does is not a yes.
"""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

from django.conf import settings

LONGEST = 120
"""Seconds that a scan may take."""


class Infected(Exception):
    """The scanner found something in the file."""


class CannotScan(Exception):
    """There is a scanner and it gave no answer."""


def is_there() -> bool:
    return bool(settings.SCANNER)


def scan(path: Path) -> None:
    """
    Raises:
        Infected: the scanner found something.
        CannotScan: the scanner could not be run, took too long, or failed.
    """
    command = [*shlex.split(settings.SCANNER), str(path)]
    try:
        # The command is a setting of those who run the service; the path is of our own making.
        done = subprocess.run(command, capture_output=True, timeout=LONGEST, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise CannotScan from fault
    if done.returncode == 1:
        raise Infected
    if done.returncode != 0:
        raise CannotScan
