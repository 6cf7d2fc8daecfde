"""An invented record to extract from: the lives of a small authority, loaded from the files that it might have sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from tests.extract.building import Builder
from waypost.access.actor import Actor
from waypost.access.models import Authority, RoleHeld, User
from waypost.datasets.load.cin_census.reader import read_file
from waypost.demo import census
from waypost.domain.periods import FinancialYear
from waypost.extract.loading import Loaded, load

TODAY = date(2026, 11, 2)
Load = Callable[[Sequence[Path]], list[Loaded]]


@pytest.fixture
def ashdown(db: None) -> Authority:
    return Authority.objects.create(code="991", name="Ashdown")


@pytest.fixture
def manager(ashdown: Authority) -> Actor:
    user = User.objects.create_user("manager@example.org", "Marlo Thistle")
    RoleHeld.objects.create(user=user, role_id="team_manager", authority=ashdown, started_on=date(2020, 4, 1))
    return Actor.of(user, today=TODAY)


@pytest.fixture
def loading(manager: Actor) -> Load:
    """Loads files into the record, in the order given."""

    def loaded(paths: Sequence[Path]) -> list[Loaded]:
        return [load(read_file(path), actor=lambda _: manager) for path in paths]

    return loaded


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two years of a very small invented authority."""
    folder = tmp_path_factory.mktemp("census")
    years = [FinancialYear(2025), FinancialYear(2026)]
    return census.write(folder, authority="991", years=years, seed=3, size=0.02)


@pytest.fixture
def record(ashdown: Authority, manager: Actor, monkeypatch: pytest.MonkeyPatch) -> Builder:
    return Builder(ashdown, manager, monkeypatch)
