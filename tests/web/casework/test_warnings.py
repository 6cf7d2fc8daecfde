"""Warnings: given, reviewed, ended; and a review that nobody holds goes up and is seen to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from waypost.access.actor import Actor
from waypost.access.models import Act, Authority
from waypost.access.rules import NotAllowed
from waypost.domain.reviews import who_must_act
from waypost.records.casework.actions import warnings
from waypost.records.casework.actions.warnings import NewWarning
from waypost.records.casework.models import Child, Warning

pytestmark = pytest.mark.django_db


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def boxes(name: str, day: date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def new(days: int = 30, **given: str) -> NewWarning:
    return NewWarning(**{"kind": "animal", "evidence": "A large dog.", **given}, review_on=in_days(days))  # type: ignore[arg-type]


@pytest.fixture
def clerk(ashdown: Authority, worker: Callable[..., Actor]) -> Actor:
    return worker("contact_worker", ashdown)


@pytest.fixture
def manager(ashdown: Authority, worker: Callable[..., Actor]) -> Actor:
    return worker("team_manager", ashdown)


@pytest.fixture
def maya(ashdown: Authority, child: Callable[..., Child]) -> Child:
    return child(ashdown)


@pytest.mark.parametrize(
    ("late", "role"),
    [
        (-1, None),
        (0, None),
        (1, "team_manager"),
        (14, "team_manager"),
        (15, "head_of_service"),
        (28, "head_of_service"),
        (29, "director"),
        (400, "director"),
    ],
)
def test_a_review_that_nobody_holds_goes_up(late: int, role: str | None) -> None:
    today = date(2026, 3, 2)
    assert who_must_act(today - timedelta(days=late), today=today) == role


def test_a_warning_is_given_and_stands_first_on_each_of_the_childs_pages(
    client: Client, maya: Child, clerk: Actor
) -> None:
    client.force_login(clerk.user)
    sent = {
        "kind": "animal",
        "evidence": "A large dog.",
        "told": "The health visitor",
        **boxes("review_on", in_days(90)),
    }
    assert client.post(f"/children/{maya.pk}/warnings/new", sent)["Location"] == f"/children/{maya.pk}"
    for page in ("", "/family", "/professionals"):
        drawn = client.get(f"/children/{maya.pk}{page}").content.decode()
        assert "Warning: Dangerous animal." in drawn
        assert "Told: The health visitor." in drawn
        assert "Overdue" not in drawn
    assert Act.objects.get(what="add warning").child == maya.pk


def test_what_is_wrong_is_said(client: Client, maya: Child, clerk: Actor) -> None:
    client.force_login(clerk.user)
    page = client.post(f"/children/{maya.pk}/warnings/new", boxes("review_on", in_days(0))).content.decode()
    for said in ("Select what it warns of", "Enter what the warning rests on", "The review date must be after today"):
        assert page.count(said) == 2
    late = client.post(f"/children/{maya.pk}/warnings/new", boxes("review_on", in_days(800))).content.decode()
    assert "The review date must be on or before" in late
    assert not Warning.objects.exists()


def test_an_overdue_review_says_so_and_who_must_act(client: Client, maya: Child, clerk: Actor) -> None:
    warnings.warn(maya, new=new(-20), by=clerk)
    client.force_login(clerk.user)
    page = client.get(f"/children/{maya.pk}").content.decode()
    assert "Overdue" in page
    assert "20 days ago" in page
    assert "<strong>Head of service</strong> must act" in page


def test_a_warning_that_stands_has_another_day(client: Client, maya: Child, clerk: Actor) -> None:
    warning = warnings.warn(maya, new=new(-1), by=clerk)
    client.force_login(clerk.user)
    sent = {
        "outcome": "stands",
        "evidence": "The dog is still there.",
        "version": "1",
        **boxes("review_on", in_days(60)),
    }
    client.post(f"/children/{maya.pk}/warnings/{warning.pk}", sent)
    warning.refresh_from_db()
    assert (warning.review_on, warning.evidence) == (in_days(60), "The dog is still there.")
    assert [row.evidence for row in warning.history.order_by("version")] == ["A large dog.", "The dog is still there."]


def test_a_warning_that_ends_is_shown_for_the_rest_of_the_day_and_then_no_more(
    client: Client, maya: Child, clerk: Actor
) -> None:
    warning = warnings.warn(maya, new=new(), by=clerk)
    client.force_login(clerk.user)
    here = f"/children/{maya.pk}/warnings/{warning.pk}"
    sent = {"outcome": "ends", "evidence": "A large dog.", "version": "1"}
    assert "Enter why the warning ends" in client.post(here, sent).content.decode()
    client.post(here, {**sent, "because": "The dog has gone."})
    warning.refresh_from_db()
    assert warning.ended_on == timezone.localdate()
    assert Act.objects.get(what="end warning").because == "The dog has gone."
    assert "Shown until the end of" in client.get(f"/children/{maya.pk}").content.decode()
    assert not warning.is_true_on(in_days(1))
    assert client.get(here).status_code == 403


def test_two_who_review_one_warning_see_both_versions(
    client: Client, maya: Child, clerk: Actor, manager: Actor
) -> None:
    warning = warnings.warn(maya, new=new(), by=clerk)
    kept = {"told": "", "review_on": in_days(20)}
    warnings.keep_warning(warning, evidence="Two large dogs.", **kept, by=manager)  # type: ignore[arg-type]
    client.force_login(clerk.user)
    sent = {"outcome": "stands", "evidence": "A small dog.", "version": "1", **boxes("review_on", in_days(60))}
    page = client.post(f"/children/{maya.pk}/warnings/{warning.pk}", sent).content.decode()
    assert "Two large dogs." in page
    assert "A small dog." in page
    assert f"Saved by {manager.user.name}" in page
    client.post(f"/children/{maya.pk}/warnings/{warning.pk}", {**sent, "version": "2"})
    warning.refresh_from_db()
    assert warning.evidence == "A small dog."


@pytest.mark.parametrize(
    ("role", "may"),
    [("social_worker", True), ("team_manager", True), ("director", True), ("performance_analyst", False)],
)
def test_who_reviews(
    role: str, may: bool, maya: Child, clerk: Actor, ashdown: Authority, worker: Callable[..., Actor]
) -> None:
    from waypost.access.models import Team
    from waypost.records.casework.actions import children

    warning = warnings.warn(maya, new=new(), by=clerk)
    team = Team.objects.create(authority=ashdown, service="A", name="South")
    by = worker(role, ashdown, team=team if role == "social_worker" else None)
    children.allocate(maya, team=team, worker=None, since=date(2026, 1, 1), by=worker("team_manager", ashdown))
    kept = {"evidence": "x", "told": "", "review_on": in_days(9)}
    if may:
        assert warnings.keep_warning(warning, **kept, by=by).version == 2  # type: ignore[arg-type]
    else:
        with pytest.raises(NotAllowed):
            warnings.keep_warning(warning, **kept, by=by)  # type: ignore[arg-type]


def test_nobody_out_of_scope_meets_or_gives_a_warning(
    client: Client, maya: Child, clerk: Actor, brookvale: Authority, worker: Callable[..., Actor]
) -> None:
    warning = warnings.warn(maya, new=new(-3), by=clerk)
    stranger = worker("team_manager", brookvale)
    client.force_login(stranger.user)
    assert client.get(f"/children/{maya.pk}/warnings/new").status_code == 404
    assert client.get(f"/children/{maya.pk}/warnings/{warning.pk}").status_code == 404
    assert "No review is overdue." in client.get("/warnings").content.decode()
    with pytest.raises(NotAllowed):
        warnings.warn(maya, new=new(), by=stranger)


def test_the_list_shows_the_longest_overdue_first_and_counts(
    client: Client, ashdown: Authority, child: Callable[..., Child], clerk: Actor, manager: Actor
) -> None:
    late = {"Fortnight": -16, "Day": -1, "Month": -30, "Soon": 3, "Far": 60}
    for given, days in late.items():
        warnings.warn(child(ashdown, given=given), new=new(days), by=clerk)
    client.force_login(manager.user)
    page = client.get("/warnings").content.decode()
    places = [page.index(f">{given} Marlowe<") for given in ("Month", "Fortnight", "Day", "Soon")]
    assert places == sorted(places)
    assert "3 reviews overdue" in page
    assert "1 review due within 14 days" in page
    assert "Far Marlowe" not in page
    for role in ("Director", "Head of service", "Team manager"):
        assert page.count(f"<strong>{role}</strong> must act") == 1


def test_the_list_asks_a_fixed_number_of_questions(
    client: Client,
    ashdown: Authority,
    child: Callable[..., Child],
    clerk: Actor,
    manager: Actor,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(manager.user)
    client.get("/warnings")
    for days in (-9, -3, 2, 5):
        warnings.warn(child(ashdown), new=new(days), by=clerk)
    with django_assert_num_queries(11):
        client.get("/warnings")


@pytest.mark.parametrize(("role", "status"), [("social_worker", 403), ("team_manager", 200), ("director", 200)])
def test_the_list_is_for_those_who_approve(
    role: str, status: int, client: Client, ashdown: Authority, worker: Callable[..., Actor]
) -> None:
    client.force_login(worker(role, ashdown).user)
    assert client.get("/warnings").status_code == status
    assert ("Warnings to review" in client.get("/people").content.decode()) == (status == 200)
