"""The layout of a genogram: nobody stands on anybody, every tie is drawn, and parents stand above their children."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.records.casework.genogram import CELL_WIDTH, SYMBOL, Drawing, Someone, Tie, draw

Family = tuple[Sequence[Someone], Sequence[Tie]]


def parents(children: str, *those: str) -> list[Tie]:
    """parents("abc", "m", "f"): each letter is a child of both."""
    return [Tie(parent, child, "parent") for child in children for parent in those]


def people(**born: int | None) -> list[Someone]:
    return [Someone(key, date(year, 1, 1) if year else None) for key, year in born.items()]


THREE_GENERATIONS: Family = (
    people(g=1940, h=1942, m=1970, u=1972, f=1969, a=1999, b=2001, c=1995),
    [*parents("mu", "g", "h"), *parents("abc", "m", "f"), Tie("g", "h", "couple"), Tie("m", "f", "couple")],
)
TWO_FATHERS: Family = (
    people(p=1985, m=1990, f=1988, r=2011, a=2018, t=2021),
    [*parents("r", "m", "p"), *parents("at", "m", "f"), Tie("m", "f", "couple"), Tie("r", "a", "sibling")],
)
FOUR_PARTNERS: Family = (
    people(m=1980, a=1979, b=1981, c=1982, d=1983, w=2000, x=2003, y=2006, z=2009),
    [tie for child, father in zip("wxyz", "abcd", strict=True) for tie in parents(child, "m", father)],
)
COUSINS_MARRY: Family = (
    people(g=1930, h=1931, m=1955, n=1957, a=1980, b=1981, c=2005),
    [
        *parents("mn", "g", "h"),
        *parents("a", "m"),
        *parents("b", "n"),
        *parents("c", "a", "b"),
        Tie("a", "b", "couple"),
    ],
)
UNCLE_MARRIES_NIECE: Family = (
    people(g=1930, m=1955, u=1957, n=1980, c=2005),
    [*parents("mu", "g"), *parents("n", "m"), *parents("c", "u", "n"), Tie("u", "n", "couple")],
)
EACH_OTHERS_PARENT: Family = (people(a=1980, b=1981), [*parents("b", "a"), *parents("a", "b")])
GRANDMOTHER_ALONE: Family = (
    people(g=1961, m=1992, a=2016, s=2019, o=None),
    [*parents("as", "m"), Tie("g", "a", "elder", steps=2), Tie("g", "s", "elder", steps=2), Tie("o", "m", "other")],
)
FAMILIES = {
    "three generations": THREE_GENERATIONS,
    "half-siblings of two fathers": TWO_FATHERS,
    "four partners": FOUR_PARTNERS,
    "cousins who marry": COUSINS_MARRY,
    "an uncle and a niece": UNCLE_MARRIES_NIECE,
    "each recorded as the other's parent": EACH_OTHERS_PARENT,
    "a grandmother without the link between": GRANDMOTHER_ALONE,
    "one person": (people(a=None), []),
    "nobody": ([], []),
}


@pytest.fixture(params=FAMILIES)
def family(request: pytest.FixtureRequest) -> Family:
    return FAMILIES[request.param]


def test_it_holds_for_families(family: Family) -> None:
    assert_sound(family, draw(*family))


@st.composite
def families(draw_one: st.DrawFn) -> Family:
    """Up to nine people with any ties at all, however unlikely."""
    keys = [chr(97 + number) for number in range(draw_one(st.integers(1, 9)))]
    key, year = st.sampled_from(keys), st.none() | st.dates(date(1930, 1, 1), date(2026, 1, 1))
    home = st.sampled_from(["", "one", "two"])
    everyone = [Someone(each, draw_one(year), home=draw_one(home)) for each in keys]
    ways = st.sampled_from(["parent", "couple", "sibling", "elder", "other"])
    ties = st.lists(st.builds(Tie, key, key, ways, st.booleans(), st.integers(1, 2)), max_size=14)
    return everyone, draw_one(ties)


@given(families())
def test_it_holds_for_any_ties(family: Family) -> None:
    assert_sound(family, draw(*family))


def assert_sound(family: Family, drawing: Drawing) -> None:
    everyone, ties = family
    assert drawing.at.keys() == {person.key for person in everyone}
    nobody_stands_on_anybody(drawing)
    every_tie_is_drawn(ties, drawing)
    everything_is_within(drawing)


def nobody_stands_on_anybody(drawing: Drawing) -> None:
    places = list(drawing.at.values())
    for number, (x, y) in enumerate(places):
        for other_x, other_y in places[number + 1 :]:
            assert abs(y - other_y) > SYMBOL or (y == other_y and abs(x - other_x) >= CELL_WIDTH - 1)


def every_tie_is_drawn(ties: Sequence[Tie], drawing: Drawing) -> None:
    drawn = {frozenset(pair) for line in drawing.lines for pair in line.of}
    held = {tie.other: {each.one for each in ties if each.way == "parent" and each.other == tie.other} for tie in ties}
    for tie in ties:
        shared = held.get(tie.one, set()) & held.get(tie.other, set())
        if tie.one != tie.other and not (tie.way == "sibling" and shared):
            assert {tie.one, tie.other} in drawn
    for line in drawing.lines:
        begins, ends = line.points[0], line.points[-1]
        for one, other in line.of:
            assert ends == drawing.at[other] or drawing.at[one][1] in (begins[1], ends[1])


def everything_is_within(drawing: Drawing) -> None:
    points = [*drawing.at.values(), *(point for line in drawing.lines for point in line.points)]
    edges = [point for edges in drawing.homes.values() for edge in edges for point in edge]
    for x, y in (*points, *edges):
        assert 0 <= x <= drawing.width
        assert 0 <= y <= drawing.height


@pytest.mark.parametrize("name", [name for name in FAMILIES if "each" not in name])
def test_parents_stand_above_their_children(name: str) -> None:
    everyone, ties = FAMILIES[name]
    drawing = draw(everyone, ties)
    for tie in ties:
        if tie.way == "parent":
            assert drawing.at[tie.one][1] < drawing.at[tie.other][1]


def in_order(drawing: Drawing, keys: str) -> list[str]:
    return sorted(keys, key=lambda key: drawing.at[key][0])


def test_children_stand_left_to_right_by_age() -> None:
    assert in_order(draw(*THREE_GENERATIONS), "abc") == ["c", "a", "b"]


def test_a_mother_stands_between_the_fathers_of_her_children() -> None:
    drawing = draw(*TWO_FATHERS)
    assert in_order(drawing, "pmf") in (["p", "m", "f"], ["f", "m", "p"])
    left, right = in_order(drawing, "ra")
    assert (left, right) == (("r", "a") if in_order(drawing, "pf") == ["p", "f"] else ("a", "r"))


def test_partners_stand_in_one_row_and_a_grandmother_two_above() -> None:
    assert draw(*TWO_FATHERS).row == {"p": 0, "m": 0, "f": 0, "r": 1, "a": 1, "t": 1}
    rows = draw(*GRANDMOTHER_ALONE).row
    assert (rows["g"], rows["m"], rows["a"]) == (0, 1, 2)


def test_no_two_level_lines_run_into_each_other() -> None:
    drawing = draw(*FOUR_PARTNERS)
    level = [
        (one[1], *sorted((one[0], other[0])), line.of)
        for line in drawing.lines
        for one, other in zip(line.points, line.points[1:], strict=False)
        if one[1] == other[1] and one[0] != other[0]
    ]
    for number, (y, left, right, of) in enumerate(level):
        for other_y, other_left, other_right, others in level[number + 1 :]:
            is_one_family = {key for pair in of for key in pair} & {key for pair in others for key in pair} - {"m"}
            assert y != other_y or right <= other_left or other_right <= left or is_one_family


def test_a_household_is_outlined_and_leaves_out_who_lives_elsewhere() -> None:
    mother, father, child = Someone("m", home="one"), Someone("f"), Someone("a", home="one")
    drawing = draw([mother, father, child], parents("a", "m", "f"))
    assert list(drawing.homes) == ["one"]
    assert [is_inside(drawing, key) for key in "mfa"] == [True, False, True]


def is_inside(drawing: Drawing, key: str) -> bool:
    """A line to the left from a symbol crosses the outline an odd number of times."""
    x, y = drawing.at[key]
    crossed = [edge for edge in drawing.homes["one"] if edge[0][0] == edge[1][0] < x and edge[0][1] <= y < edge[1][1]]
    return len(crossed) % 2 == 1
