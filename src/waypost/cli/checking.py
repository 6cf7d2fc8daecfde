"""Measures how fast a census is checked against every rule of its return, and says so in a section of its own."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from waypost.cli.performance import Finding, clocked, findings_table, machine, run_apart, table
from waypost.demo.census import write_sized

COLLECTION = "2025-26"
HEADING = "## Checking a return"
MOST_BARE_PARSES = {64_000: 6}
"""How many bare parses the whole command, less start-up, may take at a number of children (design, section 9)."""
SECTOR_CHILDREN, SECTOR_SECONDS, TIMES_FASTER = 8_000, 77, 30
"""What the sector's open validator took for so many children on two cores, and how many times faster this must be."""
ROUGHLY_LINEAR = 1.1
HEADINGS = (
    "Children", "File, MB", "Bare parse, s", "Read, s", "Read and check, s", "Whole command, s", "Start-up, s",
    "Whole less start-up, s", "In bare parses", "Memory, MB",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Checked:
    """The middle of several runs over one file. Times are seconds, memory is megabytes."""

    children: int
    megabytes: float
    bare_parse: float
    read_text: float
    check_return: float
    whole: float
    start_up: float
    memory: float

    @property
    def less_start_up(self) -> float:
        return max(self.whole - self.start_up, 0.0)

    @property
    def ratio(self) -> float:
        return self.less_start_up / self.bare_parse


def measure(sizes: Sequence[int], *, runs: int, work_dir: Path, say: Callable[[str], None]) -> tuple[Checked, ...]:
    """Times the checking of an invented file of each size, each run in a fresh process."""
    work_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=work_dir) as folder:
        return tuple(_measure(Path(folder), size, runs, say) for size in sizes)


def _measure(folder: Path, children: int, runs: int, say: Callable[[str], None]) -> Checked:
    say(f"{children:,} children: writing the file, then checking it against every rule.")
    path = write_sized(folder / f"{children}.xml", children=children)
    rounds = [_round(path) for _ in range(runs)]
    middle = {name: median(one[name] for one in rounds) for name in rounds[0]}
    megabytes = path.stat().st_size / 1e6
    path.unlink()
    return Checked(children=children, megabytes=megabytes, **middle)


def _round(path: Path) -> dict[str, float]:
    """Every piece of work once, one after the other, so that a busy moment of the machine falls on all alike."""
    bare, read, checked = (
        json.loads(run_apart("waypost.cli.timed", name, str(path)))
        for name in ("bare_parse", "read_text", "check_return")
    )
    return {
        "bare_parse": bare["seconds"],
        "read_text": read["seconds"],
        "check_return": checked["seconds"],
        "whole": clocked("waypost.cli", "validate", "cin-census", str(path), "--collection", COLLECTION),
        "start_up": clocked("waypost.cli.timed", "start_checking", str(path)),
        "memory": checked["megabytes"],
    }


def findings(checked: Sequence[Checked]) -> tuple[Finding, ...]:
    return (*_ratios(checked), *_against_the_sector(checked), *([_growth(checked)] if len(checked) > 1 else []))


def _ratios(checked: Sequence[Checked]) -> list[Finding]:
    return [
        Finding(
            f"Every rule, one file of {one.children:,} children, less start-up: "
            f"at most {MOST_BARE_PARSES[one.children]} times a bare parse",
            f"{one.ratio:.1f} times",
            one.ratio <= MOST_BARE_PARSES[one.children],
        )
        for one in checked
        if one.children in MOST_BARE_PARSES
    ]


def _against_the_sector(checked: Sequence[Checked]) -> list[Finding]:
    return [
        Finding(
            f"{one.children:,} children, whole command: at least {TIMES_FASTER} times faster than the sector's open "
            f"validator, which took {SECTOR_SECONDS} s on two cores of another machine",
            f"{SECTOR_SECONDS / one.whole:.0f} times",
            SECTOR_SECONDS / one.whole >= TIMES_FASTER,
        )
        for one in checked
        if one.children == SECTOR_CHILDREN
    ]


def _growth(checked: Sequence[Checked]) -> Finding:
    """What reading and checking takes in bare parses, at the largest size against the smallest: 1 is linear."""
    small, large = checked[0], checked[-1]
    growth = (large.check_return / large.bare_parse) / (small.check_return / small.bare_parse)
    return Finding(
        f"Bare parses to read and check, {large.children:,} children against {small.children:,}: linear within a tenth",
        f"{growth:.2f} of linear",
        growth <= ROUGHLY_LINEAR,
    )


def section(checked: Sequence[Checked]) -> str:
    """What was found, for the screen and for the page."""
    return f"""{HEADING}

The children in need census against every rule of {COLLECTION}: the *whole command* is `waypost validate cin-census`
with its JSON written out, and *start-up* a process that loads the same parts and does nothing.

{machine()}

{table(HEADINGS, map(_row, checked))}
{findings_table(findings(checked))}"""


def _row(one: Checked) -> tuple[str, ...]:
    seconds = (one.bare_parse, one.read_text, one.check_return, one.whole, one.start_up, one.less_start_up)
    return (
        f"{one.children:,}",
        f"{one.megabytes:.1f}",
        *(f"{value:.2f}" for value in seconds),
        f"{one.ratio:.1f}",
        f"{one.memory:.0f}",
    )
