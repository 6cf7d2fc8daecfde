"""Protection

From a strategy discussion to the end of a plan: when each thing is due, what each decision opens, and when a step that
leaves the usual order asks for a reason. The limits are those of [Timescales](timescales.md); the steps and their
decisions are one table, `src/waypost/domain/pathway/pathway.yaml`.
"""

from __future__ import annotations

from datetime import date

from tests.spec.worked import example, spec
from waypost.domain.bands import LBHF_LENGTHS, length_band, two_years
from waypost.domain.calendars import ENGLAND_AND_WALES
from waypost.domain.pathway import out_of_order, step
from waypost.domain.timescales import (
    LATER_CORE_GROUP,
    PLAN_VISIT,
    STRATEGY_DISCUSSION,
    TRANSFER_IN_CONFERENCE,
    NoLimit,
    Status,
    due_on,
    working,
)

england = ENGLAND_AND_WALES


@spec("A strategy discussion is due 3 working days after it is seen to be needed")
@example("3 March 2025", due="6 March 2025")
@example("6 March 2025", due="11 March 2025", because="the weekend does not count")
@example("16 April 2025", due="23 April 2025", because="Good Friday and Easter Monday do not count")
def test_strategy_discussion_due(needed_on: date, due: date) -> None:
    assert due_on(STRATEGY_DISCUSSION, after=needed_on, calendar=england) == due


@spec("An enquiry has no limit of its own: the conference that it may lead to has")
@example("3 March 2025", why="no free-standing limit")
def test_enquiry_has_no_limit(strategy_discussion_on: date, why: str) -> None:
    found = due_on("s47_enquiry", after=strategy_discussion_on, calendar=england)
    assert isinstance(found, NoLimit)
    assert why in found.why


@spec("A transfer-in conference is due 15 working days after the other authority says that the move is for good")
@example("3 March 2025", due="24 March 2025")
@example("10 April 2025", due="6 May 2025", because="Easter and the early May holiday do not count")
def test_transfer_in_conference_due(told_on: date, due: date) -> None:
    assert due_on(TRANSFER_IN_CONFERENCE, after=told_on, calendar=england) == due


@spec("A later core group is due 6 weeks after the one before")
@example("17 March 2025", due="28 April 2025")
@example("23 December 2024", due="3 February 2025", because="weeks run through holidays")
def test_later_core_group_due(last_core_group_on: date, due: date) -> None:
    assert due_on(LATER_CORE_GROUP, after=last_core_group_on, calendar=england) == due


@spec("An authority may say how often a child on a plan is visited; two weeks and 10 working days are not the same")
@example("islington", "17 April 2025", due="1 May 2025", because="two weeks")
@example("darlington", "17 April 2025", due="6 May 2025", because="10 working days, over Easter and early May")
def test_visit_due(authority: str, seen_on: date, due: date) -> None:
    assert due_on(PLAN_VISIT, after=seen_on, calendar=england, authority=authority) == due


@spec("Where the service is to stay for six months after a plan, to close the case sooner is too soon")
@example("3 March 2025", "2 September 2025", stands="completed too soon")
@example("3 March 2025", "3 September 2025", stands="completed in time")
def test_support_after_a_plan(plan_ended_on: date, closed_on: date, stands: str) -> None:
    found = working(
        "post_plan_support",
        started_on=plan_ended_on,
        done_on=closed_on,
        today=closed_on,
        calendar=england,
        authority="lbhf",
    )
    assert found.status is Status(stands)


@spec("The time that a child has been on a plan falls in one band, and two years are reached on the day before")
@example("3 March 2025", "3 June 2025", band="0-3 months", two_years_reached="no")
@example("3 March 2025", "4 June 2025", band="4-6", two_years_reached="no")
@example("3 March 2025", "28 February 2027", band="19-24", two_years_reached="no")
@example("3 March 2025", "2 March 2027", band="2-4 years", two_years_reached="yes")
def test_time_on_a_plan(started_on: date, day: date, band: str, two_years_reached: str) -> None:
    assert length_band(started_on, day, LBHF_LENGTHS) == band
    assert two_years(started_on, day) == (two_years_reached == "yes")


@spec("A decision opens the next piece of work")
@example("strategy_discussion", "section47_enquiry", opens="section47_enquiry")
@example("section47_enquiry", "conference", opens="initial_conference")
@example("section47_enquiry", "substantiated", opens="cin_plan")
@example("section47_enquiry", "not_substantiated", opens="nothing")
@example("initial_conference", "protection_plan", opens="protection_plan")
@example("transfer_in", "temporary", opens="nothing", because="the other authority keeps the plan")
@example("review_conference", "add_child", opens="protection_plan")
@example("protection_plan", "no_longer_at_risk", opens="cin_plan", because="the child is stepped down")
@example("protection_plan", "turned_18", opens="nothing")
def test_what_a_decision_opens(of_step: str, decision: str, opens: str) -> None:
    assert (", ".join(step(of_step).decisions[decision].opens) or "nothing") == opens


@spec("A step that none of the usual ones comes before says so, and asks why it is done now")
@example("initial_conference", "referral", says="usually follows a section 47 enquiry or transfer in")
@example("section47_enquiry", "assessment", says="usually follows a strategy discussion")
@example("initial_conference", "section47_enquiry", says="")
@example("transfer_in", "", says="", because="it may stand first")
def test_out_of_order(begun: str, had: str, says: str) -> None:
    found = out_of_order(begun, had=[had])
    assert says in found
    assert bool(found) == bool(says)
