"""The way through a door: the navigation of every page, which a narrow screen folds under a button."""

from __future__ import annotations

from playwright.sync_api import Page


def through(page: Page, door: str) -> None:
    """Follows a link of the navigation, as whoever holds the device would."""
    menu = page.get_by_role("button", name="Menu")
    if menu.is_visible():
        menu.click()
    page.get_by_role("link", name=door).first.click()
