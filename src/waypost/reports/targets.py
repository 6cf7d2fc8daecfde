"""Targets from a YAML file, held against the catalogue of indicators.

targets:
  - {authority: "991", indicator: icpc_15wd, year: 2025-26, good: high, target: 90, amber: 80}
  - {authority: "991", indicator: ni65, year: 2025-26, good: plateau, target: [10, 15], amber: [8, 20]}
  - {authority: "991", indicator: ni64, year: 2025-26, good: low, target: none}
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from waypost.domain.errors import CannotRead, WrongUse
from waypost.domain.targets import Target, Targets, targets
from waypost.indicators.catalogue import CATALOGUE

NEUTRAL = "neutral"


def load(path: Path) -> Targets:
    """The targets of a file.

    Raises:
        CannotRead: there is no such file, or it is not a list of targets.
        TargetRefused: a target says what cannot be meant.
        WrongUse: a target is for an indicator that there is not, for the way that is not good, or over 100%.
    """
    try:
        held = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise CannotRead(f"The file of targets {path.name} cannot be read: {fault.strerror}.") from fault
    except (UnicodeDecodeError, yaml.YAMLError) as fault:
        place = getattr(fault, "problem_mark", None)
        where = f" at line {place.line + 1}" if place else ""
        raise CannotRead(f"{path.name} is not YAML that can be read{where}; put it right there.") from fault
    found = targets(_rows(held, path.name))
    for target in found.held.values():
        must_fit(target)
    return found


def _rows(held: Any, name: str) -> list[Any]:
    rows = held.get("targets") if isinstance(held, dict) else None
    if not isinstance(rows, list):
        raise CannotRead(f"{name} holds no list of targets; write them under the heading targets, one on each line.")
    return rows


def must_fit(target: Target) -> None:
    """An indicator that there is, the way that is good for it, and a share that can be.

    Raises:
        WrongUse: the target is not one that the indicator can have.
    """
    definition = CATALOGUE.get(target.indicator)
    if definition is None:
        raise WrongUse(f"{target}: there is no such indicator; waypost indicators lists those there are.")
    if definition.polarity not in (NEUTRAL, target.good):
        raise WrongUse(
            f"{target} says that {target.good} is good, but for {definition.name} {definition.polarity} is; "
            "change the target."
        )
    ends = (target.meets.low, target.meets.high, target.near.low, target.near.high)
    over = [end for end in ends if 100 < end < float("inf")]
    if definition.unit == "percent" and over:
        raise WrongUse(f"{target} is {over[0]:g}, but it is a share; write 100 or less.")
