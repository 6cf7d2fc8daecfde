"""An analyst checks a census file; what a record would fail the return by is seen in the record and put right."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django import Settings

from tests.web.performance.census import census, child
from waypost.access.actor import Actor
from waypost.access.models import Authority, Team, User
from waypost.performance import quality
from waypost.records.casework.actions import children, people
from waypost.records.pathway.actions.referrals import record_referral


@pytest.fixture(autouse=True)
def aside(settings: Settings, tmp_path: Path) -> None:
    settings.CHECKING_DIR = tmp_path / "checking"


def test_a_census_file_is_checked_and_nothing_is_kept_until_it_is_asked_for(
    signed_in: Callable[..., Page], usable: Callable[[Page], None], at: str, tmp_path: Path
) -> None:
    # Given an analyst with a file from another case system
    path = tmp_path / "cin.xml"
    path.write_bytes(census(child(), child("ASH00108", born="2026-03-01")))
    page = signed_in("performance_analyst", name="Anselm Rook")
    page.goto(f"{at}/returns/check")
    usable(page)
    # When they choose what is no census
    wrong = tmp_path / "minutes.xml"
    wrong.write_text("<Minutes></Minutes>")
    chooser = page.locator("input[type=file]")
    chooser.set_input_files(wrong)
    page.get_by_role("button", name="Check the file").click()
    # Then they are told so beside the field
    expect(page.get_by_role("main")).to_contain_text("is not a children in need census", timeout=30_000)
    usable(page)
    # When they choose the file
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Check the file").click()
    # Then they read what is wrong with it, in words, with the rows
    expect(page.get_by_role("heading", name="What was found")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("main")).to_contain_text("Referred more than 40 weeks before birth")
    usable(page)
    # And can take it along
    with page.expect_download() as taken:
        page.get_by_role("link", name="Every issue, as a table (CSV)").click()
    assert "ASH00108" in taken.value.path().read_text(encoding="utf-8-sig")
    # When they keep the result, and check the file again once it was mended
    page.get_by_role("button", name="Keep the result").click()
    expect(page.get_by_role("main")).to_contain_text("by Anselm Rook")
    usable(page)
    path.write_bytes(census(child(), child("ASH00108")))
    page.goto(f"{at}/returns/check")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Check the file").click()
    # Then they see what changed since
    expect(page.get_by_role("heading", name=re.compile("What changed since"))).to_be_visible(timeout=30_000)
    expect(page.get_by_role("main")).to_contain_text("gone")
    usable(page)
    # When they have it forgotten
    page.get_by_role("button", name="Forget it now").click()
    # Then it is gone, and the numbers that they kept are not
    expect(page.get_by_role("main")).to_contain_text("are gone")
    page.get_by_role("link", name="Results that were kept").click()
    expect(page.get_by_role("main")).to_contain_text("Kept by Anselm Rook")
    usable(page)


def test_a_long_check_shows_how_far_it_is(
    signed_in: Callable[..., Page],
    usable: Callable[[Page], None],
    at: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Given a check that takes its time
    from waypost.performance.checks import ask, begin
    from waypost.performance.checks.place import FAR, Place

    begun: list[Place] = []
    monkeypatch.setattr(begin, "start", lambda place, _: begun.append(place))
    path = tmp_path / "cin.xml"
    path.write_bytes(census(child()))
    page = signed_in("performance_analyst", name="Anselm Rook")
    page.goto(f"{at}/returns/check")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("heading", name="Checking the file")).to_be_visible()
    usable(page)
    # When it goes on, and ends
    begun[0].say(FAR, {"read": 700_000, "of": 1_000_000})
    # Then the page follows by itself
    expect(page.get_by_role("status")).to_contain_text("684 KB of 977 KB read")
    ask.ask(begun[0].folder, "2025-26")
    expect(page.get_by_role("heading", name="What was found")).to_be_visible(timeout=30_000)


def test_what_a_record_would_fail_by_is_seen_and_put_right(
    signed_in: Callable[..., Page],
    usable: Callable[[Page], None],
    at: str,
    ashdown: Authority,
    north: Team,
    person: Callable[..., User],
) -> None:
    # Given a child whose year of birth was mistyped
    today = timezone.localdate()
    manager = Actor.of(person("team_manager", name="Marlo Thistle"), today=today)
    new = people.NewPerson("Maya", "Marlowe", born_on=today + timedelta(days=300), sex="female")
    maya = children.open_record(people.register_person(ashdown, new=new, by=manager), local_id="ASH00107", by=manager)
    record_referral(maya, received_at=timezone.now() - timedelta(days=30), source="2A", by=manager)
    children.allocate(maya, team=north, worker=None, since=today, by=manager)
    quality.check(ashdown)
    # When a manager opens the list
    page = signed_in(user=manager.user)
    page.goto(f"{at}/data-quality")
    expect(page.get_by_role("main")).to_contain_text("more than 40 weeks before the child was")
    usable(page)
    # And the child's page
    page.get_by_role("main").get_by_role("link", name="Maya Marlowe", exact=True).first.click()
    expect(page.get_by_role("main")).to_contain_text("To put right before the return")
    usable(page)
    # Then the sentence stands beside the field
    page.goto(f"{at}/people/{maya.person_id}/about")
    expect(page.get_by_role("group", name="Date of birth", exact=True)).to_contain_text(
        "Correct the date of the referral"
    )
    usable(page)
