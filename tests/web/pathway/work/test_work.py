"""Work: a worker's own list, a team's, and cases given, handed over, taken back and covered."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.web.pathway.work.conftest import on_plan
from waypost.access.actor import Actor
from waypost.access.models import Authority, Team
from waypost.access.rules import NotAllowed
from waypost.records.casework import visibility
from waypost.records.casework.actions import allocation
from waypost.records.casework.models import Child, HandOver
from waypost.records.pathway.models import Clock
from waypost.records.pathway.work import due

pytestmark = pytest.mark.django_db


def moved_to(days: int) -> None:
    """Makes every open clock that has a limit due so many days from today."""
    Clock.objects.filter(done_on=None, due_on__isnull=False).update(due_on=timezone.localdate() + timedelta(days=days))


def page(client: Client, actor: Actor, view: str, *args: object, **asked: object) -> str:
    client.force_login(actor.user)
    answer = client.get(reverse(view, args=args), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_siblings_due_for_one_thing_are_one_line(siblings: list[Child], sunniva: Actor) -> None:
    for child in siblings:
        on_plan(child, sunniva)
    clocks = due.open_clocks(Clock.objects.filter(timescale="cp_visit"), until=date(2026, 12, 31))
    (line,) = due.lines(clocks, today=date(2026, 2, 20))
    assert sorted(child.name for child in line.children) == ["Maya Marlowe", "Teddy Marlowe"]
    assert (line.asks, line.due, line.is_overdue) == (
        "Visit and see the child",
        "In 2 working days, Tuesday 24 February 2026",
        False,
    )


def test_lines_are_overdue_this_week_or_coming() -> None:
    wednesday = date(2026, 3, 4)

    def line(on: date) -> due.DueLine:
        return due.DueLine((), "", "", on, on < wednesday, "", due.Way("", "", ""), "")

    found = due.split([line(date(2026, 3, day)) for day in (3, 4, 8, 9)], today=wednesday, is_cut=False)
    days = [[each.due_on.day for each in group] for group in (found.overdue, found.this_week, found.coming)]
    assert days == [[3], [4, 8], [9]]


def test_a_worker_sees_their_own_work(client: Client, siblings: list[Child], sunniva: Actor, idris: Actor) -> None:
    on_plan(siblings[0], sunniva)
    moved_to(-1)
    mine = page(client, sunniva, "my_work")
    assert "Overdue (5)" in mine
    assert "Visit and see the child" in mine
    assert "Overdue (0)" in page(client, idris, "my_work")


def test_whoever_covers_sees_the_work_and_the_record(
    client: Client, siblings: list[Child], sunniva: Actor, idris: Actor, manager: Actor
) -> None:
    on_plan(siblings[0], sunniva)
    moved_to(-1)
    today = timezone.localdate()
    allocation.cover(sunniva.user, user=idris.user, started_on=today, ended_on=today, why="Annual leave", by=manager)
    assert "Overdue (5)" in page(client, idris, "my_work")
    idris_today = Actor.of(idris.user, today=today)
    reasons = [each.because for each in visibility.reasons(idris_today, siblings[0])]
    assert f"You cover for {sunniva.user.name}, to whom the child is allocated." in reasons


def test_nobody_covers_for_themselves(sunniva: Actor, manager: Actor) -> None:
    today = timezone.localdate()
    with pytest.raises(ValidationError, match="nobody covers for themselves"):
        allocation.cover(sunniva.user, user=sunniva.user, started_on=today, ended_on=today, why="", by=manager)


def test_a_case_is_not_handed_over_until_it_is_accepted(
    siblings: list[Child], team: Team, sunniva: Actor, idris: Actor, manager: Actor
) -> None:
    (asked,) = allocation.hand_over([siblings[0]], team=team, worker=idris.user, by=manager)
    assert siblings[0].allocations.get(ended_on=None).worker == sunniva.user
    allocation.accept(asked, by=idris)
    assert siblings[0].allocations.get(ended_on=None).worker == idris.user


def test_only_whoever_is_asked_accepts(siblings: list[Child], team: Team, idris: Actor, manager: Actor) -> None:
    (asked,) = allocation.hand_over([siblings[0]], team=team, worker=idris.user, by=manager)
    with pytest.raises(NotAllowed, match="Only the worker who is asked"):
        allocation.accept(asked, by=manager)


def test_a_refused_case_stays_where_it_is(
    siblings: list[Child], team: Team, sunniva: Actor, idris: Actor, manager: Actor
) -> None:
    (asked,) = allocation.hand_over([siblings[0]], team=team, worker=idris.user, by=manager)
    allocation.refuse(asked, because="I know this family.", by=idris)
    assert siblings[0].allocations.get(ended_on=None).worker == sunniva.user
    with pytest.raises(NotAllowed, match="answered already"):
        allocation.undo(asked, by=manager)


def test_a_worker_of_another_team_or_authority_is_refused(
    siblings: list[Child], brookvale: Authority, idris: Actor, manager: Actor
) -> None:
    elsewhere = Team.objects.create(authority=brookvale, service="Family support", name="Mill")
    with pytest.raises(ValidationError, match="own authority"):
        allocation.hand_over([siblings[0]], team=elsewhere, worker=idris.user, by=manager)


def test_who_waits_is_given_at_once(
    client: Client, siblings: list[Child], team: Team, idris: Actor, manager: Actor
) -> None:
    today = timezone.localdate()
    allocation.wait(siblings[0], team=team, priority=1, why="Nobody is free.", since=today, by=manager)
    assert "Waiting for a worker (1)" in page(client, manager, "team_work")
    allocation.give(siblings[0], team=team, worker=idris.user, since=today, by=manager)
    assert "Waiting for a worker (0)" in page(client, manager, "team_work")
    assert siblings[0].allocations.get(ended_on=None).worker == idris.user


def test_cases_are_moved_after_a_preview_and_can_be_taken_back(
    client: Client, siblings: list[Child], sunniva: Actor, idris: Actor, manager: Actor
) -> None:
    on_plan(siblings[0], sunniva)
    client.force_login(manager.user)
    address = reverse("work_move", args=[sunniva.user.pk])
    chosen = {"children": [str(siblings[0].pk)], "to": str(idris.user.pk), "note": ""}
    seen = client.post(address, chosen).content.decode()
    # On a plan weighs 2, open with no plan a half.
    assert "2 cases, weight 2.5" in seen
    assert "1 case, weight 0.5" in seen
    assert "1 case, weight 2.0" in seen
    assert not HandOver.objects.exists()
    answer = client.post(address, {**chosen, "confirm": "1"}, follow=True)
    assert "Waits for an answer" in answer.content.decode()
    batch = HandOver.objects.get().batch
    client.post(reverse("work_moved", args=[batch]))
    assert HandOver.objects.get().undone_at is not None


def test_a_manager_sees_who_carries_what(client: Client, siblings: list[Child], sunniva: Actor, manager: Actor) -> None:
    on_plan(siblings[0], sunniva)
    moved_to(-1)
    seen = page(client, manager, "team_work")
    assert "Child protection plan: 1, Open, with no plan: 1" in seen
    assert "2.5" in seen


@pytest.mark.parametrize(("view", "number"), [("my_work", 12), ("team_work", 17), ("cover", 10)])
def test_a_list_of_work_asks_a_fixed_number_of_questions(
    client: Client,
    siblings: list[Child],
    sunniva: Actor,
    manager: Actor,
    view: str,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    actor = sunniva if view == "my_work" else manager
    client.force_login(actor.user)
    on_plan(siblings[0], sunniva)
    moved_to(-1)
    client.get(reverse(view))
    with django_assert_num_queries(number):
        client.get(reverse(view))
    on_plan(siblings[1], sunniva)
    moved_to(-1)
    with django_assert_num_queries(number):
        client.get(reverse(view))
