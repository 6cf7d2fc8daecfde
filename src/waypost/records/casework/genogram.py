"""Lays out a genogram: who stands where, and where each line runs. Plain values in, plain values out.

Generations are rows, the eldest at the top. Partners stand side by side, children left to right by age under their
parents. A couple is joined by a line under both, from which a line drops to their children; each such line has a height
of its own where it would run into another. A household is the outline of the cells of those who live together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import permutations
from typing import Literal

Key = str
Way = Literal["parent", "couple", "sibling", "elder", "other"]

CELL_WIDTH, CELL_HEIGHT = 160, 84
SYMBOL = 40
MARGIN = 16
GAP_BETWEEN_FAMILIES = 20
TRACK = 14
CLEAR = 16
MOST_TRIED = 6
"""So many people of one row who are partners of each other are tried in every order; more stand as they come."""

ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Someone:
    """A person to place. `home` is the same for those who live together, and empty where it is not known."""

    key: Key
    born_on: date | None = None
    sex: str = "unknown"
    home: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie. A parent, or an elder such as a grandparent, is `one`. `steps` is how many generations apart."""

    one: Key
    other: Key
    way: Way
    is_former: bool = False
    steps: int = 1
    key: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of straight parts. `of` are the two people whom it joins, or a parent and a child."""

    points: tuple[tuple[int, int], ...]
    way: Way
    of: tuple[tuple[Key, Key], ...]
    is_former: bool = False
    slash: tuple[int, int] | None = None


@dataclass(frozen=True)
class Drawing:
    """Where each person's symbol stands (its middle), every line, and the outlines of households."""

    width: int
    height: int
    at: Mapping[Key, tuple[int, int]]
    row: Mapping[Key, int]
    lines: tuple[Line, ...]
    homes: Mapping[str, tuple[tuple[tuple[int, int], tuple[int, int]], ...]]


@dataclass
class _Family:
    """A set of children with the same parents, the line of the parents, and where their lines run."""

    parents: tuple[Key, ...]
    children: list[Key] = field(default_factory=list)


def draw(people: Sequence[Someone], ties: Sequence[Tie]) -> Drawing:
    """A genogram of some people and the ties between them. Ties to anyone else are left out."""
    by_key = {person.key: person for person in people}
    kept = [tie for tie in ties if tie.one in by_key and tie.other in by_key and tie.one != tie.other]
    row = _rows(list(by_key), kept)
    blocks = _blocks(by_key, kept, row)
    across = _across(blocks, kept, row)
    families = _families(by_key, kept, row)
    return _lines(by_key, kept, row, across, families)


# ---------------------------------------------------------------- generations


def _rows(keys: list[Key], ties: Sequence[Tie]) -> dict[Key, int]:
    """The generation of each: below their parents, beside their partners and siblings, where both can be."""
    group = {key: key for key in keys}
    above = [(tie.one, tie.other, tie.steps) for tie in ties if tie.way in ("parent", "elder")]
    elders: list[tuple[Key, Key, int]] = []
    for edge in above:
        # A loop, such as two people each recorded as the other's parent, loses the tie that closes it.
        if not _has_loop(group, [*elders, edge]):
            elders.append(edge)
    for way in ("couple", "sibling"):
        for tie in ties:
            if tie.way == way:
                joined = {key: group[tie.one] if held == group[tie.other] else held for key, held in group.items()}
                group = group if _has_loop(joined, elders) else joined
    depth = _depths(group, elders)
    # Someone without parents stands just above their eldest child, and not at the top.
    has_parents = {group[child] for _, child, _ in elders}
    for name in sorted(set(group.values()), key=lambda each: -depth[each]):
        below = [depth[group[child]] - steps for parent, child, steps in elders if group[parent] == name]
        if below and name not in has_parents:
            depth[name] = max(min(below), depth[name])
    _beside_friends(ties, group, depth, {group[key] for pair in elders for key in pair[:2]})
    lowest = min((depth[group[key]] for key in keys), default=0)
    return {key: depth[group[key]] - lowest for key in keys}


def _beside_friends(ties: Sequence[Tie], group: Mapping[Key, Key], depth: dict[Key, int], placed: set[Key]) -> None:
    """Someone who is nobody's parent or child stands in the row of whoever they have a tie to."""
    for tie in ties:
        for one, other in ((group[tie.one], group[tie.other]), (group[tie.other], group[tie.one])):
            if one not in placed and other in placed:
                depth[one] = depth[other]


