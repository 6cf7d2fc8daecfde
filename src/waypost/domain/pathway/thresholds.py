"""The threshold statement: four levels, which decisions at the front door cite (`thresholds.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Level:
    """One level: what it means, what is such as it, and what it leads to."""

    number: int
    name: str
    means: str
    such_as: tuple[str, ...]
    leads_to: str


@cache
def levels() -> Mapping[int, Level]:
    """Every level by its number, in order."""
    table = yaml.load((files(__package__) / "thresholds.yaml").read_text(encoding="utf-8"), Loader=Loader)  # noqa: S506
    return MappingProxyType(
        {
            number: Level(number, told["name"], told["means"], tuple(told["such_as"]), told["leads_to"])
            for number, told in table.items()
        }
    )
