"""Families: who the brothers and sisters are before anyone refers them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from waypost.demo import proportions
from waypost.demo.chance import Chance
from waypost.demo.lives import LIVES_END, Child, Family
from waypost.demo.timings import later
from waypost.domain.dates import birthday

UNBORN, BABY = 0.045, 0.09
LONGEST_BEFORE_BIRTH = 180
SPACING = (400, 1700)
ELDEST_REFERRED = 17
YEAR = 365


def make_family(first_referred_on: date, numbers: Iterator[int], chance: Chance) -> Family:
    """A family first referred on a day: at least one child to refer, and perhaps some to be born later."""
    ethnicity = chance.pick(proportions.ETHNICITIES)
    births = _births(first_referred_on, chance)
    return Family([_child(next(numbers), born_on, ethnicity, chance) for born_on in births])


def _births(day: date, chance: Chance) -> list[date]:
    births = [_first_birth(day, chance)]
    for _ in range(chance.pick(proportions.BROTHERS_AND_SISTERS)):
        if chance.happens(0.5):
            births.append(later(births[-1], chance.between(*SPACING)))
        else:
            births.insert(0, later(births[0], -chance.between(*SPACING)))
    oldest = later(day, -ELDEST_REFERRED * YEAR)
    return [born_on for born_on in births if oldest < born_on < LIVES_END]


def _first_birth(day: date, chance: Chance) -> date:
    if chance.happens(UNBORN):
        return later(day, chance.between(10, LONGEST_BEFORE_BIRTH))
    if chance.happens(BABY):
        return later(day, -chance.between(1, YEAR))
    return later(day, -chance.between(YEAR // 2, ELDEST_REFERRED * YEAR - 60))


def _child(number: int, born_on: date, family_ethnicity: str, chance: Chance) -> Child:
    own = chance.happens(0.06)
    return Child(
        number=number,
        born_on=born_on,
        expected_on=later(born_on, chance.about(2, 7)),
        sex=chance.pick(proportions.SEXES),
        ethnicity=chance.pick(proportions.ETHNICITIES) if own else family_ethnicity,
        disabilities=_disabilities(chance),
        why_no_upn=chance.pick(proportions.WHY_NO_UPN) if chance.happens(0.05) else None,
        has_former_upn=chance.happens(0.01),
        upn_is_matched=chance.happens(0.4),
        plans_elsewhere=chance.between(1, 2) if chance.happens(0.13) else 0,
    )


def _disabilities(chance: Chance) -> tuple[str, ...]:
    if not chance.happens(proportions.DISABLED):
        return ("NONE",)
    many = chance.pick(proportions.HOW_MANY_DISABILITIES)
    return tuple(sorted({chance.pick(proportions.DISABILITIES) for _ in range(many)}))


def may_be_referred(child: Child, day: date) -> bool:
    """Under 17, no open case, and born or expected within months."""
    return child.free_from <= day and later(child.born_on, -LONGEST_BEFORE_BIRTH) <= day < grown(child, ELDEST_REFERRED)


def grown(child: Child, age: int) -> date:
    """The day on which the child reaches an age."""
    return birthday(child.born_on, child.born_on.year + age)
