"""A worker puts a family right: a relative is found and added, a name corrected, the genogram read, records joined."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from waypost.access.actor import Actor
from waypost.access.models import Authority, User
from waypost.records.casework.actions import children, facts, people
from waypost.records.casework.models import Child, Person


@pytest.fixture
def manager(person: Callable[..., User]) -> Actor:
    return Actor.of(person("team_manager", name="Marlo Thistle"), today=timezone.localdate())


@pytest.fixture
def maya(ashdown: Authority, manager: Actor) -> Child:
    found = add(manager, ashdown, "Maya", born_on=date(2018, 5, 4), sex="female")
    return children.open_record(found, local_id="ASH00102", by=manager)


def add(by: Actor, authority: Authority, given: str, **known: object) -> Person:
    return people.register_person(authority, new=people.NewPerson(given, "Marlowe", **known), by=by)  # type: ignore[arg-type]


def test_a_mother_is_found_and_added_and_stands_in_the_genogram(
    signed_in: Callable[..., Page], usable: Callable[[Page], None], at: str, maya: Child, manager: Actor
) -> None:
    # Given a child, and her mother who is in the record but is not yet said to be her mother
    add(manager, maya.authority, "Delphine", born_on=date(1990, 2, 11), sex="female")
    page = signed_in(user=manager.user)
    page.goto(f"{at}/children/{maya.pk}/family")
    usable(page)
    # When a worker looks for her, and says what she is
    page.get_by_role("link", name="Add a relative").click()
    page.get_by_label("Who are you looking for?").fill("Delfine")
    page.get_by_role("button", name="Search").click()
    usable(page)
    page.get_by_role("link", name="Delphine Marlowe").click()
    page.get_by_label("What is the relative to them?").select_option("Mother")
    page.get_by_role("radio", name="Yes").check()
    usable(page)
    page.get_by_role("button", name="Save", exact=True).click()
    # Then she is in the list, and the genogram draws her and says the same in words
    expect(page.get_by_role("main")).to_contain_text("Parental responsibility: yes")
    page.get_by_role("link", name="Genogram").click()
    expect(page.get_by_role("group", name="Genogram of the family of Maya Marlowe")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Mother of Maya Marlowe")
    usable(page)
    page.get_by_role("region", name="Genogram").get_by_role("link", name=re.compile("Delphine")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Delphine Marlowe")
    usable(page)


def test_two_workers_put_one_name_right_and_both_versions_are_shown(
    signed_in: Callable[..., Page], usable: Callable[[Page], None], at: str, maya: Child, manager: Actor
) -> None:
    # Given a worker who has opened a name to put it right
    page = signed_in(user=manager.user)
    page.goto(f"{at}/children/{maya.pk}")
    usable(page)
    page.get_by_role("link", name=re.compile("Put right legal name")).click()
    usable(page)
    # When another saves it first
    facts.put_right(maya.person.names.get(), to={"given": "Maia"}, because="Passport seen", by=manager)
    page.get_by_label("First name").fill("Mya")
    page.get_by_label("Why is it put right?").fill("Birth certificate seen")
    page.get_by_role("button", name="Save", exact=True).click()
    # Then both versions are shown, and what is saved next is a choice
    expect(page.get_by_role("alert")).to_contain_text("Someone else saved this")
    expect(page.get_by_role("row", name=re.compile("First name"))).to_contain_text("Maia")
    usable(page)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Changes").click()
    expect(page.get_by_role("main")).to_contain_text("Why: Birth certificate seen")
    usable(page)


def test_two_records_of_one_child_are_joined_and_taken_apart(
    signed_in: Callable[..., Page], usable: Callable[[Page], None], at: str, maya: Child, manager: Actor
) -> None:
    # Given a child who was recorded twice
    second = add(manager, maya.authority, "Mya", born_on=date(2018, 5, 4))
    children.open_record(second, local_id="ASH00177", by=manager)
    page = signed_in(user=manager.user)
    page.goto(f"{at}/duplicates")
    usable(page)
    # When a manager compares the two and joins them
    page.get_by_role("main").get_by_role("link", name=re.compile("Marlowe")).click()
    usable(page)
    page.get_by_label("Yes, join the two records").check()
    page.get_by_label(re.compile("ASH00102")).check()
    page.get_by_label("How do you know?").fill("The school has one child")
    page.get_by_role("button", name="Save", exact=True).click()
    # Then one record holds both numbers
    expect(page.get_by_role("main")).to_contain_text("ASH00102")
    expect(page.get_by_role("main")).to_contain_text("ASH00177")
    usable(page)
    # And it can be undone
    page.goto(f"{at}/joined")
    usable(page)
    page.get_by_role("link", name=re.compile("Take apart")).click()
    page.get_by_label("Why are they taken apart?").fill("There are two children")
    usable(page)
    page.get_by_role("button", name="Take apart").click()
    expect(page.get_by_role("main")).to_contain_text("Taken apart again")
    usable(page)