def _has_loop(group: Mapping[Key, Key], elders: Iterable[tuple[Key, Key, int]]) -> bool:
    below: dict[Key, set[Key]] = defaultdict(set)
    for parent, child, _ in elders:
        below[group[parent]].add(group[child])
    waiting = {name: sum(name in each for each in below.values()) for name in set(group.values())}
    ready = [name for name, count in waiting.items() if count == 0]
    placed = 0
    while ready:
        name = ready.pop()
        placed += 1
        for each in below[name]:
            waiting[each] -= 1
            if waiting[each] == 0:
                ready.append(each)
    return placed < len(waiting)


def _depths(group: Mapping[Key, Key], elders: Sequence[tuple[Key, Key, int]]) -> dict[Key, int]:
    depth = dict.fromkeys(group.values(), 0)
    for _ in range(len(depth) + 1):
        for parent, child, steps in elders:
            depth[group[child]] = max(depth[group[child]], depth[group[parent]] + steps)
    return depth


# ---------------------------------------------------------------- who stands beside whom


def _age(person: Someone) -> tuple[date, Key]:
    """The eldest first; those whose birth is not known or to come, last."""
    return person.born_on or date.max, person.key


def _blocks(people: Mapping[Key, Someone], ties: Sequence[Tie], row: Mapping[Key, int]) -> list[list[list[Key]]]:
    """Each row as blocks of people who must stand together: partners, and parents of the same children."""
    couples = _couples(ties, row)
    block = {key: key for key in people}
    for one, other in couples:
        block = {key: block[one] if held == block[other] else held for key, held in block.items()}
    rows: list[list[list[Key]]] = [[] for _ in range(max(row.values(), default=-1) + 1)]
    for name in dict.fromkeys(block.values()):
        members = sorted((key for key, held in block.items() if held == name), key=lambda key: _age(people[key]))
        rows[row[name]].append(_side_by_side(members, couples, people))
    for each in rows:
        each.sort(key=lambda held: min(_age(people[key]) for key in held))
    return _in_order(rows, people, ties, row)


def _couples(ties: Sequence[Tie], row: Mapping[Key, int]) -> dict[tuple[Key, Key], bool]:
    """Pairs of one row who are or were a couple, or have a child together, and whether that is over."""
    found = {_pair(tie.one, tie.other): tie.is_former for tie in ties if tie.way == "couple"}
    for parents in _parents(ties).values():
        for one, other in ((one, other) for one in parents for other in parents if one < other):
            found.setdefault((one, other), False)
    return {pair: is_over for pair, is_over in found.items() if row[pair[0]] == row[pair[1]]}


def _pair(one: Key, other: Key) -> tuple[Key, Key]:
    return (one, other) if one < other else (other, one)


def _parents(ties: Sequence[Tie]) -> dict[Key, list[Key]]:
    found: dict[Key, list[Key]] = defaultdict(list)
    for tie in ties:
        if tie.way == "parent" and tie.one not in found[tie.other]:
            found[tie.other].append(tie.one)
    return found


def _side_by_side(
    members: list[Key], couples: Mapping[tuple[Key, Key], bool], people: Mapping[Key, Someone]
) -> list[Key]:
    """The order in which partners stand closest, men to the left where nothing else decides."""
    if len(members) > MOST_TRIED or len(members) < 2:
        return members

    def apart(order: Iterable[Key]) -> tuple[int, int]:
        place = {key: number for number, key in enumerate(order)}
        near = sum((1 if is_over else 2) * abs(place[one] - place[other]) for (one, other), is_over in mine)
        return near, sum(number for key, number in place.items() if people[key].sex == "male")

    mine = [(pair, is_over) for pair, is_over in couples.items() if set(pair) <= set(members)]
    return list(min(permutations(members), key=apart))


def _in_order(
    rows: list[list[list[Key]]], people: Mapping[Key, Someone], ties: Sequence[Tie], row: Mapping[Key, int]
) -> list[list[list[Key]]]:
    """Sorts the blocks of each row by where their parents stand, then by age; and those without parents by children."""
    parents = _parents(ties)
    children: dict[Key, list[Key]] = defaultdict(list)
    for tie in ties:
        if tie.way in ("parent", "elder"):
            children[tie.one].append(tie.other)
            if tie.way == "elder":
                parents[tie.other] = parents[tie.other] or [tie.one]
    for number in range(ROUNDS):
        around = parents if number % 2 == 0 else children
        for level in range(len(rows)) if number % 2 == 0 else reversed(range(len(rows))):
            place = _places(rows)
            keys = {id(block): _middle(block, around, place, people) for block in rows[level]}
            rows[level].sort(key=lambda block: keys[id(block)])
    # The last word is that children stand under their parents, by age.
    for level in range(len(rows)):
        place = _places(rows)
        keys = {id(block): _middle(block, parents, place, people) for block in rows[level]}
        rows[level].sort(key=lambda block: keys[id(block)])
    return rows


