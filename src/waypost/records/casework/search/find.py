"""Finds people by what was typed, in a fixed number of questions, and says of each why.

Every name that was typed must be found with the person, as it is spelt or as it sounds, or with someone of their
family; a date of birth, a postcode or a number counts by itself. The closest stand first.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

import jellyfish
from django.db import connection
from django.db.models import Q, QuerySet

from waypost.records.casework.models import Person, Relationship, SearchTerm
from waypost.records.casework.search.ask import Question
from waypost.web.words import day

MOST = 50
MOST_READ = 500
"""Where more than so many fit, the question is too short to tell them apart, and any of them are read."""
LAST_LETTER = "\U0010ffff"
NOTHING = Q(pk__in=())
WORTH = {"number": 100, "phone": 60, "postcode": 20, "born": 40, "name": 30, "sound": 12, "relative": 8}
Key = uuid.UUID
Born = Iterable[tuple[Key, date | None]]
"""People, and when each was born."""


@dataclass
class Found:
    """Why one person was found: what was met, by the part of the question that it meets."""

    met: dict[str, tuple[int, str]] = field(default_factory=dict)

    def add(self, part: str, worth: int, says: str) -> None:
        if worth > self.met.get(part, (0, ""))[0]:
            self.met[part] = (worth, says)

    @property
    def score(self) -> int:
        return sum(worth for worth, _ in self.met.values())

    @property
    def reasons(self) -> tuple[str, ...]:
        """The best first, each once."""
        ordered = sorted(self.met.values(), reverse=True)
        return tuple(dict.fromkeys(says for _, says in ordered))


def find(question: Question, among: QuerySet[Person]) -> list[tuple[Key, Found]]:
    """The people of a scope who fit a question, the closest first, at most fifty.

    The database says who may fit, by their own names and then by those of their family, and only they are read.
    """
    if question.is_empty:
        return []
    born = dict(_asked_for_by_number(question, among)) | dict(_own(question, among)) | dict(_family(question, among))
    found: dict[Key, Found] = defaultdict(Found)
    _by_terms(question, born, found)
    if question.names:
        _by_relatives(question, among, born, found)
    if question.born_on:
        for key, born_on in born.items():
            if born_on == question.born_on:
                found[key].add("born", WORTH["born"], f"Born on {day(question.born_on)}")
    fitting = [(key, each) for key, each in found.items() if _fits(each, question)]
    return sorted(fitting, key=lambda pair: (-pair[1].score, pair[0]))[:MOST]


def _fits(found: Found, question: Question) -> bool:
    """Whether everything that was asked is met; a number alone is enough."""
    if {"number", "phone"} & found.met.keys():
        return True
    asked = {*question.names, *(["born"] if question.born_on else []), *(["postcode"] if question.postcode else [])}
    return asked <= found.met.keys()


# ---------------------------------------------------------------- who may fit


def _asked_for_by_number(question: Question, among: QuerySet[Person]) -> Born:
    numbers = Q(kind=SearchTerm.NUMBER, term=question.number) if question.number else NOTHING
    phones = Q(kind=SearchTerm.PHONE, term=question.phone) if question.phone else NOTHING
    return _read(among.filter(pk__in=_people_of(numbers | phones))) if question.number or question.phone else ()


def _own(question: Question, among: QuerySet[Person]) -> Born:
    """Those of whom every name that was typed is a name, as it is spelt or as it sounds."""
    people = _narrowed(question, among)
    for name in question.names:
        people = people.filter(pk__in=_people_of(_is_named(name) | _sounds(name)))
    return _read(people) if question.names or question.postcode or question.born_on else ()


def _family(question: Question, among: QuerySet[Person]) -> Born:
    """Those of whom every name that was typed is theirs or a relative's."""
    people = _narrowed(question, among)
    for name in question.names:
        named = _people_of(_is_named(name))
        theirs = _people_of(_is_named(name) | _sounds(name))
        tied = Relationship.objects.filter(person__in=named).values("other")
        back = Relationship.objects.filter(other__in=named).values("person")
        people = people.filter(pk__in=theirs.union(tied, back))
    return _read(people) if question.names else ()


