"""What each indicator means, in words: the definitions of `catalogue.yaml`, by id and in its order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from importlib.resources import files
from typing import Any

import yaml

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

NOT_IN_CENSUS = "not_available"
RATE = "rate_per_10000"


@dataclass(frozen=True, slots=True)
class Definition:
    """One indicator: what it asks, of whom, by which date, and where the definition comes from.

    `num`, `den` and `universe` are in words; `cin` says how a census file gives it, or `not_available`. `ended` is
    the last day it was in national use; it may be kept in local use after.
    """

    id: str
    name: str
    plain: str
    num: str
    den: str | None
    universe: str
    basis: str
    unit: str
    polarity: str
    cin: str
    notes: str | None = None
    ended: str | None = None
    timescale: str | None = None
    target: float | list[float] | None = None
    codes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    confidence: tuple[str, ...] = ()

    @property
    def is_in_census(self) -> bool:
        return self.cin != NOT_IN_CENSUS

    @property
    def is_rate(self) -> bool:
        return self.unit == RATE


class _Catalogue(Mapping[str, Definition]):
    """The catalogue, read when first looked at."""

    @cached_property
    def _definitions(self) -> dict[str, Definition]:
        text = (files(__package__) / "catalogue.yaml").read_text(encoding="utf-8")
        entries = yaml.load(text, Loader=Loader)["indicators"]  # noqa: S506  a safe loader, the C one where there is one
        return {entry["id"]: _definition(entry) for entry in entries}

    def __getitem__(self, id: str) -> Definition:
        return self._definitions[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._definitions)

    def __len__(self) -> int:
        return len(self._definitions)


def _definition(entry: Mapping[str, Any]) -> Definition:
    known = {field.name for field in fields(Definition)}
    told: dict[str, Any] = {name: value for name, value in entry.items() if name in known}
    return Definition(**told | {name: tuple(told[name]) for name in LISTS if name in told})


LISTS = ("codes", "sources", "confidence")

CATALOGUE: Mapping[str, Definition] = _Catalogue()
