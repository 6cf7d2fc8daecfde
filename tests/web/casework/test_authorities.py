"""Three authorities, each sovereign: nothing of one is shown in another, and a shared unit is the only bridge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from waypost.access import trail
from waypost.access.acting import action
from waypost.access.actor import Actor
from waypost.access.models import Act, Authority, Team, Unit, User
from waypost.access.rules import YES
from waypost.records.casework import visibility
from waypost.records.casework.actions import children, facts, people, sealing
from waypost.records.casework.models import Allocation, Child, Involvement, Relationship, SealReader
from waypost.records.casework.search import duplicates

pytestmark = pytest.mark.django_db
HERE = ("contact_worker", "social_worker", "team_manager", "head_of_service", "director", "quality_manager")


@pytest.fixture
def theirs(brookvale: Authority, child: Callable[..., Child]) -> Child:
    return child(brookvale, given="Jonah", family="Brightwell")


@action("tie up", may=lambda by, child: YES)
def tie_up(child: Child, *, user: User, team: Team, by: Actor) -> None:
    """Whatever could relate a worker to a child, whether or not any action allows it."""
    Allocation(child=child, worker=user, team=team, started_on=date(2026, 1, 1)).save()
    Involvement(child=child, user=user, kind="core_group").save()
    SealReader(child=child, user=user).save()


@pytest.mark.parametrize("role", HERE)
def test_no_page_search_or_duplicate_shows_anothers(
    role: str, client: Client, theirs: Child, ashdown: Authority, worker: Callable[..., Actor]
) -> None:
    someone = worker(role, ashdown)
    client.force_login(someone.user)
    assert "0 people found" in client.post("/people", {"typed": "Jonah Brightwell"}).content.decode()
    assert not duplicates.likely("Jonah", "Brightwell", date(2018, 5, 4), visibility.findable(someone))
    for page in ("", "/family", "/professionals", "/looked", "/not-in-your-work", "/seal"):
        assert client.get(f"/children/{theirs.pk}{page}").status_code == 404
    assert client.get(f"/people/{theirs.person.pk}/known-to-me").status_code == 404


@pytest.mark.parametrize("role", HERE)
def test_no_relation_reaches_across(
    role: str, theirs: Child, ashdown: Authority, brookvale: Authority, team: Team, worker: Callable[..., Actor]
) -> None:
    someone = worker(role, ashdown, team=team)
    manager = worker("team_manager", brookvale)
    other = Team.objects.create(authority=brookvale, service="Family support", name="North")
    tie_up(theirs, user=someone.user, team=other, by=manager)
    assert theirs not in visibility.children(someone)
    assert not visibility.reasons(someone, theirs)


def test_a_relative_of_another_authority_is_not_named(
    client: Client, theirs: Child, ashdown: Authority, unit: Unit, child: Callable[..., Child],
    worker: Callable[..., Actor],
) -> None:  # fmt: skip
    maya = child(ashdown)

    @action("relate across", may=lambda by, person: YES)
    def relate(person: object, *, by: Actor) -> None:
        Relationship(person=maya.person, other=theirs.person, kind="cousin").save()

    manager = worker("team_manager", ashdown)
    relate(maya.person, by=manager)
    client.force_login(manager.user)
    assert "Jonah" not in client.get(f"/children/{maya.pk}/family").content.decode()
    client.force_login(worker("conference_chair", unit).user)
    assert "Jonah" in client.get(f"/children/{maya.pk}/family").content.decode()


def test_what_is_put_together_is_of_one_authority(
    theirs: Child, ashdown: Authority, brookvale: Authority, unit: Unit, team: Team, child: Callable[..., Child],
    worker: Callable[..., Actor],
) -> None:  # fmt: skip
    """Even by somebody of the shared unit, who sees both."""
    maya, manager = child(ashdown), worker("team_manager", unit)
    outside = worker("social_worker", brookvale).user
    riverside = Team.objects.create(authority=brookvale, service="Family support", name="Riverside")
    since = date(2026, 1, 5)
    refused: list[Callable[[], object]] = [
        lambda: people.relate(maya.person, other=theirs.person, kind="cousin", by=manager),
        lambda: facts.add_relative(
            maya.person, tie={"person": maya.person, "other": theirs.person, "kind": "cousin"}, by=manager
        ),
        lambda: children.allocate(maya, team=riverside, worker=None, since=since, by=manager),
        lambda: children.allocate(maya, team=team, worker=outside, since=since, by=manager),
        lambda: sealing.seal(maya, readers=[outside], because="Nobody else may see it.", by=head),
    ]
    head = worker("head_of_service", ashdown)
    for do in refused:
        with pytest.raises(ValidationError):
            do()
    assert not maya.allocations.exists()
    assert not Relationship.objects.exists()
    maya.refresh_from_db()
    assert not maya.is_sealed
    # Someone of the unit works for both, and so may carry a child of either.
    children.allocate(maya, team=team, worker=worker("conference_chair", unit).user, since=since, by=manager)


def test_no_page_offers_a_relative_of_another_authority(
    client: Client, theirs: Child, ashdown: Authority, unit: Unit, child: Callable[..., Child],
    worker: Callable[..., Actor],
) -> None:  # fmt: skip
    maya = child(ashdown)
    client.force_login(worker("conference_chair", unit).user)
    address = f"/people/{maya.person_id}/relatives"
    assert "Jonah" in client.post("/people", {"typed": "Jonah"}).content.decode()
    assert str(theirs.person_id) not in client.post(f"{address}/find", {"typed": "Jonah"}).content.decode()
    assert client.get(f"{address}/{theirs.person_id}/add").status_code == 404


def test_the_shared_unit_is_the_bridge(
    client: Client, theirs: Child, unit: Unit, child: Callable[..., Child], worker: Callable[..., Actor]
) -> None:
    calder = Authority.objects.create(code="993", name="Calder")
    outside = child(calder, given="Wren", family="Summerby")
    chair = worker("conference_chair", unit)
    client.force_login(chair.user)
    assert client.get(f"/children/{theirs.pk}").status_code == 200
    assert "1 person found" in client.post("/people", {"typed": "Brightwell"}).content.decode()
    assert client.get(f"/children/{outside.pk}").status_code == 404
    assert "0 people found" in client.post("/people", {"typed": "Summerby"}).content.decode()


def test_the_trail_of_a_look_stands_where_the_record_is(
    client: Client, theirs: Child, unit: Unit, ashdown: Authority, brookvale: Authority, worker: Callable[..., Actor]
) -> None:
    chair = worker("conference_chair", unit)
    trail.looked(chair, "child's page", theirs.pk)
    assert Act.objects.get(kind=Act.READ).authority == brookvale
    client.force_login(worker("data_owner", ashdown).user)
    assert chair.user.name not in client.get("/audit").content.decode()
    assert chair.user.name not in client.get("/audit/unusual").content.decode()
    client.force_login(worker("data_owner", brookvale).user)
    assert chair.user.name in client.get("/audit").content.decode()
