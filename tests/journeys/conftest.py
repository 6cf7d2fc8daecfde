"""Journeys in a real browser.

Without Chromium they are skipped with a reason; where WAYPOST_REQUIRE names it, no test runs at all without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from tests.tools import chromium
from waypost.datasets.load.cin_census import read
from waypost.demo import census
from waypost.domain.periods import FinancialYear
from waypost.reports import index
from waypost.reports.annual import build
from waypost.reports.files import write

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
WIDTHS = {"desk": (1280, 900), "phone": (320, 640)}


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the annual report of a small invented authority, and a page that lists it."""
    folder = tmp_path_factory.mktemp("pages")
    years = [FinancialYear(ends) for ends in (2023, 2024, 2025)]
    files = census.write(folder / "census", authority="991", years=years, seed=5, size=0.2)
    report = build(read(files), years[-1])
    written = write(report, folder, ("html", "json"))
    (folder / "index.html").write_text(index.write([index.entry(report, written)]), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.skip("Chromium was not found, so the journeys in a browser are left out.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(params=WIDTHS)
def screen(request: pytest.FixtureRequest, chrome: Browser) -> Iterator[Page]:
    """A page on a desk and on a phone, which fails the test if it asks anything of another host."""
    width, height = WIDTHS[request.param]
    context = chrome.new_context(viewport={"width": width, "height": height}, locale="en-GB")
    asked_elsewhere = _watched(context)
    yield context.new_page()
    context.close()
    assert asked_elsewhere == []


def _watched(context: BrowserContext) -> list[str]:
    asked: list[str] = []

    def only_files(route: Route) -> None:
        if route.request.url.startswith(("file:", "data:", "about:")):
            route.continue_()
        else:
            asked.append(route.request.url)
            route.abort()

    context.route("**/*", only_files)
    return asked
