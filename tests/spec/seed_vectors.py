"""The figures of five published council reports, and the sums they should come to.

`data/seed_vectors.json` holds, for each printed figure, the numbers it was made from and what they give. Where printed
and computed differ the print is at fault, or used other numbers, and Waypost is not bent to match it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from waypost.domain import arithmetic

FILE = Path(__file__).parent / "data" / "seed_vectors.json"

Inputs = Mapping[str, Any]

FORMULAS: Mapping[str, Callable[[Inputs, int], Any]] = {
    "percent": lambda told, places: arithmetic.percent(told["numerator"], told["denominator"], places),
    "ratio": lambda told, places: arithmetic.ratio(told["numerator"], told["denominator"], places),
    "rate_per_10000": lambda told, places: arithmetic.rate_per_10000(told["count"], told["population"], places),
    "difference": lambda told, places: arithmetic.difference(told["minuend"], told["subtrahend"], places),
    "sum": lambda told, places: arithmetic.total(told["terms"], places),
    "sum_of_shares": lambda told, places: arithmetic.sum_of_shares(told["terms"], places),
    "mean": lambda told, places: arithmetic.mean(told["terms"], places),
    "percent_change": lambda told, places: arithmetic.percent_change(told["old"], told["new"], places),
    "net_change_over_new_percent": lambda told, places: arithmetic.net_change_over_new_percent(
        told["new"], told["removed"], places
    ),
    "stock_flow_closing": lambda told, places: arithmetic.stock_flow_closing(
        told["opening"], told["joined"], told["left"], places
    ),
    "stock_flow_left_percent": lambda told, places: arithmetic.stock_flow_left_percent(
        told["numerator"], told["opening"], told["joined"], told["closing"], places
    ),
    "cumulative_percent": lambda told, places: arithmetic.cumulative_percent(
        told["numerators"], told["denominators"], places
    ),
    "round_to_5": lambda told, _: arithmetic.round_to_5(told["value"]),
    "suppress_1_to_5": lambda told, _: arithmetic.suppress_1_to_5(told["value"]),
    "band": lambda told, _: arithmetic.band(told["indicator"], told["value"]),
    "target_status": lambda told, _: arithmetic.target_status(told["value"], told["target"], told["better"]),
    "comparator_status": lambda told, _: arithmetic.comparator_status(
        told["value"], told["comparator"], told["better"]
    ),
    "rank_from_end": lambda told, _: arithmetic.rank_from_end(told["rank"], told["of"]),
    "count_of": lambda told, _: len(told["items"]),
    "implied_population": lambda told, _: list(
        arithmetic.implied_population(told["count"], told["rate"], told["rate_decimals"])
    ),
    "attainable_percent": lambda told, places: arithmetic.attainable_percent(told["percent"], told["base"], places),
}


@dataclass(frozen=True)
class Vector:
    """One printed figure: where it stands, the numbers behind it, and what was found when it was checked."""

    id: str
    seed: str
    section: str
    what: str
    formula: str
    inputs: Inputs
    decimals: int
    printed: Any
    computed: Any
    agrees: bool | None
    kind: str
    note: str = ""
    tolerance: float = 0
    printed_text: str = ""

    def work_out(self) -> Any:
        """What the numbers behind the figure give, by Waypost's own arithmetic."""
        return FORMULAS[self.formula](self.inputs, self.decimals)


@cache
def seed() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return told


@cache
def vectors() -> tuple[Vector, ...]:
    return tuple(Vector(**entry) for entry in seed()["vectors"])
