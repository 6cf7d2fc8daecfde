"""Who may see which child: by role, by relation, never by key alone; and the list and the reasons agree."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from waypost.access.actor import Actor
from waypost.access.models import Authority, Team, Unit
from waypost.records.casework import visibility
from waypost.records.casework.actions import children, people
from waypost.records.casework.models import Child

pytestmark = pytest.mark.django_db


def why(actor: Actor, child: Child) -> set[str]:
    return {relation.id for relation in visibility.reasons(actor, child)}


def test_a_social_worker_sees_their_own_and_their_teams_children(
    ashdown: Authority, team: Team, worker: Callable[..., Actor], child: Callable[..., Child]
) -> None:
    mine, teams, others = child(ashdown), child(ashdown), child(ashdown)
    me, manager = worker("social_worker", ashdown, team=team), worker("team_manager", ashdown)
    children.allocate(mine, team=team, worker=me.user, since=date(2026, 1, 5), by=manager)
    children.allocate(teams, team=team, worker=None, since=date(2026, 1, 5), by=manager)
    assert set(visibility.children(me)) == {mine, teams}
    assert why(me, mine) == {"allocated", "team"}
    assert why(me, teams) == {"team"}
    assert why(me, others) == set()


def test_an_allocation_opens_a_record_on_its_own_days_only(
    ashdown: Authority, team: Team, worker: Callable[..., Actor], child: Callable[..., Child]
) -> None:
    maya, manager = child(ashdown), worker("team_manager", ashdown)
    first, second = (worker("social_worker", ashdown) for _ in range(2))
    children.allocate(maya, team=team, worker=first.user, since=date(2025, 1, 6), by=manager)
    children.allocate(maya, team=team, worker=second.user, since=date(2026, 1, 5), by=manager)
    assert (why(first, maya), why(second, maya)) == (set(), {"allocated"})


def test_a_shared_unit_reaches_its_authorities_and_no_other(
    ashdown: Authority, brookvale: Authority, unit: Unit, worker: Callable[..., Actor], child: Callable[..., Child]
) -> None:
    calder = Authority.objects.create(code="993", name="Calder")
    chair = worker("conference_chair", unit)
    both, other = {child(ashdown), child(brookvale)}, child(calder)
    assert set(visibility.children(chair)) == both
    assert other not in visibility.children(chair)


def test_a_worker_is_kept_from_a_child_of_their_own_name_and_home(
    ashdown: Authority, worker: Callable[..., Actor], child: Callable[..., Child]
) -> None:
    maya, rowan = child(ashdown), child(ashdown, family="Ashby")
    manager = worker("team_manager", ashdown)
    for each in (maya, rowan):
        people.move_home(each.person, lines="2 Alder Row", postcode="AA1 1AA", since=date(2024, 1, 1), by=manager)
    aunt = worker("team_manager", ashdown, family_name="MARLOWE", home_postcode="AA1 1AA")
    assert set(visibility.children(aunt)) == {rowan}
    assert why(aunt, maya) == set()
