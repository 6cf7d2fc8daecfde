"""Journeys of those who keep the authority's settings, its teams and its people, and of those who approve."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django import Settings

from waypost.access.actor import Actor
from waypost.access.models import Authority, Team, User
from waypost.records.casework.actions import children, emergencies, interests, people
from waypost.records.casework.actions.approvals import ask_approval
from waypost.records.casework.models import Child

TODAY = timezone.localdate()
PASSWORD = "invented people only"  # noqa: S105
PICTURES = os.environ.get("WAYPOST_PICTURES")
"""A folder that each page of a journey is drawn into, for someone to look at."""


@pytest.fixture
def looks_right(usable: Callable[[Page], None]) -> Callable[..., None]:
    """Checks a page, and keeps a picture of it where one is wanted."""

    def check(page: Page, name: str) -> None:
        if PICTURES and page.viewport_size:
            page.screenshot(path=Path(PICTURES) / f"{name}-{page.viewport_size['width']}.png", full_page=True)
        usable(page)

    return check


@pytest.fixture
def maya(ashdown: Authority, north: Team, person: Callable[..., User]) -> Child:
    """Maya, who is allocated to Sunniva Vale of North."""
    manager = Actor.of(person("team_manager", name="Marlo Thistle"), today=TODAY)
    new = people.NewPerson(given="Maya", family="Marlowe", born_on=date(2018, 5, 4), sex="female")
    child = children.open_record(people.register_person(ashdown, new=new, by=manager), local_id="ASH00102", by=manager)
    worker = person("social_worker", name="Sunniva Vale")
    children.allocate(child, team=north, worker=worker, since=date(2026, 1, 5), by=manager)
    return child


def test_a_limit_of_our_own_is_seen_and_then_kept(
    signed_in: Callable[..., Page], ashdown: Authority, at: str, looks_right: Callable[..., None]
) -> None:
    # Given the head of service, who keeps the settings
    page = signed_in("head_of_service", name="Odalys Finch")
    page.goto(f"{at}/settings")
    expect(page.get_by_role("heading", level=1)).to_have_text("Settings of Ashdown")
    looks_right(page, "settings")
    page.get_by_role("link", name="Limits of our own").click()
    page.get_by_role("button", name="Add a setting").click()
    # When they leave something out, they are told
    page.get_by_role("button", name="See what would change").click()
    expect(page.get_by_role("alert")).to_contain_text("Select which limit")
    looks_right(page, "setting-wrong")
    page.get_by_label("Which limit?").select_option(label="Initial child protection conference")
    page.get_by_label("How many?").fill("10")
    page.get_by_label("Of what?").select_option(label="working days")
    for part, typed in (("Day", "1"), ("Month", "4"), ("Year", "2026")):
        page.get_by_label(part, exact=True).fill(typed)
    page.get_by_label("Why is it changed?").fill("The partnership agreed it in its March meeting.")
    looks_right(page, "setting-new")
    page.get_by_role("button", name="See what would change").click()
    # Then they see what would change, and nothing is kept yet
    expect(page.get_by_role("heading", level=1)).to_contain_text("What would change")
    expect(page.get_by_role("table")).to_contain_text("17 April 2026 (10 working days; our own)")
    looks_right(page, "setting-preview")
    page.get_by_role("button", name="Change what you entered").click()
    expect(page.get_by_label("How many?")).to_have_value("10")
    page.get_by_role("button", name="See what would change").click()
    page.get_by_role("button", name="Save").click()
    # And it holds from its day, with who set it and why
    expect(page.get_by_role("main")).to_contain_text("Saved. It holds from 1 April 2026.")
    looks_right(page, "setting-kept")
    page.get_by_role("link", name="Initial child protection conference").click()
    expect(page.get_by_role("main")).to_contain_text("The partnership agreed it in its March meeting.")
    looks_right(page, "setting-one")
    page.get_by_role("button", name="Withdraw it").click()
    page.get_by_label("Why?").fill("It was typed into the wrong authority.")
    page.get_by_role("button", name="See what would change").click()
    expect(page.get_by_role("table")).to_contain_text("15 working days")
    looks_right(page, "setting-withdraw")
    page.get_by_role("button", name="Withdraw the setting").click()
    expect(page.get_by_role("main")).to_contain_text("The setting was withdrawn.")


@pytest.mark.parametrize(
    ("title", "fill"),
    [
        ("Targets", {"Target": "84", "Still near it": "77"}),
        ("Publication rule", {"What is the least count that is shown?": "6"}),
        ("Populations", {"Children aged 0 to 17": "32,000", "Where does the number come from?": "A projection"}),
        ("Bands", {"Bands": "0 to 5\n6 to 15\n16 or more"}),
        ("How days are counted", {}),
        ("Days of changing over", {}),
        ("Names of boards and services", {"What is it called?": "Ashdown Partnership"}),
    ],
)  # fmt: skip
def test_every_kind_of_setting_can_be_used_by_everyone(
    signed_in: Callable[..., Page], ashdown: Authority, at: str, looks_right: Callable[..., None], title: str,
    fill: dict[str, str],
) -> None:  # fmt: skip
    # Given the performance analyst on a kind of setting
    page = signed_in("performance_analyst", name="Quentin Ash")
    page.goto(f"{at}/settings")
    page.get_by_role("link", name=title).click()
    page.get_by_role("button", name="Add a setting").click()
    expect(page.get_by_role("button", name="See what would change")).to_be_visible()
    # When they fill it in, from the lists as from the boxes
    for box in page.locator("main select").all():
        box.select_option(index=1)
    for label, typed in fill.items():
        box = page.get_by_label(label, exact=True)
        if box.evaluate("box => box.tagName") == "SELECT":
            continue
        box.fill(typed)
    for group in page.get_by_role("group").filter(has=page.get_by_role("radio")).all():
        if not group.locator("input:checked").count():
            group.get_by_role("radio").first.check()
    page.get_by_label("Why is it changed?").fill("The partnership agreed it in its March meeting.")
    part = page.url.split("/")[-2]
    looks_right(page, f"kind-{part}")
    page.get_by_role("button", name="See what would change").click()
    # Then they see what it would change
    expect(page.get_by_role("heading", name="What stays as it is")).to_be_visible()
    looks_right(page, f"preview-{part}")


def test_a_leaver_hands_their_children_over(
    signed_in: Callable[..., Page], ashdown: Authority, north: Team, maya: Child, person: Callable[..., User],
    at: str, looks_right: Callable[..., None],
) -> None:  # fmt: skip
    # Given a worker who carries a child, and a colleague
    person("social_worker", name="Idris Penhallow")
    Team.objects.create(authority=ashdown, service="Family support and child protection", name="South")
    page = signed_in("administrator", name="Gideon Marsh")
    page.goto(f"{at}/teams")
    looks_right(page, "teams")
    page.get_by_role("link", name="North").click()
    looks_right(page, "team")
    page.get_by_role("link", name="Sunniva Vale").click()
    expect(page.get_by_role("main")).to_contain_text("1 child of North")
    looks_right(page, "account")
    # When they would move, they are asked what happens to the child
    page.get_by_role("link", name="Move to another team").click()
    expect(page.get_by_label("Who takes over 1 child of North?")).to_be_visible()
    looks_right(page, "move")
    page.get_by_role("link", name="Back").click()
    # When their account is closed without saying who takes over, it is not
    page.get_by_role("button", name="Close the account").click()
    page.get_by_role("button", name="See what would happen").click()
    expect(page.get_by_role("alert")).to_contain_text("Select who takes over 1 child of North")
    looks_right(page, "close-wrong")
    page.get_by_label("Who takes over 1 child of North?").select_option(label="Idris Penhallow, North")
    page.get_by_role("button", name="See what would happen").click()
    expect(page.get_by_role("main")).to_contain_text("1 child of North passes to Idris Penhallow, North")
    looks_right(page, "close-preview")
    page.get_by_role("button", name="Close the account").click()
    # Then it is closed, and the child is their colleague's
    expect(page.get_by_role("main")).to_contain_text("The account is closed.")
    assert maya.allocations.get(ended_on=None).worker.name == "Idris Penhallow"


def test_a_team_is_renamed_and_an_account_opened(
    signed_in: Callable[..., Page], north: Team, at: str, looks_right: Callable[..., None]
) -> None:
    page = signed_in("administrator", name="Gideon Marsh")
    page.goto(f"{at}/teams")
    page.get_by_role("button", name="Add a team").click()
    looks_right(page, "team-new")
    page.get_by_role("link", name="Back").click()
    page.get_by_role("link", name="North").click()
    page.get_by_role("button", name="Rename the team").click()
    page.get_by_label("Name of the team").fill("North and East")
    looks_right(page, "team-rename")
    page.get_by_role("button", name="Rename the team").click()
    expect(page.get_by_role("main")).to_contain_text("North, Family support and child protection, until")
    page.goto(f"{at}/accounts")
    page.get_by_role("button", name="Open an account").click()
    page.get_by_role("button", name="Open the account and send the invitation").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter their home postcode")
    looks_right(page, "account-open")


def test_a_lost_second_factor(
    signed_in: Callable[..., Page], screen: Page, at: str, person: Callable[..., User], settings: Settings,
    looks_right: Callable[..., None],
) -> None:  # fmt: skip
    # Given a manager who has lost the telephone that their codes came to
    settings.SECOND_FACTOR_IS_NEEDED = True
    manager, administrator = person("team_manager", name="Marlo Thistle"), person("administrator", name="Gideon Marsh")
    for each in (manager, administrator):
        totp.TOTP.activate(each, totp.generate_totp_secret())
    # When an administrator has checked who they are
    page = signed_in(user=administrator)
    page.goto(f"{at}/accounts/{manager.pk}")
    page.get_by_role("button", name="Remove a lost second factor").click()
    looks_right(page, "factor")
    page.get_by_label("I saw them in person, with their staff card").check()
    page.get_by_label("What happened?").fill("Their telephone fell into the river on Friday.")
    page.get_by_role("button", name="Remove the second factor").click()
    expect(page.get_by_role("main")).to_contain_text("The second factor was removed.")
    # Then they sign in with their password, and set up a new one before anything else
    screen.goto(f"{at}/sign-in")
    screen.get_by_label("Email address").fill(manager.email)
    screen.get_by_label("Password", exact=True).fill(PASSWORD)
    screen.get_by_role("button", name="Sign in", exact=True).click()
    screen.goto(f"{at}/approvals")
    expect(screen).to_have_url(f"{at}/account/second-factors")
    looks_right(screen, "factor-anew")


def test_work_is_approved_by_somebody_else(
    signed_in: Callable[..., Page], ashdown: Authority, maya: Child, at: str, looks_right: Callable[..., None]
) -> None:
    # Given a name that a worker put before a manager
    worker = Actor.of(maya.allocations.get().worker, today=TODAY)
    name = people.add_name(maya.person, kind="alias", given="May", family="Marlowe", by=worker)
    ask_approval(name, what="Approve the name", authority=ashdown, by=worker)
    page = signed_in("team_manager", name="Perran Oakes")
    page.goto(f"{at}/approvals")
    looks_right(page, "approvals")
    page.get_by_role("link", name="Approve the name: Maya Marlowe").click()
    looks_right(page, "approval")
    # When it is returned without saying what must change, they are asked
    page.get_by_label("Return it for changes").check()
    page.get_by_role("button", name="Save decision").click()
    expect(page.get_by_role("alert")).to_contain_text("Say what must change in a full sentence")
    looks_right(page, "approval-wrong")
    page.get_by_label("Approve it as it is").check()
    page.get_by_role("button", name="Save decision").click()
    # Then nothing waits any more
    expect(page.get_by_role("main")).to_contain_text("Nothing waits for you.")


def test_an_emergency_is_closed_and_an_interest_ended(
    signed_in: Callable[..., Page], ashdown: Authority, north: Team, maya: Child, person: Callable[..., User], at: str,
    looks_right: Callable[..., None],
) -> None:  # fmt: skip
    # Given a record that was opened in an emergency by somebody who has seen what they needed
    chair = person("contact_worker", name="Farrin Oakes")
    head = Actor.of(chair, today=TODAY)
    interests.declare_interest(maya.person, how="I took her for another child", by=head)
    idris = person("social_worker", name="Idris Penhallow")
    idris.roles_held.update(team=Team.objects.create(authority=ashdown, service="Family support", name="South"))
    why = {"because": "Police have found her alone in the street.", "tells": "Marlo Thistle", "review_at": at}
    emergencies.break_glass(maya, **why, by=Actor.of(idris, today=TODAY))
    page = signed_in(user=idris)
    page.goto(f"{at}/children/{maya.pk}")
    looks_right(page, "emergency-banner")
    # When the data owner closes it
    owner = signed_in("data_owner", name="Philippa Yarrow")
    owner.goto(f"{at}/emergencies")
    looks_right(owner, "emergencies-open")
    owner.get_by_role("link", name="Close it now").click()
    owner.get_by_label("Why?").fill("The police say that she is safe at home.")
    looks_right(owner, "emergency-close")
    owner.get_by_role("button", name="Close it now").click()
    expect(owner.get_by_role("main")).to_contain_text("Closed before its time by Philippa Yarrow")
    # Then it is closed to them
    assert page.goto(f"{at}/children/{maya.pk}").status == 404
    # And an interest that was a mistake is ended with a reason
    owner.get_by_role("link", name="Declared interests").click()
    looks_right(owner, "interests-declared")
    owner.get_by_role("link", name="End it").click()
    owner.get_by_label("Why?").fill("She knows a child of the same name at her church.")
    looks_right(owner, "interest-end")
    owner.get_by_role("button", name="End the interest").click()
    expect(owner.get_by_role("main")).to_contain_text("as it was a mistake")
