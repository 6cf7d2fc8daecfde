"""Invented children as a census would file them, for the worked examples of its rules.

Each group begins as one that breaks no rule; an example says only what is different. A field that is None is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from waypost.domain.identifiers import check_letter

Value = str | None

WORDS = {
    "Child": "child",
    "CINdetails": "episode",
    "Assessments": "assessment",
    "Section47": "enquiry",
    "CINPlanDates": "plan in need",
    "ChildProtectionPlans": "protection plan",
    "PreProceedingsandFGDM": "pre-proceedings",
}
WRAPPED = {
    "Disability": "Disabilities",
    "AssessmentFactors": "FactorsIdentifiedAtAssessment",
    "CPPreviewDate": "Reviews",
}
CHARACTERISTICS = ("Ethnicity",)


@dataclass(frozen=True)
class Group:
    """One group of the return: all its fields, those that the example is about, and what stands in it."""

    kind: str
    fields: dict[str, Value]
    said: dict[str, Value]
    inside: tuple[Group, ...] = ()
    items: tuple[Value, ...] | None = None
    item: str = ""

    def xml(self) -> str:
        return (
            f"<{self.kind}>{self._fields()}{self._items()}{''.join(each.xml() for each in self.inside)}</{self.kind}>"
        )

    def _fields(self) -> str:
        return "".join(_element(name, value) for name, value in self.fields.items())

    def _items(self) -> str:
        if self.items is None:
            return ""
        wrapper, items = WRAPPED[self.item], (_element(self.item, each or "") for each in self.items)
        return f"<{wrapper}>{''.join(items)}</{wrapper}>"

    def told(self) -> str:
        """What the example says of the group, in a line."""
        parts = [f"{name} {'left out' if value is None else value or 'blank'}" for name, value in self.said.items()]
        if self.items is not None:
            listed = ", ".join(each or "blank" for each in self.items)
            parts.append(f"{self.item} {listed}" if listed else f"no {self.item}")
        own = f"{WORDS[self.kind]}: {', '.join(parts)}" if parts else f"{_with_article(WORDS[self.kind])}"
        return "; ".join([own, *(each.told() for each in self.inside)])


def _with_article(word: str) -> str:
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def _element(name: str, value: Value) -> str:
    return "" if value is None else f"<{name}>{escape(value, quote=False)}</{name}>"


def upn(twelve: str = "201000012001") -> str:
    return check_letter(twelve) + twelve


def child(
    *inside: Group, disabilities: tuple[Value, ...] | None = None, without: tuple[str, ...] = (), **said: Value
) -> Group:
    """`without` are groups of the child that are not there at all."""
    usual: dict[str, Value] = {
        "LAchildID": None,
        "UPN": upn(),
        "PersonBirthDate": "2016-05-04",
        "Sex": "M",
        "Ethnicity": "WBRI",
    }
    return _Child("Child", {**usual, **said}, dict(said), inside, disabilities, "Disability", without)


@dataclass(frozen=True)
class _Child(Group):
    without: tuple[str, ...] = ()

    def filed(self, number: int) -> str:
        fields = {**self.fields, "LAchildID": self.said.get("LAchildID", f"C{number}")}
        own = "".join(_element(name, value) for name, value in fields.items() if name not in CHARACTERISTICS)
        rest = "".join(_element(name, fields[name]) for name in CHARACTERISTICS)
        disabilities = ("NONE",) if self.items is None else self.items
        listed = "".join(_element("Disability", each or "") for each in disabilities)
        rest += f"<Disabilities>{listed}</Disabilities>" if disabilities else ""
        groups = {"ChildIdentifiers": own, "ChildCharacteristics": rest}
        parts = [f"<{name}>{text}</{name}>" for name, text in groups.items() if name not in self.without]
        return f"<Child>{''.join(parts)}{''.join(each.xml() for each in self.inside)}</Child>"

    def told(self) -> str:
        missing = [f"no {name}" for name in self.without]
        return "; ".join([*missing, super().told()]) if missing else super().told()


def episode(*inside: Group, **said: Value) -> Group:
    usual: dict[str, Value] = {
        "CINreferralDate": "2025-05-12",
        "ReferralSource": "2A",
        "PrimaryNeedCode": "N1",
        "ReferralNFA": "0",
    }
    return Group("CINdetails", {**usual, **said}, dict(said), inside)


def assessment(*factors: Value, **said: Value) -> Group:
    usual: dict[str, Value] = {
        "AssessmentActualStartDate": "2025-05-12",
        "AssessmentAuthorisationDate": "2025-06-20",
    }
    items = factors or (("16A",) if "AssessmentAuthorisationDate" not in said else None)
    made = Group("Assessments", {**usual, **said}, dict(said), (), items, "AssessmentFactors")
    return made if factors else _quiet(made)


def no_factors(**said: Value) -> Group:
    """A finished assessment with no factors at all."""
    made = assessment(**said)
    return Group(made.kind, made.fields, made.said, (), (), "AssessmentFactors")


@dataclass(frozen=True)
class _Quiet(Group):
    """A group whose usual items are not what the example is about."""

    def told(self) -> str:
        return Group(self.kind, self.fields, self.said, self.inside).told()


def _quiet(group: Group) -> Group:
    return _Quiet(group.kind, group.fields, group.said, group.inside, group.items, group.item)


def enquiry(**said: Value) -> Group:
    usual: dict[str, Value] = {
        "S47ActualStartDate": "2025-05-20",
        "InitialCPCtarget": "2025-06-11",
        "DateOfInitialCPC": "2025-06-09",
        "ICPCnotRequired": "0",
    }
    return Group("Section47", {**usual, **said}, dict(said))


def cin_plan(**said: Value) -> Group:
    return Group("CINPlanDates", {"CINPlanStartDate": "2025-06-23", **said}, dict(said))


def plan(*reviews: Value, **said: Value) -> Group:
    usual: dict[str, Value] = {
        "CPPstartDate": "2025-06-09",
        "InitialCategoryOfAbuse": "NEG",
        "LatestCategoryOfAbuse": "NEG",
        "NumberOfPreviousCPP": "0",
    }
    return Group("ChildProtectionPlans", {**usual, **said}, dict(said), (), reviews or None, "CPPreviewDate")


def undated_review() -> Group:
    """A plan with a Reviews group that holds no date."""
    return Group(plan().kind, plan().fields, {}, (), (), "CPPreviewDate")


def pre_proceedings(**said: Value) -> Group:
    return Group("PreProceedingsandFGDM", dict(said), dict(said))


@dataclass(frozen=True)
class File:
    """A whole file. `header` is what its header says otherwise than is usual, for its collection."""

    children: tuple[Group, ...]
    header: dict[str, Value]
    about: str = ""

    def xml(self, collection: str) -> str:
        ends = f"20{collection[-2:]}"
        head: dict[str, Value] = {"Collection": "CIN", "Year": ends, "ReferenceDate": f"{ends}-03-31", **self.header}
        details = "".join(_element(name, value) for name, value in head.items())
        source = "<Source><SourceLevel>L</SourceLevel><LEA>991</LEA></Source>"
        children = "".join(_filed(each, number) for number, each in enumerate(self.children, 1))
        return (
            f"<Message><Header><CollectionDetails>{details}</CollectionDetails>{source}</Header>"
            f"<Children>{children}</Children></Message>"
        )

    def told(self) -> str:
        if self.about:
            return self.about
        header = ", ".join(f"{name} {'left out' if value is None else value}" for name, value in self.header.items())
        children = (f"{_ordinal(number)} {each.told()}" for number, each in enumerate(self.children, 1))
        return "; ".join(filter(None, [f"header: {header}" if header else "", *children]))


def _filed(group: Group, number: int) -> str:
    assert isinstance(group, _Child)
    return group.filed(number)


def _ordinal(number: int) -> str:
    return {1: "first", 2: "second", 3: "third"}.get(number, f"{number}th")


def file(*children: Group, about: str = "", **header: Value) -> File:
    """A file of these children. `about` is what to say of it, where its children are too many to tell."""
    return File(children, header, about)


Example = File | Group | tuple[Group, ...]


def whole(example: Example) -> File:
    """The file that an example stands for: a group alone stands in an ordinary episode of an ordinary child."""
    if isinstance(example, File):
        return example
    groups = (example,) if isinstance(example, Group) else example
    if groups[0].kind == "Child":
        return file(*groups)
    if groups[0].kind != "CINdetails":
        groups = (episode(*groups),)
    return file(child(*groups))


def told(example: Example) -> str:
    if isinstance(example, tuple):
        return " / ".join(each.told() for each in example)
    return example.told()


def write(example: Example, folder: Path, collection: str) -> Path:
    path = folder / "cin.xml"
    path.write_text(whole(example).xml(collection), encoding="utf-8")
    return path


def many(count: int, **said: Value) -> Iterator[Group]:
    """So many children alike but for their numbers."""
    for _ in range(count):
        yield child(episode(), **said)
