"""The family, with its worker, manager and chair."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.web.pathway.protection.family import Family, make
from waypost.access.actor import Actor
from waypost.access.models import Authority, Team, Unit


@pytest.fixture
def family(ashdown: Authority, unit: Unit, team: Team, worker: Callable[..., Actor]) -> Family:
    manager = worker("team_manager", ashdown)
    social_worker = worker("social_worker", ashdown, team=team)
    return make(ashdown, team, worker=social_worker, manager=manager, chair=worker("conference_chair", unit))
