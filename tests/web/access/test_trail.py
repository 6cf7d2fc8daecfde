"""The audit trail is sealed in batches, and a line that is changed, taken out or put in afterwards shows."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
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


@pytest.mark.parametrize("field", [field.name for field in Act._meta.concrete_fields if not field.primary_key])
def test_a_line_that_was_changed_shows(sealed: int, field: str) -> None:
    other = {
        "key": uuid.uuid4(), "at": timezone.now(), "kind": Act.READ, "by": None, "child": uuid.uuid4(), "rows": ["x"],
        "authority": Authority.objects.create(code="993", name="Calder"),
    }  # fmt: skip
    held = Act.objects.filter(pk=Act.objects.filter(kind=Act.CHANGE).earliest("pk").pk)
    assert held.exclude(**{field: other.get(field, "something else")}).update(
        **{field: other.get(field, "something else")}
    )
    assert ["has been changed" in fault for fault in trail.faults()] == [True]


@pytest.mark.parametrize("place", [0, -1], ids=["first", "last"])
@pytest.mark.parametrize("field", [field.name for field in Seal._meta.concrete_fields if not field.primary_key])
def test_a_seal_that_was_changed_shows(sealed: int, field: str, place: int) -> None:
    seal = list(Seal.objects.all())[place]
    was = getattr(seal, field)
    setattr(seal, field, was + 1 if isinstance(was, int) else was + LATER if field == "sealed_at" else "0" * 64)
    seal.save()
    assert list(trail.faults())


def test_a_line_that_was_given_another_number_shows(sealed: int) -> None:
    Act.objects.filter(pk=Act.objects.earliest("pk").pk).update(id=Act.objects.latest("pk").pk + 100)
    assert list(trail.faults())


@pytest.mark.parametrize("place", [0, 1, -1], ids=["first", "second", "last"])
def test_any_line_that_was_taken_out_shows(sealed: int, place: int) -> None:
    list(Act.objects.order_by("pk"))[place].delete()
    assert any("when sealed" in fault for fault in trail.faults())


def test_a_line_that_was_put_in_shows(sealed: int) -> None:
    second = list(Act.objects.order_by("pk"))[1]
    Act.objects.filter(pk=second.pk).update(id=Act.objects.latest("pk").pk + 100)
    Act.objects.create(pk=second.pk, at=second.at, kind=Act.READ, what="something else")
    assert list(trail.faults())


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps every value to its kind")
@pytest.mark.parametrize("column", ["key", "at", "child", "rows"])
def test_a_line_that_can_no_longer_be_read_shows(sealed: int, column: str) -> None:
    first = Act.objects.earliest("pk").pk
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute(f"UPDATE access_act SET {column} = 'not of its kind' WHERE id = %s", [first])  # noqa: S608
        cursor.execute("PRAGMA ignore_check_constraints = OFF")
    assert any("cannot be read" in fault or "has been changed" in fault for fault in trail.faults())


def test_a_line_that_was_taken_out_shows(sealed: int) -> None:
    Act.objects.earliest("pk").delete()
    assert any("were 2 when sealed and are 1 now" in fault for fault in trail.faults())


def test_a_seal_that_was_made_again_does_not_follow(sealed: int) -> None:
    Act.objects.filter(pk=Act.objects.earliest("pk").pk).update(what="something else")
    first = Seal.objects.first()
    assert first
    first.hash = trail._hash(first, Act.objects.filter(pk__lte=first.last).order_by("pk"))
    first.save()
    assert any("does not follow" in fault for fault in trail.faults())
