"""The front door and the assessment

What comes in is decided within a working day, whoever it comes from and at whatever hour. Which kind of assessment
follows depends on the day and on the authority, and none is put before a manager until it says what it must.

The rules are `waypost.domain.pathway` (`hours`, `regimes`, `finished`); the limits are those of
[Timescales](timescales.md).
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from tests.spec.worked import example, spec
from waypost.domain.calendars import ENGLAND_AND_WALES
from waypost.domain.codes import CODE_LISTS
from waypost.domain.limits import RegimeSwitch, TimescaleId
from waypost.domain.pathway import step
from waypost.domain.pathway.early_help import criteria
from waypost.domain.pathway.finished import missing, wrong_factors
from waypost.domain.pathway.hours import is_out_of_hours
from waypost.domain.pathway.regimes import TIMED_BY, kind_on, kinds_on, single_from
from waypost.domain.pathway.thresholds import levels
from waypost.domain.timescales import (
    CORE_ASSESSMENT,
    FIRST_RESPONSE,
    INITIAL_ASSESSMENT,
    REFERRAL_DECISION,
    SINGLE_ASSESSMENT,
    due_on,
    timescale,
)

england = ENGLAND_AND_WALES
LONDON = ZoneInfo("Europe/London")


def at(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2025, month, day, hour, minute, tzinfo=LONDON)


# ---------------------------------------------------------------- what comes in


@spec("The front door is open Monday to Friday from 9 to 5; what comes at another time is out of hours")
@example(at(3, 9), outside=False, because="A Monday, as it opens")
@example(at(3, 16, 59), outside=False)
@example(at(3, 17), outside=True, because="Five o'clock is outside")
@example(at(3, 8, 59), outside=True)
@example(at(8, 12), outside=True, because="A Saturday")
@example(at(18, 12, month=4), outside=True, because="Good Friday")
@example(at(31, 9), outside=False, because="The first morning after the clocks went forward, by the clock of London")
def test_out_of_hours(came_at: datetime, outside: bool) -> None:
    assert is_out_of_hours(came_at, england) is outside
    assert is_out_of_hours(came_at.astimezone(ZoneInfo("UTC")), england) is outside


@spec("A contact or a referral is decided within 1 working day")
@example("3 March 2025", due="4 March 2025")
@example("7 March 2025", due="10 March 2025", because="From a Friday to the Monday")
@example("8 March 2025", due="10 March 2025", because="A Saturday is day nought, and the Monday the first day")
@example("17 April 2025", due="22 April 2025", because="Over Easter")
def test_decided_within_a_working_day(came_on: date, due: date) -> None:
    assert due_on(REFERRAL_DECISION, after=came_on, calendar=england) == due


@spec("The family, or whoever referred the child, first hears from a worker within 7 working days")
@example("3 March 2025", due="12 March 2025")
@example("10 April 2025", due="23 April 2025", because="Over Easter")
def test_first_response(came_on: date, due: date) -> None:
    assert due_on(FIRST_RESPONSE, after=came_on, calendar=england) == due


# ---------------------------------------------------------------- which assessment


@spec("From 15 April 2013 the single assessment takes the place of the initial and the core one")
@example("2 March 2011", born=True, after_initial=False, kind="initial")
@example("2 March 2011", born=True, after_initial=True, kind="core", because="More was to be known")
@example("14 April 2013", born=True, after_initial=False, kind="initial")
@example("15 April 2013", born=True, after_initial=False, kind="single")
@example("15 April 2013", born=True, after_initial=True, kind="single", because="No core assessment begins any more")
@example("2 March 2011", born=False, after_initial=False, kind="pre_birth", because="A child who is not born yet")
@example("3 March 2025", born=False, after_initial=False, kind="pre_birth")
def test_kind_of_assessment(on: date, born: bool, after_initial: bool, kind: str) -> None:
    assert kind_on(on, is_unborn=not born, after_initial=after_initial) == kind


PILOT = RegimeSwitch(
    "991", date(2012, 2, 1), (INITIAL_ASSESSMENT, CORE_ASSESSMENT), (SINGLE_ASSESSMENT,), "It took part in a pilot."
)
LATE = RegimeSwitch(
    "992", date(2014, 4, 1), (INITIAL_ASSESSMENT, CORE_ASSESSMENT), (SINGLE_ASSESSMENT,), "It moved a year later."
)


@spec("An authority takes up the single assessment on its own day, and both kinds are made in that year")
@example("991", "31 January 2012", kinds="initial, core")
@example("991", "1 February 2012", kinds="single", because="The first day of its pilot")
@example("992", "15 April 2013", kinds="initial, core", because="The country's day is not its own")
@example("992", "1 April 2014", kinds="single")
@example("993", "1 February 2012", kinds="initial, core", because="Another authority's day is not its own")
def test_an_authoritys_own_day(authority: str, on: date, kinds: str) -> None:
    assert ", ".join(kinds_on(on, authority=authority, switches=[PILOT, LATE])) == kinds


@spec("Where an authority settled no day of its own, the days known from published reports are asked")
@example("lbhf", since="1 February 2012", because="Its annual report says so")
@example("991", since="15 April 2013")
def test_known_days(authority: str, since: date) -> None:
    assert single_from(authority) == since


@spec("Each kind of assessment has its limit, counted from its start; the initial one's from the referral")
@example("initial", "2 March 2011", due="16 March 2011", because="10 working days")
@example("core", "2 March 2011", due="20 April 2011", because="35 working days")
@example("single", "3 March 2025", due="8 May 2025", because="45 working days, over Easter and the early May holiday")
@example("pre_birth", "3 March 2025", due="8 May 2025", because="The single assessment's, unless settled otherwise")
def test_each_kind_has_its_limit(kind: str, start_on: date, due: date) -> None:
    assert due_on(TIMED_BY[kind], after=start_on, calendar=england) == due  # type: ignore[index]


# ---------------------------------------------------------------- what it must say

WRITTEN = dict.fromkeys(("needs", "strengths", "risks", "what_must_change", "analysis"), "Said.") | {
    "factors": ["16A"], "seen_on": date(2025, 3, 10), "wishes_and_feelings": "Said.", "fathers_capacity": "Said.",
}  # fmt: skip


@spec("An assessment is not submitted until the child was seen and their wishes are recorded, or a reason is given")
@example("single", left_out="nothing", missing="nothing")
@example("single", left_out="seen_on", missing="seen_on")
@example("initial", left_out="wishes_and_feelings", missing="wishes_and_feelings")
@example("single", left_out="fathers_capacity", missing="fathers_capacity", because="Whether or not he is there")
@example("initial", left_out="fathers_capacity", missing="nothing")
@example("pre_birth", left_out="seen_on", missing="nothing", because="The child is not born yet")
@example("pre_birth", left_out="fathers_capacity", missing="fathers_capacity")
@example("initial", left_out="factors", missing="nothing", because="They are asked of those that follow")
@example("core", left_out="factors", missing="factors")
@example("core", left_out="what_must_change", missing="what_must_change")
def test_what_it_must_say(kind: str, left_out: str, missing: str) -> None:
    said = {name: value for name, value in WRITTEN.items() if name != left_out}
    assert (", ".join(_missing(kind, said)) or "nothing") == missing


@spec("A reason stands in the place of what is not known")
@example("seen_on", reason="why_not_seen")
@example("wishes_and_feelings", reason="why_not_seen")
@example("fathers_capacity", reason="why_father_not_assessed")
def test_a_reason_is_enough(left_out: str, reason: str) -> None:
    said = {name: value for name, value in WRITTEN.items() if name != left_out}
    assert set(_missing("single", said)) == {left_out}
    assert not _missing("single", {**said, reason: "He died in 2019."})


@spec("That no factor was found stands alone")
@example("21", stands=True)
@example("16A, 3B", stands=True)
@example("21, 16A", stands=False)
def test_no_factor_found_stands_alone(factors: str, stands: bool) -> None:
    assert (not wrong_factors(factors.split(", "))) is stands


def _missing(kind: str, said: dict[str, object]) -> dict[str, str]:
    return missing(kind, said)


# ---------------------------------------------------------------- data


def test_the_data_of_the_front_door_is_whole() -> None:
    assert list(levels()) == [1, 2, 3, 4]
    assert len(criteria()) == 15
    assert "Attendance at school below 81%" in criteria().values()
    assert "21" in CODE_LISTS["assessment_factor"]
    assert step("assessment").decisions["core_assessment"].opens == ("assessment",)
    assert timescale(TimescaleId("first_response")).limits[0].n == 7
