"""A page that lists reports, one card for each authority, with their headline figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from waypost.reports.html import environment, style
from waypost.reports.model import Edition, Headlines, Report

KINDS: Mapping[str, str] = {
    "html": "web page",
    "docx": "Word document",
    "pdf": "PDF",
    "ods": "OpenDocument spreadsheet",
    "xlsx": "Excel spreadsheet",
    "json": "figures for programs, JSON",
}
"""What people call a file, by the ending of its name."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a report: its name beside the list, what it is called, and its size in bytes."""

    name: str
    kind: str
    size: int

    @property
    def size_words(self) -> str:
        """As people say it: 412 KB, 1.3 MB."""
        kilobytes = max(1, round(self.size / 1_000))
        return f"{kilobytes} KB" if kilobytes < 1_000 else f"{self.size / 1_000_000:.1f} MB"


@dataclass(frozen=True, slots=True)
class Entry:
    """A report in the list: what it is, the page to open, its other files, and the figures of its summary page."""

    title: str
    authority: str
    code: str
    year: str
    edition: Edition
    page: File
    others: tuple[File, ...]
    headlines: Headlines


def entry(report: Report, paths: Sequence[Path]) -> Entry:
    """The entry of a report whose files, a page among them, lie beside the list."""
    files = {path.suffix.removeprefix("."): path for path in paths}
    made = {ending: File(path.name, KINDS.get(ending, ending), path.stat().st_size) for ending, path in files.items()}
    headlines = next((block for block in report.blocks if isinstance(block, Headlines)), Headlines(()))
    others = tuple(file for ending, file in made.items() if ending != "html")
    return Entry(
        report.title, report.authority, report.code, str(report.year), report.edition, made["html"], others, headlines
    )


def write(entries: Sequence[Entry], *, title: str = "Annual child protection reports", lead: str = "") -> str:
    """The page. Reports of one authority stand together, the latest year first and the internal edition before others.

    The headline figures shown are those of the first, so a list of public editions shows no more than they do.
    """
    ordered = sorted(entries, key=lambda each: each.edition)
    ordered.sort(key=lambda each: each.year, reverse=True)
    by_authority: dict[str, list[Entry]] = {}
    for each in sorted(ordered, key=lambda each: each.code):
        by_authority.setdefault(each.authority, []).append(each)
    page = environment().get_template("index.html.jinja")
    return page.render(authorities=by_authority, title=title, lead=lead, labels={}, **style())
