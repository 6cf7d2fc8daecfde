"""Movers and leavers: what they carry passes to somebody, in one act, and no child is left with nobody."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from waypost.access.actor import Actor
from waypost.access.models import Act, Authority, RoleHeld, Team
from waypost.access.people import actions
from waypost.access.people.carried import Heir
from waypost.access.rules import NotAllowed
from waypost.records.casework import visibility
from waypost.records.casework.actions import allocation, children, sealing
from waypost.records.casework.models import Allocation, Child, Waiting

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
SINCE = date(2026, 1, 5)


@pytest.fixture
def administrator(ashdown: Authority, worker: Callable[..., Actor]) -> Actor:
    cache.clear()
    found = worker("administrator", ashdown)
    return Actor.of(found.user, today=TODAY)


@pytest.fixture
def asking(client: Client, administrator: Actor) -> Client:
    client.force_login(administrator.user)
    return client


@pytest.fixture
def south(ashdown: Authority) -> Team:
    return Team.objects.create(authority=ashdown, service="Family support and child protection", name="South")


@pytest.fixture
def leaver(ashdown: Authority, team: Team, worker: Callable[..., Actor]) -> Actor:
    return worker("social_worker", ashdown, team=team)


@pytest.fixture
def colleague(ashdown: Authority, team: Team, worker: Callable[..., Actor]) -> Actor:
    return worker("social_worker", ashdown, team=team)


@pytest.fixture
def held(
    ashdown: Authority, team: Team, leaver: Actor, child: Callable[..., Child], worker: Callable[..., Actor]
) -> list[Child]:
    """Three children of the leaver, one of them sealed."""
    head = worker("head_of_service", ashdown)
    found = [child(ashdown, given=given) for given in ("Maya", "Noor", "Finn")]
    for each in found:
        children.allocate(each, team=team, worker=leaver.user, since=SINCE, by=head)
    sealing.seal(found[2], readers=[], because="A relative of this child works here.", by=head)
    return found


def carriers(found: list[Child]) -> list[tuple[str, str | None]]:
    """The team and the worker of each child today. There must be one of each child."""
    now = Allocation.objects.on(TODAY).filter(child__in=found, ended_on=None).order_by("child__pk")
    assert now.count() == len(found), "each child is allocated once"
    return sorted((each.team.name, str(each.worker) if each.worker else None) for each in now)


def text(answer: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def confirmed(client: Client, address: str, sent: dict[str, str]) -> Any:
    page = client.post(address, sent).content.decode()
    assert "What would happen" in page, text(client.post(address, sent))
    carried = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return client.post(address, {name: unescape(value) for name, value in carried} | {"_confirm": "1"})


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


# ---------------------------------------------------------------- leavers


def test_an_account_is_closed_and_its_children_pass_to_a_colleague(
    asking: Client, leaver: Actor, colleague: Actor, team: Team, held: list[Child]
) -> None:
    address = f"/accounts/{leaver.user.pk}/close"
    # The sealed record is in no count, and says nothing of itself.
    page = text(asking.get(address))
    assert "Who takes over 2 children of North?" in page
    assert "Select who takes over 2 children of North" in text(asking.post(address, {}))
    sent = {f"heir_{team.pk}": f"{colleague.user.pk}:{team.pk}"}
    shown = text(asking.post(address, sent))
    assert f"2 children of North pass to {colleague.user}, North from" in shown
    leaver.user.refresh_from_db()
    assert leaver.user.is_active
    confirmed(asking, address, sent)
    leaver.user.refresh_from_db()
    assert not leaver.user.is_active
    assert carriers(held) == [("North", str(colleague.user))] * 3
    lines = Act.objects.filter(what="close account")
    assert {line.child for line in lines} == {each.pk for each in held}
    assert len({line.at for line in lines}) == 1, "one act"
    # The sealed record passes on and stays closed.
    seen = visibility.children(Actor.of(colleague.user, today=TODAY))
    assert set(seen) == set(held[:2])


def test_or_to_the_waiting_list_of_the_team(asking: Client, leaver: Actor, team: Team, held: list[Child]) -> None:
    sent = {f"heir_{team.pk}": f":{team.pk}"}
    shown = text(asking.post(f"/accounts/{leaver.user.pk}/close", sent))
    assert "2 children of North pass to the waiting list of North from" in shown
    confirmed(asking, f"/accounts/{leaver.user.pk}/close", sent)
    assert carriers(held) == [("North", None)] * 3
    assert {each.child for each in Waiting.objects.filter(team=team, until_at=None)} == set(held)


def test_no_account_is_closed_while_nobody_takes_over(
    leaver: Actor, administrator: Actor, held: list[Child], brookvale: Authority, team: Team
) -> None:
    other = Team.objects.create(authority=brookvale, service="Family support", name="Riverside")
    for heirs in ({}, {team.pk: Heir(other)}):
        with pytest.raises(ValidationError):
            actions.close_account(leaver.user, heirs=heirs, by=administrator)
    leaver.user.refresh_from_db()
    assert leaver.user.is_active
    assert carriers(held) == [("North", str(leaver.user))] * 3


def test_whoever_carries_only_a_sealed_record_leaves_it_with_the_team(
    asking: Client, leaver: Actor, colleague: Actor, team: Team, held: list[Child]
) -> None:
    sealed = held[2]
    heirs = {team.pk: Heir(team, colleague.user)}
    for each in held[:2]:
        head = Actor.of(RoleHeld.objects.get(role_id="head_of_service").user, today=TODAY)
        children.allocate(each, team=team, worker=colleague.user, since=TODAY, by=head)
    assert "They carry no child" in text(asking.get(f"/accounts/{leaver.user.pk}/close"))
    asking.post(f"/accounts/{leaver.user.pk}/close")
    assert carriers([sealed]) == [("North", None)]
    assert heirs


def test_a_worker_elsewhere_a_closed_account_or_the_leaver_is_no_heir(
    asking: Client, ashdown: Authority, leaver: Actor, team: Team, held: list[Child], worker: Callable[..., Actor],
    brookvale: Authority,
) -> None:  # fmt: skip
    theirs = Team.objects.create(authority=brookvale, service="Family support", name="Riverside")
    outside, gone = worker("social_worker", brookvale, team=theirs), worker("social_worker", ashdown, team=team)
    partner = worker("partner", ashdown, team=team)
    gone.user.is_active = False
    gone.user.save()
    page = asking.get(f"/accounts/{leaver.user.pk}/close").content.decode()
    for someone in (outside, gone, leaver, partner):
        assert f'value="{someone.user.pk}:' not in page
    assert "Riverside" not in page


# ---------------------------------------------------------------- movers


@pytest.mark.parametrize(("chosen", "then"), [("keep", "they"), ("colleague", "colleague"), ("waiting", None)])
def test_someone_moves_to_another_team(
    asking: Client, leaver: Actor, colleague: Actor, team: Team, south: Team, held: list[Child],
    chosen: str, then: str | None,
) -> None:  # fmt: skip
    role = leaver.user.roles_held.get()
    key = {"keep": "keep", "colleague": f"{colleague.user.pk}:{team.pk}", "waiting": f":{team.pk}"}[chosen]
    sent = {"team": str(south.pk), **day("since", TODAY), f"heir_{team.pk}": key}
    address = f"/accounts/{leaver.user.pk}/roles/{role.pk}/move"
    assert "is social worker in South from" in text(asking.post(address, sent))
    assert carriers(held) == [("North", str(leaver.user))] * 3
    assert leaver.user.roles_held.count() == 1
    confirmed(asking, address, sent)
    expected = {
        "keep": ("South", str(leaver.user)),
        "colleague": ("North", str(colleague.user)),
        "waiting": ("North", None),
    }
    assert carriers(held) == [expected[chosen]] * 3
    old, new = leaver.user.roles_held.order_by("started_on")
    assert (old.team, old.ended_on) == (team, TODAY - timedelta(days=1))
    assert (new.team, new.role_id, new.started_on) == (south, "social_worker", TODAY)
    assert {line.child for line in Act.objects.filter(what="move to another team")} == {each.pk for each in held}


def test_a_move_that_cannot_be(
    asking: Client, leaver: Actor, administrator: Actor, team: Team, south: Team, brookvale: Authority
) -> None:
    role = leaver.user.roles_held.get()
    address = f"/accounts/{leaver.user.pk}/roles/{role.pk}/move"
    late = {"team": str(south.pk), **day("since", TODAY + timedelta(days=2))}
    assert "The first day there must be on or before" in text(asking.post(address, late))
    early = {"team": str(south.pk), **day("since", role.started_on)}
    assert "must be after the first day in the team that they leave" in text(asking.post(address, early))
    theirs = Team.objects.create(authority=brookvale, service="Family support", name="Riverside")
    for where in (team, theirs):
        with pytest.raises(ValidationError, match="another team of the same authority"):
            actions.move(role, team=where, since=TODAY, by=administrator)


def test_a_role_that_ends_hands_over_what_it_let_them_carry(
    asking: Client, leaver: Actor, colleague: Actor, team: Team, held: list[Child]
) -> None:
    role = leaver.user.roles_held.get()
    address = f"/accounts/{leaver.user.pk}/roles/{role.pk}/end"
    heir = {f"heir_{team.pk}": f"{colleague.user.pk}:{team.pk}"}
    assert "Select who takes over 2 children of North" in text(asking.post(address, day("ended_on", TODAY)))
    later = text(asking.post(address, {**day("ended_on", TODAY + timedelta(days=9)), **heir}))
    assert "They carry work in this role. End it on the day itself" in later
    confirmed(asking, address, {**day("ended_on", TODAY), **heir})
    assert carriers(held) == [("North", str(colleague.user))] * 3
    role.refresh_from_db()
    assert role.ended_on == TODAY


def test_a_role_that_ends_beside_another_in_the_team_hands_over_nothing(
    asking: Client, ashdown: Authority, leaver: Actor, team: Team, held: list[Child]
) -> None:
    role = leaver.user.roles_held.get()
    RoleHeld.objects.create(user=leaver.user, role_id="team_manager", authority=ashdown, team=team, started_on=SINCE)
    asking.post(f"/accounts/{leaver.user.pk}/roles/{role.pk}/end", day("ended_on", TODAY))
    assert carriers(held) == [("North", str(leaver.user))] * 3


def test_a_case_that_they_were_asked_to_take_stays_where_it_is(
    asking: Client, ashdown: Authority, leaver: Actor, colleague: Actor, team: Team, child: Callable[..., Child],
    worker: Callable[..., Actor],
) -> None:  # fmt: skip
    manager, maya = worker("team_manager", ashdown), child(ashdown)
    children.allocate(maya, team=team, worker=colleague.user, since=SINCE, by=manager)
    (asked,) = allocation.hand_over([maya], team=team, worker=leaver.user, by=manager)
    asking.post(f"/accounts/{leaver.user.pk}/close", {"_": ""})
    asked.refresh_from_db()
    assert asked.undone_at
    assert carriers([maya]) == [("North", str(colleague.user))]


# ---------------------------------------------------------------- those who have left already


def test_work_left_behind_is_listed_and_handed_over(
    asking: Client, leaver: Actor, colleague: Actor, team: Team, held: list[Child]
) -> None:
    assert leaver.user.name not in text(asking.get("/teams"))
    leaver.user.roles_held.update(ended_on=TODAY - timedelta(days=1))
    assert leaver.user.name in text(asking.get("/teams"))
    sent = {f"heir_{team.pk}": f"{colleague.user.pk}:{team.pk}"}
    confirmed(asking, f"/accounts/{leaver.user.pk}/hand-over", sent)
    assert carriers(held) == [("North", str(colleague.user))] * 3
    assert leaver.user.name not in text(asking.get("/teams"))
    assert "They carry nothing that can be handed over" in text(asking.get(f"/accounts/{leaver.user.pk}/hand-over"))


def test_no_page_of_an_administrator_names_a_child(
    asking: Client, leaver: Actor, team: Team, held: list[Child]
) -> None:
    role = leaver.user.roles_held.get()
    for address in ("", "/close", "/hand-over", f"/roles/{role.pk}/move", f"/roles/{role.pk}/end"):
        page = asking.get(f"/accounts/{leaver.user.pk}{address}").content.decode()
        assert "2 children" in page
        for child in held:
            assert str(child.pk) not in page
        for name in ("Maya", "Noor", "Finn", "Marlowe"):
            assert name not in page


def test_an_administrator_hands_over_in_their_own_authority_only(
    client: Client, brookvale: Authority, leaver: Actor, held: list[Child], worker: Callable[..., Actor]
) -> None:
    cache.clear()
    other = worker("administrator", brookvale)
    client.force_login(other.user)
    assert "They carry nothing that can be handed over" in text(client.get(f"/accounts/{leaver.user.pk}/hand-over"))
    assert client.get(f"/accounts/{leaver.user.pk}/close").status_code == 403
    with pytest.raises(ValidationError):
        actions.hand_over(leaver.user, heirs={}, by=Actor.of(other.user, today=TODAY))
    with pytest.raises(NotAllowed):
        actions.hand_over(leaver.user, heirs={}, by=leaver)
    assert carriers(held) == [("North", str(leaver.user))] * 3


def test_pages_ask_as_many_questions_of_one_child_as_of_many(
    asking: Client, leaver: Actor, held: list[Child], django_assert_num_queries: Any
) -> None:
    asking.get(f"/accounts/{leaver.user.pk}/close")
    with django_assert_num_queries(13):
        asking.get(f"/accounts/{leaver.user.pk}/close")
    with django_assert_num_queries(14):
        asking.get(f"/accounts/{leaver.user.pk}")
