"""How two people of a family are related: each word, the word for the other way round, and how it is drawn.

A relationship is held once, from the elder side or the caring side where there is one: "mother of", "foster carer of".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Tie = Literal["parent", "couple", "sibling", "carer", "other"]


@dataclass(frozen=True, slots=True)
class Relationship:
    """`forward` is said of the first person to the second, `back` of the second to the first."""

    id: str
    forward: str
    back: str
    tie: Tie


def _of(*held: Relationship) -> Mapping[str, Relationship]:
    return MappingProxyType({each.id: each for each in held})


RELATIONSHIPS = _of(
    Relationship("mother", "mother of", "child of", "parent"),
    Relationship("father", "father of", "child of", "parent"),
    Relationship("parent", "parent of", "child of", "parent"),
    Relationship("adoptive_parent", "adoptive parent of", "adopted child of", "parent"),
    Relationship("step_parent", "step-parent of", "step-child of", "carer"),
    Relationship("foster_carer", "foster carer of", "foster child of", "carer"),
    Relationship("guardian", "guardian of", "ward of", "carer"),
    Relationship("grandparent", "grandparent of", "grandchild of", "other"),
    Relationship("aunt_or_uncle", "aunt or uncle of", "niece or nephew of", "other"),
    Relationship("sibling", "brother or sister of", "brother or sister of", "sibling"),
    Relationship("half_sibling", "half-brother or half-sister of", "half-brother or half-sister of", "sibling"),
    Relationship("step_sibling", "step-brother or step-sister of", "step-brother or step-sister of", "sibling"),
    Relationship("partner", "partner of", "partner of", "couple"),
    Relationship("former_partner", "former partner of", "former partner of", "couple"),
    Relationship("spouse", "married to", "married to", "couple"),
    Relationship("cousin", "cousin of", "cousin of", "other"),
    Relationship("friend", "family friend of", "family friend of", "other"),
    Relationship("other", "other relation of", "other relation of", "other"),
)
