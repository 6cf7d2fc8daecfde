"""When things are done: mostly in time, sometimes not, and on working days.

Each function is given the day that starts a clock and answers with the day the work was done. The limits themselves
(45 and 15 working days, three and six months) are those that the authority was trying to meet.
"""

from __future__ import annotations

from datetime import date, timedelta

from waypost.demo.chance import Chance
from waypost.demo.characters import Practice
from waypost.demo.lives import LIVES_END
from waypost.domain.calendars import ENGLAND_AND_WALES as CALENDAR
from waypost.domain.dates import add_months

ASSESSMENT_LIMIT, CONFERENCE_LIMIT = 45, 15
LONGEST_ASSESSMENT, LONGEST_WAIT = 150, 45
FIRST_REVIEW, LATER_REVIEWS = 3, 6


def later(day: date, days: int) -> date:
    return day + timedelta(days=days)


def working_day_from(day: date) -> date:
    """The day itself where it is a working day, or the next that is."""
    return CALENDAR.due(later(day, -1), 1)


def assessment_done(started_on: date, practice: Practice, chance: Chance) -> date:
    if chance.happens(practice.assessments_on_time):
        return CALENDAR.due(started_on, chance.leaning(4, ASSESSMENT_LIMIT, 41))
    late = ASSESSMENT_LIMIT + 1 + chance.waiting(14)
    return CALENDAR.due(started_on, min(late, LONGEST_ASSESSMENT))


def conference_target(enquiry_on: date) -> date:
    return CALENDAR.due(enquiry_on, CONFERENCE_LIMIT)


def conference_held(enquiry_on: date, practice: Practice, chance: Chance) -> date:
    if chance.happens(practice.conferences_on_time):
        return CALENDAR.due(enquiry_on, max(CONFERENCE_LIMIT - chance.waiting(2.4), 3))
    late = CONFERENCE_LIMIT + 1 + chance.waiting(5)
    return CALENDAR.due(enquiry_on, min(late, LONGEST_WAIT))


def no_conference_decided(enquiry_on: date, chance: Chance) -> date:
    return CALENDAR.due(enquiry_on, chance.leaning(1, 15, 8))


def reviews_held(plan_on: date, practice: Practice, chance: Chance) -> list[date]:
    """The reviews of a plan if it never ended, until invented time ends."""
    held: list[date] = []
    due_on, early = add_months(plan_on, FIRST_REVIEW), 20
    while due_on <= LIVES_END:
        held.append(_review(due_on, early, practice, chance))
        due_on, early = add_months(held[-1], LATER_REVIEWS), 45
    return held


def _review(due_on: date, early: int, practice: Practice, chance: Chance) -> date:
    if chance.happens(practice.reviews_on_time):
        return CALENDAR.before(later(due_on, 1 - chance.between(0, early)), 1)
    return CALENDAR.due(due_on, chance.between(1, 15))
