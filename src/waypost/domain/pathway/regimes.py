"""Which kinds of assessment an authority makes on a day.

Until an authority took up the single assessment, an initial assessment came first, and a core assessment where the
initial one or a section 47 enquiry asked for more. From its day a single one took the place of both. A child who is not
born yet has a pre-birth assessment under either.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from waypost.domain.limits import RegimeSwitch, TimescaleId, facts
from waypost.domain.timescales import SINGLE_ASSESSMENT, timescale

Kind = Literal["initial", "core", "single", "pre_birth"]


def single_from(authority: str | None = None, switches: Sequence[RegimeSwitch] | None = None) -> date:
    """The first day of the single assessment in an authority: its own, or else the country's.

    Without `switches`, the days known from published reports are asked.
    """
    known = facts().switches if switches is None else switches
    for switch in known:
        if switch.authority == authority and SINGLE_ASSESSMENT in switch.begins:
            return switch.from_on
    return min(limit.from_on for limit in timescale(SINGLE_ASSESSMENT).limits if limit.from_on)


def kinds_on(
    day: date,
    *,
    is_unborn: bool = False,
    authority: str | None = None,
    switches: Sequence[RegimeSwitch] | None = None,
    **_: object,
) -> tuple[Kind, ...]:
    """The kinds of assessment that may begin on a day, the first that usually comes first."""
    if is_unborn:
        return ("pre_birth",)
    if day < single_from(authority, switches):
        return ("initial", "core")
    return ("single",)


def kind_on(
    day: date,
    *,
    is_unborn: bool = False,
    after_initial: bool = False,
    authority: str | None = None,
    switches: Sequence[RegimeSwitch] | None = None,
    **_: object,
) -> Kind:
    """The kind that begins on a day. `after_initial` says that the initial assessment of this episode is done."""
    kinds = kinds_on(day, is_unborn=is_unborn, authority=authority, switches=switches)
    return "core" if after_initial and "core" in kinds else kinds[0]


TIMED_BY: dict[Kind, TimescaleId] = {
    "initial": TimescaleId("initial_assessment"),
    "core": TimescaleId("core_assessment"),
    "single": SINGLE_ASSESSMENT,
    "pre_birth": SINGLE_ASSESSMENT,
}
"""The timescale of each kind. A pre-birth assessment has the single one's, which the authority may set otherwise."""
