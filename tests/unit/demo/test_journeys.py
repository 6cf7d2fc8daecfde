"""Families move through the system together, and each child has a record of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, pairwise

import pytest

from waypost.demo.chance import Chance
from waypost.demo.characters import ASHDOWN
from waypost.demo.journeys import Service
from waypost.demo.lives import LIVES_END, Child, Episode, Family, ProtectionPlan

FAMILIES = 1500


@pytest.fixture(scope="module")
def families() -> list[Family]:
    service = Service(ASHDOWN, Chance("journeys"), count(1))
    return [service.follow(date(2019, 4, 1) + timedelta(days=n)) for n in range(FAMILIES)]


def test_children_referred_together_share_their_dates(families: list[Family]) -> None:
    together = [found for family in families for found in _referred_together(family) if len(found) > 1]
    assert together
    for episodes in together:
        assert len({episode.source for episode in episodes}) == 1
        assert len({episode.is_no_further_action for episode in episodes}) == 1
        assert len({done.started_on for episode in episodes for done in episode.assessments[:1]}) <= 1


def test_brothers_and_sisters_share_a_conference_and_each_has_a_plan(families: list[Family]) -> None:
    shared = [
        Counter(plan.started_on for child in family.children for plan in _plans(child)).most_common(1)
        for family in families
    ]
    assert sum(most[0][1] > 1 for most in shared if most) > 20
    for family in families:
        for child in family.children:
            starts = [plan.started_on for plan in _plans(child)]
            assert len(set(starts)) == len(starts)


def test_another_child_sometimes_joins_at_a_review(families: list[Family]) -> None:
    joined = 0
    for family in families:
        reviews = {held for child in family.children for plan in _plans(child) for held in plan.reviewed_on}
        joined += sum(plan.started_on in reviews for child in family.children for plan in _plans(child))
    assert joined > 0


def test_later_plans_count_those_before(families: list[Family]) -> None:
    for child in _children(families):
        counted = [plan.previous for plan in sorted(_plans(child), key=lambda plan: plan.started_on)]
        assert counted == list(range(child.plans_elsewhere, child.plans_elsewhere + len(counted)))


def test_plans_end_by_the_eighteenth_birthday(families: list[Family]) -> None:
    for child in _children(families):
        limit = child.born_on + timedelta(days=18 * 366)
        assert all(plan.ended_on <= limit for plan in _plans(child))


def test_no_child_is_referred_while_a_case_is_open(families: list[Family]) -> None:
    for child in _children(families):
        episodes = sorted(child.episodes, key=lambda episode: episode.referred_on)
        for earlier, later in pairwise(episodes):
            done_on = earlier.referred_on if earlier.is_no_further_action else earlier.closed_on
            assert done_on < later.referred_on


def test_nothing_happens_after_death(families: list[Family]) -> None:
    for child in _children(families):
        assert all(episode.referred_on <= child.died_on for episode in child.episodes)
        assert all(episode.last_activity_on() <= child.died_on for episode in child.episodes)


def test_lives_are_of_many_kinds(families: list[Family]) -> None:
    episodes = [episode for child in _children(families) for episode in child.episodes]
    assert any(episode.is_no_further_action for episode in episodes)
    assert any(episode.conference_on for episode in episodes)
    assert any(episode.closed_on > LIVES_END for episode in episodes)
    assert {"RC3", "RC4", "RC5", "RC6", "RC7", "RC8", "RC9"} <= {episode.reason for episode in episodes}
    assert any(child.born_on > episode.referred_on for child in _children(families) for episode in child.episodes)


def _children(families: list[Family]) -> Iterator[Child]:
    for family in families:
        yield from family.children


def _plans(child: Child) -> list[ProtectionPlan]:
    return [plan for episode in child.episodes for plan in episode.protection_plans]


def _referred_together(family: Family) -> list[list[Episode]]:
    days = sorted({episode.referred_on for child in family.children for episode in child.episodes})
    return [
        [episode for child in family.children for episode in child.episodes if episode.referred_on == referred_on]
        for referred_on in days
    ]
