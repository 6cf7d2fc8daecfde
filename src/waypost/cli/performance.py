"""Measures this machine's speed with Waypost, and writes down what was found beside what the design asks."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import IO

from waypost import __version__
from waypost.demo.census import write_sized

PYTHON = (sys.executable, "-P")
PARTS = ("duckdb", "ibis-framework", "lxml", "pyarrow")
LIMITS = {8_000: 60, 64_000: 12}
"""How many bare parses the whole command, less start-up, may take at a number of children (design, section 9)."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The middle of several runs over one file. Times are seconds, memory is megabytes."""

    children: int
    megabytes: float
    bare_parse: float
    read_file: float
    all_by_month: float
    whole: float
    start_up: float
    memory: float

    @property
    def less_start_up(self) -> float:
        return max(self.whole - self.start_up, 0.0)

    @property
    def ratio(self) -> float:
        return self.less_start_up / self.bare_parse


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the design asks, what was found, and whether it holds."""

    asks: str
    found: str
    holds: bool


def measure(sizes: Sequence[int], *, runs: int, work_dir: Path, say: Callable[[str], None]) -> tuple[Measured, ...]:
    """Times every piece of work on an invented file of each size, each run in a fresh process."""
    work_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=work_dir) as folder:
        return tuple(_measure(Path(folder), size, runs, say) for size in sizes)


def _measure(folder: Path, children: int, runs: int, say: Callable[[str], None]) -> Measured:
    say(f"{children:,} children: writing the file, then measuring it.")
    path = write_sized(folder / f"{children}.xml", children=children)
    rounds = [_round(path) for _ in range(runs)]
    middle = {name: median(one[name] for one in rounds) for name in rounds[0]}
    measured = Measured(children=children, megabytes=path.stat().st_size / 1e6, **middle)
    path.unlink()
    return measured


def _round(path: Path) -> dict[str, float]:
    """Every piece of work once, one after the other, so that a busy moment of the machine falls on all alike."""
    bare, read, calculated = (
        json.loads(run_apart("waypost.cli.timed", name, str(path)))
        for name in ("bare_parse", "read_file", "all_by_month")
    )
    return {
        "bare_parse": bare["seconds"],
        "read_file": read["seconds"],
        "all_by_month": calculated["seconds"],
        "whole": clocked("waypost.cli", "indicators", "--cin", str(path), "--by", "month"),
        "start_up": clocked("waypost.cli.timed", "start_up", str(path)),
        "memory": calculated["megabytes"],
    }


def clocked(*module: str) -> float:
    """From starting a process to its end, its output read and thrown away."""
    started = time.perf_counter()
    run_apart(*module)
    return time.perf_counter() - started


def run_apart(*module: str) -> bytes:
    """A module run in a process of its own; what it printed."""
    return subprocess.run([*PYTHON, "-m", *module], check=True, stdout=subprocess.PIPE).stdout  # noqa: S603


# ---------------------------------------------------------------- what the design asks


def findings(measured: Sequence[Measured]) -> tuple[Finding, ...]:
    return (*_ratios(measured), *([_growth(measured)] if len(measured) > 1 else []))


def _ratios(measured: Sequence[Measured]) -> list[Finding]:
    return [
        Finding(
            f"All indicators by month, one file of {one.children:,} children, less start-up: "
            f"at most {LIMITS[one.children]} times a bare parse",
            f"{one.ratio:.1f} times",
            one.ratio <= LIMITS[one.children],
        )
        for one in measured
        if one.children in LIMITS
    ]


def _growth(measured: Sequence[Measured]) -> Finding:
    """Time for each child at the largest size against the smallest: 1 is linear, less is better."""
    small, large = measured[0], measured[-1]
    growth = (large.less_start_up / large.children) / (small.less_start_up / small.children)
    return Finding(
        f"Time for each child, {large.children:,} children against {small.children:,}: no worse than linear",
        f"{growth:.2f} of linear",
        growth <= 1,
    )


# ---------------------------------------------------------------- what is written

HEADINGS = (
    "Children", "File, MB", "Bare parse, s", "Read, s", "Read and calculate, s", "Whole command, s", "Start-up, s",
    "Whole less start-up, s", "In bare parses", "Memory, MB",
)  # fmt: skip


def write_summary(measured: Sequence[Measured], out: IO[str]) -> None:
    """The same tables as the page, for the screen."""
    for each in (
        table(HEADINGS, map(_row, measured)),
        findings_table(findings(measured)),
    ):
        out.write(each + "\n")


def write_page(measured: Sequence[Measured], out: IO[str]) -> None:
    """The page, as far as it is of one authority's figures."""
    out.write(
        f"""# Performance

Measured by `./waypost bench` with Waypost {__version__}, all in one run. Each number is the middle of several fresh
processes. A *bare parse* is lxml building every `Child` of the file and throwing it away. The *whole command* is
`waypost indicators --by month` with its JSON written out; *start-up* is a process that loads the same parts and does
nothing. Ratios carry from machine to machine; seconds do not.

{machine()}

{_tables(measured)}"""
    )


def _tables(measured: Sequence[Measured]) -> str:
    return f"{table(HEADINGS, map(_row, measured))}\n{findings_table(findings(measured))}"


def _row(one: Measured) -> tuple[str, ...]:
    seconds = (one.bare_parse, one.read_file, one.all_by_month, one.whole, one.start_up, one.less_start_up)
    return (
        f"{one.children:,}",
        f"{one.megabytes:.1f}",
        *(f"{value:.2f}" for value in seconds),
        f"{one.ratio:.1f}",
        f"{one.memory:.0f}",
    )


def findings_table(found: Iterable[Finding]) -> str:
    return table(("Asked", "Found", ""), map(_told, found))


def _told(finding: Finding) -> tuple[str, ...]:
    return finding.asks, finding.found, "holds" if finding.holds else "does not hold"


def table(headings: Sequence[str], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [tuple(headings), tuple("---" for _ in headings), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def machine() -> str:
    """What was measured on, and nothing that says whose it is."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    parts = ", ".join(f"{part} {version(part)}" for part in PARTS)
    return (
        f"{platform.system()} on {platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB of memory; "
        f"Python {platform.python_version()}, {parts}."
    )
