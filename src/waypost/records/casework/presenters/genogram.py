"""A genogram as a page draws it: each person's symbol and words, each line, each household; and a list that says it."""

from __future__ import annotations

import textwrap
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from waypost.records.casework.circle import Circle
from waypost.records.casework.genogram import Drawing, Line, Someone, Tie, Way, draw
from waypost.records.casework.models import Person, Relationship
from waypost.records.casework.presenters.child import age_words, called
from waypost.web import words

SHAPES = {"male": "square", "female": "circle", "unknown": "diamond"}
WIDEST, MOST_LINES = 14, 3
WAYS: dict[str, Way] = {
    "parent": "parent",
    "couple": "couple",
    "sibling": "sibling",
    "carer": "elder",
    "other": "other",
}
STEPS = {"grandparent": 2, "aunt_or_uncle": 1}


@dataclass(frozen=True, slots=True)
class Figure:
    """One person of the picture. `shape` is a square, circle, diamond, or a triangle for one not born yet."""

    x: int
    y: int
    shape: str
    is_dead: bool
    is_the_child: bool
    has_responsibility: bool
    name: tuple[str, ...]
    age: str
    label: str
    opens: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class Home:
    """The outline of a household, and where its name stands."""

    name: str
    edges: tuple[tuple[tuple[int, int], tuple[int, int]], ...]
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Said:
    """One person of the list beside the picture."""

    name: str
    age: str
    ties: tuple[str, ...]
    home: str
    responsibility: str
    opens: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class Genogram:
    """The picture and the list. `says` is what the picture shows, for those who do not see it."""

    width: int
    height: int
    figures: tuple[Figure, ...]
    lines: tuple[Line, ...]
    homes: tuple[Home, ...]
    says: str
    people: tuple[Said, ...]


def genogram(family: Circle, *, openable: set[uuid.UUID]) -> Genogram:
    homes = _homes(family)
    everyone = [_someone(person, homes) for person in family.people.values()]
    drawing = draw(everyone, [_tie(tie, family.day) for tie in family.ties])
    order = sorted(family.people, key=lambda key: (drawing.row[str(key)], drawing.at[str(key)][0]))
    return Genogram(
        width=drawing.width,
        height=drawing.height,
        figures=tuple(_figure(family, key, drawing, openable) for key in order),
        lines=drawing.lines,
        homes=tuple(_home(name, drawing) for name in drawing.homes),
        says=_says(family, len(drawing.homes)),
        people=tuple(_said(family, key, homes, openable) for key in order),
    )


def _someone(person: Person, homes: dict[uuid.UUID, str]) -> Someone:
    return Someone(str(person.pk), person.born_on or person.expected_on, person.sex, homes.get(person.pk, ""))


def _tie(tie: Relationship, day: date) -> Tie:
    way = WAYS[tie.words.tie]
    if tie.kind in STEPS:
        way = "elder"
    is_over = tie.kind == "former_partner" or (tie.ended_on is not None and tie.ended_on < day)
    return Tie(str(tie.person_id), str(tie.other_id), way, is_over, STEPS.get(tie.kind, 1))


def _homes(family: Circle) -> dict[uuid.UUID, str]:
    """The household of each: those at one address. A confidential address tells nobody who lives with whom."""
    at: dict[uuid.UUID, list[uuid.UUID]] = {}
    for key, held in family.homes.items():
        if not held.is_confidential:
            at.setdefault(held.address_id, []).append(key)
    shared = sorted(
        (keys for keys in at.values() if len(keys) > 1), key=lambda keys: family.child.person_id not in keys
    )
    return {key: f"Household {number}" for number, keys in enumerate(shared, 1) for key in keys}


def _figure(family: Circle, key: uuid.UUID, drawing: Drawing, openable: set[uuid.UUID]) -> Figure:
    person, (x, y) = family.people[key], drawing.at[str(key)]
    name = called(family.names.get(key, ()), family.day)
    age = _age(family, person)
    lines = textwrap.wrap(name, WIDEST, max_lines=MOST_LINES, placeholder="…")
    return Figure(
        x=x,
        y=y,
        shape="triangle" if not _is_born(family, person) else SHAPES[person.sex],
        is_dead=_is_dead(family, person),
        is_the_child=key == family.child.person_id,
        has_responsibility=key in _responsible(family),
        name=tuple(lines),
        age=_short_age(family, person),
        label=f"{name}, {age}",
        opens=key if key in openable else None,
    )


def _is_born(family: Circle, person: Person) -> bool:
    return not person.is_unborn and not (person.born_on and person.born_on > family.day)


def _is_dead(family: Circle, person: Person) -> bool:
    return person.died_on is not None and person.died_on <= family.day


def _age(family: Circle, person: Person) -> str:
    if not _is_born(family, person):
        return age_words(None, person.expected_on or person.born_on)
    if _is_dead(family, person) and person.died_on:
        return f"died on {words.day(person.died_on)}"
    return age_words(person.age_on(family.day))


def _short_age(family: Circle, person: Person) -> str:
    due, died = person.expected_on or person.born_on, person.died_on
    if not _is_born(family, person) and due:
        return f"due {due:%b} {due.year}"
    if _is_dead(family, person) and died:
        return f"died {died.year}"
    age = person.age_on(family.day)
    return "age not known" if age is None else f"aged {age}"


def _responsible(family: Circle) -> dict[uuid.UUID, str]:
    """Those who have parental responsibility for the child on the day, with what they are."""
    return {
        tie.person_id: tie.words.forward
        for tie in family.ties
        if tie.other_id == family.child.person_id and tie.has_parental_responsibility and tie.is_true_on(family.day)
    }


def _home(name: str, drawing: Drawing) -> Home:
    edges = drawing.homes[name]
    y, x = min((point[1], point[0]) for edge in edges for point in edge)
    return Home(name, edges, x, y)


def _said(family: Circle, key: uuid.UUID, homes: dict[uuid.UUID, str], openable: set[uuid.UUID]) -> Said:
    def name(other: uuid.UUID) -> str:
        return called(family.names.get(other, ()), family.day)

    person = family.people[key]
    said: dict[str, list[str]] = {}
    for tie in family.ties:
        before = "" if tie.is_true_on(family.day) else "before, "
        if tie.person_id == key:
            said.setdefault(before + tie.words.forward, []).append(name(tie.other_id))
        elif tie.other_id == key:
            said.setdefault(before + tie.words.back, []).append(name(tie.person_id))
    ties = tuple(f"{way} {words.listed(sorted(names))}" for way, names in sorted(said.items()))
    return Said(
        name=name(key),
        age=_age(family, person),
        ties=tuple(each[:1].upper() + each[1:] for each in ties),
        home=homes.get(key, ""),
        responsibility="Has parental responsibility" if key in _responsible(family) else "",
        opens=key if key in openable else None,
    )


def _says(family: Circle, households: int) -> str:
    people = words.plural(len(family.people), "person", "people")
    outlined = words.plural(households, "household is", "households are")
    return (
        f"{people} of the family as on {words.day(family.day)}, the eldest generation at the top. {outlined} outlined. "
        "The list after the picture says the same."
    )


def key_of_symbols() -> Sequence[tuple[str, str]]:
    """What each sign of the picture means."""
    return (
        ("square", "Male"),
        ("circle", "Female"),
        ("diamond", "Sex not known"),
        ("triangle", "Not born yet"),
        ("child", "The child whose record it is"),
        ("dead", "Has died"),
        ("couple", "Couple"),
        ("former", "Couple, before"),
        ("other", "Other tie"),
        ("home", "Household"),
    )
