"""Timescales

Every limit stands once, as data, with the years it was in force, its source and how sure we are of it
(`src/waypost/domain/timescales.yaml`). The limit that holds is the one in force on the day of the starting event, and
it is inclusive: exactly 15 working days is in time. Where no number is set, Waypost says so and guesses none.

The rules are `waypost.domain.timescales`. Working days are counted as in [Working days](working-days.md).
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.spec.worked import example, spec
from waypost.domain.calendars import ENGLAND_AND_WALES
from waypost.domain.errors import WrongUse
from waypost.domain.limits import RegimeSwitch, TimescaleId, facts
from waypost.domain.timescales import (
    CARE_PROCEEDINGS,
    CORE_ASSESSMENT,
    FIRST_CORE_GROUP,
    FIRST_REVIEW,
    INITIAL_ASSESSMENT,
    INITIAL_CONFERENCE,
    LATER_REVIEW,
    MINUTES_CIRCULATION,
    PLAN_CIRCULATION,
    PLAN_VISIT,
    REPORT_TO_CHAIR_INITIAL,
    REPORT_TO_CHAIR_REVIEW,
    REPORT_TO_PARENTS_INITIAL,
    RETURN_HOME_INTERVIEW,
    SINGLE_ASSESSMENT,
    CountingChoices,
    NoLimit,
    Status,
    due_at,
    due_on,
    extended_due_on,
    limit_in_force,
    status,
    timescale,
    working,
)

england = ENGLAND_AND_WALES
LONDON = ZoneInfo("Europe/London")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of March 2025 in London."""
    return datetime(2025, 3, day, hour, minute, tzinfo=LONDON)


@spec("An initial conference is due 15 working days after the strategy discussion")
@example("3 March 2025", due="24 March 2025")
@example("10 April 2025", due="6 May 2025", because="Easter and the early May holiday do not count")
@example("8 March 2025", due="28 March 2025", because="Held on a Saturday, so Monday is day 1")
def test_initial_conference_due(strategy_discussion_on: date, due: date) -> None:
    assert due_on(INITIAL_CONFERENCE, after=strategy_discussion_on, calendar=england) == due


@spec("A single assessment is due 45 working days after it starts")
@example("3 March 2025", due="8 May 2025", because="Good Friday, Easter Monday and 5 May do not count")
@example("2 June 2025", due="4 August 2025")
def test_single_assessment_due(started_on: date, due: date) -> None:
    assert due_on(SINGLE_ASSESSMENT, after=started_on, calendar=england) == due


@spec("An initial assessment had 7 working days, and 10 from 1 April 2010, by the day of the referral")
@example("31 March 2010", due="13 April 2010", because="7 working days over Easter")
@example("1 April 2010", due="19 April 2010", because="10 working days over Easter")
def test_initial_assessment_due(referred_on: date, due: date) -> None:
    assert due_on(INITIAL_ASSESSMENT, after=referred_on, calendar=england) == due


@spec("The first core group is due 10 working days after the conference that made the plan")
@example("3 March 2025", due="17 March 2025")
def test_first_core_group_due(conference_on: date, due: date) -> None:
    assert due_on(FIRST_CORE_GROUP, after=conference_on, calendar=england) == due


@spec("The first review conference is due 3 calendar months after the initial conference")
@example("15 January 2025", due="15 April 2025")
@example("30 November 2024", due="28 February 2025", because="February is shorter, so its last day")
def test_first_review_due(conference_on: date, due: date) -> None:
    assert due_on(FIRST_REVIEW, after=conference_on, calendar=england) == due


@spec("Later review conferences are due 6 calendar months after the one before")
@example("15 January 2025", due="15 July 2025")
@example("31 August 2023", due="29 February 2024")
def test_later_review_due(last_review_on: date, due: date) -> None:
    assert due_on(LATER_REVIEW, after=last_review_on, calendar=england) == due


@spec("An authority that counts 91 and 183 days for 3 and 6 months may choose to")
@example(str(FIRST_REVIEW), "15 January 2025", due="16 April 2025")
@example(str(LATER_REVIEW), "15 January 2025", due="17 July 2025")
def test_months_as_days(named: str, start: date, due: date) -> None:
    assert due_on(named, after=start, calendar=england, choices=CountingChoices(months="days_91_183")) == due


@spec("A paper for a conference is counted back from it")
@example(str(REPORT_TO_CHAIR_INITIAL), "24 March 2025", due="21 March 2025", because="1 working day before")
@example(str(REPORT_TO_PARENTS_INITIAL), "24 March 2025", due="20 March 2025", because="2 working days before")
@example(str(REPORT_TO_CHAIR_REVIEW), "24 March 2025", due="17 March 2025", because="5 working days before")
@example("private_fostering_notice", "24 March 2025", due="10 February 2025", because="6 weeks before")
def test_counted_back(named: str, event_on: date, due: date) -> None:
    assert due_on(named, after=event_on, calendar=england) == due


