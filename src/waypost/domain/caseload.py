"""How much work a child's case is, as a weight, so that caseloads can be compared by more than their number.

No source sets these weights. They are where an authority starts from, stated so that they can be argued with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Literal

Stage = Literal["protection_plan", "enquiry", "assessment", "cin_plan", "other"]

STAGES: Mapping[Stage, tuple[str, float]] = MappingProxyType(
    {
        "protection_plan": ("Child protection plan", 2.0),
        "enquiry": ("Section 47 enquiry", 2.0),
        "assessment": ("Assessment", 1.5),
        "cin_plan": ("Child in need plan", 1.0),
        "other": ("Open, with no plan", 0.5),
    }
)
"""Each stage of work in words with its weight, the most pressing first. A case counts once, at the first that holds."""


def weight(stages: Iterable[Stage]) -> float:
    """The weight of a caseload. A caseload of nobody weighs nothing."""
    return sum((STAGES[stage][1] for stage in stages), 0.0)
