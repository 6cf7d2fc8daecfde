"""A family from a strategy discussion to the end of a plan, done once for four siblings; and a child who moves in."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.web.pathway.protection.family import Family, make
from waypost.access.actor import Actor
from waypost.access.models import Authority, RoleHeld, Team, Unit, User
from waypost.domain.calendars import ENGLAND_AND_WALES
from waypost.records.pathway.actions import enquiries
from waypost.records.pathway.models import Conference, Enquiry, ProtectionPlan, VisitChild

Usable = Callable[[Page], None]
SIBLINGS = ("Maya", "Jonah", "Freya", "Baby")


@pytest.fixture
def family(ashdown: Authority, north: Team, person: Callable[..., User]) -> Family:
    chair = person("conference_chair", name="Orla Brandt")
    unit = Unit.objects.create(name="Shared safeguarding unit")
    unit.authorities.set([ashdown])
    RoleHeld.objects.filter(user=chair).update(authority=None, unit=unit, team=None)
    today = timezone.localdate()
    worker, manager = person("social_worker"), person("team_manager", name="Marlo Thistle")
    as_ = {"worker": worker, "manager": manager, "chair": chair}
    return make(ashdown, north, **{name: Actor.of(user, today=today) for name, user in as_.items()})


def weekday(days_ago: int) -> date:
    return ENGLAND_AND_WALES.before(timezone.localdate() - timedelta(days=days_ago), 1)


def fill_day(page: Page, legend: str, day: date) -> None:
    boxes = page.get_by_role("group", name=legend)
    for name, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        boxes.get_by_label(name, exact=True).fill(str(value))


def test_a_discussion_leads_to_a_plan_for_four_siblings(
    signed_in: Callable[..., Page], usable: Usable, at: str, family: Family
) -> None:
    # Given a worker who records the strategy discussion about four siblings, one of them not born yet
    maya = family.maya.pk
    page = signed_in(user=family.worker.user)
    page.goto(f"{at}/children/{maya}/protection")
    page.get_by_role("link", name="Record a strategy discussion").click()
    fill_day(page, "When was it held?", weekday(9))
    page.get_by_label("At what time?").fill("10am")
    page.get_by_label("Meeting", exact=True).check()
    page.get_by_label("What information was shared?").fill("The school saw bruises on Maya.")
    page.get_by_role("group", name="Police").get_by_label("Took part").check()
    page.get_by_role("group", name="Health service").get_by_label("Took part").check()
    for name in SIBLINGS:
        child = page.get_by_role("region", name=name)
        child.get_by_label("Section 47 enquiry", exact=True).check()
        child.get_by_label("Why?", exact=True).fill("There is bruising that nobody explains.")
        child.get_by_label(re.compile("reasonable cause")).fill("Bruises seen by the school.")
    usable(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Section 47 enquiry, begun")
    usable(page)
    # When the enquiries are finished, and a manager agrees that a conference is needed
    first, *others = Enquiry.objects.order_by("-child__person__born_on")
    page.goto(f"{at}/children/{first.child_id}/enquiries/{first.pk}/outcome")
    page.get_by_label("Concerns substantiated, and the child is likely to suffer harm", exact=True).check()
    page.get_by_label("Why?", exact=True).fill("The bruises were not accidents.")
    fill_day(page, "When was it finished?", weekday(3))
    usable(page)
    page.get_by_role("button", name="Send to a manager").click()
    expect(page.get_by_role("main")).to_contain_text("Waits for a manager")
    manager = signed_in(user=family.manager.user)
    manager.goto(f"{at}/children/{first.child_id}/enquiries/{first.pk}/answer")
    manager.get_by_label("Yes, I approve it").check()
    fill_day(manager, "If you agree, when does the enquiry end?", weekday(2))
    usable(manager)
    manager.get_by_role("button", name="Record my answer").click()
    expect(manager.get_by_role("main")).to_contain_text("Your answer was recorded")
    for each in others:
        enquiries.submit_enquiry(each, outcome="conference", why="As her.", on=weekday(3), by=family.worker)
        enquiries.approve_enquiry(each, on=weekday(2), by=family.manager)
    # Then one conference is asked for, for all four
    conference = Conference.objects.get()
    assert conference.children.count() == 4
    # And its chair records what it decided for each, which begins their plans
    chair = signed_in(user=family.chair.user)
    chair.goto(f"{at}/children/{maya}/conferences/{conference.pk}/decisions")
    for name in SIBLINGS:
        child = chair.get_by_role("region", name=name)
        child.get_by_label("Child protection plan", exact=True).check()
        child.get_by_label("Why?", exact=True).fill("Likely to suffer harm.")
        child.get_by_label("Category, if a plan begins").select_option("Physical abuse")
    usable(chair)
    fill_day(chair, "When was it held?", weekday(0))
    chair.get_by_role("button", name="Record the decisions").click()
    expect(chair.get_by_role("main")).to_contain_text("Child protection plan: physical abuse")
    assert ProtectionPlan.objects.filter(ended_on=None).count() == 4
    chair.get_by_role("link", name="Plan", exact=True).click()
    expect(chair.get_by_role("heading", name="Child protection plan for physical abuse")).to_be_visible()
    usable(chair)


def test_a_visit_is_recorded_once_for_four(
    signed_in: Callable[..., Page], usable: Usable, at: str, family: Family
) -> None:
    # Given four siblings with plans
    family.plans()
    page = signed_in(user=family.worker.user)
    # When their worker records one visit to all of them
    page.goto(f"{at}/children/{family.maya.pk}/visits")
    usable(page)
    page.get_by_role("button", name="Record a visit").click()
    fill_day(page, "When was the visit?", weekday(3))
    page.get_by_label("At what time?").fill("3:30pm")
    page.get_by_label("Who was there?").fill("Delphine, and a plumber")
    for name, said in (("Maya", "Her room is warm now."), ("Jonah", "He hid.")):
        child = page.get_by_role("region", name=name)
        child.get_by_label("Yes, alone").check()
        child.get_by_label("Done").check()
        child.get_by_label(f"What {name} said and did").fill(said)
    page.get_by_role("region", name="Freya").get_by_label(re.compile(r"Freya, \d")).uncheck()
    usable(page)
    page.get_by_role("button", name="Record the visit").click()
    # Then what was left out is asked for in a sentence, and nothing that was typed is lost
    expect(page.get_by_role("alert")).to_contain_text("Select whether the mother was seen")
    page.get_by_role("region", name="Baby").get_by_role("group", name="Was the mother seen?").get_by_label(
        "Yes"
    ).check()
    page.get_by_role("button", name="Record the visit").click()
    expect(page.get_by_role("main")).to_contain_text("Seen alone")
    assert VisitChild.objects.count() == 3
    # And each child's page says what concerns that child alone
    page.get_by_role("link", name=re.compile("at 3:30pm")).click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("Her room is warm now.")
    expect(main).not_to_contain_text("He hid.")
    usable(page)


def test_a_review_ends_and_goes_on(signed_in: Callable[..., Page], usable: Usable, at: str, family: Family) -> None:
    # Given four siblings with plans, and a review that was asked for
    family.plans()
    page = signed_in(user=family.worker.user)
    page.goto(f"{at}/children/{family.maya.pk}/conferences/new")
    page.get_by_label("Review conference").check()
    fill_day(page, "When is it asked for?", weekday(9))
    usable(page)
    page.get_by_role("button", name="Ask for it").click()
    review = Conference.objects.get(kind="review")
    # When its chair ends the plan of one and lets the others go on
    chair = signed_in(user=family.chair.user)
    chair.goto(f"{at}/children/{family.maya.pk}/conferences/{review.pk}/decisions")
    fill_day(chair, "When was it held?", weekday(2))
    for name in SIBLINGS:
        child = chair.get_by_role("region", name=name)
        child.get_by_label("The plan ends" if name == "Freya" else "The plan continues", exact=True).check()
        child.get_by_label("Why?", exact=True).fill("As the core group said.")
        child.get_by_label(re.compile("why was it late")).select_option("Agencies could not come sooner")
    chair.get_by_role("button", name="Record the decisions").click()
    expect(chair.get_by_role("alert")).to_contain_text("Select why Freya's plan ends")
    usable(chair)
    why = chair.get_by_role("region", name="Freya").get_by_label("If the plan ends, why?")
    why.select_option("The child is no longer likely to suffer significant harm")
    chair.get_by_role("button", name="Record the decisions").click()
    # Then her plan is stepped down, and theirs go on
    chair.goto(f"{at}/children/{family.freya.pk}/plan")
    expect(chair.get_by_role("heading", name="Child in need plan, after a protection plan")).to_be_visible()
    usable(chair)
    assert ProtectionPlan.objects.filter(ended_on=None).count() == 3


def test_a_child_moves_in_and_the_clock_starts(
    signed_in: Callable[..., Page], usable: Usable, at: str, family: Family
) -> None:
    # Given a child with a plan elsewhere, of whom the other authority tells us
    page = signed_in(user=family.worker.user)
    page.goto(f"{at}/children/{family.maya.pk}/protection")
    page.get_by_role("link", name="Record a move into the area").click()
    page.get_by_label("Which authority has the plan?").fill("Calder")
    fill_day(page, "When did they tell us?", weekday(2))
    page.get_by_label("Yes, and a transfer-in conference is called").check()
    usable(page)
    page.get_by_role("button", name="Save", exact=True).click()
    # Then a conference is due here, with how that was worked out
    main = page.get_by_role("main")
    expect(main).to_contain_text("Hold the transfer-in conference")
    page.get_by_text("How this was worked out").last.click()
    expect(main).to_contain_text("15 working days")
    usable(page)
    # And the plan is still the other authority's
    page.get_by_role("link", name="Plan", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Calder keeps this plan until a conference here has met")
    usable(page)
