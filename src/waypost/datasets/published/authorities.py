"""The authorities with children's services: real ones, those that have ended, and the three invented ones.

Source: Department for Education and Office for National Statistics codes; inner and outer London from the Local
Authority Interactive Tool.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from waypost.datasets.published.files import rows


@dataclass(frozen=True, slots=True)
class Authority:
    """One authority. An invented one has `neighbours_of`: the real authority whose neighbours are its example."""

    la_code: str
    ons_code: str | None
    previous_ons_codes: tuple[str, ...]
    name: str
    region_code: str
    region: str
    sub_region: str | None
    type: str
    active_from: date | None = None
    active_to: date | None = None
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    note: str | None = None
    neighbours_of: str | None = None

    @property
    def is_invented(self) -> bool:
        return self.neighbours_of is not None


def find_authority(code: str) -> Authority | None:
    """The authority with a three-digit DfE code or a nine-character ONS code, old ONS codes included."""
    return _by_code().get(code.strip().upper())


@cache
def authorities() -> Mapping[str, Authority]:
    """Every authority by its three-digit code, the invented ones last."""
    known = [_real(row) for row in rows("authorities.csv")] + [_invented(row) for row in rows("invented.csv")]
    return {authority.la_code: authority for authority in known}


@cache
def _by_code() -> dict[str, Authority]:
    known = authorities()
    old = {code: authority for authority in known.values() for code in authority.previous_ons_codes}
    new = {authority.ons_code: authority for authority in known.values() if authority.ons_code}
    return {**old, **new, **known}


def _real(row: dict[str, str]) -> Authority:
    return Authority(
        la_code=row["la_code"],
        ons_code=row["ons_code"] or None,
        previous_ons_codes=_listed(row["previous_ons_codes"]),
        name=row["name"],
        region_code=row["region_code"],
        region=row["region"],
        sub_region=row["sub_region"] or None,
        type=row["type"],
        active_from=_date(row["active_from"]),
        active_to=_date(row["active_to"]),
        predecessors=_listed(row["predecessors"]),
        successors=_listed(row["successors"]),
        note=row["note"] or None,
    )


def _invented(row: dict[str, str]) -> Authority:
    return Authority(
        la_code=row["la_code"],
        ons_code=None,
        previous_ons_codes=(),
        name=row["name"],
        region_code=row["region_code"],
        region=row["region"],
        sub_region=row["sub_region"],
        type=row["type"],
        note="An invented authority, for demonstration.",
        neighbours_of=row["neighbours_of"],
    )


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _date(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None
