"""Whether someone who is about to be added may be in the record already, scored out of a hundred.

Names count for their likeness, a date of birth for how near it is, a postcode for being the same. People who share
neither a sound of a name nor a date of birth are not compared.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import jellyfish
from django.db.models import Q, QuerySet

from waypost.domain.likeness import folded
from waypost.records.casework.models import Person, SearchTerm

LIKELY = 60
MOST = 10
MOST_COMPARED = 500
NAME, BIRTH = 60, 40
NEAR_BIRTH = 0.6
"""What a date of birth is worth where its day and month are the other way round, or one of its three parts differs."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Someone who may be the same person, with how like they are."""

    person: uuid.UUID
    score: int


def likely(given: str, family: str, born_on: date | None, among: QuerySet[Person]) -> list[Duplicate]:
    """Those of a scope who may be the same person, the likeliest first, at most ten."""
    name = folded(f"{given} {family}")
    sounds = {jellyfish.metaphone(part) for part in name.split()} - {""}
    alike = Q(terms__kind=SearchTerm.SOUND, terms__term__in=sounds)
    if born_on:
        alike |= Q(born_on=born_on)
    compared = among.filter(pk__in=Person.objects.filter(alike).values("pk")).prefetch_related("names")
    scored = (
        Duplicate(person.pk, score(name, born_on, map(str, person.names.all()), person.born_on))
        for person in compared[:MOST_COMPARED]
    )
    return sorted((each for each in scored if each.score >= LIKELY), key=lambda each: (-each.score, each.person))[:MOST]


def score(name: str, born_on: date | None, names: Iterable[str], other_born_on: date | None) -> int:
    """How like two people are, from 0 to 100. Where a date of birth is not known, the names alone count for all."""
    name_likeness = max((_name_likeness(name, folded(other)) for other in names), default=0.0)
    if born_on is None or other_born_on is None:
        return round(100 * name_likeness * 0.8)
    return round(NAME * name_likeness + BIRTH * _birth_likeness(born_on, other_born_on))


def _name_likeness(one: str, other: str) -> float:
    """The likeness of two names whichever of their parts is said first, less what is like by chance."""
    straight = jellyfish.jaro_winkler_similarity(" ".join(sorted(one.split())), " ".join(sorted(other.split())))
    return max(0.0, (straight - 0.6) / 0.4)


def _birth_likeness(one: date, other: date) -> float:
    if one == other:
        return 1.0
    is_swapped = (one.day, one.month, one.year) == (other.month, other.day, other.year)
    differing = sum(first != second for first, second in zip(_parts(one), _parts(other), strict=True))
    return NEAR_BIRTH if is_swapped or differing == 1 else 0.0


def _parts(day: date) -> Sequence[int]:
    return (day.day, day.month, day.year)


# ---------------------------------------------------------------- within a record

MOST_IN_A_GROUP = 40
"""Where so many people share a sign, it tells none of them apart and they are not compared by it."""

UNIQUE_NUMBERS = ("nhs", "upn")


@dataclass(frozen=True, slots=True)
class LikelyPair:
    """Two people who may be one, how like they are, and why they were compared."""

    one: uuid.UUID
    other: uuid.UUID
    score: int
    because: str


@dataclass(frozen=True, slots=True)
class _Someone:
    key: uuid.UUID
    born_on: date | None
    names: tuple[str, ...]
    numbers: tuple[str, ...]


def pairs(among: QuerySet[Person], told_apart: Set[tuple[uuid.UUID, uuid.UUID]]) -> list[LikelyPair]:
    """Likely duplicates, the likeliest first. Pairs that someone has told apart are left out."""
    everyone = [
        _Someone(
            person.pk,
            person.born_on,
            tuple(folded(str(name)) for name in person.names.all()),
            tuple(f"{each.kind} {each.value}" for each in person.identifiers.all() if each.kind in UNIQUE_NUMBERS),
        )
        for person in among.prefetch_related("names", "identifiers")
    ]
    found: dict[tuple[uuid.UUID, uuid.UUID], LikelyPair] = {}
    for one, other in _compared(everyone):
        if (one.key, other.key) not in told_apart and (one.key, other.key) not in found:
            pair = _pair(one, other)
            if pair.score >= LIKELY:
                found[one.key, other.key] = pair
    return sorted(found.values(), key=lambda pair: (-pair.score, pair.one, pair.other))


def _compared(everyone: Sequence[_Someone]) -> Iterator[tuple[_Someone, _Someone]]:
    """Those who share a number, a date of birth and a sound of a name, or two sounds of one name."""
    groups: dict[tuple[object, ...], list[_Someone]] = defaultdict(list)
    for person in everyone:
        for sign in _signs(person):
            groups[sign].append(person)
    for group in groups.values():
        if len(group) <= MOST_IN_A_GROUP:
            yield from combinations(sorted(group, key=lambda person: person.key), 2)


def _signs(person: _Someone) -> set[tuple[object, ...]]:
    heard = [sorted({jellyfish.metaphone(part) for part in name.split()} - {""}) for name in person.names]
    signs: set[tuple[object, ...]] = {("number", number) for number in person.numbers}
    signs |= {("names", *pair) for sounds in heard for pair in combinations(sounds, 2)}
    if person.born_on:
        signs |= {("birth", person.born_on, sound) for sounds in heard for sound in sounds}
    return signs


def _pair(one: _Someone, other: _Someone) -> LikelyPair:
    shared = sorted(set(one.numbers) & set(other.numbers))
    if shared:
        called = "NHS number" if shared[0].startswith("nhs") else "pupil number"
        return LikelyPair(one.key, other.key, 100, f"The same {called}")
    best = max((score(name, one.born_on, other.names, other.born_on) for name in one.names), default=0)
    is_same_day = one.born_on is not None and one.born_on == other.born_on
    return LikelyPair(one.key, other.key, best, "Born on the same day" if is_same_day else "Names alike")
