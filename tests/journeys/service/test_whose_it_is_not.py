"""People to whom a record is not open: a worker who is refused, and a partner agency that sees only its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from waypost.access.acting import action
from waypost.access.actor import Actor
from waypost.access.models import Act, Agency, Authority, User
from waypost.records.casework.actions import children, people
from waypost.records.casework.actions.people import NewPerson
from waypost.records.casework.models import Child, Involvement
from waypost.records.casework.rules import may_change_child

Check = Callable[[Page], None]


@pytest.fixture
def clerk(person: Callable[..., User]) -> Actor:
    return Actor.of(person("team_manager", name="Marlo Thistle"), today=timezone.localdate())


@pytest.fixture
def two(ashdown: Authority, clerk: Actor) -> list[Child]:
    """Maya, who goes to Alder Primary School, and Ayo, who does not."""
    found = []
    for place, (given, family) in enumerate((("Maya", "Marlowe"), ("Ayo", "Adeyo"))):
        new = NewPerson(given, family, born_on=date(2018, 5, 4 + place))
        who = people.register_person(ashdown, new=new, by=clerk)
        found.append(children.open_record(who, local_id=f"A000{place}", by=clerk))
    return found


@action("involve agency", may=may_change_child)
def involve(child: Child, agency: Agency, *, by: Actor) -> None:
    """Says that an agency works with a child."""
    Involvement(child=child, agency=agency, kind="core_group", started_on=date(2026, 1, 5)).save()


def test_a_worker_is_refused_and_the_attempt_is_kept(
    signed_in: Callable[..., Page], usable: Check, at: str, two: list[Child]
) -> None:
    # Given a social worker whose work Maya is not, with her address from somewhere
    page = signed_in("social_worker", name="Idris Penhallow")
    # When they ask for it
    page.goto(f"{at}/children/{two[0].pk}")
    # Then they are told nothing, not even that there is such a record
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    expect(page.get_by_text("Maya")).to_have_count(0)
    usable(page)
    # And what their role does not let them do, they may not do for anyone
    page.goto(f"{at}/duplicates")
    expect(page.get_by_role("heading", level=1)).to_have_text("You may not do this")
    usable(page)
    assert Act.objects.filter(kind=Act.REFUSED, by__name="Idris Penhallow").exists()


def test_a_partner_agency_sees_its_own_and_nobody_else(
    signed_in: Callable[..., Page], usable: Check, at: str, two: list[Child], clerk: Actor, person: Callable[..., User]
) -> None:
    # Given a school, and someone of it who has a sign-in
    school = Agency.objects.create(name="Alder Primary School", kind="school")
    partner = person("partner", name="Halcyon Dove")
    User.objects.filter(pk=partner.pk).update(agency=school)
    maya, ayo = two
    involve(maya, school, by=clerk)
    # When they open the record of a child whom their school works with
    page = signed_in(user=User.objects.get(pk=partner.pk))
    usable(page)
    page.goto(f"{at}/children/{maya.pk}")
    # Then it is open, and says why
    expect(page.get_by_role("heading", level=1)).to_have_text("Maya Marlowe")
    page.get_by_text("Why can I see this?").click()
    expect(page.get_by_text("Your agency, Alder Primary School, is recorded")).to_be_visible()
    usable(page)
    # And nothing on it can be changed, and nobody else is there
    expect(page.get_by_role("link", name="Seal this record")).to_have_count(0)
    page.goto(f"{at}/children/{ayo.pk}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    page.goto(f"{at}/people")
    expect(page.get_by_role("heading", level=1)).to_have_text("You may not do this")
    usable(page)


def test_a_childs_page_is_read_by_keyboard_alone(
    signed_in: Callable[..., Page], usable: Check, at: str, two: list[Child], clerk: Actor
) -> None:
    # Given a manager at a child's page, with no mouse
    page = signed_in(user=clerk.user)
    page.goto(f"{at}/children/{two[0].pk}")

    def go(tag: str, words: str) -> None:
        """To the next of its kind and words, by the tab key."""
        for _ in range(80):
            page.keyboard.press("Tab")
            tag_here, says = page.evaluate(
                "[document.activeElement.tagName.toLowerCase(), document.activeElement.innerText.trim()]"
            )
            if tag_here == tag and says.startswith(words):
                return
        raise AssertionError(f"the tab key does not lead to {words}")

    # When they ask why they can see it, and go on to the family
    go("summary", "Why can I see this?")
    page.keyboard.press("Enter")
    expect(page.get_by_text("is for all children of Ashdown")).to_be_visible()
    page.goto(f"{at}/children/{two[0].pk}")
    go("a", "Family")
    page.keyboard.press("Enter")
    # Then they are there, and can add a relative
    expect(page.get_by_role("heading", name="Family", exact=True)).to_be_visible()
    go("a", "Add a relative")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Who are you looking for?")).to_be_visible()
    usable(page)
