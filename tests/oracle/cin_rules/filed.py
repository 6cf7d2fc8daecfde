"""A census file as it was filed: its children, and the groups of each with their place."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

from lxml import etree

from .dates import days_on, real_date, years_on

CHILD_GROUPS = ("ChildIdentifiers", "ChildCharacteristics")
EPISODE_GROUPS = ("Assessments", "CINPlanDates", "Section47", "ChildProtectionPlans", "PreProceedingsandFGDM")
LISTS = {
    "Disabilities": "Disability",
    "FactorsIdentifiedAtAssessment": "AssessmentFactors",
    "Reviews": "CPPreviewDate",
}


def name_of(element: etree._Element) -> str:
    return etree.QName(element).localname


def text_of(element: etree._Element) -> str | None:
    """What is written, less the space around it; None where nothing is."""
    return (element.text or "").strip() or None


class Group:
    """One group of a child, or one element of a list. `row` is its place among its kind within the child, from 1."""

    def __init__(self, child: Child, table: str, parent: Group | None, elements: list[etree._Element]) -> None:
        self.child, self.table, self.parent = child, table, parent
        self.row = len(child.groups[table]) + 1
        child.groups[table].append(self)
        self.values: dict[str, str | None] = {}
        self.holds: dict[str, list[Group]] = defaultdict(list)
        for element in elements:
            self.values.setdefault(name_of(element), text_of(element))
        if parent:
            parent.holds[table].append(self)

    def text(self, name: str) -> str | None:
        return self.values.get(name)

    def date(self, name: str) -> date | None:
        return real_date(self.text(name))

    def is_yes(self, name: str) -> bool:
        return (self.text(name) or "").lower() in ("1", "true")

    def is_no(self, name: str) -> bool:
        return (self.text(name) or "").lower() in ("0", "false")

    @property
    def census(self) -> Census:
        return self.child.census

    @property
    def within(self) -> Group:
        """The group that this one stands in."""
        assert self.parent is not None
        return self.parent

    @property
    def code(self) -> str | None:
        """The one value of an element of a list."""
        return self.text(LISTS[self.table])


class Child:
    """One Child group."""

    def __init__(self, census: Census, element: etree._Element) -> None:
        self.census = census
        self.groups: dict[str, list[Group]] = defaultdict(list)
        for part in element:
            name = name_of(part)
            if name == "CINdetails":
                self._add_episode(part)
            elif name in CHILD_GROUPS:
                self._add_lists(part, Group(self, name, None, list(part)))

    def _add_episode(self, element: etree._Element) -> None:
        episode = Group(self, "CINdetails", None, list(element))
        for part in element:
            if name_of(part) in EPISODE_GROUPS:
                self._add_lists(part, Group(self, name_of(part), episode, list(part)))

    def _add_lists(self, element: etree._Element, parent: Group) -> None:
        """Each element of each list; a list of reviews that has none is one review without a date."""
        for wrapper in element:
            name = name_of(wrapper)
            if name not in LISTS:
                continue
            items = [item for item in wrapper if name_of(item) == LISTS[name]]
            for item in items:
                Group(self, name, parent, [item])
            if name == "Reviews" and not items:
                Group(self, name, parent, [])

    @property
    def episodes(self) -> list[Group]:
        return self.groups["CINdetails"]

    def all(self, table: str) -> list[Group]:
        return self.groups[table]

    def text(self, name: str) -> str | None:
        """A value of ChildIdentifiers."""
        return self.groups["ChildIdentifiers"][0].text(name) if self.groups["ChildIdentifiers"] else None

    def date(self, name: str) -> date | None:
        return real_date(self.text(name))

    @property
    def id(self) -> str:
        return self.text("LAchildID") or ""


class Census:
    """One file, and the dates that its rules hang on."""

    def __init__(self, root: etree._Element, collection: str) -> None:
        self.header: dict[str, str | None] = {}
        for element in root.iterfind("{*}Header//{*}*"):
            self.header.setdefault(name_of(element), text_of(element))
        self.ref = real_date(self.header.get("ReferenceDate")) or date(int(collection[:4]) + 1, 3, 31)
        self.start = days_on(years_on(self.ref, -1), 1) if self.ref.year > 1 else date.min
        self.children = [Child(self, element) for element in root.iterfind("{*}Children/{*}Child")]

    def all(self, table: str) -> list[Group]:
        return [group for child in self.children for group in child.all(table)]

    def in_year(self, day: date | None) -> bool:
        return day is not None and self.start <= day <= self.ref

    def outside_year(self, day: date | None) -> bool:
        return day is not None and not self.start <= day <= self.ref


def read(path: Path, collection: str) -> Census:
    parser = etree.XMLParser(remove_comments=True, remove_pis=True, resolve_entities=False, no_network=True)
    return Census(etree.parse(path, parser).getroot(), collection)
