"""The programs, beyond Python's packages, that some tests need and a machine may lack."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec

from waypost.cli.borough.postgresql import programs as postgresql


@dataclass(frozen=True, slots=True)
class Tool:
    name: str
    is_here: Callable[[], bool]
    loses: str


def chromium() -> str | None:
    """The path of the browser, or None."""
    return next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )


def _has_spark() -> bool:
    return bool(shutil.which("java") and find_spec("pyspark"))


TOOLS = {
    "chromium": Tool("Chromium", lambda: chromium() is not None, "so the tests in a browser were skipped"),
    "postgresql": Tool("PostgreSQL", lambda: postgresql() is not None, "so the service was tested on SQLite alone"),
    "spark": Tool("Spark", _has_spark, "so the figures were worked out on DuckDB alone"),
}


@cache
def missing_tools() -> frozenset[str]:
    return frozenset(name for name, tool in TOOLS.items() if not tool.is_here())


def required_tools() -> frozenset[str]:
    """The tools that WAYPOST_REQUIRE names, and without which the tests must not pass."""
    return frozenset(name.strip().lower() for name in os.environ.get("WAYPOST_REQUIRE", "").split(",") if name.strip())