@spec('A period "beginning with" a day has that day as its first')
@example("1 January 2025", due="1 July 2025", because="26 weeks are 182 days, and 1 January is the first of them")
def test_care_proceedings_due(issued_on: date, due: date) -> None:
    assert due_on(CARE_PROCEEDINGS, after=issued_on, calendar=england) == due


@spec("An extension moves the due date on")
@example(str(CARE_PROCEEDINGS), "1 July 2025", due="26 August 2025", because="8 weeks")
@example("epo", "10 March 2025", due="17 March 2025", because="7 days, once")
def test_extension(named: str, first_due: date, due: date) -> None:
    assert extended_due_on(named, due=first_due, on=first_due, calendar=england) == due


@spec("Hours run through nights, weekends and holidays")
@example(str(RETURN_HOME_INTERVIEW), at(7, 22), due=at(10, 22), because="72 hours")
@example(str(RETURN_HOME_INTERVIEW), at(28, 22), due=at(31, 23), because="72 hours; the clocks went forward")
@example(str(PLAN_CIRCULATION), at(7, 12, 30), due=at(8, 12, 30), because="24 hours")
def test_hours(named: str, start: datetime, due: datetime) -> None:
    assert due_at(named, after=start) == due


@spec("Where only dates are held, hours are whole days rounded up; an authority may count them as working days")
@example(str(RETURN_HOME_INTERVIEW), "7 March 2025", "elapsed", due="10 March 2025")
@example(str(PLAN_CIRCULATION), "7 March 2025", "elapsed", due="8 March 2025", because="A Saturday")
@example(str(PLAN_CIRCULATION), "7 March 2025", "working_day", due="10 March 2025")
def test_hours_by_date(named: str, start: date, hours: str, due: date) -> None:
    choices = CountingChoices(hours="working_day" if hours == "working_day" else "elapsed")
    assert due_on(named, after=start, calendar=england, choices=choices) == due


@spec("Where a source says days and not which, they are calendar days unless the authority chooses working days")
@example("3 March 2025", "calendar_day", due="18 March 2025")
@example("3 March 2025", "working_day", due="24 March 2025")
def test_unspecified_days(conference_on: date, counted_in: str, due: date) -> None:
    days = CountingChoices(unspecified_days="working_day" if counted_in == "working_day" else "calendar_day")
    assert due_on(MINUTES_CIRCULATION, after=conference_on, calendar=england, choices=days) == due


@spec("An authority's own limit comes before the national one")
@example(str(PLAN_VISIT), "islington", "3 March 2025", due="17 March 2025", because="2 weeks")
@example(str(PLAN_VISIT), "blackburn", "3 March 2025", due="24 March 2025", because="15 working days")
@example("cla_visit_first_year", "islington", "3 March 2025", due="31 March 2025", because="4 weeks, not 6")
@example("cla_visit_first_year", "haringey", "3 March 2025", due="14 April 2025", because="No rule of its own: 6 weeks")
def test_own_limit(named: str, authority: str, start: date, due: date) -> None:
    assert due_on(named, after=start, calendar=england, authority=authority) == due


@spec("Where no number is set, Waypost says why and gives no date")
@example(str(PLAN_VISIT), "3 March 2025", why="the plan sets the frequency; no national number")
@example("s7_report", "3 March 2025", why="date set by the court in each case")
@example(
    str(INITIAL_ASSESSMENT),
    "1 January 2015",
    why="No limit on this was in force on 1 January 2015. "
    "Single (continuous) assessment, child and family assessment took its place.",
)
@example("fgdm_before_proceedings", "3 March 2025", why="in force only from a day that regulations set")
def test_no_limit(named: str, start: date, why: str) -> None:
    found = due_on(named, after=start, calendar=england)
    assert isinstance(found, NoLimit)
    assert why in found.why


@spec("Limits that hold side by side must be told apart")
@example("cla_health_review", "under 5", "3 March 2025", due="3 September 2025")
@example("cla_health_review", "aged 5 or over", "3 March 2025", due="3 March 2026")
@example("complaint_stage1", "stage 1", "3 March 2025", due="17 March 2025")
def test_side_by_side(named: str, when: str, start: date, due: date) -> None:
    assert due_on(named, after=start, calendar=england, when=when) == due
    with pytest.raises(WrongUse, match=when):
        due_on(named, after=start, calendar=england)


@spec("An authority that left the national assessments early has no limit on them from its day")
@example("31 January 2012", "lbhf", limit="10 working days")
@example("1 February 2012", "lbhf", limit="none", because="Its pilot of the single assessment began")
@example("1 February 2012", "haringey", limit="10 working days")
def test_left_early(referred_on: date, authority: str, limit: str) -> None:
    found = limit_in_force(INITIAL_ASSESSMENT, referred_on, authority=authority)
    assert ("none" if isinstance(found, NoLimit) else str(found)) == limit


