"""What an assessment must say before it is put before a manager. What is missing is said, each by its part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NOTHING_FOUND = "21"
OTHERS_OF_SINGLE = ("single", "pre_birth")


def missing(kind: str, said: Mapping[str, Any]) -> dict[str, str]:
    """The parts of an assessment that are not finished, each with what to do. Empty where it is ready.

    A child who is born must have been seen and their wishes and feelings recorded, or a reason given. What the father
    can do for the child must be in a child and family and in a pre-birth assessment, or why it is not.
    """
    found: dict[str, str] = {}
    if kind != "pre_birth" and not said.get("why_not_seen"):
        if not said.get("seen_on"):
            found["seen_on"] = "Enter the day the child was seen, or say below why not"
        if not said.get("wishes_and_feelings"):
            found["wishes_and_feelings"] = "Enter the child's wishes and feelings, or say below why they are not known"
    if kind in OTHERS_OF_SINGLE and not (said.get("fathers_capacity") or said.get("why_father_not_assessed")):
        found["fathers_capacity"] = "Enter what the father can do for the child, or say below why it is not known"
    found |= {part: words for part, words in _ALWAYS.items() if not said.get(part)}
    if kind != "initial" and not said.get("factors"):
        found["factors"] = "Select the factors that were found, or that none was found"
    return found


_ALWAYS = {
    "needs": "Enter what the child needs",
    "strengths": "Enter the family's strengths",
    "risks": "Enter the risks to the child, or that there are none",
    "what_must_change": "Enter what must change for the child, or that nothing must",
    "analysis": "Enter what you make of it all",
}


def wrong_factors(factors: list[str]) -> str:
    """Why factors cannot stand together; empty where they can."""
    if NOTHING_FOUND in factors and len(factors) > 1:
        return "Select the factors that were found, or that none was found, not both"
    return ""
