"""A cabinet member is sent the annual report and reads it, on a desk or on a phone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

REPORT = "annual-report_991_2024-25_internal.html"
LEVEL_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": {"type": "tag", "values": LEVEL_AA}}


def open_report(screen: Page, pages: Path) -> None:
    screen.goto((pages / REPORT).as_uri())


def assert_accessible(screen: Page) -> None:
    found = Axe().run(screen, options=RULES).response["violations"]
    assert [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found] == []


def assert_fits(screen: Page) -> None:
    """Nothing makes the page itself scroll sideways; wide tables scroll in their own place."""
    across = screen.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert across[0] <= across[1]


def test_a_member_finds_the_report_and_reads_its_first_page(screen: Page, pages: Path) -> None:
    # Given a list of reports
    screen.goto((pages / "index.html").as_uri())
    expect(screen.get_by_role("heading", level=1)).to_have_text("Annual child protection reports")
    assert_accessible(screen)
    assert_fits(screen)
    # When the member opens one and goes to its summary
    screen.get_by_role("link", name=re.compile("Annual child protection report 2024-25")).click()
    expect(screen.get_by_role("heading", level=1)).to_contain_text("Annual child protection report 2024-25")
    screen.get_by_role("navigation").get_by_role("link", name=re.compile("Executive summary")).click()
    # Then the headline figures are there with what they are out of and who stands beside them
    summary = screen.get_by_role("region", name=re.compile("Executive summary"))
    cards = summary.locator(".wp-headlines").get_by_role("listitem")
    expect(cards).to_have_count(6)
    expect(cards.first).to_contain_text("Children subject to a child protection plan")
    expect(cards.first).to_contain_text("a year before")
    expect(cards.nth(1)).to_contain_text(re.compile(r"\d+ of \d+"))
    expect(cards.nth(1)).to_contain_text("England")
    # And the page can be used by everyone
    assert_accessible(screen)
    assert_fits(screen)


def test_a_member_follows_a_chart_to_its_table(screen: Page, pages: Path) -> None:
    # Given the section on the rate of plans
    open_report(screen, pages)
    figure = screen.locator("#rate-chart")
    # When the member looks at its chart
    picture = figure.get_by_role("img")
    # Then one drawing of it shows, large enough to read, and it says what it shows
    expect(picture).to_have_count(1)
    expect(picture).to_have_accessible_name(re.compile("children on plans"))
    expect(picture).to_have_accessible_description(re.compile("A dashed line for England"))
    assert smallest_words(screen, "#rate-chart") >= 9
    # And its link leads to the table with the same figures
    figure.get_by_role("link", name="Table 4.3").click()
    expect(screen.locator("#rate-table")).to_be_in_viewport()
    expect(screen.locator("#rate-table").get_by_role("rowheader", name="England")).to_be_visible()


def smallest_words(screen: Page, figure: str) -> float:
    """The height in pixels of the smallest words of the drawing that shows."""
    height: float = screen.evaluate(
        """figure => Math.min(...[...document.querySelectorAll(`${figure} svg`)]
            .filter(svg => svg.getBoundingClientRect().width > 0)
            .flatMap(svg => [...svg.querySelectorAll('text')].map(text => text.getBoundingClientRect().height)))""",
        figure,
    )
    return height


def test_a_wide_table_scrolls_in_its_own_place_by_keyboard(screen: Page, pages: Path) -> None:
    # Given a table that is wider than a phone
    open_report(screen, pages)
    region = screen.get_by_role("region", name=re.compile("Time on plan at two-month ends"))
    # When it is reached by keyboard and moved sideways
    region.focus()
    expect(region).to_be_focused()
    is_wider = region.evaluate("region => region.scrollWidth > region.clientWidth")
    screen.keyboard.press("ArrowRight")
    # Then the table moves where it is wider than its place, and the page does not
    if is_wider:
        screen.wait_for_function("region => region.scrollLeft > 0", arg=region.element_handle())
    assert screen.evaluate("window.scrollX") == 0


def test_what_is_still_to_be_written_cannot_be_missed(screen: Page, pages: Path) -> None:
    # Given the report as the figures made it
    open_report(screen, pages)
    # When the member comes to a part that only people can write
    asked = screen.get_by_role("region", name=re.compile("Older children")).get_by_role("note")
    # Then it says by whom, and shows by more than colour that it is a question
    expect(asked).to_contain_text("To be written by: Head of family support and child protection")
    assert asked.evaluate("note => getComputedStyle(note).borderTopStyle") == "dashed"


@pytest.mark.parametrize("screen", ["desk"], indirect=True)
def test_a_member_prints_it(screen: Page, pages: Path, tmp_path: Path) -> None:
    # Given the report
    open_report(screen, pages)
    # When it is printed
    printed = tmp_path / "report.pdf"
    screen.pdf(path=printed, prefer_css_page_size=True)
    # Then every page is A4, the contents do not follow the reader down them, and long tables repeat their head
    sizes = {
        float(side)
        for box in re.findall(rb"/MediaBox \[0 0 ([\d.]+ [\d.]+)\]", printed.read_bytes())
        for side in box.split()
    }
    assert {round(size) for size in sizes} == {595, 842}
    screen.emulate_media(media="print")
    assert screen.locator(".wp-contents").evaluate("nav => getComputedStyle(nav).position") == "static"
    assert screen.locator("#rate-chart svg").first.is_visible()
    thead = screen.locator("#factors-table thead").evaluate("head => getComputedStyle(head).display")
    assert thead == "table-header-group"
