"""The files of the house, as the tests that guard it see them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src"
NOT_OURS = {
    ".git", ".venv", "var", "node_modules", "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis",
    ".import_linter_cache", "test-results",
}  # fmt: skip
TEXT = {
    "", ".cfg", ".css", ".csv", ".html", ".in", ".j2", ".jinja", ".jinja2", ".js", ".json", ".lock", ".md", ".py",
    ".scss", ".sh", ".svg", ".toml", ".txt", ".xml", ".yaml", ".yml",
}  # fmt: skip


def files() -> Iterator[Path]:
    """Every file that is kept: no environment, no cache, nothing made at run time."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(name for name in folders if name not in NOT_OURS)
        yield from (Path(folder) / name for name in sorted(names))


def texts() -> Iterator[tuple[Path, str]]:
    for path in files():
        if path.suffix in TEXT:
            yield path, path.read_text(encoding="utf-8")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