def _narrowed(question: Question, among: QuerySet[Person]) -> QuerySet[Person]:
    if question.born_on:
        among = among.filter(born_on=question.born_on)
    if question.postcode:
        lived = Q(kind=SearchTerm.POSTCODE) & _begins(question.postcode)
        among = among.filter(pk__in=_people_of(lived))
    return among


def _read(people: QuerySet[Person]) -> Born:
    return people.order_by().values_list("pk", "born_on")[:MOST_READ]


def _people_of(terms: Q) -> QuerySet[Any, Any]:
    return SearchTerm.objects.filter(terms).order_by().values("person")


def _is_named(name: str) -> Q:
    return Q(kind=SearchTerm.NAME) & _begins(name)


def _sounds(name: str) -> Q:
    sound = jellyfish.metaphone(name)
    return Q(kind=SearchTerm.SOUND, term=sound) if sound else NOTHING


def _begins(start: str) -> Q:
    """Terms that begin so. SQLite uses its index for a range and not for a pattern; PostgreSQL the other way about."""
    if connection.vendor == "sqlite":
        return Q(term__gte=start, term__lt=f"{start}{LAST_LETTER}")
    return Q(term__startswith=start)


# ---------------------------------------------------------------- why


def _by_terms(question: Question, people: Collection[Key], found: Mapping[Key, Found]) -> None:
    sounds = {jellyfish.metaphone(name): name for name in question.names}
    wanted = Q(kind=SearchTerm.SOUND, term__in=[sound for sound in sounds if sound])
    for name in question.names:
        wanted |= _is_named(name)
    wanted |= Q(kind=SearchTerm.POSTCODE) & _begins(question.postcode) if question.postcode else NOTHING
    wanted |= Q(kind=SearchTerm.NUMBER, term=question.number) if question.number else NOTHING
    wanted |= Q(kind=SearchTerm.PHONE, term=question.phone) if question.phone else NOTHING
    terms = SearchTerm.objects.filter(wanted, person__in=people)
    for key, kind, term, says in terms.values_list("person", "kind", "term", "says"):
        for part, worth in _parts(kind, term, question, sounds):
            found[key].add(part, worth, f"Sounds like: {says}" if kind == SearchTerm.SOUND else says)


def _parts(kind: str, term: str, question: Question, sounds: Mapping[str, str]) -> Iterable[tuple[str, int]]:
    """The parts of the question that a term meets, with what that is worth."""
    if kind == SearchTerm.NAME:
        return [(name, WORTH["name"] + 5 * (name == term)) for name in question.names if term.startswith(name)]
    if kind == SearchTerm.SOUND:
        return [(sounds[term], WORTH["sound"])] if term in sounds else []
    return [(kind, WORTH[kind])]


def _by_relatives(
    question: Question, among: QuerySet[Person], people: Collection[Key], found: Mapping[Key, Found]
) -> None:
    """A name that is a relative's: "Mother: Delphine Marlowe". A relative out of scope is not spoken of."""
    ties = list(Relationship.objects.filter(Q(person__in=people) | Q(other__in=people)))
    around = {key for tie in ties for key in (tie.person_id, tie.other_id)}
    named = reduce(or_, (_is_named(name) for name in question.names))
    terms = SearchTerm.objects.filter(named, person__in=among.filter(pk__in=around).values("pk"))
    of: dict[Key, list[tuple[str, str]]] = defaultdict(list)
    for key, term, says in terms.values_list("person", "term", "says"):
        of[key].append((term, says.partition(": ")[2]))
    for tie in ties:
        # Said from the side of the person found: "Child of Delphine Marlowe", "Mother of Maya Marlowe".
        for one, relative, is_to in (
            (tie.person_id, tie.other_id, tie.words.forward),
            (tie.other_id, tie.person_id, tie.words.back),
        ):
            for term, name in of.get(relative, ()) if one in people else ():
                for part in (part for part in question.names if term.startswith(part)):
                    found[one].add(part, WORTH["relative"], f"{is_to[:1].upper()}{is_to[1:]} {name}")
