"""The work behind the service: seals the audit trail, tells data owners, and clears away what has run out.

It runs beside waypost serve, one or several of it, and ends when Ctrl-C is pressed or it is told to end, once the task
under way is done.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from waypost.cli.options import add_data_dir


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="do what is due now, and end")
    add_data_dir(parser)


def run(options: Namespace) -> int:
    from waypost.cli.service import share, woken

    woken(options.data_dir, must_exist=True)
    share(options.data_dir)
    from waypost.upkeep import worker

    if options.once:
        worker.catch_up()
        return 0
    stop = worker.stop_when_told()
    print("The worker is working; press Ctrl-C here to end it.", file=sys.stderr, flush=True)
    worker.work(stop)
    return 0
