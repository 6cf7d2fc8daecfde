"""Measures the figures of an invented country, on each engine, and writes them down as a section of their own."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pyarrow.dataset as ds

from waypost.cli.performance import Finding, findings_table, machine, run_apart, table
from waypost.cli.timed import FIGURES
from waypost.datasets.tables import CONTRACT
from waypost.demo.census import COLLECTIONS
from waypost.demo.country import authorities, write_country

HEADING = "## The country"
PARTS = (4, 2, 1)
"""A quarter of the country, half of it, and all."""

MEMORY_ALLOWED = 4_096
"""Megabytes (design, section 9)."""

GROWTH_ALLOWED = 1.1
"""How much more each referral may take in the whole than in the smallest part and still be called linear."""

LONGEST = 15 * 60
"""Seconds. A part that would take longer by what the one before it took is left out, and said to be."""

NAMES = {"duckdb": "DuckDB", "spark": "Spark"}


@dataclass(frozen=True, slots=True)
class Ran:
    """One run over a part of the country: seconds by the clock and of processor time, megabytes, and the hash of the
    figures' file."""

    engine: str
    authorities: int
    referrals: int
    plans: int
    figures: int
    seconds: float
    processor: float
    memory: float
    hash: str

    @property
    def per_referral(self) -> float:
        """Processor time, which other work on the machine changes little."""
        return self.processor / self.referrals


def measure(
    engines: Sequence[str], *, count: int, years: int, work_dir: Path, say: Callable[[str], None]
) -> tuple[Ran, ...]:
    """Runs each engine over a quarter, a half and the whole of a country, each in a fresh process."""
    work_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="country-", dir=work_dir) as folder:
        say(f"{count} authorities over {years} years: writing their records.")
        whole = Path(folder) / "whole"
        write_country(whole, count=count, years=COLLECTIONS[-years:])
        ran: list[Ran] = []
        for part in sorted({max(1, count // part) for part in PARTS}):
            place = _part(whole, part)
            for engine in engines:
                if _is_too_long(engine, part, ran):
                    say(f"{NAMES[engine]} on {part} of {count} would take more than {LONGEST // 60} minutes; left out.")
                    continue
                say(f"{NAMES[engine]} on {part} of {count} authorities.")
                ran.append(_run(engine, part, place))
        return tuple(ran)


def _part(whole: Path, count: int) -> Path:
    """The first so many authorities, as a folder of their own."""
    place = whole.with_name(str(count))
    for name in CONTRACT:
        (place / name).mkdir(parents=True)
        for authority in authorities(count):
            (place / name / f"{authority}.parquet").hardlink_to(whole / name / f"{authority}.parquet")
    return place


def _is_too_long(engine: str, count: int, ran: Iterable[Ran]) -> bool:
    before = [one for one in ran if one.engine == engine]
    return bool(before) and before[-1].seconds / before[-1].authorities * count > LONGEST


def _run(engine: str, count: int, place: Path) -> Ran:
    measured = json.loads(run_apart("waypost.cli.timed", f"country_on_{engine}", str(place)))
    figures = place / FIGURES
    return Ran(
        engine=engine,
        authorities=count,
        referrals=ds.dataset(place / "referrals").count_rows(),
        plans=ds.dataset(place / "protection_plans").count_rows(),
        figures=ds.dataset(figures).count_rows(),
        seconds=measured["seconds"],
        processor=measured["processor"],
        memory=measured["megabytes"],
        hash=hashlib.sha256(figures.read_bytes()).hexdigest(),
    )


# ---------------------------------------------------------------- what the design asks


def findings(ran: Sequence[Ran]) -> tuple[Finding, ...]:
    return (*_of_each_engine(ran), *_agreement(ran))


def _of_each_engine(ran: Sequence[Ran]) -> Iterator[Finding]:
    for engine in dict.fromkeys(one.engine for one in ran):
        own = [one for one in ran if one.engine == engine]
        small, large = own[0], own[-1]
        yield Finding(
            f"{NAMES[engine]}, {large.authorities} authorities: memory under 4 GB",
            f"{large.memory:,.0f} MB",
            large.memory < MEMORY_ALLOWED,
        )
        if large is not small:
            growth = large.per_referral / small.per_referral
            yield Finding(
                f"{NAMES[engine]}, processor time for each referral, {large.authorities} authorities against "
                f"{small.authorities}: linear, within a tenth",
                f"{growth:.2f} of linear",
                growth <= GROWTH_ALLOWED,
            )


def _agreement(ran: Sequence[Ran]) -> Iterator[Finding]:
    """The largest part that every engine ran."""
    engines = {one.engine for one in ran}
    shared = [
        count
        for count in {one.authorities for one in ran}
        if {one.engine for one in ran if one.authorities == count} == engines
    ]
    if len(engines) > 1 and shared:
        hashes = {one.hash for one in ran if one.authorities == max(shared)}
        found = "the same file to the last byte" if len(hashes) == 1 else "different files"
        yield Finding(f"{max(shared)} authorities: the same figures on every engine", found, len(hashes) == 1)


# ---------------------------------------------------------------- what is written

HEADINGS = (
    "Engine", "Authorities", "Referrals", "Plans", "Figures", "Seconds", "Processor seconds",
    "The same for a million referrals", "Memory, MB", "Hash of the figures",
)  # fmt: skip


def section(ran: Sequence[Ran], years: int) -> str:
    """What was found, as a section of the page."""
    spark = f" Spark is pyspark {version('pyspark')}." if any(one.engine == "spark" for one in ran) else ""
    return f"""{HEADING}

Measured by `./waypost bench --national`: every indicator for every month of {years} years, all authorities in one pass,
from Parquet to Parquet, each run in a fresh process on two threads. The records are invented: the three invented
authorities' censuses are read once and copied, every authority taking all the children of one and its own share of
another's, each child's dates moved up to thirteen days. A record that two collections hold counts in both. Processor
time is that of both cores, and other work on the machine changes it little; memory is the most that was held. For Spark
both count Java too.

{machine()}{spark}

{table(HEADINGS, map(_row, ran))}
{_left_out(ran)}{findings_table(findings(ran))}"""


def _left_out(ran: Sequence[Ran]) -> str:
    """Which parts an engine was not run over, in words; nothing if it was run over all."""
    done = {(one.engine, one.authorities) for one in ran}
    every = [(one, count) for one in sorted({one for one, _ in done}) for count in sorted({n for _, n in done})]
    parts = [f"{NAMES[engine]} on {count}" for engine, count in every if (engine, count) not in done]
    if not parts:
        return ""
    return f"Left out: {', '.join(parts)}; by what the part before took, more than {LONGEST // 60} minutes each.\n\n"


def _row(one: Ran) -> tuple[str, ...]:
    counts = (one.authorities, one.referrals, one.plans, one.figures)
    times = (f"{one.seconds:,.0f}", f"{one.processor:,.0f}", f"{one.per_referral * 1e6:,.0f}", f"{one.memory:,.0f}")
    return NAMES[one.engine], *(f"{each:,}" for each in counts), *times, one.hash[:12]
