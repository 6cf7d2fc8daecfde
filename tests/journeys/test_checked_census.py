"""An analyst opens the page of what checking a census found, on a desk or on a phone, and sees what to put right."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_annual_report import assert_accessible, assert_fits
from tests.spec.returns.cin_census.filed import assessment, child, enquiry, episode, file, many, plan, write
from waypost.returns.cin_census import collection_named, page, read_file, validate_filing

WRONG = file(
    child(
        episode(
            enquiry(DateOfInitialCPC="2025-06-14"),
            plan("2025-09-08", CPPstartDate="2025-06-09", CPPendDate="2025-10-06"),
            plan(CPPstartDate="2025-07-07", CPPendDate="2025-08-04"),
        ),
        LAchildID="ASHDOWN0123",
    ),
    child(
        episode(assessment("16A", "21"), ReasonForClosure="RC99"),
        LAchildID="A" * 60,
        PersonBirthDate="31/02/2012",
    ),
    *many(12, Ethnicity=None),
)


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checked")
    filing = read_file(write(WRONG, folder, "2025-26"))
    made = folder / "census.html"
    made.write_text(page.write(validate_filing(filing, collection_named("2025-26")), filing), encoding="utf-8")
    return made


def test_an_analyst_finds_the_rows_that_break_a_rule(screen: Page, checked: Path) -> None:
    # Given the page of what was found
    screen.goto(checked.as_uri())
    expect(screen.get_by_role("heading", level=1)).to_have_text("What was found in cin.xml")
    # When the analyst follows a rule from the list
    screen.get_by_role("link", name="8940 Plans overlap").click()
    # Then the rule says what is wrong and what to do, above the child's rows
    rule = screen.get_by_role("region", name="8940 Plans overlap")
    expect(rule).to_be_in_viewport()
    expect(rule).to_contain_text("To put it right: End the earlier plan before the day on which the later one starts")
    expect(rule.get_by_role("heading", level=3)).to_have_text("ASHDOWN0123")
    expect(rule.get_by_role("row", name="breaks the rule")).to_contain_text("2025-07-07")
    # And the page can be used by everyone
    assert_accessible(screen)
    assert_fits(screen)
