"""Indicators of one authority and year, from its census files, its live record or a freeze of either.

Every figure carries its numerator, denominator, status and the population it was made with. JSON is in the shape that
other programs read; csv is one long table; table is for reading on screen.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from waypost.cli.options import add_data_dir, names, one_of, population, year
from waypost.cli.source import add_source, check_source, freezes_dir, read_source, year_of
from waypost.domain.periods import GRIDS

FORMATS = ("json", "csv", "table")


def add_options(parser: ArgumentParser) -> None:
    add_source(parser)
    parser.add_argument("--year", type=year, metavar="2024-25", help="the latest file's year if left out")
    parser.add_argument(
        "--by",
        type=one_of("--by", GRIDS),
        metavar="|".join(GRIDS),
        default="year",
        help="the length of each period (year if left out)",
    )
    parser.add_argument("--group-by", type=names, default=(), metavar="FIELD,...", help="fields to divide by")
    parser.add_argument("--only", type=names, metavar="ID,...", help="only these indicators")
    parser.add_argument("--population", type=population, metavar="N", help="children aged 0 to 17, if not the estimate")
    parser.add_argument("--format", type=one_of("--format", FORMATS), metavar="|".join(FORMATS), default="json")
    add_data_dir(parser)


def run(options: Namespace) -> int:
    check_source(options)
    from waypost.cli import figures
    from waypost.datasets import freezes
    from waypost.indicators.calculate import calculate

    dataset = read_source(options)
    chosen = year_of(options, dataset)
    results = calculate(
        dataset, chosen, by=options.by, group_by=options.group_by, only=options.only, population=options.population
    )
    is_stored = freezes.held(dataset, freezes_dir(options)) is not None
    asked = figures.Asked(dataset, chosen, options.by, is_stored)
    figures.WRITERS[options.format](asked, results, sys.stdout)
    return 0
