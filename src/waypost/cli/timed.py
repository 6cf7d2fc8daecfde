"""One piece of work in a process of its own, timed: `python -m waypost.cli.timed WORK FILE`.

What the work needs is imported before the clock starts. Prints the seconds and the most memory the process held.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path


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


def start_up(_: Path) -> Callable[[], None]:
    """Nothing, once everything that the command needs is there."""
    import waypost.cli.figures
    import waypost.datasets.load.cin_census
    import waypost.indicators.calculate  # noqa: F401

    return lambda: None


def void(_: object) -> None:
    """Lets a result go."""


WORK = {work.__name__: work for work in (bare_parse, read_file, all_by_month, start_up)}


def main(name: str, file: str) -> None:
    work = WORK[name](Path(file))
    started = time.perf_counter()
    work()
    seconds = time.perf_counter() - started
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    megabytes = held / (1024 * 1024 if sys.platform == "darwin" else 1024)
    print(json.dumps({"seconds": seconds, "megabytes": megabytes}))


if __name__ == "__main__":
    main(*sys.argv[1:])
