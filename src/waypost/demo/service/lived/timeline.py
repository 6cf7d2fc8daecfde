"""What happens to a family on which day: the lives of its children as moments, in the order in which they come.

Brothers and sisters who share a day share the moment. What comes after today has not happened.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from waypost.demo.families import grown
from waypost.demo.lives import NEVER, Assessment, Child, Enquiry, Episode, Family, ProtectionPlan
from waypost.demo.proportions import SOCIAL_CARE
from waypost.demo.timings import later

What = Literal[
    "birth", "contact", "decide", "transfer_in", "assess", "assessed", "strategy", "enquired", "conference",
    "transfer_conference", "review", "core_group", "visit", "plan_moves", "cin_ends", "cin_visit", "closes",
]  # fmt: skip

ORDER: dict[What, int] = {
    "birth": 0, "contact": 1, "transfer_in": 2, "decide": 3, "assess": 4, "strategy": 5, "assessed": 6, "enquired": 7,
    "conference": 8, "transfer_conference": 9, "review": 10, "core_group": 11, "visit": 12, "cin_visit": 13,
    "plan_moves": 14, "cin_ends": 15, "closes": 16,
}  # fmt: skip
"""Of what falls on one day, which comes first."""


@dataclass(frozen=True, slots=True)
class Of:
    """One child's part in a moment, with what of the child's life it is about."""

    child: Child
    episode: Episode
    about: Assessment | Enquiry | ProtectionPlan | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    on: date
    what: What
    each: tuple[Of, ...]

    @property
    def order(self) -> tuple[date, int]:
        return (self.on, ORDER[self.what])


def moments(family: Family, *, until: date) -> list[Moment]:
    """Every moment of a family up to a day, in order."""
    found: dict[tuple[date, What], list[Of]] = defaultdict(list)
    for child in family.children:
        for episode in child.episodes:
            for on, what, about in _of_episode(child, episode):
                if on <= until:
                    found[on, what].append(Of(child, episode, about))
        first = min((episode.referred_on for episode in child.episodes), default=NEVER)
        if first < child.born_on <= until:
            found[child.born_on, "birth"].append(Of(child, child.episodes[0]))
    return sorted((Moment(on, what, tuple(each)) for (on, what), each in found.items()), key=lambda each: each.order)


Told = Iterator[tuple[date, What, Assessment | Enquiry | ProtectionPlan | None]]


def _of_episode(child: Child, episode: Episode) -> Told:
    moves_in = episode.conference_on is not None and episode.source != SOCIAL_CARE
    yield episode.referred_on, "contact", None
    if episode.is_no_further_action:
        yield later(episode.referred_on, 1), "decide", None
        return
    yield episode.assessments[0].started_on, "decide", None
    if moves_in:
        yield episode.assessments[0].started_on, "transfer_in", None
        if episode.conference_on:
            yield episode.conference_on, "transfer_conference", None
    for place, assessment in enumerate(episode.assessments):
        if place:
            yield assessment.started_on, "assess", assessment
        yield assessment.authorised_on, "assessed", assessment
    yield from _of_enquiries(episode.enquiries)
    for plan in episode.protection_plans:
        yield from _of_plan(child, plan)
    for spell in episode.cin_plans:
        yield spell.ended_on, "cin_ends", None
        yield from ((day, "cin_visit", None) for day in _every(spell.started_on, spell.ended_on, 35))
    yield episode.closed_on, "closes", None


def _of_enquiries(enquiries: Iterable[Enquiry]) -> Told:
    for enquiry in enquiries:
        yield enquiry.started_on, "strategy", enquiry
        if enquiry.led_to_conference:
            days = (enquiry.concluded_on - enquiry.started_on).days
            yield later(enquiry.started_on, min(days // 2, 8)), "enquired", enquiry
            yield enquiry.concluded_on, "conference", enquiry
        else:
            yield enquiry.concluded_on, "enquired", enquiry


def _of_plan(child: Child, plan: ProtectionPlan) -> Told:
    for day in plan.reviewed_on:
        yield day, "review", plan
    if plan.ended_on not in plan.reviewed_on and plan.ended_on != NEVER:
        yield plan.ended_on, "plan_moves", plan
    yield from ((day, "core_group", plan) for day in _every(plan.started_on, plan.ended_on, 40, first=9))
    yield from ((day, "visit", plan) for day in _every(plan.started_on, plan.ended_on, 14, first=5))


def _every(start: date, end: date, days: int, *, first: int | None = None) -> Iterator[date]:
    """Days so far apart within a time, moved off the weekend, the end not among them."""
    day = later(start, first or days)
    last = min(end, date(2030, 1, 1))
    while day < last:
        yield later(day, max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
        day = later(day, days)


def is_grown(child: Child, on: date) -> bool:
    return on >= grown(child, 18)
