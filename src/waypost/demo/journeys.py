"""The child's journey: from a referral by way of assessment, enquiry, conference and plan to closure, and round again.

Work is done with a family: children referred together share their dates, and each has an episode and plans of its
own. A journey is written to its end at once; what a year's census would know of it is `waypost.demo.known`'s affair.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import groupby

from waypost.demo import plans, proportions, timings
from waypost.demo.casework import OLDEST_AT_CONFERENCE, Case, Casework
from waypost.demo.chance import Chance, Turns, Weighted
from waypost.demo.characters import Character
from waypost.demo.families import grown, make_family, may_be_referred
from waypost.demo.lives import LIVES_END, NEVER, Child, CinPlan, Episode, Family
from waypost.demo.timings import later
from waypost.domain.periods import FinancialYear

BABY_DAYS = 2 * 365
ALL_TOGETHER = 0.8
REFERRED_AGAIN = {
    **{"no_action": 0.56, "not_in_need": 0.50, "brief": 0.48},
    **{"support": 0.44, "protection": 0.44, "care": 0.3},
}
UNTIL_REFERRED_AGAIN = 260
LOCKDOWN = (date(2020, 4, 1), date(2020, 7, 31))

ENQUIRY_IF_BRIEF, ENQUIRY_IF_SUPPORTED, ENQUIRY_BEFORE_CARE = 0.5, 0.38, 0.35
ENQUIRY_DURING_PLAN, ENQUIRY_DURING_CARE = 0.09, 0.2
ANOTHER_CHILD_JOINS = 0.3
AFTER_REVIEW = Weighted({"support": 66, "care": 12, "close": 22})
AFTER_LEAVING = Weighted({"move": 55, "care": 45})

CONCERN_GROWS, GOES_TO_CONFERENCE, ASSESSED_AGAIN = 0.16, 0.6, 0.1
ALL_GO_INTO_CARE, CARE_YEARS, STAYS_AFTER_18 = 0.45, 4.6, 0.5
OLDEST_ADOPTED = 8


@cache
def routes(protection: float, is_known: bool, has_baby: bool) -> Weighted[str]:
    """What may come of a referral. Babies, and families that are known already, more often need protection."""
    likelier = protection * (1.35 if is_known else 1) * (1.9 if has_baby else 0.8)
    return Weighted(
        {
            "no_action": 8,
            "not_in_need": 33,
            "brief": 25,
            "support": 14,
            "protection": 8.5 * likelier,
            "care": 10,
            "transfer_in": 0 if is_known else 0.9 * protection,
        }
    )


class Service:
    """What an authority does with the families that are referred to it."""

    def __init__(self, character: Character, chance: Chance, numbers: Iterator[int]) -> None:
        self._work = Casework(character, chance)
        self._chance = chance
        self._numbers = numbers
        self._turns = {(known, baby): Turns(chance) for known in (False, True) for baby in (False, True)}

    def follow(self, first_referred_on: date) -> Family:
        """A new family, and all that happens to it from its first referral on."""
        family = make_family(first_referred_on, self._numbers, self._chance)
        day, is_known = first_referred_on, False
        while day <= LIVES_END and not family.has_left:
            children = [child for child in family.children if may_be_referred(child, day)]
            if not children:
                break
            route, done_on = self._refer(family, self._some_of(children), day, is_known=is_known)
            if done_on >= LIVES_END or not self._chance.happens(REFERRED_AGAIN[route]):
                break
            day, is_known = self._referred_again_on(done_on), True
        return family

    # ---- referral

    def _some_of(self, children: list[Child]) -> list[Child]:
        if self._chance.happens(ALL_TOGETHER):
            return children
        return [children[self._chance.between(0, len(children) - 1)]]

    def _referred_again_on(self, done_on: date) -> date:
        day = later(done_on, 5 + self._chance.waiting(UNTIL_REFERRED_AGAIN))
        return later(day, 7 - day.weekday()) if day.weekday() > 4 else day

    def _refer(self, family: Family, children: list[Child], day: date, *, is_known: bool) -> tuple[str, date]:
        """Answers with what came of the referral and the day on which the last work that ended at all was done."""
        route = self._route(children, day, is_known=is_known)
        if route == "no_action":
            self._no_action(children, day)
            return route, day
        if route == "transfer_in":
            self._transfer_in(family, children, day)
            route = "protection"
        else:
            self._open(family, route, children, day)
        closures = [episode.closed_on for child in children for episode in child.episodes if episode.referred_on == day]
        return route, max((closed_on for closed_on in closures if closed_on < LIVES_END), default=NEVER)

    def _route(self, children: list[Child], day: date, *, is_known: bool) -> str:
        has_baby = any(later(child.born_on, BABY_DAYS) > day for child in children)
        turn = self._turns[is_known, has_baby].next()
        return routes(self._work.practice(day).protection, is_known, has_baby).at(turn)

    def _source(self, day: date) -> str:
        source = self._chance.pick(proportions.SOURCES)
        closed = day.month == 8 or LOCKDOWN[0] <= day <= LOCKDOWN[1]
        return self._chance.pick(proportions.SOURCES) if closed and source in proportions.SCHOOLS else source

    def _no_action(self, children: list[Child], day: date) -> None:
        source = self._source(day)
        for child in children:
            child.episodes.append(Episode(day, source, is_no_further_action=True))
            child.free_from = later(day, 1)

    def _open(self, family: Family, route: str, children: list[Child], day: date) -> None:
        cases = self._work.open(children, day, self._source(day), route)
        match route:
            case "not_in_need":
                self._not_in_need(cases)
            case "brief":
                self._brief(family, cases)
            case "support":
                self._supported(family, cases)
            case "protection":
                self._protection(family, cases)
            case _:
                self._to_care(family, cases)

    # ---- routes

    def _not_in_need(self, cases: list[Case]) -> None:
        reason, days = self._chance.pick(proportions.WAY_OUT_NOT_IN_NEED), self._work.soon(12)
        for case in cases:
            # A closure after assessment is filed with its assessment (rule 8825Q), so both fall in one year.
            year = FinancialYear.holding(case.ready_on)
            self._work.close(case, min(self._work.working_day(case.ready_on, days), year.end), reason)

    def _brief(self, family: Family, cases: list[Case]) -> None:
        if self._chance.happens(ENQUIRY_IF_BRIEF):
            self._work.enquire(cases, self._work.soon_after_start(cases, 10))
        days = 1 + self._chance.waiting(14)
        for case in cases:
            self._work.close(case, self._work.working_day(case.episode.last_activity_on(), days))
        self._note_move(family, cases)

    def _supported(self, family: Family, cases: list[Case]) -> None:
        if self._chance.happens(ENQUIRY_IF_SUPPORTED):
            self._work.enquire(cases, self._work.soon_after_start(cases, 20))
        self._support(family, cases)

    def _protection(self, family: Family, cases: list[Case]) -> None:
        with_plan, without, held_on = self._work.confer(cases, self._work.soon_after_start(cases, 14))
        self._plan(family, with_plan, held_on)
        self._support(family, without)

    def _transfer_in(self, family: Family, children: list[Child], day: date) -> None:
        """A family that arrives with plans: a conference without an enquiry of this authority's own."""
        young = [child for child in children if day < grown(child, OLDEST_AT_CONFERENCE)]
        cases = self._work.open(young or children, day, proportions.ANOTHER_AUTHORITY, "protection")
        held_on = timings.conference_held(day, self._work.practice(day), self._chance)
        for case in cases:
            case.episode.conference_on = held_on
        self._plan(family, cases, held_on)

    def _to_care(self, family: Family, cases: list[Case]) -> None:
        """Long work: children looked after, and disabled children supported for years."""
        if self._chance.happens(ENQUIRY_BEFORE_CARE):
            self._work.enquire(cases, self._work.soon_after_start(cases, 7))
        everyone = self._chance.happens(ALL_GO_INTO_CARE)
        for place, case in enumerate(cases):
            if place == 0 or everyone or case.child.is_disabled:
                self._care(case)
            else:
                self._support(family, [case])

    # ---- child protection plans

    def _plan(self, family: Family, cases: list[Case], start: date, *, others_may_join: bool = True) -> None:
        if not cases:
            return
        course = plans.course_from(start, self._work.practice, self._chance)
        if others_may_join:
            self._another_joins(family, course.reviews_before_end())
        for case in cases:
            plan = plans.plan_for(case.child, course, self._chance)
            case.episode.protection_plans.append(plan)
            case.ready_on = plan.ended_on
        self._enquire_during_plan(cases, start)
        self._after_plan(family, cases, self._chance.pick(AFTER_LEAVING if course.family_leaves else AFTER_REVIEW))

    def _another_joins(self, family: Family, reviews: Sequence[date]) -> None:
        """A brother or sister, often a new baby, is given a plan at a review: conference and plan on that day."""
        if not reviews or not self._chance.happens(ANOTHER_CHILD_JOINS):
            return
        joins_on = reviews[self._chance.between(0, len(reviews) - 1)]
        referred_on = later(joins_on, -self._chance.between(8, 40))
        free = [child for child in family.children if may_be_referred(child, referred_on)]
        if free and joins_on < grown(free[-1], OLDEST_AT_CONFERENCE):
            case = self._work.open(free[-1:], referred_on, proportions.SOCIAL_CARE, "protection")[0]
            case.episode.conference_on = joins_on
            self._plan(family, [case], joins_on, others_may_join=False)

    def _enquire_during_plan(self, cases: list[Case], start: date) -> None:
        room = (min(LIVES_END, *(case.ready_on for case in cases)) - start).days - 55
        if room > 0 and may_have_enquiries(cases) and self._chance.happens(ENQUIRY_DURING_PLAN):
            self._work.enquire(cases, self._work.working_day(start, 20 + self._chance.between(0, room)))

    def _after_plan(self, family: Family, cases: list[Case], after: str) -> None:
        family.has_left = family.has_left or after == "move"
        staying = [case for case in cases if case.ready_on < LIVES_END]
        if after == "support":
            self._support(family, staying)
            return
        days = self._work.soon(25)
        for case in staying:
            if after == "care":
                self._care(case)
            elif after == "move":
                self._work.close(case, case.ready_on, proportions.MOVED_AWAY)
            else:
                self._work.close(case, self._work.working_day(case.ready_on, days))

    # ---- support and care

    def _support(self, family: Family, cases: list[Case]) -> None:
        """Children in need plans, shared by those who are ready for one on the same day."""
        going = sorted((case for case in cases if case.ready_on < LIVES_END), key=ready)
        for together in [list(group) for _, group in groupby(going, key=ready)]:
            self._support_together(family, together)

    def _support_together(self, family: Family, cases: list[Case]) -> None:
        start = self._work.working_day(cases[0].ready_on, self._work.soon(12))
        end = self._work.working_day(start, 55 + self._chance.waiting(105))
        days = (end - start).days
        if days > 60 and may_have_enquiries(cases) and self._chance.happens(CONCERN_GROWS):
            enquiry_on = self._work.working_day(start, self._chance.between(20, days - 20))
            self._concern_grows(family, cases, start, end, enquiry_on)
            return
        if self._chance.happens(ASSESSED_AGAIN):
            self._work.assess_again(cases, self._work.working_day(start, 10))
        self._finish_support(cases, start, end)
        self._note_move(family, cases)

    def _concern_grows(self, family: Family, cases: list[Case], start: date, end: date, enquiry_on: date) -> None:
        """An enquiry during support; after a conference the plan in need may give way to a protection plan."""
        if not self._chance.happens(GOES_TO_CONFERENCE * self._work.practice(enquiry_on).protection):
            self._work.enquire(cases, enquiry_on)
            self._finish_support(cases, start, end)
            return
        with_plan, without, held_on = self._work.confer(cases, enquiry_on)
        for case in with_plan:
            case.episode.cin_plans.append(CinPlan(start, held_on))
        self._plan(family, with_plan, held_on)
        self._finish_support(without, start, end)

    def _finish_support(self, cases: list[Case], start: date, end: date) -> None:
        days = self._work.soon(10)
        for case in cases:
            own_end = min(max(end, case.ready_on), grown(case.child, 18))
            if own_end > start:
                case.episode.cin_plans.append(CinPlan(start, own_end))
            self._work.close(case, self._work.working_day(case.episode.last_activity_on(), days))

    def _care(self, case: Case) -> None:
        child, start = case.child, case.ready_on
        end = later(start, 150 + self._chance.waiting(CARE_YEARS * 365))
        if end > grown(child, 18):
            stays = self._chance.between(60, 3 * 365) if self._chance.happens(STAYS_AFTER_18) else 0
            end = max(later(grown(child, 18), stays), later(start, 30))
        self._care_goes_on(case, start, end)
        self._work.close(case, end, self._chance.pick(ways_out_of_care(child, end)))

    def _care_goes_on(self, case: Case, start: date, end: date) -> None:
        """A fresh assessment every two years or so, and now and then an enquiry."""
        day = self._work.working_day(start, self._chance.between(300, 900))
        while later(day, 300) < min(end, LIVES_END):
            young = day < grown(case.child, OLDEST_AT_CONFERENCE)
            if young and may_have_enquiries([case]) and self._chance.happens(ENQUIRY_DURING_CARE):
                self._work.enquire([case], day)
            else:
                self._work.assess_again([case], day)
            day = self._work.working_day(day, self._chance.between(550, 1200))

    def _note_move(self, family: Family, cases: list[Case]) -> None:
        family.has_left = family.has_left or any(case.episode.reason == proportions.MOVED_AWAY for case in cases)


def may_have_enquiries(cases: Sequence[Case]) -> bool:
    """Where a conference stands on the episode itself, an enquiry beside it would be read as the plan's (rule 2885)."""
    return all(case.episode.conference_on is None for case in cases)


def ready(case: Case) -> date:
    return case.ready_on


def ways_out_of_care(child: Child, day: date) -> Weighted[str]:
    if day >= grown(child, 18):
        return proportions.WAY_OUT_GROWN_UP
    young = day < grown(child, OLDEST_ADOPTED)
    return proportions.WAY_OUT_OF_CARE_YOUNG if young else proportions.WAY_OUT_OF_CARE
