"""A contact about four children, one of them not born yet, goes from the front door to an authorised assessment."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from waypost.access.actor import Actor
from waypost.access.models import Agency, Authority, Team, User
from waypost.records.casework.actions import children, people
from waypost.records.casework.models import Child
from waypost.records.pathway.actions.assessments import (
    authorise_assessment,
    submit_assessment,
    write_assessment,
)
from waypost.records.pathway.actions.referrals import ReferralDecided, decide_referral, record_referral
from waypost.records.pathway.models import Assessment, Contact, Referral

BORN = {"Maya": date(2018, 5, 4), "Rowan": date(2014, 1, 3), "Wren": date(2021, 9, 9)}
SAID = {
    "wishes_and_feelings": "She wants breakfast at home.", "needs": "Regular meals.",
    "fathers_capacity": "He cooks when he is there.", "strengths": "Her grandmother lives near.",
    "risks": "She goes hungry.", "what_must_change": "Food in the house each morning.", "analysis": "Money, not will.",
    "factors": ["16A"],
}  # fmt: skip


@pytest.fixture
def clerk(person: Callable[..., User]) -> User:
    return person("contact_worker", name="Farrin Oakes")


@pytest.fixture
def manager(person: Callable[..., User]) -> Actor:
    return Actor.of(person("team_manager", name="Marlo Thistle"), today=timezone.localdate())


@pytest.fixture
def author(person: Callable[..., User]) -> Actor:
    return Actor.of(person("social_worker", name="Sunniva Vale"), today=timezone.localdate())


@pytest.fixture
def family(ashdown: Authority, manager: Actor) -> dict[str, Child]:
    """Three who are known already. The fourth is not born yet, and not known."""
    found = {}
    for number, (given, born_on) in enumerate(BORN.items()):
        new = people.NewPerson(given, "Marlowe", born_on=born_on, sex="female")
        person = people.register_person(ashdown, new=new, by=manager)
        people.move_home(person, lines="1 Alder Row", postcode="AA1 1AA", since=date(2024, 1, 1), by=manager)
        found[given] = children.open_record(person, local_id=f"ASH0010{number}", by=manager)
    Agency.objects.create(name="Alder Primary School", kind="school")
    return found


def test_a_contact_about_four_children_is_screened_referred_assessed_and_authorised(
    signed_in: Callable[..., Page], usable: Callable[[Page], None], at: str, family: dict[str, Child], clerk: User,
    manager: Actor, author: Actor, north: Team,
) -> None:  # fmt: skip
    # Given a worker at the front door, to whom a school telephones about a family
    page = signed_in(user=clerk)
    page.goto(f"{at}/contacts")
    usable(page)
    page.get_by_role("link", name="Record a contact").click()
    usable(page)
    today = timezone.localdate()
    page.get_by_label("What were you told?").fill("All three come to school hungry, and their mother is pregnant.")
    # When they look for the children, and choose the three who are found
    page.get_by_role("button", name="Add a child").click()
    for given in BORN:
        page.get_by_label("Who are you looking for?").fill(f"{given} Marlowe")
        page.get_by_role("button", name="Search").click()
        usable(page)
        page.get_by_role("button", name=f"Choose {given} Marlowe").click()
        expect(page.get_by_label("What were you told?")).to_have_value(re.compile("come to school hungry"))
        page.get_by_role("button", name="Add another child").click()
    # And add the fourth, who is not born yet
    page.get_by_label("Who are you looking for?").fill("Baby Marlowe")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Not found: add the child").click()
    page.get_by_label("First name").fill("Baby")
    page.get_by_label("Last name").fill("Marlowe")
    page.get_by_label("Not born yet").check()
    expected = today + timedelta(days=90)
    due = page.get_by_role("group", name="Expected date of birth")
    for part, value in (("Day", expected.day), ("Month", expected.month), ("Year", expected.year)):
        due.get_by_label(part).fill(str(value))
    usable(page)
    page.get_by_role("button", name="Add the child").click()
    if page.get_by_label("The child is none of these").or_(page.get_by_label("The person is none of these")).count():
        page.get_by_label("The person is none of these").check()
        page.get_by_role("button", name="Add the child").click()
    expect(page.get_by_role("main")).to_contain_text("Baby Marlowe, not born yet")
    usable(page)
    # And say what came in
    group = page.get_by_role("group", name="Day it came")
    for part, value in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        group.get_by_label(part).fill(str(value))
    page.get_by_label("Time it came").fill("00:01")
    page.get_by_label("Telephone").check()
    page.get_by_label("Who made the contact?").select_option(label="School")
    page.get_by_label("Name and office").fill("Aveline Frost, head teacher")
    page.get_by_label("What is it mainly about?").select_option(label="Neglect")
    page.get_by_role("button", name="Record the contact").click()
    # Then it waits in the queue, out of hours
    expect(page.get_by_role("main")).to_contain_text("1 contact waits for a decision")
    expect(page.get_by_role("main")).to_contain_text("Out of hours")
    usable(page)
    page.get_by_role("link", name=re.compile("Maya Marlowe")).click()
    usable(page)
    # When each child is decided, three to be referred and the eldest to have early help
    contact = Contact.objects.get()
    for row in contact.children.select_related("child__person"):
        given = row.child.person.names.get().given
        wanted = "Early help" if given == "Rowan" else "Referral to children's social care"
        page.get_by_role("group", name=f"Decision for {given}").get_by_label(wanted).check()
        page.get_by_label(f"Threshold level for {given}").select_option("2" if given == "Rowan" else "3")
    page.get_by_label("Why, for all of the children").fill("The school has been worried since May.")
    page.get_by_label("Which team does a referral go to?").select_option(label="North")
    page.get_by_role("button", name="Save the decision").click()
    # Then the letter to the referrer is ready
    expect(page.get_by_label("What they are told")).to_have_value(re.compile("Dear Aveline Frost"))
    usable(page)
    page.get_by_label("Secure email").check()
    page.get_by_role("button", name="Record that they were told").click()
    expect(page.get_by_role("main")).to_contain_text("How: secure email")
    usable(page)
    page.goto(f"{at}/contacts/untold")
    usable(page)
    _decided_and_assessed(signed_in, usable, at, family, manager, author, north)


def _decided_and_assessed(
    signed_in: Callable[..., Page], usable: Callable[[Page], None], at: str, family: dict[str, Child], manager: Actor,
    author: Actor, north: Team,
) -> None:  # fmt: skip
    # When a manager gives the case to a worker, and decides on an assessment
    assert Referral.objects.count() == 3
    children.allocate(family["Maya"], team=north, worker=author.user, since=timezone.localdate(), by=manager)
    page = signed_in(user=manager.user)
    page.goto(f"{at}/referrals?state=undecided")
    usable(page)
    page.get_by_role("link", name="Maya Marlowe").click()
    usable(page)
    page.get_by_role("link", name="Decide this referral").click()
    page.get_by_label("Assessment", exact=True).check()
    page.get_by_label("What the child needs most help with").select_option("N1")
    page.get_by_label("Why?").fill("She may be in need.")
    usable(page)
    page.get_by_role("button", name="Save the decision").click()
    expect(page.get_by_role("main")).to_contain_text("Child and family assessment begun on")
    # Then the worker writes it under the single regime, and submits it
    written = signed_in(user=author.user)
    row = Assessment.objects.get()
    written.goto(f"{at}/children/{row.child_id}/assessments/{row.pk}")
    usable(written)
    written.get_by_role("link", name="Submit for approval").click()
    expect(written.get_by_role("main")).to_contain_text("Enter the day the child was seen")
    usable(written)
    written.get_by_role("link", name="Go on writing").click()
    seen = written.get_by_role("group", name="Day the child was seen")
    today = timezone.localdate()
    for part, value in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        seen.get_by_label(part).fill(str(value))
    for name, text in SAID.items():
        if isinstance(text, str):
            written.locator(f"[name={name}]").fill(text)
    written.get_by_label("Neglect", exact=True).check()
    usable(written)
    written.get_by_role("button", name="Save the assessment").click()
    written.get_by_role("link", name="Submit for approval").click()
    written.get_by_role("button", name="Submit for approval").click()
    expect(written.get_by_role("main")).to_contain_text("waits for a manager")
    # And the manager authorises it with an outcome that opens a plan
    page.goto(f"{at}/assessments")
    usable(page)
    page.get_by_role("link", name="Maya Marlowe").click()
    page.get_by_role("link", name="Authorise or return").click()
    page.get_by_label("Authorise. Child in need plan").check()
    page.get_by_label("Why, or what must change").fill("They need help for a while.")
    usable(page)
    page.get_by_role("button", name="Save the decision").click()
    expect(page.get_by_role("main")).to_contain_text("Authorised on")
    usable(page)


def test_a_correction_after_approval_keeps_what_was_authorised(
    signed_in: Callable[..., Page], usable: Callable[[Page], None], at: str, family: dict[str, Child], manager: Actor,
    author: Actor, north: Team,
) -> None:  # fmt: skip
    # Given an assessment that a manager has authorised
    now = timezone.now()
    maya = family["Maya"]
    children.allocate(maya, team=north, worker=author.user, since=date(2024, 1, 8), by=manager)
    referral = record_referral(maya, received_at=now - timedelta(days=20), source="2A", by=manager)
    decided = ReferralDecided("assessment", "She may be in need.", level=3, need="N1")
    (row,) = decide_referral(referral, decided=decided, at=now - timedelta(days=20), by=manager)
    assert isinstance(row, Assessment)
    seen_on = timezone.localdate() - timedelta(days=5)
    write_assessment(row, to={**SAID, "seen_on": seen_on}, by=author)
    submit_assessment(row, at=now - timedelta(days=2), by=author)
    authorise_assessment(row, decision="cin_plan", why="They need help.", at=now - timedelta(days=1), by=manager)
    # When the worker puts a sentence right
    page = signed_in(user=author.user)
    page.goto(f"{at}/children/{maya.pk}/assessments/{row.pk}")
    page.get_by_role("link", name="Correct it").click()
    page.get_by_label("What the child needs").fill("Regular meals at home.")
    page.get_by_label("Why is it corrected?").fill("The two words at home were left out.")
    usable(page)
    page.get_by_role("button", name="Save the correction").click()
    # Then both can be read, with the reason
    expect(page.get_by_role("main")).to_contain_text("Corrected since it was authorised")
    expect(page.get_by_role("main")).to_contain_text("Regular meals at home.")
    usable(page)
    page.get_by_role("link", name="Read it as it was authorised").click()
    expect(page.get_by_role("main")).to_contain_text("Regular meals.")
    expect(page.get_by_role("main")).not_to_contain_text("meals at home")
    usable(page)
