"""The copy of the seals outside the database shows what the database alone cannot: that its last lines are gone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from waypost.access import trail
from waypost.access.models import Act, Authority, Seal
from waypost.records.casework.models import Child
from waypost.upkeep import seals

pytestmark = pytest.mark.django_db


@pytest.fixture
def copy(settings: Settings, tmp_path: Path, ashdown: Authority, child: Callable[..., Child]) -> Path:
    """The copy of a trail that is sealed in two batches."""
    settings.DATA_DIR = tmp_path
    for given in ("Maya", "Rowan"):
        child(ashdown, given=given)
        Act.objects.filter(pk__gt=getattr(Seal.objects.last(), "last", 0)).update(
            at=timezone.now() - timedelta(minutes=5)
        )
        assert seals.seal()
    return tmp_path / seals.NAME


def test_each_seal_is_a_line_that_its_owner_alone_may_read(copy: Path) -> None:
    assert copy.read_text() == "".join(f"{each.last} {each.hash}\n" for each in Seal.objects.all())
    assert copy.stat().st_mode & 0o777 == 0o600
    seals.copy_out()
    assert len(copy.read_text().splitlines()) == 2
    assert not list(seals.faults())


def test_last_lines_that_were_taken_away_with_their_seal_show(copy: Path) -> None:
    first, last = Seal.objects.all()
    Act.objects.filter(pk__gt=first.last).delete()
    last.delete()
    assert not list(trail.faults()), "the database alone does not show it"
    assert [fault for fault in seals.faults() if "is gone" in fault]


def test_a_last_line_that_was_changed_and_sealed_again_shows(copy: Path) -> None:
    last = Seal.objects.latest("last")
    Act.objects.filter(pk=last.last).update(what="something else")
    last.delete()
    assert seals.seal()
    assert not list(trail.faults())
    assert [fault for fault in seals.faults() if "is not the one" in fault]


def test_a_copy_that_was_changed_shows(copy: Path) -> None:
    copy.write_text(copy.read_text().replace(copy.read_text()[-20:-1], "0" * 19))
    assert list(seals.faults())


def test_a_line_that_was_half_written_is_written_again(copy: Path) -> None:
    whole = copy.read_text()
    copy.write_text(whole[:-30])
    assert not list(seals.faults())
    seals.copy_out()
    assert copy.read_text().splitlines()[-1] == whole.splitlines()[-1]
    assert not list(seals.faults())
