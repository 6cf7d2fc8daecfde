"""Every rule of a statutory return asked of its file, in seconds.

Each issue names its rule, child, group and fields, and says what is wrong and how to put it right. It ends with 1 where
there is an error; queries alone, which are explained rather than put right, end with 0.
"""

from __future__ import annotations

import gc
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from waypost.cli.options import add_data_dir, one_of
from waypost.cli.source import bar
from waypost.domain.errors import WrongUse

FORMATS = ("json", "csv", "html", "table")
CLEAN, HAS_ERRORS = 0, 1


def add_options(parser: ArgumentParser) -> None:
    returns = parser.add_subparsers(title="returns", metavar="RETURN", required=True)
    census = returns.add_parser("cin-census", help="the children in need census, one file", allow_abbrev=False)
    census.add_argument("file", type=Path, metavar="FILE", help="the file that was made for the return")
    _add_common(census)
    census.set_defaults(validate=_cin_census)
    looked_after = returns.add_parser("ssda903", help="children looked after: not in this version", allow_abbrev=False)
    looked_after.add_argument("folder", type=Path, metavar="DIR", help="the folder of its files")
    looked_after.add_argument("--authority", metavar="CODE", help="whose return it is")
    _add_common(looked_after)
    looked_after.set_defaults(validate=_ssda903)


def _add_common(parser: ArgumentParser) -> None:
    parser.add_argument("--collection", required=True, metavar="2025-26", help="the year whose rules are asked")
    parser.add_argument("--format", type=one_of("--format", FORMATS), metavar="|".join(FORMATS), default="json")
    add_data_dir(parser)


def run(options: Namespace) -> int:
    code: int = options.validate(options)
    return code


def _cin_census(options: Namespace) -> int:
    from waypost.cli.validations import WRITERS
    from waypost.returns import cin_census

    collection = cin_census.collection_named(options.collection)
    with bar("Reading") as progress:
        filing = cin_census.read_file(options.file, progress)
    gc.freeze()  # what was filed stays until the end, and to look through it for rubbish takes a third of the time
    found = cin_census.validate_filing(filing, collection)
    WRITERS[options.format](found, filing, sys.stdout)
    return HAS_ERRORS if found.counts["error"] else CLEAN


def _ssda903(_: Namespace) -> int:
    raise WrongUse("The return ssda903 is not in this version of Waypost, which validates cin-census.")
