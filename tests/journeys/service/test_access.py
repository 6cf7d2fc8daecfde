"""Journeys of those whom a record is closed to, and of those who answer for who looks."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.service.doors import through
from waypost.access.actor import Actor
from waypost.access.models import Authority, User
from waypost.records.casework.actions import children, people
from waypost.records.casework.models import Child

TODAY = timezone.localdate()
PICTURES = os.environ.get("WAYPOST_PICTURES")
"""A folder that each page of a journey is drawn into, for someone to look at."""


@pytest.fixture
def maya(ashdown: Authority, person: Callable[..., User]) -> Child:
    """Maya, whom nobody's work is yet."""
    by = Actor.of(person("contact_worker", name="Farrin Oakes"), today=TODAY)
    new = people.NewPerson(given="Maya", family="Marlowe", born_on=date(2018, 5, 4), sex="female")
    return children.open_record(people.register_person(ashdown, new=new, by=by), local_id="ASH00102", by=by)


@pytest.fixture
def looks_right(usable: Callable[[Page], None]) -> Callable[..., None]:
    """Checks a page, and keeps a picture of it where one is wanted."""

    def check(page: Page, name: str) -> None:
        usable(page)
        if PICTURES and page.viewport_size:
            page.screenshot(path=Path(PICTURES) / f"{name}-{page.viewport_size['width']}.png", full_page=True)

    return check


def test_a_record_is_opened_in_an_emergency_and_reviewed(
    signed_in: Callable[..., Page], at: str, maya: Child, person: Callable[..., User], looks_right: Callable[..., None]
) -> None:
    # Given a social worker whose work Maya is not
    page = signed_in("social_worker", name="Idris Penhallow")
    through(page, "Find a person")
    page.get_by_label("Who are you looking for?").fill("Maya Marlowe")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Not in your work").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This record is not in your work")
    looks_right(page, "closed")
    # When they open it without saying why, they are asked
    page.get_by_role("button", name="Open this record now").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter why you must see this record now")
    looks_right(page, "closed-wrong")
    page.get_by_label("Why must you see this record now?").fill("Police have found her alone in the street tonight.")
    page.get_by_label("Whom have you told").fill("Marlo Thistle, duty manager")
    page.get_by_role("button", name="Open this record now").click()
    # Then it is open to them for an hour, and says so
    expect(page.get_by_role("region", name="Opened in an emergency")).to_contain_text("in 60 minutes")
    page.get_by_text("Why can I see this?").click()
    expect(page.get_by_text("It is open to you until")).to_be_visible()
    looks_right(page, "opened")

    # And the data owner is asked whether it was right
    owner = signed_in("data_owner", name="Philippa Yarrow")
    owner.get_by_role("link", name="Audit trail").first.click()
    looks_right(owner, "trail")
    owner.get_by_role("link", name="Unusual looks").click()
    looks_right(owner, "unusual")
    owner.get_by_role("link", name="Review what Idris").click()
    looks_right(owner, "unusual-review")
    owner.get_by_role("link", name="Back", exact=True).click()
    owner.get_by_role("link", name="Opened in an emergency").click()
    looks_right(owner, "emergencies")
    owner.get_by_role("link", name="Review what Idris").click()
    looks_right(owner, "emergency-review")
    owner.get_by_label("Yes, their work needed it").check()
    owner.get_by_label("What did you find?").fill("The police log says the same.")
    owner.get_by_role("button", name="Save review").click()
    expect(owner.get_by_text("The police log says the same.")).to_be_visible()
    expect(owner.get_by_text("Maya")).to_have_count(0)
    looks_right(owner, "emergencies-reviewed")


def test_a_record_is_sealed_and_its_reader_named(
    signed_in: Callable[..., Page],
    at: str,
    maya: Child,
    ashdown: Authority,
    person: Callable[..., User],
    looks_right: Callable[..., None],
) -> None:
    # Given a head of service on Maya's page
    manager = person("team_manager", name="Marlo Thistle")
    page = signed_in("head_of_service", name="Odalys Finch")
    page.goto(f"{at}/children/{maya.pk}")
    page.get_by_role("link", name="Seal this record").click()
    looks_right(page, "seal")
    # When they seal it
    page.get_by_label("Why must this record be hidden?").fill("Her grandmother works for the authority.")
    page.get_by_role("button", name="Seal this record").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Who reads the sealed record")
    looks_right(page, "readers")
    # Then a manager who could open it does not find it
    theirs = signed_in(user=manager)
    theirs.goto(f"{at}/people")
    theirs.get_by_label("Who are you looking for?").fill("Maya")
    theirs.get_by_role("button", name="Search").click()
    expect(theirs.get_by_text("0 people found")).to_be_visible()
    theirs.goto(f"{at}/children/{maya.pk}")
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Page not found")
    # Until they are named
    page.get_by_role("button", name="Name another reader").click()
    page.get_by_label("Who", exact=True).select_option("Marlo Thistle")
    page.get_by_label("Why do they need to read it?").fill("She is to supervise the case from today.")
    looks_right(page, "name-reader")
    page.get_by_role("button", name="Save and continue").click()
    theirs.reload()
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Maya Marlowe")
    # And others who may seal see that it exists, and not whose it is
    director = signed_in("director", name="Bertram Quill")
    director.goto(f"{at}/sealed")
    expect(director.get_by_text("you are not a reader")).to_be_visible()
    expect(director.get_by_text("Maya")).to_have_count(0)
    looks_right(director, "sealed")
    page.get_by_role("button", name="Lift the seal").click()
    looks_right(page, "lift")


def test_a_worker_says_that_they_know_a_family(
    signed_in: Callable[..., Page], at: str, maya: Child, looks_right: Callable[..., None]
) -> None:
    # Given a manager on the page of a child whom they know
    page = signed_in("team_manager", name="Marlo Thistle")
    page.goto(f"{at}/children/{maya.pk}")
    page.get_by_role("link", name="I know this family").click()
    looks_right(page, "declare")
    # When they say so
    page.get_by_label("How do you know them?").fill("My sister's child")
    page.get_by_role("button", name="Close these records to me").click()
    # Then the record is closed to them
    expect(page.get_by_text("closed to you").first).to_be_visible()
    looks_right(page, "interests")
    page.goto(f"{at}/children/{maya.pk}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    owner = signed_in("data_owner", name="Philippa Yarrow")
    owner.goto(f"{at}/interests/declared")
    expect(owner.get_by_text("My sister's child")).to_be_visible()
    looks_right(owner, "declared")
