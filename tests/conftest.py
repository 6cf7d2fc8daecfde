"""What every test shares: no network beyond this machine, no deadlines, and a plain word on what was left out."""

from __future__ import annotations

import os
import sys
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from tests.tools import TOOLS, missing_tools, required_tools

ROOT = Path(__file__).parents[1]
hypothesis.settings.register_profile("waypost", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.load_profile("waypost")


LONGEST_FIRST = (
    "tests/engines/test_both_engines.py",
    "tests/unit/cli/test_demo.py",
    "tests/engines/test_postgresql.py",
    "tests/web/test_every_address.py",
    "tests/unit/reports/public/test_giving_nobody_away.py",
    "tests/unit/cli/test_same_bytes.py",
    "tests/unit/cli/test_bench.py",
    "tests/journeys/service/test_shell.py",
    "tests/unit/reports/annual/test_tables_add_up.py",
    "tests/architecture/test_tools.py",
)
"""Each file is run by one worker. Those that take longest begin first, so that none is alone at the end."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--data-dir", metavar="DIR", help="where the tests keep their working files")


def pytest_configure(config: pytest.Config) -> None:
    if chosen := config.getoption("--data-dir"):
        config.option.basetemp = Path(chosen).resolve() / "test"
        config.option.basetemp.parent.mkdir(parents=True, exist_ok=True)
    unknown = required_tools() - TOOLS.keys()
    if unknown:
        raise pytest.UsageError(f"WAYPOST_REQUIRE names {_and(unknown)}; it can name {_and(TOOLS)}.")
    absent = required_tools() & missing_tools()
    if absent:
        raise pytest.UsageError(f"WAYPOST_REQUIRE names {_and(absent)}, not found on this machine.")
    sys.addaudithook(_stay_on_this_machine)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {ROOT / name: place for place, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for name in sorted(missing_tools()):
        terminalreporter.write_line(f"Left out: {TOOLS[name].name} was not found, {TOOLS[name].loses}.", yellow=True)


def _and(names: Any) -> str:
    return " and ".join(sorted(names))


def _stay_on_this_machine(event: str, arguments: tuple[Any, ...]) -> None:
    """Waypost makes no call to the outside, so a test that causes one has found a fault."""
    if event == "socket.connect" and isinstance(arguments[1], tuple) and not _is_here(arguments[1][0]):
        raise RuntimeError(f"A test tried to reach {arguments[1][0]}.")


def _is_here(host: str) -> bool:
    try:
        return ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host == "localhost"
