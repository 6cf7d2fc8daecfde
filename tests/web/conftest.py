"""Invented authorities, teams and workers, and acts done as them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from pytest_django import Settings

from waypost.access.actor import Actor
from waypost.access.models import Authority, RoleHeld, Team, Unit, User
from waypost.records.casework.actions import children, people
from waypost.records.casework.actions.people import NewPerson
from waypost.records.casework.models import Child

TODAY = date(2026, 3, 2)
LONG_AGO = date(2020, 4, 1)


@pytest.fixture
def ashdown(db: None) -> Authority:
    return Authority.objects.create(code="991", name="Ashdown")


@pytest.fixture
def brookvale(db: None) -> Authority:
    return Authority.objects.create(code="992", name="Brookvale")


@pytest.fixture
def unit(ashdown: Authority, brookvale: Authority) -> Unit:
    shared = Unit.objects.create(name="Shared safeguarding unit")
    shared.authorities.set([ashdown, brookvale])
    return shared


@pytest.fixture
def team(ashdown: Authority) -> Team:
    return Team.objects.create(authority=ashdown, service="Family support and child protection", name="North")


@pytest.fixture
def worker(db: None) -> Callable[..., Actor]:
    """Makes a worker who holds one role: worker("social_worker", ashdown, team=team)."""

    def made(role: str, place: Authority | Unit, *, team: Team | None = None, **given: str) -> Actor:
        number = User.objects.count()
        user = User.objects.create_user(f"{role}{number}@example.org", f"Worker {number}", **given)
        authority, unit = (place, None) if isinstance(place, Authority) else (None, place)
        RoleHeld.objects.create(user=user, role_id=role, authority=authority, unit=unit, team=team, started_on=LONG_AGO)
        return Actor.of(user, today=TODAY)

    return made


@pytest.fixture
def child(worker: Callable[..., Actor]) -> Callable[..., Child]:
    """Makes an invented child: child(ashdown, given="Maya")."""

    def made(authority: Authority, *, given: str = "Maya", family: str = "Marlowe", **known: object) -> Child:
        by = worker("contact_worker", authority)
        new = NewPerson(given=given, family=family, **{"born_on": date(2018, 5, 4), **known})  # type: ignore[arg-type]
        person = people.register_person(authority, new=new, by=by)
        return children.open_record(person, local_id=f"A{Child.objects.count():05}", by=by)

    return made


@pytest.fixture(autouse=True)
def plain_static_files(settings: Settings) -> None:
    """Pages name their style sheets as they lie, for nothing has collected them."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture(autouse=True)
def no_second_factor(settings: Settings) -> None:
    """People are signed in without one; tests of signing in ask for it themselves."""
    settings.SECOND_FACTOR_IS_NEEDED = False