def _places(rows: list[list[list[Key]]]) -> dict[Key, float]:
    return {key: float(number) for each in rows for number, key in enumerate(key for block in each for key in block)}


def _middle(
    block: list[Key],
    around: Mapping[Key, Sequence[Key]],
    place: Mapping[Key, float],
    people: Mapping[Key, Someone],
) -> tuple[float, date, Key]:
    """Where a block would stand: the middle of its parents or children, or where it stands now if it has none."""
    mine = [other for key in block for other in around.get(key, ())]
    here = [place[key] for key in mine] or [place[key] for key in block]
    tied = [key for key in block if around.get(key)] or block
    return round(sum(here) / len(here), 6), *min(_age(people[key]) for key in tied)


# ---------------------------------------------------------------- how far along


def _across(blocks: list[list[list[Key]]], ties: Sequence[Tie], row: Mapping[Key, int]) -> dict[Key, float]:
    """How far along each stands: parents over the middle of their children, as near as their neighbours let them."""
    at: dict[Key, float] = {}
    for each in blocks:
        offset = 0.0
        for block in each:
            for key in block:
                at[key], offset = offset, offset + CELL_WIDTH
            offset += GAP_BETWEEN_FAMILIES
    up: dict[Key, list[Key]] = defaultdict(list)
    down: dict[Key, list[Key]] = defaultdict(list)
    for tie in ties:
        if tie.way in ("parent", "elder"):
            up[tie.other].append(tie.one)
            down[tie.one].append(tie.other)
    for number in range(ROUNDS + 1):
        order = list(range(len(blocks))) if number % 2 else list(reversed(range(len(blocks))))
        for level in order:
            _settle(blocks[level], up if number % 2 else down, at)
    left = min(at.values(), default=0.0)
    return {key: round(value - left) for key, value in at.items()}


def _settle(row: list[list[Key]], around: Mapping[Key, Sequence[Key]], at: dict[Key, float]) -> None:
    """Moves the blocks of one row to where their own would have them, in their order and without a touch."""
    offsets, wanted, weights = [], [], []
    offset = 0.0
    for block in row:
        pulls = [
            sum(at[other] for other in around[key]) / len(around[key]) - place * CELL_WIDTH
            for place, key in enumerate(block)
            if around.get(key)
        ]
        offsets.append(offset)
        wanted.append((sum(pulls) / len(pulls) if pulls else at[block[0]]) - offset)
        weights.append(float(len(pulls)) or 0.1)
        offset += len(block) * CELL_WIDTH + GAP_BETWEEN_FAMILIES
    for block, began, start in zip(row, offsets, _rising(wanted, weights), strict=True):
        for place, key in enumerate(block):
            at[key] = start + began + place * CELL_WIDTH


