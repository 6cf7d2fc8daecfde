"""Reports from census files: the annual child protection report.

The report is written to the folder named by --out, and the path of each file is printed.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from waypost.cli.options import add_data_dir, authorities, names, one_of, year
from waypost.cli.source import add_source, bar, check_source, read_source
from waypost.domain.errors import WrongUse

KINDS = ("annual", "board", "scrutiny", "advisers", "quarterly")
EDITIONS = ("internal", "public")
FORMATS = ("html", "json", "docx", "pdf", "ods")
HERE = ("html", "json")


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "kind",
        type=one_of("The kind of report", KINDS),
        metavar="annual",
        help="annual; the others are not in this version",
    )
    add_source(parser)
    parser.add_argument("--year", type=year, metavar="2024-25", help="the latest file's year if left out")
    parser.add_argument("--compare", type=authorities, default=(), metavar="CODE,...", help="to set beside it")
    parser.add_argument(
        "--edition",
        type=one_of("--edition", EDITIONS),
        metavar="internal",
        default="internal",
        help="internal only, so far",
    )
    parser.add_argument("--format", type=names, default=("html",), metavar="html,json", help="html if left out")
    parser.add_argument("--quarter", metavar="1..4", help="not in this version")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write to")
    add_data_dir(parser)


def run(options: Namespace) -> int:
    _check(options)
    check_source(options)
    from waypost.reports.annual import build
    from waypost.reports.files import write

    dataset = read_source(options)
    year = options.year or dataset.years[-1]
    if year not in dataset.years:
        held = ", ".join(map(str, dataset.years))
        print(f"No file of {year} was given, so its figures will read not available; given: {held}.", file=sys.stderr)
    with bar("Working out", of_bytes=False) as progress:
        report = build(dataset, year, compare=options.compare, edition=options.edition, progress=progress)
    for path in write(report, options.out, formats=options.format):
        print(path)
    return 0


def _check(options: Namespace) -> None:
    if options.kind != "annual" or options.quarter:
        raise WrongUse("This version of Waypost makes the annual report only: waypost report annual.")
    if options.edition != "internal":
        raise WrongUse("This version of Waypost makes the internal edition only; it cannot suppress small numbers.")
    for name in options.format:
        if name not in FORMATS:
            raise WrongUse(f"There is no format {name!r}; the known ones are {', '.join(HERE)}.")
        if name not in HERE:
            raise WrongUse(f"This version of Waypost does not write {name}; it writes {' and '.join(HERE)}.")
    if options.out.exists() and not options.out.is_dir():
        raise WrongUse(f"--out must be a folder, and {options.out} is a file.")
