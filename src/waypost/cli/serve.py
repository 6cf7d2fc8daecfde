"""The service, for those who sign in: its pages on this machine, or behind the server that it is reached through.

It brings its own tables up to date before it opens, and stops when Ctrl-C is pressed or it is told to end. A service
that is kept open needs waypost worker beside it.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from waypost.cli.options import add_data_dir, port


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--port", type=port, default=8000, metavar="N", help="where to serve it (8000 if left out)")
    parser.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="this machine alone if left out")
    add_data_dir(parser)


def run(options: Namespace) -> int:
    from waypost.cli.service import free, made_ready, opened

    free(options.host, options.port)
    made_ready(options.data_dir)
    print(f"Waypost is open at http://{options.host}:{options.port}/; press Ctrl-C here to end.", file=sys.stderr)
    print("Beside it, run waypost worker: it seals the audit trail and clears away what has run out.", file=sys.stderr)
    return opened(options.host, options.port)
