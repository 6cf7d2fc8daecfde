"""Lets the days of an invented authority pass, family by family, and puts what happened on each into the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from itertools import count

from django.utils import timezone

from waypost.access.acting import unfollowed
from waypost.access.actor import Actor
from waypost.access.models import Agency, Authority, Team, User
from waypost.demo.census import referral_days
from waypost.demo.chance import Chance
from waypost.demo.characters import character
from waypost.demo.journeys import Service
from waypost.demo.lives import Family
from waypost.demo.service.lived import steps
from waypost.demo.service.lived.clock import as_at
from waypost.demo.service.lived.people import Household, household
from waypost.demo.service.lived.staff import Staff
from waypost.demo.service.lived.timeline import moments
from waypost.domain.periods import FinancialYear
from waypost.records.pathway import quality
from waypost.records.pathway.clocks import kept

BEGINS = FinancialYear(2021)
DAY_ENDS = time(17)

Tell = Callable[[int, int], None]


def live_through(
    authority: Authority,
    *,
    teams: list[Team],
    people: dict[str, User],
    clerk: User,
    share: float,
    seed: int,
    tell: Tell,
) -> None:
    """Six years of an authority's work up to today, for a share of its families.

    `people` are the cast's by role; `tell` is told how many families are done, of how many.
    """
    today = timezone.localdate()
    who = character(authority.code)
    chance = Chance(seed, "record", who.la_code)
    families = list(_families(who.la_code, share, seed, today))
    actors = _actors(people, clerk, today)
    agencies = {each.kind: each for each in Agency.objects.all()}
    with unfollowed(kept.follow), unfollowed(quality.follow):
        for done, family in enumerate(families, 1):
            team = teams[done % len(teams)]
            worker = actors.get(f"social_worker:{team.name}", actors["clerk"])
            staff = Staff(
                front_door=actors.get("contact_worker", actors["clerk"]),
                worker=worker,
                manager=actors["team_manager"],
                chair=actors["conference_chair"],
                clerk=actors["clerk"],
                team=team,
                agencies=agencies,
            )
            _live(family, authority, who.letter, staff, chance, today)
            tell(done, len(families))
    kept.keep_all(authority)


def _live(family: Family, authority: Authority, letter: str, staff: Staff, chance: Chance, today: date) -> None:
    home: Household | None = None
    for moment in moments(family, until=today):
        with as_at(timezone.make_aware(datetime.combine(moment.on, DAY_ENDS)) if moment.on < today else timezone.now()):
            if home is None:
                by = staff.on(moment.on).clerk
                home = household(family, authority=authority, team=staff.team, letter=letter, by=by, chance=chance)
            steps.record(home, moment, staff, chance)


def _families(la_code: str, share: float, seed: int, today: date) -> Iterator[Family]:
    """Families of the census files' kind, first referred in one of the years."""
    who = character(la_code)
    chance = Chance(seed, "families", la_code)
    service = Service(who, chance, count(1))
    for ends in range(BEGINS.ends, FinancialYear.holding(today).ends + 1):
        year = FinancialYear(ends)
        calendar = referral_days(year)
        for day in sorted(chance.pick(calendar) for _ in range(round(who.practice(year).new_families * share))):
            if day <= today:
                yield service.follow(day)


def _actors(people: dict[str, User], clerk: User, today: date) -> dict[str, Actor]:
    found = {role: Actor.of(user, today=today) for role, user in people.items()}
    found["clerk"] = Actor.of(clerk, today=today)
    found.setdefault("team_manager", found["clerk"])
    return found
