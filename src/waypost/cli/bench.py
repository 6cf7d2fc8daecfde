"""Speed and memory, measured on this machine in one run, and set against the limits of the design.

Every timing is the middle one of several fresh processes. The results are printed, and written to docs/performance.md.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from waypost.cli.options import PROGRAM_DIR, add_data_dir

SIZES = (1_000, 8_000, 64_000)
QUICK_SIZES = (100,)
RUNS, QUICK_RUNS = 5, 1


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--quick", action="store_true", help="tiny files, to see that it works; writes only with --out")
    parser.add_argument("--out", type=Path, metavar="FILE", help="docs/performance.md if left out")
    add_data_dir(parser)


def run(options: Namespace) -> int:
    from waypost.cli.performance import measure, write_page, write_summary

    out = options.out or (None if options.quick else PROGRAM_DIR / "docs" / "performance.md")
    sizes, runs = (QUICK_SIZES, QUICK_RUNS) if options.quick else (SIZES, RUNS)
    found = measure(sizes, runs=runs, work_dir=options.data_dir, say=lambda words: print(words, file=sys.stderr))
    write_summary(found, sys.stdout)
    if out:
        out.parent.mkdir(parents=True, exist_ok=True)
        with out.open("w", encoding="utf-8") as page:
            write_page(found, page)
        print(out)
    return 0
