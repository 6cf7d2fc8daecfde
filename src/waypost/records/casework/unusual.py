"""Signs of an unusual look that only the records themselves show (`access/unusual.py`)."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from waypost.access import unusual
from waypost.access.models import Act
from waypost.access.unusual import Asked, Sign, Told, child_days
from waypost.records.casework.models import Allocation, BrokenGlass, Child, Involvement, PersonName, SealReader

HELD_THEN = (Q(started_on=None) | Q(started_on__lte=OuterRef("day"))) & (
    Q(ended_on=None) | Q(ended_on__gte=OuterRef("day"))
)
"""Of a fact with its days: that it held on the day of the look."""
OPENED_THEN = BrokenGlass.objects.filter(
    child=OuterRef("child"), user=OuterRef("by"), opened_at__lte=OuterRef("at"), ends_at__gt=OuterRef("at")
)
"""Of an emergency: that it was going on at the moment of the look."""


def _glass(asked: Asked) -> Told:
    yield from child_days(_looks(asked).filter(Exists(OPENED_THEN)), "Opened the record in an emergency")


def _sealed(asked: Asked) -> Told:
    sealed = Child.objects.filter(pk=OuterRef("child"), is_sealed=True)
    yield from child_days(_looks(asked).filter(Exists(sealed)), "Looked at a sealed record")


def _own_name(asked: Asked) -> Told:
    same = PersonName.objects.alias(name=Lower("family")).filter(
        person__child=OuterRef("child"), name=Lower(OuterRef("by__family_name"))
    )
    named = _looks(asked).exclude(by__family_name="").filter(Exists(same))
    yield from child_days(named, "Has the same family name as the child")


def _by_role_alone(asked: Asked) -> Told:
    """A wide role opens more than its holder works with. That is common, so it is told beside other signs only."""
    allocated = Allocation.objects.filter(
        HELD_THEN, Q(worker=OuterRef("by")) | Q(team__roleheld__user=OuterRef("by")), child=OuterRef("child")
    )
    involved = Involvement.objects.filter(
        HELD_THEN, Q(user=OuterRef("by")) | Q(user=None, agency=OuterRef("by__agency")), child=OuterRef("child")
    )
    named = SealReader.objects.filter(HELD_THEN, child=OuterRef("child"), user=OuterRef("by"))
    alone = _looks(asked).filter(~Exists(allocated), ~Exists(involved), ~Exists(named), ~Exists(OPENED_THEN))
    yield from child_days(alone, "Nothing but their role opened the record to them")


def _tried(asked: Asked) -> Told:
    refused = asked.of_the_days.filter(kind=Act.REFUSED, what="look")
    yield from child_days(refused, "Tried to open a record that is closed to them, by its address")


def _looks(asked: Asked) -> QuerySet[Any]:
    return asked.of_the_days.filter(kind=Act.READ)


def register() -> None:
    for sign in (
        Sign("glass", _glass),
        Sign("sealed", _sealed),
        Sign("own_name", _own_name),
        Sign("tried", _tried),
        Sign("by_role_alone", _by_role_alone, stands_alone=False),
    ):
        unusual.register(sign)
