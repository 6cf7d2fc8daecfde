"""The facts of `timescales.yaml`: every timescale, its limits, and the years, source and certainty of each.

Read once, when first asked for. Which limit holds on a day, and what date follows from it, is `timescales.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NewType

import yaml

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

TimescaleId = NewType("TimescaleId", str)
Unit = Literal["working_day", "calendar_day", "day_unspecified", "week", "month", "hour", "sequence"]
Direction = Literal["within", "before", "maximum", "at_least", "not_before", "extension_once", "each_extension"]
Confidence = Literal["seed", "read", "general", "inference"]

LOCAL = "local"
EXTENSIONS: frozenset[Direction] = frozenset({"extension_once", "each_extension"})
BACKWARDS: frozenset[Direction] = frozenset({"before", "not_before"})
EARLIEST: frozenset[Direction] = frozenset({"at_least", "not_before"})


@dataclass(frozen=True, slots=True)
class Regime:
    """A law, guidance or set of procedures, and the days it was in force."""

    id: str
    name: str
    from_on: date | None
    to_on: date | None
    confidence: tuple[Confidence, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact is stated: the document, and the place in it."""

    ref: str
    title: str
    where: str
    url: str = ""

    def __str__(self) -> str:
        return f"{self.title} ({self.where})" if self.where else self.title


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit of a timescale, and the days it was in force. Without `n` it asks for something but sets no number."""

    regime: Regime
    from_on: date | None
    to_on: date | None
    n: int | None
    unit: Unit | None
    direction: Direction
    authority: str | None
    when: str
    text: str
    target_percent: int | None
    confidence: tuple[Confidence, ...]

    def is_in_force(self, on: date) -> bool:
        return (self.from_on is None or self.from_on <= on) and (self.to_on is None or on <= self.to_on)

    @property
    def is_extension(self) -> bool:
        return self.direction in EXTENSIONS

    @property
    def is_verified(self) -> bool:
        """Whether any document states it; if none does, it is a default for the authority to settle."""
        return self.confidence != ("general",)

    def __str__(self) -> str:
        """The limit in words: "15 working days", "at least 6 months", "5 working days before"."""
        if self.n is None:
            return self.text or "no number set"
        unit = {"day_unspecified": "day"}.get(self.unit or "", self.unit or "").replace("_", " ")
        length = f"{self.n} {unit}{'' if self.n == 1 else 's'}"
        return _IN_WORDS.get(self.direction, "{}").format(length)


_IN_WORDS: Mapping[str, str] = {
    "before": "{} before",
    "maximum": "{} at most",
    "at_least": "at least {}",
    "not_before": "no more than {} before",
    "extension_once": "one extension of {}",
    "each_extension": "extensions of {}",
}


@dataclass(frozen=True, slots=True)
class Timescale:
    """One clock: what starts and stops it, who answers for it, its limits, and when it is late."""

    id: TimescaleId
    name: str
    starts: str
    stops: str
    owner: str
    limits: tuple[Limit, ...]
    counting: tuple[str, ...]
    resets: str
    late_when: str
    sources: tuple[Source, ...]
    confidence: tuple[Confidence, ...]
    replaced_by: TimescaleId | None = None
    remarks: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def is_verified(self) -> bool:
        """Whether any document states it; if none does, show it as a default to set locally, not as law."""
        return self.confidence != ("general",)


@dataclass(frozen=True, slots=True)
class RegimeSwitch:
    """The day one authority left some timescales, and took up others, before or after the rest of the country."""

    authority: str
    from_on: date
    ends: tuple[TimescaleId, ...]
    begins: tuple[TimescaleId, ...]
    effect: str


@dataclass(frozen=True, slots=True)
class OwnLimit:
    """A limit that one authority set itself on a timescale, from a day on."""

    timescale: TimescaleId
    limit: Limit


OWN = "own"
"""The regime of a limit that an authority set itself."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that `timescales.yaml` holds."""

    regimes: Mapping[str, Regime]
    sources: Mapping[str, Source]
    switches: tuple[RegimeSwitch, ...]
    timescales: Mapping[TimescaleId, Timescale]
    conventions: Mapping[str, str]
    confidence_levels: Mapping[Confidence, str]


@cache
def facts() -> Facts:
    text = (files("waypost.domain") / "timescales.yaml").read_text(encoding="utf-8")
    return _facts(yaml.load(text, Loader=Loader))  # noqa: S506 - Loader is the safe one


def _facts(told: Mapping[str, Any]) -> Facts:
    regimes = {entry["id"]: _regime(entry) for entry in told["regimes"]}
    sources = {entry["id"]: Source(entry["id"], entry["title"], "", entry.get("url", "")) for entry in told["sources"]}
    return Facts(
        regimes=regimes,
        sources=sources,
        switches=tuple(_switch(entry) for entry in told["regime_overrides"] if entry["from"]),
        timescales={entry["id"]: _timescale(entry, regimes, sources) for entry in told["timescales"]},
        conventions={entry["id"]: entry["rule"] for entry in told["clock_conventions"]},
        confidence_levels=told["confidence_levels"],
    )


def _regime(told: Mapping[str, Any]) -> Regime:
    return Regime(told["id"], told["name"], told["from"], told["to"], tuple(told["confidence"]), told.get("note", ""))


def _switch(told: Mapping[str, Any]) -> RegimeSwitch:
    return RegimeSwitch(told["authority"], told["from"], tuple(told["ends"]), tuple(told["begins"]), told["effect"])


_SAID_BY_A_TIMESCALE = {part.name for part in fields(Timescale)} | {"applies"}


def _timescale(told: Mapping[str, Any], regimes: Mapping[str, Regime], sources: Mapping[str, Source]) -> Timescale:
    confidence = tuple(told["confidence"])
    return Timescale(
        id=told["id"],
        name=told["name"],
        starts=told["starts"],
        stops=told["stops"],
        owner=told["owner"],
        limits=tuple(_limit(entry, regimes, confidence) for entry in told["applies"]),
        counting=tuple(told["counting"]),
        resets=told["resets"].strip(),
        late_when=told["late_when"],
        sources=tuple(_source(entry, sources) for entry in told["sources"]),
        confidence=confidence,
        replaced_by=told.get("ended", {}).get("replaced_by"),
        remarks={key: value for key, value in told.items() if key not in _SAID_BY_A_TIMESCALE},
    )


def _limit(told: Mapping[str, Any], regimes: Mapping[str, Regime], confidence: tuple[Confidence, ...]) -> Limit:
    return Limit(
        regime=regimes[told["regime"]],
        from_on=told["from"],
        to_on=told["to"],
        n=told["n"],
        unit=told["unit"],
        direction=told.get("direction", "within"),
        authority=told.get("authority"),
        when=told.get("when", ""),
        text=told.get("text", ""),
        target_percent=told.get("target_pct"),
        confidence=tuple(told.get("confidence", confidence)),
    )


def _source(told: Mapping[str, Any], sources: Mapping[str, Source]) -> Source:
    named = sources[told["ref"]]
    return Source(named.ref, named.title, told.get("where", ""), named.url)
