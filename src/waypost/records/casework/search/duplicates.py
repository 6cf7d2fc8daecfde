"""Whether someone who is about to be added may be in the record already, scored out of a hundred.

Names count for their likeness, a date of birth for how near it is, a postcode for being the same. People who share
neither a sound of a name nor a date of birth are not compared.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import jellyfish
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from waypost.domain.likeness import folded
from waypost.records.casework.models import Identifier, Person, PersonName, SearchTerm
from waypost.records.casework.search.index import UNIQUE_NUMBERS, signs

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
    shared = {sign for _, sign, _ in signs([name], born_on, ())}
    alike = SearchTerm.objects.filter(
        Q(kind=SearchTerm.SOUND, term__in=sounds) | Q(kind=SearchTerm.SIGN, term__in=shared)
    )
    how_many = alike.filter(person=OuterRef("pk")).order_by().values("person").annotate(n=Count("pk")).values("n")
    one_of = Q(pk__in=alike.values("person"))
    if born_on:
        one_of |= Q(pk__in=Person.objects.filter(born_on=born_on).values("pk"))
    compared = among.filter(one_of).order_by(Subquery(how_many).desc(nulls_last=True), "pk").prefetch_related("names")
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

MOST_GROUPS = 500
NAME_COLUMNS = ("person", "given", "family")


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


def pairs(
    among: QuerySet[Person],
    told_apart: Set[tuple[uuid.UUID, uuid.UUID]],
    authorities: Collection[int] | None = None,
) -> list[LikelyPair]:
    """Likely duplicates, the likeliest first. Pairs that someone has told apart are left out.

    The database says who shares a sign, the surest signs first, and only so many are read and compared: whoever has
    dealt with those is shown others.
    """
    # Those told apart still share their signs: a number, a birth and a name or two.
    groups = _groups(MOST_GROUPS + 4 * len(told_apart), authorities)
    known = _known(among.filter(pk__in={key for keys in groups for key in keys}))
    found: dict[tuple[uuid.UUID, uuid.UUID], LikelyPair] = {}
    for keys in groups:
        for one, other in combinations(sorted(known.keys() & keys), 2):
            if (one, other) not in told_apart and (one, other) not in found:
                found[one, other] = _pair(known[one], known[other])
    likely_ones = (pair for pair in found.values() if pair.score >= LIKELY)
    return sorted(likely_ones, key=lambda pair: (-pair.score, pair.one, pair.other))


def _groups(most: int, authorities: Collection[int] | None) -> list[list[uuid.UUID]]:
    """Those who share each of the surest signs. They are read in the order of the index, which ends early."""
    every = SearchTerm.objects.filter(kind=SearchTerm.SIGN)
    if authorities is not None:
        every = every.filter(person__authority__in=authorities)
    shared = every.values("term").annotate(n=Count("pk")).filter(n__gt=1, n__lte=MOST_IN_A_GROUP)
    surest = list(shared.order_by("term").values_list("term", flat=True)[:most])
    groups: dict[str, list[uuid.UUID]] = defaultdict(list)
    for sign, key in every.filter(term__in=surest).order_by("term").values_list("term", "person")[: 4 * most]:
        groups[sign].append(key)
    return list(groups.values())


def _known(people: QuerySet[Person]) -> dict[uuid.UUID, _Someone]:
    """What people are compared by. Rows are not made of what is read, for there may be many."""
    born = dict(people.order_by().values_list("pk", "born_on"))
    names: dict[uuid.UUID, list[str]] = defaultdict(list)
    for key, given, family in PersonName.objects.filter(person__in=people.values("pk")).values_list(*NAME_COLUMNS):
        names[key].append(folded(f"{given} {family}"))
    numbers: dict[uuid.UUID, list[str]] = defaultdict(list)
    unique = Identifier.objects.filter(person__in=people.values("pk"), kind__in=UNIQUE_NUMBERS)
    for key, kind, value in unique.values_list("person", "kind", "value"):
        numbers[key].append(f"{kind} {value}")
    return {key: _Someone(key, day, tuple(names[key]), tuple(numbers[key])) for key, day in born.items()}


def _pair(one: _Someone, other: _Someone) -> LikelyPair:
    shared = sorted(set(one.numbers) & set(other.numbers))
    if shared:
        called = "NHS number" if shared[0].startswith("nhs") else "pupil number"
        return LikelyPair(one.key, other.key, 100, f"The same {called}")
    best = max((score(name, one.born_on, other.names, other.born_on) for name in one.names), default=0)
    is_same_day = one.born_on is not None and one.born_on == other.born_on
    return LikelyPair(one.key, other.key, best, "Born on the same day" if is_same_day else "Names alike")
