"""Speed and memory, measured on this machine in one run, and set against the limits of the design.

Every timing is the middle one of several fresh processes. The results are printed, and written to docs/performance.md.
"""

from __future__ import annotations

import io
import re
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from waypost.cli.options import PROGRAM_DIR, add_data_dir, one_of, whole_number

SIZES = (1_000, 8_000, 64_000)
QUICK_SIZES = (100,)
RUNS, QUICK_RUNS = 5, 1
ENGINES = ("duckdb", "spark")
QUICK_COUNTRY = (4, 2)
"""Authorities and years."""
QUICK_BOROUGH = (200, 2)
"""People, and how many times as many are asked of afterwards."""


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--quick", action="store_true", help="tiny files, to see that it works; writes only with --out")
    parser.add_argument("--out", type=Path, metavar="FILE", help="docs/performance.md if left out")
    country = parser.add_argument_group("an invented country")
    country.add_argument("--national", action="store_true", help="measure the figures of a country instead")
    country.add_argument(
        "--engine",
        type=one_of("--engine", ENGINES),
        metavar="|".join(ENGINES),
        help="one alone; if left out DuckDB, and Spark too where it is found",
    )
    country.add_argument("--authorities", type=whole_number("--authorities", 4, 999), metavar="N", default=150)
    country.add_argument("--years", type=whole_number("--years", 1, 6), metavar="N", default=6)
    borough = parser.add_argument_group("an invented borough")
    borough.add_argument("--borough", action="store_true", help="measure the service at that size instead")
    add_data_dir(parser)


def run(options: Namespace) -> int:
    out = options.out or (None if options.quick else PROGRAM_DIR / "docs" / "performance.md")
    if out:
        out.parent.mkdir(parents=True, exist_ok=True)
    if options.borough:
        _measure_borough(options, out)
    else:
        (_measure_country if options.national else _measure_authority)(options, out)
    if out:
        print(out)
    return 0


def _measure_authority(options: Namespace, out: Path | None) -> None:
    from waypost.cli import checking
    from waypost.cli.performance import measure, write_page, write_summary

    sizes, runs = (QUICK_SIZES, QUICK_RUNS) if options.quick else (SIZES, RUNS)
    found = measure(sizes, runs=runs, work_dir=options.data_dir, say=_say)
    write_summary(found, sys.stdout)
    checked = checking.section(checking.measure(sizes, runs=runs, work_dir=options.data_dir, say=_say))
    print(checked)
    if out:
        page = io.StringIO()
        write_page(found, page)
        _put(out, "", page.getvalue())
        _put(out, checking.HEADING, checked)


def _measure_country(options: Namespace, out: Path | None) -> None:
    from waypost.cli.country import HEADING, measure, section

    count, years = QUICK_COUNTRY if options.quick else (options.authorities, options.years)
    engines = (options.engine,) if options.engine else _engines_here()
    found = section(measure(engines, count=count, years=years, work_dir=options.data_dir, say=_say), years)
    print(found)
    if out:
        _put(out, HEADING, found)


def _measure_borough(options: Namespace, out: Path | None) -> None:
    from waypost.cli.borough.measure import HEADING, PEOPLE, TIMES, measure, section

    people, times = QUICK_BOROUGH if options.quick else (PEOPLE, TIMES)
    found = section(measure(people, times, work_dir=options.data_dir, say=_say))
    print(found)
    if out:
        _put(out, HEADING, found)


def _engines_here() -> tuple[str, ...]:
    from waypost.engines.spark import NoSpark, check_spark_is_here

    try:
        check_spark_is_here()
    except NoSpark as reason:
        _say(f"DuckDB alone. {reason}")
        return ("duckdb",)
    return ENGINES


def _put(page: Path, heading: str, found: str) -> None:
    """Puts a section of the page in place of what was there. Each is measured alone, and the rest is left as it was.

    The one without a heading of its own stands first: it begins the page.
    """
    text = page.read_text(encoding="utf-8") if page.exists() else "# Performance\n"
    first, *others = re.split(r"^(?=## )", text, flags=re.MULTILINE)
    parts = {"": first} | {part.partition("\n")[0]: part for part in others} | {heading: found}
    page.write_text("\n".join(f"{part.strip()}\n" for part in parts.values()), encoding="utf-8")


def _say(words: str) -> None:
    print(words, file=sys.stderr)
