"""The programs, beyond Python's packages, that some tests need and a machine may lack."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path


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


def postgresql() -> Path | None:
    """The folder of PostgreSQL's programs, the newest where there are several, or None."""
    on_path = shutil.which("initdb")
    places = [Path(on_path).resolve().parent] if on_path else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parts[-2].zfill(3), reverse=True)
    return next((place for place in places if (place / "initdb").exists() and (place / "postgres").exists()), None)


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
