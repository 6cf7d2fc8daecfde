"""Teams, as an administrator keeps them: added, renamed with the day, and closed when nothing is left in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from waypost.access.actor import Actor
from waypost.access.models import Act, Authority, RoleHeld, Team
from waypost.access.rules import NotAllowed
from waypost.access.teams import actions
from waypost.records.casework.actions import children
from waypost.records.casework.models import Child

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def administrator(ashdown: Authority, worker: Callable[..., Actor]) -> Actor:
    cache.clear()
    return worker("administrator", ashdown)


@pytest.fixture
def asking(client: Client, administrator: Actor) -> Client:
    client.force_login(administrator.user)
    return client


def renamed(since: date, name: str = "North and East") -> dict[str, str]:
    day = {"since_day": str(since.day), "since_month": str(since.month), "since_year": str(since.year)}
    return {"name": name, "service": "Family support", **day}


def test_a_team_is_added(asking: Client, ashdown: Authority, administrator: Actor) -> None:
    asking.post("/teams/new", {"name": "East", "service": "Family support", "authority": str(ashdown.pk)})
    team = Team.objects.get(name="East")
    line = Act.objects.get(what="add team")
    assert (line.by, line.authority, line.rows) == (administrator.user, ashdown, [f"access.team:{team.pk}"])
    page = asking.post("/teams/new", {"name": "east", "service": "Family support", "authority": str(ashdown.pk)})
    assert page.content.decode().count("The authority has a team of that name already") == 2


def test_it_is_renamed_and_what_it_was_called_is_kept(asking: Client, team: Team) -> None:
    asking.post(f"/teams/{team.pk}/rename", renamed(TODAY))
    team.refresh_from_db()
    assert team.name == "North and East"
    (former,) = team.former_names.all()
    assert (former.name, former.ended_on) == ("North", TODAY - timedelta(days=1))
    page = asking.get(f"/teams/{team.pk}").content.decode()
    assert "North, Family support and child protection, until" in page
    # A second name cannot begin before the first does.
    again = asking.post(f"/teams/{team.pk}/rename", renamed(TODAY - timedelta(days=9), "East"))
    assert again.content.decode().count("must be after the last renaming") == 2
    assert team.former_names.count() == 1


def test_it_is_closed_when_it_is_empty(
    asking: Client, ashdown: Authority, team: Team, worker: Callable[..., Actor], child: Callable[..., Child]
) -> None:
    someone = worker("social_worker", ashdown, team=team)
    assert "People still have roles in this team" in asking.get(f"/teams/{team.pk}").content.decode()
    assert asking.post(f"/teams/{team.pk}/close").status_code == 403
    manager = worker("team_manager", ashdown)
    maya = child(ashdown)
    children.allocate(maya, team=team, worker=None, since=date(2026, 1, 5), by=manager)
    RoleHeld.objects.filter(user=someone.user).update(ended_on=date(2026, 1, 9))
    assert "Work is still allocated to this team" in asking.get(f"/teams/{team.pk}/close").content.decode()
    assert asking.post(f"/teams/{team.pk}/close").status_code == 403
    other = Team.objects.create(authority=ashdown, service="Family support", name="South")
    children.allocate(maya, team=other, worker=None, since=date(2026, 1, 12), by=manager)
    asking.post(f"/teams/{team.pk}/close")
    team.refresh_from_db()
    assert team.closed_on == TODAY
    # Nothing goes into a closed team: no role, no child, no new name.
    assert asking.get(f"/teams/{team.pk}/rename").status_code == 403
    assert "North" not in asking.get(f"/accounts/{someone.user.pk}/roles/new").content.decode()
    with pytest.raises(ValidationError, match="closed"):
        children.allocate(maya, team=team, worker=None, since=TODAY, by=manager)


def test_another_authoritys_team_is_not_there(asking: Client, brookvale: Authority, administrator: Actor) -> None:
    theirs = Team.objects.create(authority=brookvale, service="Family support", name="Riverside")
    for address in ("", "/rename", "/close"):
        assert asking.get(f"/teams/{theirs.pk}{address}").status_code == 404
    assert "Riverside" not in asking.get("/teams").content.decode()
    sent = {"name": "New", "service": "Family support", "authority": str(brookvale.pk)}
    assert "Select a valid choice" in asking.post("/teams/new", sent).content.decode()
    with pytest.raises(NotAllowed):
        actions.add_team(Team(authority=brookvale, name="New", service="Ours"), by=administrator)


def test_the_list_asks_as_many_questions_of_one_as_of_many(
    asking: Client, ashdown: Authority, worker: Callable[..., Actor], django_assert_num_queries: Any
) -> None:
    for number in range(6):
        place = Team.objects.create(authority=ashdown, service="Family support", name=f"Team {number}")
        worker("social_worker", ashdown, team=place)
    asking.get("/teams")
    with django_assert_num_queries(9):
        asking.get("/teams")
    with django_assert_num_queries(10):
        asking.get(f"/teams/{place.pk}")


@pytest.mark.parametrize("role", ["team_manager", "head_of_service", "social_worker"])
def test_nobody_else(client: Client, ashdown: Authority, team: Team, worker: Callable[..., Actor], role: str) -> None:
    client.force_login(worker(role, ashdown).user)
    for address in ("/teams", "/teams/new", f"/teams/{team.pk}", f"/teams/{team.pk}/rename"):
        assert client.get(address).status_code == 403
    assert client.post(f"/teams/{team.pk}/close").status_code == 403
