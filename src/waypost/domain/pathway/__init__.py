"""The order of the steps: what may follow what, what each decision opens, and when a reason is asked.

The table is data (`pathway.yaml`); the screens offer its decisions in its words, an action opens the next step in the
same transaction, and docs/pathway.md is drawn from it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class StepDecision:
    """A decision that ends a step. `closes` says that it ends the case; `closure_code` is the census's word for why."""

    id: str
    says: str
    opens: tuple[str, ...] = ()
    closes: bool = False
    closure_code: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way, the steps of which one must come before it, and the decisions that end it."""

    id: str
    name: str
    about: str
    after: tuple[str, ...]
    decided: str
    decisions: Mapping[str, StepDecision]

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """The decisions as a form offers them."""
        return tuple((each.id, each.says) for each in self.decisions.values())


@cache
def steps() -> Mapping[str, Step]:
    """Every step, in order."""
    table = yaml.load((files(__name__) / "pathway.yaml").read_text(encoding="utf-8"), Loader=Loader)  # noqa: S506
    return MappingProxyType({id_: _step(id_, facts) for id_, facts in table.items()})


def step(id_: str) -> Step:
    """The step with the id. Raises KeyError where there is none."""
    return steps()[id_]


def out_of_order(id_: str, *, had: Collection[str]) -> str:
    """Why a step would leave the legal order after the steps that a child has had; empty where it does not."""
    asked = step(id_)
    if not asked.after or set(asked.after) & set(had):
        return ""
    before = [step(each).name.lower() for each in asked.after]
    listed = before[0] if len(before) == 1 else f"{', '.join(before[:-1])} or {before[-1]}"
    article = "an" if asked.name[0] in "AEIOU" else "a"
    return f"{article.capitalize()} {asked.name.lower()} usually follows {_one(listed)}, and none is recorded here."


def _one(listed: str) -> str:
    return f"an {listed}" if listed[0] in "aeiou" else f"a {listed}"


def _step(id_: str, facts: Mapping[str, Any]) -> Step:
    decisions = {name: _decision(name, said) for name, said in facts["decisions"].items()}
    return Step(id_, facts["name"], facts["is"], tuple(facts["after"]), facts["decided"], MappingProxyType(decisions))


def _decision(id_: str, said: Mapping[str, Any]) -> StepDecision:
    closes = said.get("closes", False)
    code = closes if isinstance(closes, str) else ""
    return StepDecision(id_, said["says"], tuple(said.get("opens", ())), bool(closes), code)
