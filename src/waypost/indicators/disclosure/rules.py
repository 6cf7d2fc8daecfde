"""The publication rules that are packaged, and which authority publishes by which."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from waypost.domain.publishing import Rule as Rule


def rule_of(authority: str) -> Rule:
    """The rule by which an authority publishes, by its three-digit code (`publication_rules.yaml`)."""
    held = _held()
    return rule(held["authorities"].get(authority, held["default"]))


def rule(id: str) -> Rule:
    """The rule of that id."""
    return Rule(id=id, **_held()["rules"][id])


@cache
def _held() -> Mapping[str, Any]:
    held: Mapping[str, Any] = yaml.safe_load((files(__package__) / "publication_rules.yaml").read_text("utf-8"))
    return held
