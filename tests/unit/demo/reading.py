"""Reads an invented census the plain way, element by element, so that tests do not lean on what wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from lxml import etree

from waypost.domain.periods import FinancialYear

AFTER_THE_YEAR = {"ExpectedPersonBirthDate", "InitialCPCtarget", "DateTime"}
"""What may lie after the reference date: what is expected, and when the file was made."""


@dataclass(frozen=True)
class Filing:
    path: Path

    @cached_property
    def root(self) -> etree._Element:
        return etree.parse(self.path).getroot()

    @property
    def year(self) -> FinancialYear:
        return FinancialYear(int(self.root.findtext("Header/CollectionDetails/Year") or 0))

    @cached_property
    def children(self) -> list[etree._Element]:
        return self.root.findall("Children/Child")

    @cached_property
    def by_id(self) -> dict[str, etree._Element]:
        return {child_id(child): child for child in self.children}

    def groups(self, name: str) -> Iterator[tuple[etree._Element, etree._Element]]:
        """Each child and episode group (or group within an episode) of a name."""
        for child in self.children:
            for group in child.iter(name):
                yield child, group


def child_id(child: etree._Element) -> str:
    return child.findtext("ChildIdentifiers/LAchildID") or ""


def day(group: etree._Element, name: str) -> date | None:
    text = group.findtext(name)
    return date.fromisoformat(text) if text else None


def all_dates(group: etree._Element) -> Iterator[tuple[str, date]]:
    for element in group.iter():
        text = element.text or ""
        if len(text) == 10 and text[4:5] == "-":
            yield str(element.tag), date.fromisoformat(text)


def plans(filing: Filing) -> dict[tuple[str, date], date | None]:
    """Every protection plan of a file: child and start to end."""
    return {
        (child_id(child), date.fromisoformat(plan.findtext("CPPstartDate") or "")): day(plan, "CPPendDate")
        for child, plan in filing.groups("ChildProtectionPlans")
    }
