"""Speed and memory, measured on this machine in one run, and set against the limits of the design.

Every timing is the middle one of several fresh processes. The results are printed, and written to docs/performance.md.
"""

from __future__ import annotations

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
    add_data_dir(parser)


def run(options: Namespace) -> int:
    out = options.out or (None if options.quick else PROGRAM_DIR / "docs" / "performance.md")
    if out:
        out.parent.mkdir(parents=True, exist_ok=True)
    (_measure_country if options.national else _measure_authority)(options, out)
    if out:
        print(out)
    return 0


def _measure_authority(options: Namespace, out: Path | None) -> None:
    from waypost.cli.performance import measure, write_page, write_summary

    sizes, runs = (QUICK_SIZES, QUICK_RUNS) if options.quick else (SIZES, RUNS)
    found = measure(sizes, runs=runs, work_dir=options.data_dir, say=_say)
    write_summary(found, sys.stdout)
    if out:
        _, country = _parts(out)
        with out.open("w", encoding="utf-8") as page:
            write_page(found, page, country=country)


def _measure_country(options: Namespace, out: Path | None) -> None:
    from waypost.cli.country import measure, section

    count, years = QUICK_COUNTRY if options.quick else (options.authorities, options.years)
    engines = (options.engine,) if options.engine else _engines_here()
    found = section(measure(engines, count=count, years=years, work_dir=options.data_dir, say=_say), years)
    print(found)
    if out:
        authority, _ = _parts(out)
        out.write_text(f"{authority}\n{found}", encoding="utf-8")


def _engines_here() -> tuple[str, ...]:
    from waypost.engines.spark import NoSpark, check_spark_is_here

    try:
        check_spark_is_here()
    except NoSpark as reason:
        _say(f"DuckDB alone. {reason}")
        return ("duckdb",)
    return ENGINES


def _parts(page: Path) -> tuple[str, str]:
    """What the page says of one authority, and of the country; each is measured without the other and left in place."""
    from waypost.cli.country import HEADING

    text = page.read_text(encoding="utf-8") if page.exists() else "# Performance\n"
    authority, heading, country = text.partition(HEADING)
    return authority.rstrip("\n") + "\n", heading + country


def _say(words: str) -> None:
    print(words, file=sys.stderr)
