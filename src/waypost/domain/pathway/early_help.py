"""The criteria by which a family may be offered early help (`early_help.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def criteria() -> Mapping[str, str]:
    """Every criterion by its code."""
    table = yaml.load((files(__package__) / "early_help.yaml").read_text(encoding="utf-8"), Loader=Loader)  # noqa: S506
    return MappingProxyType(dict(table))
