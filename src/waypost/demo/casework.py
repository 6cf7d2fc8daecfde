"""The single steps of casework: open, assess, enquire, confer, close. `waypost.demo.journeys` puts them in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from waypost.demo import proportions, timings
from waypost.demo.chance import Chance
from waypost.demo.characters import Character, Practice
from waypost.demo.families import grown
from waypost.demo.lives import NEVER, Assessment, Child, Enquiry, Episode
from waypost.demo.timings import later
from waypost.domain.periods import FinancialYear

OLDEST_AT_CONFERENCE = 17
OWN_ASSESSMENT = 0.1
CONFERENCE_MAKES_PLANS, CHILD_HAS_PLAN = 0.9, 0.96


@dataclass(slots=True)
class Case:
    """A child's open episode, and the day from which its next stage may begin."""

    child: Child
    episode: Episode
    ready_on: date


class Casework:
    """What workers do, as well and as quickly as their authority does it that year."""

    def __init__(self, character: Character, chance: Chance) -> None:
        self._character = character
        self._chance = chance

    def practice(self, day: date) -> Practice:
        return self._character.practice(FinancialYear.holding(day))

    # ---- referral and assessment

    def open(self, children: Sequence[Child], day: date, source: str, route: str) -> list[Case]:
        """Opens an episode for each child, with its first assessment; most brothers and sisters share its dates."""
        need = self._chance.pick(proportions.NEEDS)
        started_on = self.working_day(day, self.soon(2))
        shared_on = timings.assessment_done(started_on, self.practice(day), self._chance)
        return [self._open_one(child, day, source, route, need, started_on, shared_on) for child in children]

    def _open_one(
        self, child: Child, day: date, source: str, route: str, need: str, started_on: date, shared_on: date
    ) -> Case:
        own = self._chance.happens(OWN_ASSESSMENT)
        done_on = timings.assessment_done(started_on, self.practice(day), self._chance) if own else shared_on
        episode = Episode(day, source, self._need(child, route, need))
        episode.assessments.append(Assessment(started_on, done_on, self._factors(route)))
        child.episodes.append(episode)
        child.free_from = NEVER
        return Case(child, episode, done_on)

    def _need(self, child: Child, route: str, family_need: str) -> str:
        if child.is_disabled and route in ("care", "support"):
            return proportions.CHILD_DISABILITY
        return proportions.ABUSE_OR_NEGLECT if route == "protection" else family_need

    def _factors(self, route: str) -> tuple[str, ...]:
        # Factor 21 stands alone, and belongs to cases that are then closed as not in need.
        if route == "not_in_need" and self._chance.happens(proportions.NO_FACTOR_FOUND):
            return (proportions.NO_FACTOR,)
        many = self._chance.pick(proportions.HOW_MANY_FACTORS)
        found = {self._chance.pick(proportions.FACTORS) for _ in range(many)}
        return tuple(sorted(found, key=lambda code: (int(code.rstrip("ABCDEF")), code)))

    def assess_again(self, cases: Sequence[Case], day: date) -> None:
        for case in cases:
            if case.episode.assessments[-1].authorised_on < day:
                done_on = timings.assessment_done(day, self.practice(day), self._chance)
                case.episode.assessments.append(Assessment(day, done_on, self._factors("support")))

    # ---- enquiries and conferences

    def enquire(self, cases: Sequence[Case], started_on: date) -> None:
        """A section 47 enquiry that ends without a conference."""
        decided_on = timings.no_conference_decided(started_on, self._chance)
        target_on = timings.conference_target(started_on)
        self._record(cases, Enquiry(started_on, target_on, decided_on, led_to_conference=False))

    def confer(self, cases: Sequence[Case], enquiry_on: date) -> tuple[list[Case], list[Case], date]:
        """An enquiry and its initial conference. Returns who was given a plan, who was not, and the conference day."""
        held_on = timings.conference_held(enquiry_on, self.practice(enquiry_on), self._chance)
        seen = [case for case in cases if held_on < grown(case.child, OLDEST_AT_CONFERENCE)]
        self._record(seen, Enquiry(enquiry_on, timings.conference_target(enquiry_on), held_on, led_to_conference=True))
        self.enquire([case for case in cases if case not in seen], enquiry_on)
        makes_plans = self._chance.happens(CONFERENCE_MAKES_PLANS)
        with_plan = [case for case in seen if makes_plans and self._chance.happens(CHILD_HAS_PLAN)]
        return with_plan, [case for case in cases if case not in with_plan], held_on

    def _record(self, cases: Sequence[Case], enquiry: Enquiry) -> None:
        for case in cases:
            self._assess_beside(case, enquiry)
            case.episode.enquiries.append(enquiry)
            if not case.episode.protection_plans:
                case.ready_on = max(case.ready_on, enquiry.concluded_on, case.episode.assessments[-1].authorised_on)

    def _assess_beside(self, case: Case, enquiry: Enquiry) -> None:
        """An enquiry goes with an assessment, in every year's file that holds the enquiry (rule 2991Q)."""
        self.assess_again([case], enquiry.started_on)
        beside = case.episode.assessments[-1]
        if FinancialYear.holding(beside.authorised_on) < FinancialYear.holding(enquiry.concluded_on):
            beside.authorised_on = enquiry.concluded_on

    # ---- closing

    def close(self, case: Case, day: date, reason: str | None = None) -> None:
        case.episode.closed_on = max(day, case.episode.last_activity_on())
        case.episode.reason = reason or self._chance.pick(proportions.WAY_OUT)
        case.child.free_from = later(case.episode.closed_on, 1)
        born = case.child.born_on <= case.episode.closed_on
        if born and reason is None and self._chance.happens(proportions.DEATHS):
            case.episode.reason, case.child.died_on = proportions.DIED, case.episode.closed_on
            case.child.free_from = NEVER

    # ---- days

    def working_day(self, day: date, days: int) -> date:
        """The first working day that is at least so many days later."""
        return timings.working_day_from(later(day, days))

    def soon(self, most: int) -> int:
        """A few days, now and then as many as the most."""
        return min(self._chance.waiting(most / 3), most)

    def soon_after_start(self, cases: Sequence[Case], most: int) -> date:
        """A working day soon after the first assessment began."""
        return self.working_day(cases[0].episode.assessments[0].started_on, self.soon(most))
