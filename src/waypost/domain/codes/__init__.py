"""The fields and code lists of the children in need census, and the groups that figures are given by.

The facts are data, in `cin_census.json`: every table of the return with its path, its fields with their type and the
collections they belong to, and every code list. Code text is exact; compare after trimming only.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Field:
    """One element of the return: its path below the table, item number, type and the collections that ask for it."""

    element: str
    type: str
    collections: tuple[str, ...]
    item: str | None = None
    occurs: str | None = None
    code_list: str | None = None
    fixed: str | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One group of the return: where it stands in the file, how often, and its fields in order."""

    name: str
    path: str
    repeats: str
    collections: tuple[str, ...]
    fields: tuple[Field, ...]
    notes: tuple[str, ...] = ()

    def field(self, element: str) -> Field:
        """The field with the element name. Raises KeyError where the table has none."""
        return next((field for field in self.fields if field.element == element), None) or _missing(self.name, element)


def _missing(table: str, element: str) -> Field:
    raise KeyError(f"{table} has no field {element}")


def _catalogue() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((files(__name__) / "cin_census.json").read_text(encoding="utf-8"))
    return loaded


def _table(facts: Mapping[str, Any]) -> Table:
    fields = tuple(Field(**{**field, "collections": tuple(field["collections"])}) for field in facts["fields"])
    told = {**facts, "collections": tuple(facts["collections"]), "notes": tuple(facts.get("notes", ()))}
    return Table(**{**told, "fields": fields})


_FACTS = _catalogue()

COLLECTIONS: tuple[str, ...] = tuple(_FACTS["collections"])
TABLES: Mapping[str, Table] = MappingProxyType({table["name"]: _table(table) for table in _FACTS["tables"]})
CODE_LISTS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {name: MappingProxyType(codes) for name, codes in _FACTS["code_lists"].items()}
)

YES = frozenset({"1", "true"})
"""What says yes, in lower case; compare without regard to case."""

SEXES: Mapping[str, str] = MappingProxyType({"M": "male", "1": "male", "F": "female", "2": "female"})
"""Codes of Sex, and of GenderCurrent before 2024-25, to the group counted. Any other code is unknown."""

ETHNIC_GROUPS: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("WBRI", "WIRI", "WIRT", "WOTH", "WROM"), "white")
    | dict.fromkeys(("MWBC", "MWBA", "MWAS", "MOTH"), "mixed")
    | dict.fromkeys(("AIND", "APKN", "ABAN", "AOTH", "CHNE"), "asian")
    | dict.fromkeys(("BCRB", "BAFR", "BOTH"), "black")
    | {"OOTH": "other"}
)
"""Codes of Ethnicity to the group counted. REFU, NOBT and any other code are unknown."""

CATEGORIES: Mapping[str, str] = MappingProxyType(
    {"NEG": "neglect", "EMO": "emotional", "PHY": "physical", "SAB": "sexual", "MUL": "multiple"}
)
"""Categories of abuse to the group counted, in the order they are shown."""

_SOURCE_GROUPS = {"school": ("2A",), "health": ("3A", "3B", "3C", "3D", "3E", "3F"), "police": ("6",)}

REFERRAL_SOURCES: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(CODE_LISTS["referral_source"], "other")
    | {code: group for group, codes in _SOURCE_GROUPS.items() for code in codes}
)
"""Codes of ReferralSource to the group counted: school, health, police, other."""

NEED_CODES: Mapping[str, str] = CODE_LISTS["primary_need"]

ASSESSMENT_FACTORS: Mapping[str, str] = MappingProxyType(
    {**CODE_LISTS["assessment_factor"], **CODE_LISTS["assessment_factor_retired"]}
)
"""Factors found at assessment; 18A and 19A, which the schema has dropped, are still filed and still counted."""
