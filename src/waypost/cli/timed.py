"""One piece of work in a process of its own, timed: `python -m waypost.cli.timed WORK FILE`.

What the work needs is imported before the clock starts. Prints the seconds by the clock, the seconds of
processor time from the start, and the most memory held; what a process that it started used, as Spark starts Java, is
in both.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from waypost.engines.duckdb import DuckDB
    from waypost.engines.spark import Spark

FIGURES = "figures.parquet"
"""What a country's figures are written to, in its folder."""


def bare_parse(path: Path) -> Callable[[], None]:
    """Every Child element built and thrown away: the least that a reader of XML can do."""
    from lxml import etree

    def work() -> None:
        for _, child in etree.iterparse(str(path), tag="Child", resolve_entities=False, no_network=True):
            child.clear()
            while child.getprevious() is not None:
                del child.getparent()[0]

    return work


def read_file(path: Path) -> Callable[[], None]:
    from waypost.datasets.load.cin_census import read

    return lambda: void(read([path]))


def all_by_month(path: Path) -> Callable[[], None]:
    """Read the file and work out every indicator for every month of its year."""
    from waypost.datasets.load.cin_census import read
    from waypost.indicators.calculate import calculate

    def work() -> None:
        dataset = read([path])
        calculate(dataset, dataset.years[-1], by="month")

    return work


def read_text(path: Path) -> Callable[[], None]:
    """Read the file as text, as a return is."""
    from waypost.returns.cin_census import read_file

    return lambda: void(read_file(path))


def check_return(path: Path) -> Callable[[], None]:
    """Read the file and ask every rule of the latest collection."""
    from waypost.returns.cin_census import validate

    return lambda: void(validate(path))


def start_checking(_: Path) -> Callable[[], None]:
    """Nothing, once everything that checking a return needs is there."""
    import waypost.cli.validations
    import waypost.returns.cin_census  # noqa: F401

    return lambda: None


def country_on_duckdb(folder: Path) -> Callable[[], None]:
    """Every indicator for every month of an invented country, from Parquet to Parquet, on two threads."""
    from waypost.engines.duckdb import DuckDB

    return lambda: _country(folder, DuckDB(2, memory="2GB", folder=folder))


def country_on_spark(folder: Path) -> Callable[[], None]:
    """The same on Spark, on two cores. Starting Java is part of it."""
    from waypost.engines.spark import Spark

    return lambda: _country(folder, Spark(folder, memory="2g", partitions=8))


def _country(folder: Path, opened: DuckDB | Spark) -> None:
    from dataclasses import replace

    from waypost.datasets.tables import CONTRACT
    from waypost.demo.country import CHILDREN_AGED_0_TO_17
    from waypost.domain.periods import periods
    from waypost.indicators.national import filed, national, write_parquet

    with opened as engine:
        engine.load({name: folder / name for name in CONTRACT})
        holdings = [replace(holding, population=CHILDREN_AGED_0_TO_17) for holding in filed(engine)]
        years = sorted({year for holding in holdings for year in holding.years})
        asked = [period for year in years for period in periods(year, "month")]
        write_parquet(national(engine, holdings, asked), folder / FIGURES)


def start_up(_: Path) -> Callable[[], None]:
    """Nothing, once everything that the command needs is there."""
    import waypost.cli.figures
    import waypost.datasets.load.cin_census
    import waypost.indicators.calculate  # noqa: F401

    return lambda: None


def void(_: object) -> None:
    """Lets a result go."""


WORK = {
    work.__name__: work
    for work in (
        bare_parse,
        read_file,
        all_by_month,
        start_up,
        read_text,
        check_return,
        start_checking,
        country_on_duckdb,
        country_on_spark,
    )
}


def main(name: str, file: str) -> None:
    work = WORK[name](Path(file))
    started = time.perf_counter()
    work()
    seconds = time.perf_counter() - started
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    megabytes = sum(each.ru_maxrss for each in used) / (1024 * 1024 if sys.platform == "darwin" else 1024)
    processor = sum(each.ru_utime + each.ru_stime for each in used)
    print(json.dumps({"seconds": seconds, "processor": processor, "megabytes": megabytes}))


if __name__ == "__main__":
    main(*sys.argv[1:])
