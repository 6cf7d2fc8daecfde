"""Roles as data: what each is for, what it may do, and how far it reaches (`roles.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

import yaml

Reach = Literal["none", "team", "authority", "unit"]

VERBS: Mapping[str, str] = MappingProxyType(
    {
        "find_person": "look people up",
        "register_person": "add a person",
        "change_person": "change what is recorded of a person",
        "see_child": "open a child's record",
        "see_confidential": "open confidential documents",
        "screen_contact": "screen contacts and decide about them",
        "work_case": "record work with a child",
        "hold_conference": "hold child protection conferences",
        "allocate": "allocate a child to a worker",
        "approve": "approve another person's work",
        "merge_people": "join two records of one person",
        "seal": "seal a child's record",
        "break_glass": "open a record outside their work in an emergency",
        "see_audit": "read the audit trail",
        "manage_people": "open accounts and give roles",
        "keep_settings": "change the settings of your authority",
        "check_returns": "check returns",
        "list_shortcomings": "see what is missing or wrong in records",
        "read_reports": "read published reports",
        "read_internal_reports": "read internal reports",
    }
)
"""What can be done, in the words of a refusal: "Your role does not let you add a person"."""


@dataclass(frozen=True, slots=True)
class Role:
    """`for_` says in a sentence what its holder does; `requirement` is where the role comes from."""

    id: str
    name: str
    for_: str
    requirement: str
    reach: Reach
    may: frozenset[str]


@cache
def roles() -> Mapping[str, Role]:
    """Every role by its id.

    Raises:
        ValueError: a role may do something that no rule knows.
    """
    held = yaml.safe_load((files("waypost.access") / "roles.yaml").read_text(encoding="utf-8"))
    found = {id_: _role(id_, said) for id_, said in held.items()}
    return MappingProxyType(found)


def _role(id_: str, said: dict[str, Any]) -> Role:
    may = frozenset[str](said["may"])
    if unknown := may - VERBS.keys():
        raise ValueError(f"role {id_} may do what no rule knows: {', '.join(sorted(unknown))}")
    return Role(id_, said["name"], said["for"], said["requirement"], said["reach"], may)
