"""The clocks of a child: which run, from what, until when; kept in step with each action."""

from __future__ import annotations

from datetime import date

import pytest

from tests.web.pathway.work.conftest import on_plan, put
from waypost.access.actor import Actor
from waypost.access.local.reader import settings_of
from waypost.records.casework.models import Child
from waypost.records.pathway.case import case_of
from waypost.records.pathway.clocks import running, shown
from waypost.records.pathway.clocks.kept import keep_all
from waypost.records.pathway.models import Clock, Visit, VisitChild

pytestmark = pytest.mark.django_db


def kept(child: Child) -> dict[tuple[str, date], tuple[date | None, date | None]]:
    """What is kept of a child's clocks: due and done, by the timescale and the day it started."""
    return {
        (each.timescale, each.started_on): (each.due_on, each.done_on) for each in Clock.objects.filter(child=child)
    }


def test_every_clock_of_a_child_on_a_plan(siblings: list[Child], sunniva: Actor) -> None:
    on_plan(siblings[0], sunniva)
    found = kept(siblings[0])
    # Worked by hand: 1 January 2026 was a Thursday, and there is no bank holiday until Good Friday, 3 April.
    assert found == {
        ("contact_decision", date(2026, 1, 5)): (date(2026, 1, 6), date(2026, 1, 6)),
        ("contact_decision", date(2026, 1, 6)): (date(2026, 1, 7), date(2026, 1, 7)),
        ("referrer_feedback", date(2026, 1, 6)): (None, None),
        ("strategy_discussion", date(2026, 1, 7)): (date(2026, 1, 12), None),
        ("single_assessment", date(2026, 1, 7)): (date(2026, 3, 11), None),
        ("s47_enquiry", date(2026, 1, 9)): (None, date(2026, 1, 20)),
        ("icpc", date(2026, 1, 9)): (date(2026, 1, 30), date(2026, 1, 30)),
        ("core_group_first", date(2026, 1, 30)): (date(2026, 2, 13), date(2026, 2, 11)),
        ("core_group_repeat", date(2026, 2, 11)): (date(2026, 3, 25), None),
        ("cp_visit", date(2026, 1, 30)): (date(2026, 2, 13), date(2026, 2, 10)),
        ("cp_visit", date(2026, 2, 10)): (date(2026, 2, 24), None),
        ("rcpc_first", date(2026, 1, 30)): (date(2026, 4, 30), None),
        ("long_plan_panel", date(2026, 1, 30)): (None, None),
        ("child_seen_newly_allocated", date(2026, 1, 5)): (None, date(2026, 2, 10)),
    }


def test_a_visit_that_did_not_see_the_child_stops_no_clock(siblings: list[Child], sunniva: Actor) -> None:
    on_plan(siblings[0], sunniva)
    visit = Visit(
        authority=siblings[0].authority,
        visited_at="2026-02-20T10:00Z",
        by=sunniva.user,
        purpose="statutory",
        place="home",
    )
    put([visit, VisitChild(visit=visit, child=siblings[0], on=date(2026, 2, 20), seen=False)], by=sunniva)
    assert kept(siblings[0])["cp_visit", date(2026, 2, 10)] == (date(2026, 2, 24), None)


def test_the_clocks_of_a_plan_end_with_it(siblings: list[Child], sunniva: Actor) -> None:
    plan = on_plan(siblings[0], sunniva)
    plan.ended_on, plan.ended_by = date(2026, 2, 20), "no_longer_at_risk"
    put([plan], by=sunniva)
    open_ = {name for (name, _), (_, done) in kept(siblings[0]).items() if done is None}
    assert not open_ & {"cp_visit", "core_group_repeat", "rcpc_first", "long_plan_panel"}
    assert "post_plan_support" in open_


def test_an_enquiry_without_a_conference_needs_none(siblings: list[Child], sunniva: Actor) -> None:
    on_plan(siblings[0], sunniva)
    held = siblings[0].conferences.get()
    enquiry = siblings[0].enquiries.get()
    held.enquiry, enquiry.decision = None, "not_substantiated"
    put([held, enquiry], by=sunniva)
    assert not [name for name, _ in kept(siblings[0]) if name == "icpc"]


def test_a_clock_says_how_it_was_worked_out(siblings: list[Child], sunniva: Actor) -> None:
    on_plan(siblings[0], sunniva)
    local, today = settings_of(siblings[0].authority, date(2026, 3, 2)), date(2026, 3, 2)
    told = {each.timescale: shown(each, today=today, local=local) for each in running(case_of(siblings[0]))}
    visit, assessment = told["cp_visit"], told["single_assessment"]
    assert (visit.state, visit.due) == ("Overdue", "4 working days ago, Tuesday 24 February 2026")
    assert visit.working == (
        "Visit to a child on a child protection plan: the plan asks for one every 14 days, counted from "
        "10 February 2026, due 24 February 2026; open and overdue. Rule: the child's own plan."
    )
    assert (assessment.state, assessment.due) == ("Open", "In 7 working days, Wednesday 11 March 2026")
    assert "45 working days, counted from 7 January 2026" in assessment.working
    assert "38 working days used" in assessment.working


def test_clocks_made_again_are_the_clocks_that_were_kept(siblings: list[Child], sunniva: Actor) -> None:
    for child in siblings:
        on_plan(child, sunniva)
    before = [kept(child) for child in siblings]
    Clock.objects.all().delete()
    assert keep_all() == len(siblings)
    assert [kept(child) for child in siblings] == before
