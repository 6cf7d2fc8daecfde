"""What happens to an invented child, with every date it will ever have.

A life is written whole, the future included; `waypost.demo.known` says how much of it a census would hold. NEVER
stands for what does not happen within invented time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

LIVES_BEGIN = date(2010, 4, 1)
LIVES_END = date(2027, 3, 31)
NEVER = date.max


@dataclass(slots=True)
class Assessment:
    started_on: date
    authorised_on: date
    factors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Enquiry:
    """A section 47 enquiry, concluded by an initial conference or by the decision that none is needed."""

    started_on: date
    target_on: date
    concluded_on: date
    led_to_conference: bool


@dataclass(frozen=True, slots=True)
class CinPlan:
    started_on: date
    ended_on: date


@dataclass(frozen=True, slots=True)
class ProtectionPlan:
    started_on: date
    ended_on: date
    first_category: str
    later_category: str
    category_changed_on: date
    previous: int
    reviewed_on: tuple[date, ...]


@dataclass(slots=True)
class Episode:
    """A referral and all that came of it. `conference_on` is a conference without an enquiry of its own."""

    referred_on: date
    source: str
    need: str | None = None
    is_no_further_action: bool = False
    conference_on: date | None = None
    assessments: list[Assessment] = field(default_factory=list)
    enquiries: list[Enquiry] = field(default_factory=list)
    cin_plans: list[CinPlan] = field(default_factory=list)
    protection_plans: list[ProtectionPlan] = field(default_factory=list)
    closed_on: date = NEVER
    reason: str | None = None

    def last_activity_on(self) -> date:
        """The latest date of anything in the episode; it cannot close before that."""
        days = [self.referred_on]
        days += [assessment.authorised_on for assessment in self.assessments]
        days += [enquiry.concluded_on for enquiry in self.enquiries]
        days += [plan.ended_on for plan in self.cin_plans]
        days += [plan.ended_on for plan in self.protection_plans]
        return max(days)


@dataclass(slots=True)
class Child:
    """`free_from` is the first day on which the child has no open case and so could be referred."""

    number: int
    born_on: date
    expected_on: date
    sex: str
    ethnicity: str
    disabilities: tuple[str, ...]
    why_no_upn: str | None
    has_former_upn: bool
    upn_is_matched: bool
    plans_elsewhere: int
    died_on: date = NEVER
    free_from: date = date.min
    episodes: list[Episode] = field(default_factory=list)

    @property
    def is_disabled(self) -> bool:
        return self.disabilities != ("NONE",)

    def plans_so_far(self) -> int:
        return self.plans_elsewhere + sum(len(episode.protection_plans) for episode in self.episodes)


@dataclass(slots=True)
class Family:
    """Brothers and sisters, some perhaps not born yet. `has_left` claims that they moved out of the area."""

    children: list[Child]
    has_left: bool = False