def _rising(wanted: Sequence[float], weights: Sequence[float]) -> list[float]:
    """The numbers nearest to those wanted, by least squares, of which none is less than the one before it."""
    pools: list[tuple[float, float, int]] = []
    for value, weight in zip(wanted, weights, strict=True):
        pools.append((value, weight, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (first, heavy, many), (second, light, few) = pools[-2], pools[-1]
            pools[-2:] = [((first * heavy + second * light) / (heavy + light), heavy + light, many + few)]
    return [value for value, _, count in pools for _ in range(count)]


# ---------------------------------------------------------------- lines


def _families(people: Mapping[Key, Someone], ties: Sequence[Tie], row: Mapping[Key, int]) -> list[_Family]:
    """Couples and parents with their children. Parents of two rows each have a line of their own."""
    found: dict[tuple[Key, ...], _Family] = {}
    for pair in _couples(ties, row):
        found[pair] = _Family(pair)
    for child, parents in _parents(ties).items():
        together = tuple(sorted(parents))
        is_couple = len(together) == 2 and row[together[0]] == row[together[1]]
        for each in [together] if is_couple else [(one,) for one in together]:
            found.setdefault(each, _Family(each)).children.append(child)
    for family in found.values():
        family.children.sort(key=lambda key: _age(people[key]))
    return list(found.values())


def _lines(
    people: Mapping[Key, Someone],
    ties: Sequence[Tie],
    row: Mapping[Key, int],
    across: Mapping[Key, float],
    families: Sequence[_Family],
) -> Drawing:
    middle = {key: round(across[key]) + MARGIN + SYMBOL // 2 + 6 for key in people}
    rows = max(row.values(), default=-1) + 1
    slots = _slots(families, row, middle)
    count = [max((slot[1] for slot in each.values()), default=0) for each in _by_row(slots, families, row, rows)]
    tops = [MARGIN]
    for level in range(1, rows):
        tops.append(tops[-1] + CELL_HEIGHT + CLEAR + count[level - 1] * TRACK + CLEAR)
    at = {key: (middle[key], tops[row[key]] + SYMBOL // 2 + 6) for key in people}
    former = _couples(ties, row)
    drawn: list[Line] = []
    for number, family in enumerate(families):
        base = tops[row[family.parents[0]]] + CELL_HEIGHT + CLEAR // 2
        is_former = former.get(_pair(family.parents[0], family.parents[-1]), False)
        drawn += _of_family(family, slots[number], base, at, is_former=is_former)
    drawn += _others(ties, row, at, drawn)
    bottom = (tops[-1] + CELL_HEIGHT + CLEAR + count[-1] * TRACK) if rows else 0
    width = max((round(value) for value in across.values()), default=0) + CELL_WIDTH + 2 * MARGIN
    return Drawing(width, bottom + MARGIN, at, row, tuple(drawn), _homes(people, row, across, tops))


Slots = dict[int, tuple[int, int, int, int]]


def _slots(families: Sequence[_Family], row: Mapping[Key, int], middle: Mapping[Key, int]) -> Slots:
    """For each family: the height of the couple's line and of the children's, and how far aside it leaves each parent.

    Lines of one row that would run into each other are at different heights.
    """
    taken: dict[int, list[list[tuple[int, int]]]] = defaultdict(list)
    asides: dict[tuple[Key, int], int] = defaultdict(int)
    found: Slots = {}
    span = {number: _span(family, middle) for number, family in enumerate(families)}
    for number in sorted(span, key=lambda each: (span[each][1] - span[each][0], span[each])):
        family = families[number]
        level = row[family.parents[0]]
        ends = [middle[key] for key in family.parents]
        couple = _track(taken[level], (min(ends) - TRACK, max(ends) + TRACK), 0) if len(ends) > 1 else -1
        below = [middle[key] for key in family.children]
        children = _track(taken[level], (min([*ends, *below]), max([*ends, *below])), couple + 1) if below else couple
        left = asides[family.parents[0], 0] if len(ends) > 1 else 0
        right = asides[family.parents[-1], 0] if len(ends) > 1 else 0
        found[number] = (couple, children + 1, left, right)
        if len(ends) > 1:
            for key in family.parents:
                asides[key, 0] += 1
    return found


def _span(family: _Family, middle: Mapping[Key, int]) -> tuple[int, int]:
    ends = [middle[key] for key in (*family.parents, *family.children)]
    return min(ends), max(ends)


def _track(tracks: list[list[tuple[int, int]]], span: tuple[int, int], first: int) -> int:
    """The first height at which a line meets no other."""
    height = first
    while height < len(tracks) and any(
        begin <= span[1] + TRACK and span[0] <= end + TRACK for begin, end in tracks[height]
    ):
        height += 1
    while len(tracks) <= height:
        tracks.append([])
    tracks[height].append(span)
    return height


def _by_row(
    slots: Slots, families: Sequence[_Family], row: Mapping[Key, int], rows: int
) -> list[dict[int, tuple[int, int, int, int]]]:
    return [
        {number: slot for number, slot in slots.items() if row[families[number].parents[0]] == level}
        for level in range(rows)
    ]


def _of_family(
    family: _Family,
    slot: tuple[int, int, int, int],
    base: int,
    at: Mapping[Key, tuple[int, int]],
    *,
    is_former: bool,
) -> list[Line]:
    """The couple's line, and one line for each child from it to the child."""
    couple, children, *asides = slot
    ends = [at[key] for key in family.parents]
    drawn: list[Line] = []
    if len(ends) == 2:
        order = sorted(range(2), key=lambda each: ends[each][0])
        (first, top), (last, _) = (ends[each] for each in order)
        first, last = first + _aside(asides[order[0]]), last - _aside(asides[order[1]])
        height = base + couple * TRACK
        drop = (first + last) // 2
        points = ((first, top), (first, height), (last, height), (last, ends[order[1]][1]))
        slash = (drop - (last - first) // 4, height) if is_former else None
        drawn.append(Line(points, "couple", (family.parents[:2],), is_former, slash))  # type: ignore[arg-type]
    else:
        drop, height = ends[0]
    bus = base + (children - 1) * TRACK
    for child in family.children:
        x, y = at[child]
        points = ((drop, height), (drop, bus), (x, bus), (x, y))
        drawn.append(Line(points, "parent", tuple((parent, child) for parent in family.parents)))
    return drawn


def _aside(place: int) -> int:
    """How far from the middle of a symbol a couple's line leaves it: each further one a little further out."""
    return min(6 + 5 * place, SYMBOL // 2 - 3)


def _others(
    ties: Sequence[Tie], row: Mapping[Key, int], at: Mapping[Key, tuple[int, int]], drawn: Sequence[Line]
) -> list[Line]:
    """Ties that no line says yet: straight from one symbol to the other. Siblings of one parent need none."""
    said = {_pair(*pair) for line in drawn for pair in line.of}
    parents = _parents(ties)
    found = []
    for tie in ties:
        pair = _pair(tie.one, tie.other)
        is_plain = tie.way == "sibling" and set(parents.get(tie.one, ())) & set(parents.get(tie.other, ()))
        if pair not in said and not is_plain:
            said.add(pair)
            found.append(Line(_arc(at[tie.one], at[tie.other]), tie.way, ((tie.one, tie.other),), tie.is_former))
    return found


def _arc(one: tuple[int, int], other: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    """From symbol to symbol; over the top where both stand in one row."""
    if one[1] != other[1]:
        return one, other
    over = one[1] - SYMBOL // 2 - 18
    return one, (one[0], over), (other[0], over), other


# ---------------------------------------------------------------- households

Box = tuple[int, int, int, int]
Edge = tuple[tuple[int, int], tuple[int, int]]


def _homes(
    people: Mapping[Key, Someone], row: Mapping[Key, int], across: Mapping[Key, float], tops: Sequence[int]
) -> dict[str, tuple[Edge, ...]]:
    """The outline of each household of two or more."""
    members: dict[str, list[Key]] = defaultdict(list)
    for person in people.values():
        if person.home:
            members[person.home].append(person.key)
    strangers: Callable[[str, int], list[float]] = lambda home, level: [  # noqa: E731
        across[key] for key in people if row[key] == level and people[key].home != home
    ]
    found = {}
    for home, keys in members.items():
        if len(keys) > 1:
            runs = [
                run
                for level in sorted({row[key] for key in keys})
                for run in _runs(
                    sorted(across[key] for key in keys if row[key] == level), strangers(home, level), level
                )
            ]
            found[home] = _outline(_boxes(runs, tops))
    return found


def _runs(places: Sequence[float], strangers: Sequence[float], level: int) -> list[tuple[int, int, int]]:
    """Stretches of a row in which nobody else stands: from, to, row."""
    found: list[tuple[int, int, int]] = []
    for place in places:
        start, end = round(place), round(place) + CELL_WIDTH
        if found and not any(found[-1][0] < each < place for each in strangers):
            found[-1] = (found[-1][0], end, level)
        else:
            found.append((start, end, level))
    return found


def _boxes(runs: Sequence[tuple[int, int, int]], tops: Sequence[int]) -> list[Box]:
    """A box round each stretch, and one between two stretches that lie under each other."""
    boxes = [
        (MARGIN + left, tops[level] - 6, MARGIN + right - 6, tops[level] + CELL_HEIGHT) for left, right, level in runs
    ]
    for (left, right, level), box in zip(runs, boxes[:], strict=True):
        for (begin, end, lower), under in zip(runs, boxes[: len(runs)], strict=True):
            if lower == level + 1 and max(left, begin) < min(right, end):
                boxes.append((max(box[0], under[0]), box[3], min(box[2], under[2]), under[1]))
    return boxes


def _outline(boxes: Sequence[Box]) -> tuple[Edge, ...]:
    """The edges of the boxes that have a box on one side only."""
    xs = sorted({x for left, _, right, _ in boxes for x in (left, right)})
    ys = sorted({y for _, top, _, bottom in boxes for y in (top, bottom)})
    inside = {
        (i, j)
        for i in range(len(xs) - 1)
        for j in range(len(ys) - 1)
        if any(l <= xs[i] and xs[i + 1] <= r and t <= ys[j] and ys[j + 1] <= b for l, t, r, b in boxes)  # noqa: E741
    }
    edges: list[Edge] = []
    for i, j in sorted(inside):
        edges += [((xs[i], y), (xs[i + 1], y)) for y, k in ((ys[j], j - 1), (ys[j + 1], j + 1)) if (i, k) not in inside]
        edges += [((x, ys[j]), (x, ys[j + 1])) for x, k in ((xs[i], i - 1), (xs[i + 1], i + 1)) if (k, j) not in inside]
    return tuple(edges)
