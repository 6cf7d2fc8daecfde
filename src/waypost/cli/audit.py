"""The audit trail: seals what waits to be sealed, and checks that no line was changed, lost or put in afterwards.

Exit code 1 where something is wrong; each fault is one sentence.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from waypost.cli.options import add_data_dir, one_of


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument("work", type=one_of("The work on the audit trail", ("verify",)), metavar="verify")
    add_data_dir(parser)


def run(options: Namespace) -> int:
    from waypost.cli.service import tell_trail, woken

    woken(options.data_dir, must_exist=True)
    return 0 if tell_trail() else 1
