"""The audit trail is sealed in batches, and a line that is changed, taken out or put in afterwards shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from waypost.access import trail
from waypost.access.models import Act, Authority, Seal
from waypost.records.casework.models import Child

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=5)


@pytest.fixture
def sealed(ashdown: Authority, child: Callable[..., Child]) -> int:
    for given in ("Maya", "Rowan"):
        child(ashdown, given=given)
        trail.seal(timezone.now() + LATER)
    return Act.objects.count()


def test_seals_follow_each_other_and_hold_every_line(sealed: int) -> None:
    first, second = Seal.objects.all()
    assert first.count + second.count == sealed
    assert second.before == first.hash
    assert not list(trail.faults())


def test_what_is_not_settled_is_not_sealed_yet(ashdown: Authority, child: Callable[..., Child]) -> None:
    child(ashdown)
    assert trail.seal() == 0


@pytest.mark.parametrize("field", ["what", "because", "at", "by", "child", "rows"])
def test_a_line_that_was_changed_shows(sealed: int, field: str) -> None:
    other = {"at": timezone.now(), "by": None, "child": "6f1c9f0e-1111-4111-8111-000000000000", "rows": ["x"]}
    Act.objects.filter(pk=Act.objects.earliest("pk").pk).update(**{field: other.get(field, "something else")})
    assert ["has been changed" in fault for fault in trail.faults()] == [True]


def test_a_line_that_was_taken_out_shows(sealed: int) -> None:
    Act.objects.earliest("pk").delete()
    assert any("were 2 when sealed and are 1 now" in fault for fault in trail.faults())


def test_a_seal_that_was_made_again_does_not_follow(sealed: int) -> None:
    Act.objects.filter(pk=Act.objects.earliest("pk").pk).update(what="something else")
    first = Seal.objects.first()
    assert first
    first.hash = trail._hash("", Act.objects.filter(pk__lte=first.last).order_by("pk"))
    first.save()
    assert any("does not follow" in fault for fault in trail.faults())
