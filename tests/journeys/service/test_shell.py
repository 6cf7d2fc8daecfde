"""What the shell keeps: what people type, when they stop, are locked out, or meet someone else at the same record."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings

from tests.journeys.service.conftest import PASSWORD
from tests.journeys.service.doors import through
from waypost.access.actor import Actor
from waypost.access.models import Authority, User
from waypost.records.casework.actions import children, people, warnings
from waypost.records.casework.actions.people import NewPerson
from waypost.records.casework.actions.warnings import NewWarning
from waypost.records.casework.models import Child, Document, Person, Warning
from waypost.web.models import Draft

Check = Callable[[Page], None]
SHOTS = os.environ.get("WAYPOST_SHOTS")


def seen(page: Page, check: Check, name: str) -> None:
    check(page)
    if SHOTS and page.viewport_size:
        page.screenshot(path=f"{SHOTS}/{name}-{page.viewport_size['width']}.png", full_page=True)


def look_for(page: Page, typed: str) -> None:
    through(page, "Find a person")
    page.get_by_label("Who are you looking for?").fill(typed)
    page.get_by_role("button", name="Search").click()


@pytest.fixture
def manager(person: Callable[..., User]) -> User:
    return person("team_manager", name="Marlo Thistle")


@pytest.fixture
def maya(ashdown: Authority, manager: User) -> Child:
    by = Actor.of(manager, today=timezone.localdate())
    new = NewPerson(given="Maya", family="Marlowe", born_on=date(2018, 5, 4), sex="female")
    return children.open_record(people.register_person(ashdown, new=new, by=by), local_id="A00001", by=by)


@pytest.fixture
def warning(maya: Child, manager: User) -> Warning:
    """A warning whose review is long overdue."""
    by = Actor.of(manager, today=timezone.localdate())
    new = NewWarning("animal", "A large dog, said the health visitor.", timezone.localdate() - timedelta(days=20))
    return warnings.warn(maya, new=new, by=by)


# ---------------------------------------------------------------- drafts


def test_what_is_typed_is_kept_without_pressing_anything(signed_in: Callable[..., Page], usable: Check) -> None:
    # Given a worker who looked for somebody and found nobody
    page = signed_in("contact_worker")
    look_for(page, "Zephyrine Marlowe")
    page.get_by_role("link", name="Not found: add the person").click()
    # When they type and then do something else
    with page.expect_response("**/draft"):
        page.get_by_label("First name").fill("Zephyrine")
    # Then it is there when they open the page again
    page.reload()
    expect(page.get_by_label("First name")).to_have_value("Zephyrine")
    expect(page.get_by_text("This is what you had typed on")).to_be_visible()
    seen(page, usable, "draft")
    # And the Enter key sends it, and throws nothing away
    page.get_by_label("First name").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Select if the date of birth is known")
    expect(page.get_by_label("First name")).to_have_value("Zephyrine")
    page.goto(page.url)
    # And gone when they start again
    page.get_by_role("button", name="Start again").click()
    expect(page.get_by_label("First name")).to_have_value("")
    assert not Draft.objects.exists()


def test_a_page_that_is_left_in_the_middle_of_a_word_is_kept(signed_in: Callable[..., Page]) -> None:
    # Given a worker who is typing
    page = signed_in("contact_worker")
    look_for(page, "Zephyrine Marlowe")
    page.get_by_role("link", name="Not found: add the person").click()
    # When they leave before the pause that keeps a draft
    page.get_by_label("First name").press_sequentially("Zeph")
    page.get_by_role("link", name="Waypost").click()
    # Then what they typed is there when they come back
    expect(page.get_by_role("heading", level=1)).to_have_text("My work")
    page.goto(page.url.removesuffix("/work") + "/people/new")
    expect(page.get_by_label("First name")).to_have_value("Zeph")


def test_the_lock_takes_the_page_away_and_keeps_the_draft(
    signed_in: Callable[..., Page], usable: Check, settings: Settings
) -> None:
    # Given a worker who has typed a name, on a machine that locks after a few seconds
    page = signed_in("contact_worker")
    look_for(page, "Zephyrine Marlowe")
    settings.LOCK_AFTER = 4
    page.get_by_role("link", name="Not found: add the person").click()
    page.get_by_label("First name").fill("Zephyrine")
    # When they walk away
    page.wait_for_url(re.compile(r"/locked"))
    settings.LOCK_AFTER = 900
    # Then nothing of it is on the screen, and no other page opens
    expect(page.get_by_role("heading", level=1)).to_have_text("Waypost is locked")
    expect(page.get_by_text("Zephyrine")).to_have_count(0)
    seen(page, usable, "locked")
    locked_at = page.url
    page.goto(locked_at.split("/locked")[0])
    expect(page.get_by_role("heading", level=1)).to_have_text("Waypost is locked")
    # And their password brings them back to what they typed
    page.goto(locked_at)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Unlock").click()
    expect(page).to_have_url(re.compile(r"/people/new$"))
    expect(page.get_by_label("First name")).to_have_value("Zephyrine")
    usable(page)


# ---------------------------------------------------------------- two at one record


def test_two_people_at_one_record_see_both_versions(
    signed_in: Callable[..., Page], usable: Check, manager: User, maya: Child, warning: Warning, at: str
) -> None:
    # Given a worker and a manager who have the same warning open
    here = f"{at}/children/{maya.pk}/warnings/{warning.pk}"
    first, second = signed_in(user=manager), signed_in("contact_worker", name="Farrin Oakes")
    for page in (first, second):
        page.goto(here)
    day = timezone.localdate() + timedelta(days=60)
    # When both save, one after the other
    for page, said in ((first, "Two large dogs."), (second, "The dog has been moved away.")):
        page.get_by_label("The warning stands").check()
        page.get_by_label("What it rests on").fill(said)
        for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            page.get_by_label(part, exact=True).fill(str(value))
        page.get_by_role("button", name="Save the review").click()
    # Then the second is shown both texts, and nothing is lost
    expect(first.get_by_text("The warning was reviewed.")).to_be_visible()
    expect(second.get_by_role("alert")).to_contain_text("Someone else saved this while you had it open")
    table = second.get_by_role("table", name=re.compile("Saved by Marlo Thistle"))
    expect(table).to_contain_text("Two large dogs.")
    expect(table).to_contain_text("The dog has been moved away.")
    expect(second.get_by_label("What it rests on")).to_have_value("The dog has been moved away.")
    seen(second, usable, "versions")
    # And sending it again is a choice made knowingly
    second.get_by_role("button", name="Save the review").click()
    expect(second.get_by_text("The warning was reviewed.")).to_be_visible()
    expect(second.get_by_text("The dog has been moved away.")).to_be_visible()
    usable(second)


# ---------------------------------------------------------------- by keyboard, and without scripts


def test_a_person_is_found_and_added_by_keyboard_alone(signed_in: Callable[..., Page], usable: Check) -> None:
    # Given a worker at their home page, with no mouse
    page = signed_in("contact_worker")

    def go(role: str, name: str) -> None:
        """To the next of its kind and name, by the tab key."""
        page.wait_for_load_state()
        for _ in range(60):
            page.keyboard.press("Tab")
            here = page.evaluate(
                "(() => { const at = document.activeElement;"
                " const says = at.labels?.length ? at.labels[0].innerText : at.innerText || at.value;"
                " return [at.tagName.toLowerCase() + (at.type ? ':' + at.type : ''), (says || '').trim()] })()"
            )
            if here[0].startswith(role) and here[1].startswith(name):
                return
        raise AssertionError(f"the tab key does not lead to {name}")

    # When they look for somebody and add them
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to main content")
    if page.get_by_role("button", name="Menu").is_visible():
        go("button", "Menu")
        page.keyboard.press("Enter")
    go("a", "Find a person")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Find a person")
    go("input", "Who are you looking for?")
    page.keyboard.type("Zephyrine Marlowe")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="0 people found")).to_be_visible()
    go("a", "Not found: add the person")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Add a person")
    go("input", "First name")
    page.keyboard.type("Zephyrine")
    go("input", "Last name")
    page.keyboard.type("Marlowe")
    go("input:radio", "Yes")
    page.keyboard.press("Space")
    go("button", "Save and continue")
    page.keyboard.press("Enter")
    # Then what is missing has the focus and leads to its box
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    go("a", "Enter the date of birth")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Day", exact=True).first).to_be_focused()
    for typed in ("4", "5", "2018"):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    go("button", "Save and continue")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The person was added.")).to_be_visible()
    assert Person.objects.count() == 1
    usable(page)


@pytest.fixture
def without_scripts(chrome: Browser, width: tuple[int, int], person: Callable[..., User], at: str) -> Page:
    """A page of a browser that runs no scripts, on which a worker is signed in."""
    client = Client()
    client.force_login(person("contact_worker"))
    context = chrome.new_context(viewport={"width": width[0], "height": width[1]}, java_script_enabled=False)
    session = client.cookies[django_settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": session.key, "value": session.value, "url": at}])
    page = context.new_page()
    page.goto(at)
    return page


def test_without_scripts_everything_is_there(
    without_scripts: Page, signed_in: Callable[..., Page], usable: Check, at: str
) -> None:
    # Given a worker whose browser runs no scripts
    page = without_scripts
    look_for(page, "Zephyrine Marlowe")
    page.get_by_role("link", name="Not found: add the person").click()
    # When they press the button that keeps a draft, and come back
    page.get_by_label("First name").fill("Zephyrine")
    page.get_by_role("button", name="Save as draft").click()
    page.goto(f"{at}/people/new")
    # Then it is there, and can be sent
    expect(page.get_by_label("First name")).to_have_value("Zephyrine")
    page.get_by_label("Not known").first.check()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_text("The person was added.")).to_be_visible()
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/no-scripts.png", full_page=True)
    page.context.close()
    # And the page is one that everyone can use
    other = signed_in(user=User.objects.get())
    other.goto(f"{at}/people")
    usable(other)


# ---------------------------------------------------------------- warnings and documents


def test_a_manager_reviews_what_is_overdue(
    signed_in: Callable[..., Page], usable: Check, manager: User, warning: Warning, at: str
) -> None:
    # Given a manager, and a warning whose review is twenty days late
    page = signed_in(user=manager)
    # When they go through the list to the child and to the review
    page.goto(f"{at}/warnings")
    expect(page.get_by_role("heading", level=2).first).to_have_text("1 review overdue")
    expect(page.get_by_role("main")).to_contain_text("Head of service must act")
    seen(page, usable, "warnings")
    page.get_by_role("link", name="Maya Marlowe", exact=True).click()
    seen(page, usable, "child-warned")
    page.get_by_role("link", name=re.compile("^Review this warning")).click()
    seen(page, usable, "warning-review")
    page.get_by_label("The warning ends").check()
    page.get_by_label("If it ends, why?").fill("The dog has gone.")
    page.get_by_role("button", name="Save the review").click()
    # Then the child's page says so for the rest of the day, and the list is empty
    expect(page.get_by_role("main")).to_contain_text("Shown until the end of")
    page.goto(f"{at}/warnings")
    expect(page.get_by_role("main")).to_contain_text("No review is overdue.")
    usable(page)


def test_a_warning_is_added(signed_in: Callable[..., Page], usable: Check, maya: Child, at: str) -> None:
    # Given a child's page
    page = signed_in("contact_worker")
    page.goto(f"{at}/children/{maya.pk}")
    # When a worker adds a warning and leaves out what it rests on
    page.get_by_role("link", name="Add a warning").click()
    page.get_by_label("What it warns of").select_option("Visit in pairs")
    page.get_by_role("button", name="Add the warning").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter what the warning rests on")
    seen(page, usable, "warning-wrong")
    page.get_by_label("What it rests on").fill("Threats at the last visit.")
    day = timezone.localdate() + timedelta(days=60)
    for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        page.get_by_label(part, exact=True).fill(str(value))
    page.get_by_role("button", name="Add the warning").click()
    # Then whoever opens the record meets it first
    expect(page.get_by_role("main")).to_contain_text("Warning: Visit in pairs. Threats at the last visit.")
    usable(page)


def test_a_document_is_added_and_given_back(
    signed_in: Callable[..., Page], usable: Check, maya: Child, at: str, settings: Settings, tmp_path: Path
) -> None:
    # Given a letter on a worker's machine
    default = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "documents"}}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"%PDF-1.7 an invented letter")
    page = signed_in("contact_worker")
    page.goto(f"{at}/children/{maya.pk}/documents")
    page.get_by_role("link", name="Add a document").click()
    # When they choose it, type its title, and reload before they send it
    with page.expect_response("**/draft") as kept:
        page.get_by_label("File", exact=True).set_input_files(letter)
        page.get_by_label("Title").fill("Letter from school")
    assert kept.value.status == 204
    assert "letter.pdf" not in Draft.objects.get().typed
    page.reload()
    expect(page.get_by_label("Title")).to_have_value("Letter from school")
    seen(page, usable, "document-add")
    # And send the whole of it
    page.get_by_label("File", exact=True).set_input_files(letter)
    page.get_by_label("Kind of document").select_option("Letter or email")
    for part, value in (("Day", 2), ("Month", 3), ("Year", 2026)):
        page.get_by_label(part, exact=True).fill(str(value))
    page.get_by_label("Confidential").check()
    page.get_by_role("button", name="Add the document").click()
    # Then it stands in the list, and is given back as it was
    expect(page.get_by_role("main")).to_contain_text("Letter from school")
    seen(page, usable, "documents")
    with page.expect_download() as given:
        page.get_by_role("link", name="Letter from school", exact=True).click()
    assert given.value.suggested_filename == "letter.pdf"
    assert Path(given.value.path()).read_bytes() == letter.read_bytes()
    assert Document.objects.get().sensitivity == Document.CONFIDENTIAL


# ---------------------------------------------------------------- what went wrong


def test_what_went_wrong_is_said_on_a_page_that_everyone_can_use(
    signed_in: Callable[..., Page], usable: Check, at: str
) -> None:
    # Given a worker
    page = signed_in("contact_worker")
    # When they go where there is nothing, where they may not, and send a form that has expired
    page.goto(f"{at}/no-such-page")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    seen(page, usable, "not-found")
    page.goto(f"{at}/warnings")
    expect(page.get_by_role("heading", level=1)).to_have_text("You may not do this")
    seen(page, usable, "not-allowed")
    page.goto(f"{at}/people")
    page.context.clear_cookies(name=django_settings.CSRF_COOKIE_NAME)
    page.get_by_label("Who are you looking for?").fill("Maya")
    page.get_by_role("button", name="Search").click()
    # Then each says what to do
    expect(page.get_by_role("heading", level=1)).to_have_text("This form has expired")
    seen(page, usable, "expired")
