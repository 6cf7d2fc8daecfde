"""A published indicator of one authority beside its neighbours, its region and England.

The id is an indicator's or a published figure's; one that is published by group is asked for as ID:GROUP.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from waypost.cli.options import add_data_dir, authority, names, one_of, years

FORMATS = ("json", "csv", "table")


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument("indicator", metavar="ID", help="an indicator, such as cpp_rate")
    parser.add_argument("--authority", type=authority, required=True, metavar="CODE")
    parser.add_argument("--years", type=years, metavar="2020-21:2024-25", help="every published year if left out")
    parser.add_argument("--compare", type=names, default=(), metavar="CODE,...", help="further authorities or regions")
    parser.add_argument("--format", type=one_of("--format", FORMATS), metavar="|".join(FORMATS), default="json")
    add_data_dir(parser)


def run(options: Namespace) -> int:
    from waypost.cli.comparisons import WRITERS
    from waypost.indicators.comparison import compare

    found = compare(options.indicator, options.authority, years=options.years, named=options.compare)
    WRITERS[options.format](found, sys.stdout)
    return 0
