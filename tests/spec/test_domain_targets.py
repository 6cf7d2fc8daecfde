"""Targets

A target is data: an indicator, a year, which way is good, the target, and how far from it is still near (the amber
limit). A figure has met its target, is near it, or has not met it; the target and the amber limit themselves belong to
the better side.

The rules are `waypost.domain.targets`.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.spec.worked import example, spec
from waypost.domain.periods import FinancialYear
from waypost.domain.targets import Standing, TargetRefused, targets

HIGH: dict[str, Any] = {
    "authority": "991", "indicator": "ni67", "year": "2024-25", "good": "high", "target": 95, "amber": 90,
}  # fmt: skip
LOW = HIGH | {"indicator": "ni64", "good": "low", "target": 5, "amber": 8}
BETWEEN = HIGH | {"indicator": "ni65", "good": "plateau", "target": [10, 15], "amber": [8, 20]}
YEAR = FinancialYear(2025)


@spec("How a figure stands against its target")
@example("95 or more, 90 amber", 95, standing="met", because="The target itself is enough")
@example("95 or more, 90 amber", 94.9, standing="near")
@example("95 or more, 90 amber", 90, standing="near")
@example("95 or more, 90 amber", 89.9, standing="not_met")
@example("5 or less, 8 amber", 5, standing="met")
@example("5 or less, 8 amber", 8, standing="near")
@example("5 or less, 8 amber", 8.1, standing="not_met")
@example("10 to 15, 8 to 20 amber", 12, standing="met")
@example("10 to 15, 8 to 20 amber", 9.9, standing="near", because="Too few is missed as well as too many")
@example("10 to 15, 8 to 20 amber", 20.1, standing="not_met")
def test_standing(target: str, figure: float, standing: Standing) -> None:
    row = {"95": HIGH, "5": LOW, "10": BETWEEN}[target.split()[0]]
    held = targets([row]).of("991", row["indicator"], YEAR)
    assert held is not None
    assert held.standing(figure) == standing


@spec("Without an amber limit a figure has met its target or has not")
@example(95, standing="met")
@example(94.9, standing="not_met")
def test_no_amber(figure: float, standing: Standing) -> None:
    held = targets([{part: told for part, told in HIGH.items() if part != "amber"}]).of("991", "ni67", YEAR)
    assert held is not None
    assert held.standing(figure) == standing


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([HIGH | {"amber": 96}], "wrong side of the target"),
        ([LOW | {"amber": 4}], "wrong side of the target"),
        ([BETWEEN | {"amber": [11, 20]}], "wrong side of the target"),
        ([BETWEEN | {"target": [15, 10]}], "put its lower end first"),
        ([BETWEEN | {"target": 15}], "a plateau has two ends"),
        ([HIGH | {"good": "up"}], "write high, low or plateau"),
        ([HIGH | {"target": "95%"}], "write a number"),
        ([HIGH | {"target": float("nan")}], "write a number"),
        ([HIGH | {"year": "2024"}], "not a financial year"),
        ([HIGH | {"colour": "red"}], "no target has"),
        ([{"authority": "991"}], "does not say its good"),
        (["95"], "give authority"),
        ([HIGH, HIGH | {"target": 97}], "keep one"),
        ([HIGH, HIGH | {"year": "2026-27"}], "leave out 2025-26"),
        ([HIGH, LOW | {"indicator": "ni67", "year": "2025-26"}], "cannot change"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_sentence(rows: list[Any], sentence: str) -> None:
    with pytest.raises(TargetRefused, match=sentence) as refused:
        targets(rows)
    assert str(refused.value).endswith(".")


def test_a_year_without_a_target_is_said_to_have_none() -> None:
    held = targets([HIGH, HIGH | {"year": "2025-26", "target": "none"}, HIGH | {"year": "2026-27"}])
    assert held.of("991", "ni67", FinancialYear(2026)) is None
    assert held.of("991", "ni67", FinancialYear(2027)) is not None
