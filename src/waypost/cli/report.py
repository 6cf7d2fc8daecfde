"""Reports from census files or the live record: the annual child protection report.

The report is written to the folder named by --out, and the path of each file is printed.
"""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser, Namespace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from waypost.cli.options import add_data_dir, authorities, names, one_of, year
from waypost.cli.source import add_source, as_frozen, bar, check_source, freezes_dir, read_source, year_of
from waypost.domain.errors import WrongUse

if TYPE_CHECKING:
    from waypost.datasets.dataset import Dataset
    from waypost.domain.periods import FinancialYear
    from waypost.domain.targets import Targets
    from waypost.reports.answers import Answers
    from waypost.reports.model import Report

KINDS = ("annual", "board", "scrutiny", "advisers", "quarterly")
EDITIONS = ("internal", "public")
FREEZE_ID = re.compile(r"(sha256:)?[0-9a-f]{8,64}")


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "kind",
        type=one_of("The kind of report", KINDS),
        metavar="annual",
        help="annual; the others are not in this version",
    )
    add_source(parser)
    parser.add_argument("--year", type=year, metavar="2024-25", help="the latest file's year if left out")
    _add_others(parser)
    parser.add_argument(
        "--edition",
        type=one_of("--edition", EDITIONS),
        metavar="internal|public",
        default="internal",
        help="internal if left out; a public one withholds small numbers and needs every question answered",
    )
    _add_written(parser)
    parser.add_argument("--format", type=names, default=("html",), metavar="html,pdf,...", help="html if left out")
    parser.add_argument("--quarter", metavar="1..4", help="not in this version")
    parser.add_argument("--out", type=Path, metavar="DIR", help="the folder to write to")
    add_data_dir(parser)


def _add_others(parser: ArgumentParser) -> None:
    others = parser.add_argument_group("side by side")
    others.add_argument(
        "--compare", type=authorities, default=(), metavar="CODE,...", help="authorities to set beside it, as published"
    )
    others.add_argument(
        "--beside",
        nargs="+",
        action="extend",
        default=[],
        metavar="FILE|ID",
        help="census files or freezes of other authorities, to set beside it as counted from them",
    )


def _add_written(parser: ArgumentParser) -> None:
    written = parser.add_argument_group("what people write")
    written.add_argument("--answers", type=Path, metavar="FILE", help="what people wrote, in answer to its questions")
    written.add_argument(
        "--questions", type=Path, metavar="FILE", help="write what it still asks to a new file, and make no report"
    )
    written.add_argument("--targets", type=Path, metavar="FILE", help="the targets that the authority set itself")


def run(options: Namespace) -> int:
    _check(options)
    check_source(options)
    from waypost.reports.annual import build
    from waypost.reports.annual.publish import publish

    answers, targets = _answers(options), _targets(options)
    dataset = read_source(options)
    others = _read_beside(options)
    when = year_of(options, dataset)
    for one in (dataset, *others):
        _refuse_under_way(one, when)
        _say_if_missing(one, when)
    told = {"compare": options.compare, "beside": others, "answers": answers, "targets": targets}
    with bar("Working out", of_bytes=False) as progress:
        make = partial(build, dataset, when, progress=progress, **told)
        if options.questions:
            return _write_questions(make(), options.questions)
        is_public = options.edition == "public"
        report = publish(make, (dataset, *others), when, answers, options.data_dir) if is_public else make()
    return _write(report, options)


# ---------------------------------------------------------------- what is read


def _read_beside(options: Namespace) -> tuple[Dataset, ...]:
    """The records of those beside it: of the files named, and of the freezes."""
    from waypost.datasets import freezes
    from waypost.datasets.load.cin_census import read_each

    ids = [name for name in options.beside if FREEZE_ID.fullmatch(name) and not Path(name).exists()]
    paths = [Path(name) for name in options.beside if name not in ids]
    found: tuple[Dataset, ...] = ()
    if paths:
        with bar("Reading those beside it") as progress:
            found = read_each(paths, progress=progress)
    stored = tuple(freezes.read(id, freezes_dir(options)) for id in ids)
    return (*(as_frozen(dataset, options) for dataset in found), *stored)


def _answers(options: Namespace) -> Answers:
    from waypost.reports.answers import NO_ANSWERS, read

    return read(options.answers) if options.answers else NO_ANSWERS


def _targets(options: Namespace) -> Targets:
    from waypost.domain.targets import NO_TARGETS
    from waypost.reports.targets import load

    return load(options.targets) if options.targets else NO_TARGETS


def _refuse_under_way(dataset: Dataset, year: FinancialYear) -> None:
    if dataset.known_until and year.end > dataset.known_until:
        raise WrongUse(
            f"The records of authority {dataset.authority} are of {dataset.known_until}, when {year} was not over; "
            f"a report of {year} needs records made after {year.end}."
        )


def _say_if_missing(dataset: Dataset, year: FinancialYear) -> None:
    if year not in dataset.years:
        held = ", ".join(map(str, dataset.years))
        whose = f"No file of {year} was given for authority {dataset.authority}"
        print(f"{whose}, so its figures will read not available; given: {held}.", file=sys.stderr)


# ---------------------------------------------------------------- what is made


def _write(report: Report, options: Namespace) -> int:
    from waypost.reports.checks import check
    from waypost.reports.files import write

    for finding in check(report):
        print(finding.says, file=sys.stderr)
    for path in write(report, options.out, formats=options.format):
        print(path)
    return 0


def _write_questions(report: Report, path: Path) -> int:
    from waypost.reports.answers import questions

    path.write_text(questions(report), encoding="utf-8")
    print(path)
    return 0


def _check(options: Namespace) -> None:
    if options.kind != "annual" or options.quarter:
        raise WrongUse("This version of Waypost makes the annual report only: waypost report annual.")
    if options.questions:
        _check_questions(options.questions)
    elif options.out is None:
        raise WrongUse("Name the folder to write the report to with --out DIR.")
    elif options.out.exists() and not options.out.is_dir():
        raise WrongUse(f"--out must be a folder, and {options.out} is a file.")
    from waypost.reports.files import WRITERS

    if unknown := [name for name in options.format if name not in WRITERS]:
        raise WrongUse(f"There is no format {unknown[0]!r}; the known ones are {', '.join(WRITERS)}.")


def _check_questions(path: Path) -> None:
    """An answer that somebody wrote is never written over."""
    if path.exists():
        raise WrongUse(f"--questions writes a new file, and {path} is there already; name another.")
    if not path.parent.is_dir():
        raise WrongUse(f"--questions cannot write {path}: there is no folder {path.parent}.")
