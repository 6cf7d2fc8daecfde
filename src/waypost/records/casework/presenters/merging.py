"""Two records side by side, and what would happen if they were joined, as words."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from waypost.records.casework.actions.merging import fillable
from waypost.records.casework.models import Merge, Person
from waypost.records.casework.presenters.changes import LABELS
from waypost.records.casework.presenters.child import called
from waypost.records.casework.presenters.parts import Held, about, parts
from waypost.records.casework.search.duplicates import LikelyPair
from waypost.web import words


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that two records say. `is_same` is a claim about what is written, not about the people."""

    name: str
    one: str
    other: str
    is_same: bool


@dataclass(frozen=True, slots=True)
class PairLine:
    """A pair of a list."""

    one: uuid.UUID
    other: uuid.UUID
    names: str
    details: str
    because: str


@dataclass(frozen=True, slots=True)
class Joined:
    """A joining, in a list."""

    key: uuid.UUID
    kept: str
    at: str
    by: str
    because: str
    undone: str


def side_by_side(one: Held, other: Held, *, today: date) -> list[Row]:
    """What two records say, line by line."""
    first, second = about(one.person), about(other.person)
    names = list(dict.fromkeys(line.name for line in (*first, *second)))
    said = [{line.name: line.says for line in lines} for lines in (first, second)]
    rows = [
        Row(name, said[0].get(name, ""), said[1].get(name, ""), said[0].get(name) == said[1].get(name))
        for name in names
    ]
    for mine, theirs in zip(parts(one, today=today), parts(other, today=today), strict=True):
        texts = ["; ".join(line.says for line in part.lines) or "Nothing recorded" for part in (mine, theirs)]
        rows.append(Row(mine.title, texts[0], texts[1], texts[0] == texts[1]))
    relatives = [_relatives(held, today) for held in (one, other)]
    return [*rows, Row("Family", relatives[0], relatives[1], relatives[0] == relatives[1])]


def _relatives(held: Held, today: date) -> str:
    said = []
    for tie in held.ties:
        is_from = tie.other_id == held.person.pk
        key = tie.person_id if is_from else tie.other_id
        if key in held.relatives:
            name = called((each for each in held.their_names if each.person_id == key), today)
            noun = (tie.words.forward if is_from else tie.words.back).removesuffix(" of").removesuffix(" to")
            said.append(f"{noun} {name}")
    joined = "; ".join(sorted(said))
    return joined[:1].upper() + joined[1:] or "Nobody recorded"


def effects(one: Person, other: Person) -> list[str]:
    """What joining would do, whichever of the two is kept."""
    said = [
        "The names, numbers, addresses, contact details and family of both are kept together.",
        "The record can be found by either name and by every number of both.",
    ]
    filled = sorted({LABELS[name] for pair in ((one, other), (other, one)) for name in fillable(*pair)})
    if filled:
        listed = words.listed([name.lower() for name in filled])
        said.append(f"Where the kept record says nothing, it takes what the other says: {listed}.")
    said.append(
        "Where both say something else of the person themself, the kept record stands. The other is in the history."
    )
    if one.child_key and other.child_key:
        said.append("Both are children of the service. Workers, warnings and everything else pass to the kept record.")
    said.append("It can be undone. What is recorded in between stays with the kept record.")
    return said


def choices(one: Held, other: Held, *, today: date) -> list[tuple[str, str]]:
    """The two records as answers to "which is kept?"."""
    return [(str(held.person.pk), _told(held.names, held.person, held, today)) for held in (one, other)]


def _told(names: Sequence[object], person: Person, held: Held, today: date) -> str:
    local = next((each.value for each in held.identifiers if each.kind == "local"), "")
    born = f", born {words.day(person.born_on)}" if person.born_on else ""
    return f"{called(held.names, today)}{born}{f', {local}' if local else ''}"


def pair_lines(pairs: Sequence[LikelyPair], people: Mapping[uuid.UUID, Person], *, today: date) -> list[PairLine]:
    return [_pair_line(pair, people, today) for pair in pairs if {pair.one, pair.other} <= people.keys()]


def _pair_line(pair: LikelyPair, people: Mapping[uuid.UUID, Person], today: date) -> PairLine:
    both = people[pair.one], people[pair.other]
    names = " and ".join(called(person.names.all(), today) for person in both)
    details = "; ".join(words.day(each.born_on) if each.born_on else "birth not known" for each in both)
    return PairLine(pair.one, pair.other, names, f"Born: {details}", f"{pair.because}. {pair.score} in 100 alike.")


def joined(merges: Sequence[Merge], people: Mapping[uuid.UUID, Person], *, today: date) -> list[Joined]:
    """Joinings in a list."""
    return [_joined(each, people, today) for each in merges]


def _joined(each: Merge, people: Mapping[uuid.UUID, Person], today: date) -> Joined:
    return Joined(
        key=each.pk,
        kept=called(people[each.kept_id].names.all(), today) if each.kept_id in people else "A record",
        at=words.moment(each.joined_at),
        by=str(each.joined_by),
        because=each.because,
        undone=words.moment(each.undone_at) if each.undone_at else "",
    )
