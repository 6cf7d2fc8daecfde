"""A page that lists reports, one card for each authority, with their headline figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from waypost.reports.files import name
from waypost.reports.html import environment, style
from waypost.reports.model import Headlines, Report


@dataclass(frozen=True, slots=True)
class Entry:
    """A report in the list: the page to open, other files of it by what they are, and its headline figures."""

    report: Report
    page: str
    others: Mapping[str, str]

    @property
    def headlines(self) -> Headlines:
        """The figures of its summary page, or none."""
        return next((block for block in self.report.blocks if isinstance(block, Headlines)), Headlines(()))


def entry(report: Report, formats: Sequence[str] = ("html", "json")) -> Entry:
    """The entry of a report whose files lie beside the list."""
    named = name(report)
    return Entry(report, f"{named}.html", {form.upper(): f"{named}.{form}" for form in formats if form != "html"})


def write(entries: Sequence[Entry], *, title: str = "Annual child protection reports", lead: str = "") -> str:
    """The page. Reports of one authority stand together, the latest year first."""
    latest_first = sorted(entries, key=lambda each: each.report.year, reverse=True)
    by_authority: dict[str, list[Entry]] = {}
    for each in sorted(latest_first, key=lambda each: each.report.code):
        by_authority.setdefault(each.report.authority, []).append(each)
    page = environment().get_template("index.html.jinja")
    return page.render(authorities=by_authority, title=title, lead=lead, labels={}, **style())