@spec("An authority that moved late keeps the old limit, and has not the new one, until its day")
@example(str(CORE_ASSESSMENT), "1 September 2013", limit="35 working days")
@example(str(CORE_ASSESSMENT), "1 November 2013", limit="none")
@example(str(SINGLE_ASSESSMENT), "1 September 2013", limit="none")
@example(str(SINGLE_ASSESSMENT), "1 November 2013", limit="45 working days")
def test_moved_late(named: str, start: date, limit: str) -> None:
    late = RegimeSwitch(
        "invented", date(2013, 11, 1), (INITIAL_ASSESSMENT, CORE_ASSESSMENT), (SINGLE_ASSESSMENT,), "it moved late"
    )
    found = limit_in_force(named, start, authority="invented", switches=(late,))
    assert ("none" if isinstance(found, NoLimit) else str(found)) == limit


@spec("The due date is in time; an open clock is overdue from the day after")
@example("24 March 2025", "24 March 2025", "31 March 2025", stands="completed in time")
@example("24 March 2025", "25 March 2025", "31 March 2025", stands="completed late")
@example("24 March 2025", None, "24 March 2025", stands="open")
@example("24 March 2025", None, "25 March 2025", stands="open and overdue")
@example(None, None, "25 March 2025", stands="not known", because="Not known is not nought, and not in time")
def test_status(due: date | None, done: date | None, today: date, stands: str) -> None:
    assert status(due, done=done, today=today) is Status(stands)


@spec("Support that must last at least so long is too soon if it ends before")
@example("10 January 2025", "9 July 2025", stands="completed too soon")
@example("10 January 2025", "10 July 2025", stands="completed in time", because="6 months to the day")
@example("10 January 2025", None, stands="open", because="It can run longer without being late")
def test_at_least(plan_ended_on: date, closed_on: date | None, stands: str) -> None:
    clock = working(
        "post_plan_support",
        started_on=plan_ended_on,
        done_on=closed_on,
        today=date(2026, 1, 1),
        calendar=england,
        authority="lbhf",
    )
    assert clock.status is Status(stands)


@spec("A referral for an unborn child is not before 280 days from the expected date")
@example("8 October 2025", "1 January 2025", stands="completed in time")
@example("8 October 2025", "31 December 2024", stands="completed too soon")
def test_not_before(expected_on: date, referred_on: date, stands: str) -> None:
    clock = working(
        "prebirth_referral_limit",
        started_on=expected_on,
        done_on=referred_on,
        today=date(2025, 11, 1),
        calendar=england,
    )
    assert clock.status is Status(stands)


@spec("Every clock shows its working: the rule, its start, the due date, the days used and the source")
@example("3 March 2025", None, "25 March 2025", says="16 working days used, open and overdue")
@example("3 March 2025", "20 March 2025", "25 March 2025", says="13 working days used, completed in time")
@example(None, None, "25 March 2025", says="the day it runs from is not known")
def test_working(strategy_discussion_on: date | None, held_on: date | None, today: date, says: str) -> None:
    clock = working(
        INITIAL_CONFERENCE, started_on=strategy_discussion_on, done_on=held_on, today=today, calendar=england
    )
    assert says in clock.in_words()
    if strategy_discussion_on:
        assert "15 working days, counted from 3 March 2025, due 24 March 2025" in clock.in_words()
        assert "in force from 1 December 1999" in clock.in_words()
        assert "Source: DfE Local Authority Interactive Tool" in clock.in_words()


@spec("A limit that no document states is marked as a default to set locally")
@example(str(INITIAL_CONFERENCE), is_verified=True)
@example("strategy_discussion", is_verified=False)
@example("connected_person_temporary", is_verified=False)
def test_certainty(named: str, is_verified: bool) -> None:
    assert timescale(named).is_verified is is_verified


def test_an_unverified_limit_is_marked_even_where_its_timescale_is_verified() -> None:
    limit = limit_in_force("pre_proceedings", date(2025, 3, 3))
    assert timescale("pre_proceedings").is_verified
    assert not isinstance(limit, NoLimit)
    assert not limit.is_verified


def test_a_limit_of_days_has_no_due_hour() -> None:
    with pytest.raises(WrongUse, match="15 working days"):
        due_at(INITIAL_CONFERENCE, after=at(3, 9))


def test_an_unknown_timescale_is_named() -> None:
    with pytest.raises(WrongUse, match="'icpcs'"):
        due_on("icpcs", after=date(2025, 3, 3), calendar=england)


def test_no_day_has_two_limits_that_cannot_be_told_apart() -> None:
    for clock in facts().timescales.values():
        days = {day for limit in clock.limits for day in (limit.from_on, limit.to_on) if day} | {date(2026, 1, 1)}
        for authority in {limit.authority for limit in clock.limits}:
            for day in days:
                _must_be_told_apart(clock.id, day, authority)


def _must_be_told_apart(named: TimescaleId, day: date, authority: str | None) -> None:
    side_by_side = [
        limit.when
        for limit in timescale(named).limits
        if limit.authority == authority and limit.is_in_force(day) and not limit.is_extension and limit.n is not None
    ]
    assert len(side_by_side) == len(set(side_by_side)), f"{named} on {day}"
    assert len(side_by_side) < 2 or all(side_by_side), f"{named} on {day}"
