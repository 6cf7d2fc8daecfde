"""A country of invented children, as Parquet: many authorities over several years, for measuring.

The three invented authorities are read from their censuses and then copied, set by set. An authority of the country
has every child of one of them and a share of another's, the share being its own. All that happened to a copied child
happened up to thirteen days earlier, so that month ends, limits and birthdays fall differently in each authority. The
same seed gives the same country.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from waypost.datasets.load.cin_census import read
from waypost.datasets.tables import CONTRACT, arrow_schema
from waypost.demo.census import write
from waypost.demo.characters import CHARACTERS
from waypost.domain.periods import FinancialYear
from waypost.engines.duckdb import DuckDB

CHILDREN_AGED_0_TO_17 = 53_000
"""The population of each authority: the invented ones have some 32,000, and the country's are 1.65 times as large."""

COPIES = ibis.table(
    {"authority": "string", "copied_from": "string", "number": "int64", "of_a_hundred": "int64", "after": "int32"},
    name="copies",
)
"""What an authority copies: from which invented one, and how many of each hundred children. `number` is its own;
`after` moves the numbers of episodes and the like, so that those of two copies differ."""

NUMBERED = ("episode", "assessment", "plan")
APART = 1_000_000
DAYS_EARLIER = 14
LARGEST_SHARE, SMALLEST_SHARE = 100, 30


def authorities(count: int) -> list[str]:
    """Their codes, which no authority has: the Department's begin at 201."""
    return [f"{number:03d}" for number in range(1, count + 1)]


def write_country(folder: Path, *, count: int, years: Sequence[FinancialYear], seed: int = 1) -> dict[str, Path]:
    """Writes the tables of the contract for so many authorities, a folder for each, and gives them by name.

    Raises:
        WrongUse: a year is outside invented time.
    """
    with DuckDB() as engine:
        engine.load({f"from_{name}": table for name, table in _copied(folder, years, seed).items()})
        for number, authority in enumerate(authorities(count)):
            engine.load({"copies": _copies(number, authority)})
            for name, table in CONTRACT.items():
                place = folder / name
                place.mkdir(exist_ok=True)
                pq.write_table(engine.rows(_copy(table)), place / f"{authority}.parquet", compression="zstd")
    return {name: folder / name for name in CONTRACT}


def _copied(folder: Path, years: Sequence[FinancialYear], seed: int) -> Mapping[str, pa.Table]:
    """The records of the three invented authorities, in one."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as files:
        read_ = [read(write(Path(files), authority=code, years=years, seed=seed)) for code in CHARACTERS]
    return {name: pa.concat_tables([dataset.tables[name] for dataset in read_]) for name in CONTRACT}


def _copies(number: int, authority: str) -> pa.Table:
    codes = list(CHARACTERS)
    share = SMALLEST_SHARE + number * 37 % (LARGEST_SHARE - SMALLEST_SHARE + 1)
    return pa.table(
        {
            "authority": [authority, authority],
            "copied_from": [codes[number % len(codes)], codes[(number + 1) % len(codes)]],
            "number": [number, number],
            "of_a_hundred": [100, share],
            "after": [0, APART],
        },
        schema=arrow_schema(COPIES),
    )


def _copy(table: ir.Table) -> ir.Table:
    """A table of one authority of the country. What it takes of a child is the same in every table and year."""
    source = ibis.table(table.schema(), name=f"from_{table.get_name()}").rename(copied_from="authority")
    rows = source.join(COPIES, "copied_from")
    draw = rows.child.substr(1).cast("int64") * 7_919 + rows.number * 104_729
    kept = rows.mutate(draw=draw).filter(lambda row: row.draw % 100 < row.of_a_hundred)
    earlier = (kept.draw // 100 % DAYS_EARLIER).cast("int32")
    moved = {name: _earlier(kept[name], earlier) for name, kind in table.schema().items() if kind.is_date()}
    apart = {name: (kept[name] + kept.after).cast("int32") for name in NUMBERED if name in table.columns}
    return kept.mutate(**moved, **apart).select(*table.columns)


def _earlier(day: ir.DateValue, days: ir.IntegerValue) -> ir.DateValue:
    return (day - days.as_interval("D")).cast("date")
