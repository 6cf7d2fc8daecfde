"""What is missing or wrong in records: which are to be checked, what was found, and what stands beside a field.

The rules are asked by whoever knows them, above this room, who gives what they found to `keep`. A shortcoming stops
no work: it is shown, with what to do, until it is found no more (docs/adr/0032).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from waypost.access.models import Authority
from waypost.access.recorded import Recorded
from waypost.records.casework.models import Allocation, Child
from waypost.records.pathway.clocks.kept import children_of
from waypost.records.pathway.models import RecordChecked, Shortcoming, ToCheck


@dataclass(frozen=True, slots=True)
class Found:
    """That one child's record breaks one rule, with the words of the rule."""

    child: uuid.UUID
    rule: str
    severity: str
    title: str
    says: str
    put_right: str
    fields: tuple[str, ...] = ()
    times: int = 1


TELLS = ("severity", "title", "says", "put_right", "fields", "times", "team_id")

# ---------------------------------------------------------------- which are to be checked


def follow(changed: Iterable[Model]) -> None:
    """Notes after each action the children whose records it changed."""
    rows = [row for row in changed if isinstance(row, Recorded)]
    keys = {key for row in rows for key in (row.child_key, *children_of(row)) if key}
    if keys:
        mark(keys)


def mark(children: Iterable[uuid.UUID]) -> None:
    now = timezone.now()
    ToCheck.objects.bulk_create(
        [ToCheck(child_id=key, changed_at=now) for key in sorted(children)],
        update_conflicts=True,
        unique_fields=["child"],
        update_fields=["changed_at"],
        batch_size=1000,
    )


def due(today: date) -> QuerySet[Authority]:
    """The authorities whose record has changed since it was checked, or was not checked today: a rule reads the day."""
    midnight = timezone.make_aware(datetime.combine(today, datetime.min.time()))
    fresh = RecordChecked.objects.filter(checked_at__gte=midnight).values("authority")
    changed = ToCheck.objects.values("child__authority")
    found: QuerySet[Authority] = Authority.objects.filter(Q(pk__in=changed) | ~Q(pk__in=fresh)).order_by("code")
    return found


# ---------------------------------------------------------------- what was found


@transaction.atomic
def keep(authority: Authority, found: Iterable[Found], *, rules: str, began_at: datetime) -> int:
    """Takes what the rules found in the record of an authority as it stood at a moment; how many shortcomings are open.

    One that was there stays with the day it was first found. One that was not found again is gone.
    """
    today = timezone.localdate()
    by_key = {(each.child, each.rule): each for each in found}
    there = {(each.child_id, each.rule): each for each in open_ones(authority)}
    teams = _teams({child for child, _ in by_key})
    new: list[Shortcoming] = []
    changed: list[Shortcoming] = []
    for key, each in by_key.items():
        row = there.pop(key, None) or Shortcoming(child_id=key[0], authority=authority, rule=each.rule, found_on=today)
        if _tell(row, each, teams.get(each.child)):
            (changed if row.pk else new).append(row)
    Shortcoming.objects.bulk_create(new, batch_size=1000)
    Shortcoming.objects.bulk_update(changed, TELLS, batch_size=500)
    for first in range(0, len(gone := [row.pk for row in there.values()]), 500):
        Shortcoming.objects.filter(pk__in=gone[first : first + 500]).update(gone_on=today)
    ToCheck.objects.filter(child__authority=authority, changed_at__lte=began_at).delete()
    RecordChecked.objects.update_or_create(authority=authority, defaults={"rules": rules, "checked_at": began_at})
    return len(by_key)


def open_ones(authority: Authority) -> QuerySet[Shortcoming]:
    return Shortcoming.objects.filter(authority=authority, gone_on=None)


def _tell(row: Shortcoming, found: Found, team: int | None) -> bool:
    """Has a row say what was found, and tells whether it says anything new."""
    said = {name: getattr(found, name) for name in TELLS if name != "team_id"}
    said |= {"fields": list(found.fields), "team_id": team}
    is_new = any(getattr(row, name) != value for name, value in said.items())
    for name, value in said.items():
        setattr(row, name, value)
    return is_new or not row.pk


def _teams(children: set[uuid.UUID]) -> Mapping[uuid.UUID, int]:
    """The team that each child is allocated to now."""
    held = Allocation.objects.filter(ended_on=None).order_by("started_on").values_list("child", "team")
    return {child: team for child, team in held if child in children}


# ---------------------------------------------------------------- what is shown of it


def of_child(child: Child, at: datetime | None = None) -> Sequence[Shortcoming]:
    """The open shortcomings of a child, errors first. Of a record as it was known on a day nothing is said."""
    if at is not None:
        return ()
    found = Shortcoming.objects.filter(child=child, gone_on=None)
    return list(found.order_by("severity", "found_on", "rule"))


def beside_fields(child: Child) -> Mapping[str, Sequence[str]]:
    """What is said beside each field of a child's record, by the field's name."""
    said: dict[str, list[str]] = {}
    for each in of_child(child):
        for name in each.fields:
            said.setdefault(name, []).append(f"{each.says} {each.put_right}")
    return said
