"""The import contracts name every room there is, and no numbers are made where they must not be."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.house import ROOT, SRC, named

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
WAYPOST = SRC / "waypost"
OURS = sorted(path for path in WAYPOST.rglob("*.py") if path.parent.name != "migrations")
"""Migrations are written by Django from the models, which say what they are for."""


def contract(identity: str) -> dict[str, list[str]]:
    return next(contract for contract in CONTRACTS if contract["id"] == identity)


def test_every_room_has_its_storey() -> None:
    rooms = {f"waypost.{path.parent.name}" for path in WAYPOST.glob("*/__init__.py")}
    storeys = {room for storey in contract("storeys")["layers"] for room in storey.split(" | ")}
    assert storeys == rooms


def test_the_domain_needs_nothing_but_python_and_data_it_reads() -> None:
    """One part from outside is allowed: yaml, to read the limits, which are data."""
    outside = {
        name
        for path in (WAYPOST / "domain").rglob("*.py")
        for name in imported(path)
        if name.partition(".")[0] not in stdlib() | {"waypost", "yaml"}
    }
    assert not outside


@pytest.mark.parametrize("path", OURS, ids=named)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not tree.body or ast.get_docstring(tree), f"{named(path)} has no docstring"


@pytest.mark.parametrize("path", OURS, ids=named)
def test_functions_are_short(path: Path) -> None:
    long = [
        f"{node.name} has {lines} lines"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and (lines := (node.end_lineno or 0) - node.lineno + 1) > 60
    ]
    assert not long


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def stdlib() -> set[str]:
    import sys

    return set(sys.stdlib_module_names)
