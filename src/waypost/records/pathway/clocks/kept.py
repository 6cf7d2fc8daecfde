"""Keeps the clocks in step: after each action, those of the children whom it changed are worked out anew."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils import timezone

from waypost.access.local.models import Setting
from waypost.access.local.reader import settings_for
from waypost.access.models import Authority
from waypost.access.recorded import Recorded
from waypost.domain.calendars import ENGLAND_AND_WALES, OutsideCalendar
from waypost.domain.local import Local
from waypost.domain.timescales import due_on
from waypost.records.casework.models import AddressHeld, Allocation, Child, Person
from waypost.records.pathway.case import Case, cases_of
from waypost.records.pathway.clocks.moved import KINDS
from waypost.records.pathway.clocks.running import CIN_VISIT, Running, running
from waypost.records.pathway.models import Clock
from waypost.records.pathway.models.case import OfCase, OfFamily
from waypost.records.pathway.models.plans import OfPlan

AT_ONCE = 500
"""Children whose clocks are worked out in one go, so that a whole record can be done again in little memory."""


def follow(changed: Iterable[Model]) -> None:
    """Works out again the clocks of each child among what an action has changed, or whose limits it has changed."""
    rows = [row for row in changed if isinstance(row, Recorded)]
    keys = {key for row in rows for key in children_of(row)}
    for setting in (row for row in rows if isinstance(row, Setting) and row.kind in KINDS):
        running_there = Clock.objects.filter(authority=setting.authority_id, done_on=None)
        keys.update(running_there.values_list("child", flat=True))
    _keep_each(list(keys))


def keep(keys: Collection[uuid.UUID]) -> None:
    """The clocks of some children, in place of those that were kept."""
    today = timezone.localdate()
    children = list(Child.objects.filter(pk__in=keys).select_related("person", "authority"))
    local = settings_for({child.authority for child in children}, today)
    homes = _homes([child.person_id for child in children], today)
    made = [
        clock
        for case in cases_of(children).values()
        for clock in _clocks(case, local[case.child.authority_id], homes.get(case.child.person_id))
    ]
    Clock.objects.filter(child__in=keys).delete()
    Clock.objects.bulk_create(made, batch_size=1000)


def keep_all(authority: Authority | None = None) -> int:
    """The clocks of every child, worked out anew; how many children there are."""
    every = Child.objects.filter(authority=authority) if authority else Child.objects.all()
    keys = list(every.values_list("pk", flat=True))
    _keep_each(keys)
    return len(keys)


def _keep_each(keys: Sequence[uuid.UUID]) -> None:
    for first in range(0, len(keys), AT_ONCE):
        keep(keys[first : first + AT_ONCE])


def due(clock: Running, local: Local) -> date | None:
    """The day a clock is due: the plan's own where it sets one, or else the rule in force; None without a number."""
    if clock.own_due_on or clock.timescale == CIN_VISIT:
        return clock.own_due_on
    try:
        answer = due_on(clock.timescale, after=clock.started_on, calendar=ENGLAND_AND_WALES, **local.clocks)
    except OutsideCalendar:
        return None
    return answer if isinstance(answer, date) else None


def _clocks(case: Case, local: Local, home: uuid.UUID | None) -> Iterator[Clock]:
    held = _held(case.allocations)
    found: dict[tuple[str, uuid.UUID, date], Clock] = {}
    for each in running(case):
        clock = Clock(
            child=case.child,
            authority_id=case.child.authority_id,
            timescale=each.timescale,
            kind=each.kind,
            row=each.row,
            family=home or case.child.pk,
            started_on=each.started_on,
            due_on=due(each, local),
            done_on=each.done_on,
            worker_id=held.worker_id if held else None,
            team_id=held.team_id if held else None,
        )
        found.setdefault((each.timescale, each.row, each.started_on), clock)
    return iter(found.values())


def _held(allocations: Iterable[Allocation]) -> Allocation | None:
    """Who holds the case now."""
    return next((each for each in allocations if each.ended_on is None), None)


def _homes(people: Collection[uuid.UUID], today: date) -> Mapping[uuid.UUID, uuid.UUID]:
    """Where each person lives. It is used as a key alone: what is due for those of one home is one thing to do."""
    held = AddressHeld.objects.on(today).filter(person__in=people).exclude(kind="letters")
    return dict(held.order_by("started_on").values_list("person", "address"))


def children_of(row: Recorded) -> Iterator[uuid.UUID]:
    """The children whose clocks a row may move. What was done for several children is of each of them."""
    if isinstance(row, OfFamily):
        for link in row._meta.related_objects:
            of: Any = link.related_model
            if issubclass(of, OfCase):
                yield from of.objects.filter(**{link.field.name: row}).values_list("child", flat=True)
    elif isinstance(row, OfCase | OfPlan | Allocation | Person) and row.child_key is not None:
        yield row.child_key
