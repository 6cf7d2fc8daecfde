"""A child is expected in a family of three, is born, and turns out to be in the record twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from waypost.access.actor import Actor
from waypost.access.models import Authority, User
from waypost.records.casework.actions import children, people
from waypost.records.casework.actions.people import NewPerson
from waypost.records.casework.models import Child, Person

Check = Callable[[Page], None]


@pytest.fixture
def manager(person: Callable[..., User]) -> Actor:
    return Actor.of(person("team_manager", name="Marlo Thistle"), today=timezone.localdate())


@pytest.fixture
def three(ashdown: Authority, manager: Actor) -> list[Child]:
    """Rowan, Maya and Teddy Marlowe."""
    born = {"Rowan": date(2011, 7, 19), "Maya": date(2018, 5, 4), "Teddy": date(2021, 11, 23)}
    found = []
    for place, (given, born_on) in enumerate(born.items()):
        person = people.register_person(ashdown, new=NewPerson(given, "Marlowe", born_on=born_on), by=manager)
        found.append(children.open_record(person, local_id=f"ASH0010{place}", by=manager))
    for child in found[1:]:
        people.relate(found[0].person, other=child.person, kind="sibling", by=manager)
    return found


def fill_day(page: Page, label: str, day: date) -> None:
    box = page.get_by_role("group", name=label)
    for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        box.get_by_label(part, exact=True).fill(str(value))


def test_an_unborn_sibling_is_added_born_found_twice_joined_and_taken_apart(
    signed_in: Callable[..., Page], usable: Check, at: str, three: list[Child], manager: Actor
) -> None:
    today, maya = timezone.localdate(), three[1]
    # Given a family of three, whose mother expects a fourth
    page = signed_in(user=manager.user)
    page.goto(f"{at}/children/{maya.pk}/family")
    page.get_by_role("link", name="Add a relative").click()
    page.get_by_label("Who are you looking for?").fill("Unborn Marlowe")
    page.get_by_role("button", name="Search").click()
    usable(page)
    # When a worker adds the unborn child as Maya's sibling
    page.get_by_role("link", name=re.compile("Not found")).click()
    page.get_by_label("Last name").fill("Marlowe")
    page.get_by_label("Not born yet: a date is expected").check()
    fill_day(page, "Expected date of birth", today + timedelta(days=30))
    page.get_by_label("What is the relative to them?").select_option("Brother or sister")
    usable(page)
    page.get_by_role("button", name=re.compile("^Save")).first.click()
    page.wait_for_load_state("networkidle")
    if page.get_by_label("The person is none of these").count():
        usable(page)
        page.get_by_label("The person is none of these").check()
        page.get_by_role("button", name=re.compile("^Save")).first.click()
    # Then the child stands in the family, not born yet, and a record is opened of them
    expect(page.get_by_role("link", name="Genogram")).to_be_visible()
    unborn = Person.objects.get(expected_on__isnull=False)
    child = children.open_record(unborn, local_id="ASH00104", by=manager)
    usable(page)
    # When the child is born
    page.goto(f"{at}/children/{child.pk}")
    usable(page)
    page.get_by_role("link", name="Record the birth").click()
    fill_day(page, "Date of birth", today)
    page.get_by_label("First name").fill("Wren")
    page.get_by_label("Female").check()
    usable(page)
    page.get_by_role("button", name=re.compile("^Save")).first.click()
    # Then the record is the same, and says both what is and what was expected
    expect(page.get_by_text("The birth was recorded.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wren Marlowe")
    usable(page)
    # When the hospital's letter has been made a second record of her
    again = people.register_person(maya.authority, new=NewPerson("Wren", "Marlow", born_on=today), by=manager)
    children.open_record(again, local_id="ASH00999", by=manager)
    page.goto(f"{at}/duplicates")
    expect(page.get_by_role("main")).to_contain_text("Born on the same day")
    usable(page)
    page.get_by_role("main").get_by_role("link", name=re.compile("Wren Marlowe")).click()
    page.get_by_label("Yes, join the two records").check()
    page.get_by_label(re.compile("ASH00104")).check()
    page.get_by_label("How do you know?").fill("The hospital says that one child was born")
    usable(page)
    page.get_by_role("button", name="Save", exact=True).click()
    # Then one record holds both numbers, and either finds it
    page.goto(f"{at}/people")
    page.get_by_label("Who are you looking for?").fill("ASH00999")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name=re.compile("Wren")).click()
    expect(page.get_by_role("main")).to_contain_text("ASH00104")
    usable(page)
    # And when it was a mistake, each is as it was
    page.goto(f"{at}/joined")
    page.get_by_role("link", name=re.compile("Take apart")).click()
    page.get_by_label("Why are they taken apart?").fill("Two children were born")
    page.get_by_role("button", name="Take apart").click()
    expect(page.get_by_role("main")).to_contain_text("Taken apart again")
    usable(page)
    unborn.refresh_from_db()
    again.refresh_from_db()
    assert (unborn.merged_into, again.merged_into) == (None, None)
    assert again.child.person_id == again.pk
