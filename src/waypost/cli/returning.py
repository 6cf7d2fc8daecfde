"""Returns and lists made from records: the census, Standard Safeguarding Dataset tables, and the lists of Annex A.

They hold children one by one, known by the authority's own number, and are written only where --out says.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from waypost.cli import census_return
from waypost.cli.options import add_data_dir, day, year
from waypost.cli.source import add_source, check_source, read_source, year_of
from waypost.domain.errors import WrongUse


def add_options(parser: ArgumentParser) -> None:
    kinds = parser.add_subparsers(title="returns", metavar="RETURN", required=True)

    def add(name: str, work: Callable[[Namespace], int], about: str, out: str) -> ArgumentParser:
        added: ArgumentParser = kinds.add_parser(name, help=about, description=f"{about}.", allow_abbrev=False)
        added.set_defaults(work=work)
        add_source(added)
        added.add_argument("--year", type=year, metavar="2024-25", help="the latest file's year if left out")
        added.add_argument("--out", type=Path, metavar=out, help="what to write, which must be new")
        add_data_dir(added)
        return added

    add("ssd", _ssd, "Write the Standard Safeguarding Dataset tables of a year, as CSV files in a new folder", "DIR")
    annex = add("annex-a", _annex_a, "Write the Annex A lists that the records can fill, as a workbook", "FILE.xlsx")
    annex.add_argument(
        "--as-at", type=day, metavar="2025-03-31", help="the day of the lists; the year's end if left out"
    )
    about = "Write the children in need census of a year from the live record"
    census = kinds.add_parser("cin-census", help=about, description=f"{about}.", allow_abbrev=False)
    census_return.add_options(census)
    census.set_defaults(work=census_return.run)


def run(options: Namespace) -> int:
    code: int = options.work(options)
    return code


def _ssd(options: Namespace) -> int:
    _check(options, "the folder to write the tables to with --out DIR")
    from waypost.returns import ssd

    dataset = read_source(options)
    print(ssd.write(dataset, year_of(options, dataset), options.out))
    return 0


def _annex_a(options: Namespace) -> int:
    _check(options, "the workbook to write with --out FILE.xlsx")
    if options.as_at and options.year and not options.year.start <= options.as_at <= options.year.end:
        raise WrongUse(f"--as-at {options.as_at} is not in {options.year}; leave one of them out.")
    from waypost.returns import annex_a

    dataset = read_source(options)
    as_at = options.as_at or year_of(options, dataset).end
    print(annex_a.write(dataset, as_at, options.out))
    return 0


def _check(options: Namespace, wanted: str) -> None:
    check_source(options)
    if options.out is None:
        raise WrongUse(f"Name {wanted}.")
