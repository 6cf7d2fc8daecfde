"""Finds people by what was typed, in a fixed number of questions, and says of each why.

Every name that was typed must be found with the person, as it is spelt or as it sounds, or with someone of their
family; a date of birth, a postcode or a number counts by itself. The closest stand first.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import jellyfish
from django.db.models import Q, QuerySet

from waypost.records.casework.models import Person, Relationship, SearchTerm
from waypost.records.casework.search.ask import Question
from waypost.web.words import day

MOST = 50
MOST_TERMS = 5_000
WORTH = {"number": 100, "phone": 60, "postcode": 20, "born": 40, "name": 30, "sound": 12, "relative": 8}
Key = uuid.UUID


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
    """The people of a scope who fit a question, the closest first, at most fifty."""
    if question.is_empty:
        return []
    found: dict[Key, Found] = defaultdict(Found)
    _by_terms(question, among, found)
    if question.names:
        _by_relatives(question, among, found)
    if question.born_on:
        for key in among.filter(born_on=question.born_on).values_list("pk", flat=True)[:MOST_TERMS]:
            found[key].add("born", WORTH["born"], f"Born on {day(question.born_on)}")
    fitting = [(key, each) for key, each in found.items() if _fits(each, question)]
    return sorted(fitting, key=lambda pair: (-pair[1].score, pair[0]))[:MOST]


def _fits(found: Found, question: Question) -> bool:
    """Whether everything that was asked is met; a number alone is enough."""
    if {"number", "phone"} & found.met.keys():
        return True
    asked = {*question.names, *(["born"] if question.born_on else []), *(["postcode"] if question.postcode else [])}
    return asked <= found.met.keys()


def _by_terms(question: Question, among: QuerySet[Person], found: Mapping[Key, Found]) -> None:
    sounds = {jellyfish.metaphone(name): name for name in question.names}
    wanted = Q(kind=SearchTerm.SOUND, term__in=[sound for sound in sounds if sound])
    for name in question.names:
        wanted |= Q(kind=SearchTerm.NAME, term__startswith=name)
    wanted |= Q(kind=SearchTerm.POSTCODE, term__startswith=question.postcode) if question.postcode else Q()
    wanted |= Q(kind=SearchTerm.NUMBER, term=question.number) if question.number else Q()
    wanted |= Q(kind=SearchTerm.PHONE, term=question.phone) if question.phone else Q()
    terms = SearchTerm.objects.filter(wanted, person__in=among.values("pk"))
    for key, kind, term, says in terms.values_list("person", "kind", "term", "says")[:MOST_TERMS]:
        for part, worth in _parts(kind, term, question, sounds):
            found[key].add(part, worth, f"Sounds like: {says}" if kind == SearchTerm.SOUND else says)


def _parts(kind: str, term: str, question: Question, sounds: Mapping[str, str]) -> Iterable[tuple[str, int]]:
    """The parts of the question that a term meets, with what that is worth."""
    if kind == SearchTerm.NAME:
        return [(name, WORTH["name"] + 5 * (name == term)) for name in question.names if term.startswith(name)]
    if kind == SearchTerm.SOUND:
        return [(sounds[term], WORTH["sound"])] if term in sounds else []
    return [(kind, WORTH[kind])]


def _by_relatives(question: Question, among: QuerySet[Person], found: Mapping[Key, Found]) -> None:
    """A name that is a relative's: "Mother: Delphine Marlowe"."""
    named = Q()
    for name in question.names:
        named |= Q(kind=SearchTerm.NAME, term__startswith=name)
    terms = SearchTerm.objects.filter(named, person__in=among.values("pk"))
    of: dict[Key, list[tuple[str, str]]] = defaultdict(list)
    for key, term, says in terms.values_list("person", "term", "says")[:MOST_TERMS]:
        of[key].append((term, says.partition(": ")[2]))
    keys = among.values("pk")
    for tie in Relationship.objects.filter(Q(person__in=of) | Q(other__in=of), person__in=keys, other__in=keys):
        # Said from the side of the person found: "Child of Delphine Marlowe", "Mother of Maya Marlowe".
        for one, relative, is_to in (
            (tie.person_id, tie.other_id, tie.words.forward),
            (tie.other_id, tie.person_id, tie.words.back),
        ):
            for term, name in of.get(relative, ()):
                for part in (part for part in question.names if term.startswith(part)):
                    found[one].add(part, WORTH["relative"], f"{is_to[:1].upper()}{is_to[1:]} {name}")
