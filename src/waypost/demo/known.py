"""How much of a life a census would hold: what was open at some time in its year, as known at the year's end.

The census wants closings, conferences and finished work of its own year only, and what is still open with its true
start. Nothing that happens after the reference date is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol, TypeVar

from waypost.demo.lives import Assessment, Child, Enquiry, Episode
from waypost.domain.periods import FinancialYear


class Spell(Protocol):
    """Something with a first and a last day."""

    @property
    def started_on(self) -> date: ...

    @property
    def ended_on(self) -> date: ...


S = TypeVar("S", bound=Spell)


def by_then(day: date | None, year: FinancialYear) -> date | None:
    """The day, if it had come by the end of the year."""
    return day if day is not None and day <= year.end else None


def within(day: date | None, year: FinancialYear) -> date | None:
    """The day, if it is one of the year's."""
    return day if day is not None and year.start <= day <= year.end else None


def episodes(child: Child, year: FinancialYear) -> list[Episode]:
    return [episode for episode in child.episodes if _touches(episode, year)]


def _touches(episode: Episode, year: FinancialYear) -> bool:
    if episode.referred_on > year.end:
        return False
    last = episode.referred_on if episode.is_no_further_action else episode.closed_on
    return last >= year.start


def assessments(episode: Episode, year: FinancialYear) -> Iterator[Assessment]:
    return (done for done in episode.assessments if done.started_on <= year.end and done.authorised_on >= year.start)


def enquiries(episode: Episode, year: FinancialYear) -> Iterator[Enquiry]:
    return (made for made in episode.enquiries if made.started_on <= year.end and made.concluded_on >= year.start)


def spells(kept: Iterable[S], year: FinancialYear) -> Iterator[S]:
    return (spell for spell in kept if spell.started_on <= year.end and spell.ended_on >= year.start)
