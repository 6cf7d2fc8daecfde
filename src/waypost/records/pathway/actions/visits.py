"""Visits: recorded once for brothers and sisters, and landing on each with only what concerns that child."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from waypost.access.acting import action
from waypost.access.actor import Actor
from waypost.access.models import User
from waypost.records.casework.models import Child
from waypost.records.pathway.actions.enquiries import one_for_each
from waypost.records.pathway.actions.plans import went
from waypost.records.pathway.models import PlanAction, Visit, VisitChild
from waypost.records.pathway.rules import may_work, of_each, of_row

NEVER_SEEN_ALONE = "A child who was not seen was not seen alone. Say that the child was seen, or not seen alone."


@dataclass(frozen=True, slots=True)
class NewVisit:
    """A visit, or an attempt at one, to the household. The visitor is whoever records it, unless one is named."""

    visited_at: datetime
    purpose: str
    place: str = "home"
    was_announced: bool = True
    who_was_there: str = ""
    home_seen: bool = False
    what_happened: str = ""
    was_made: bool = True
    why_not_made: str = ""
    visitor: User | None = None


@dataclass(frozen=True, slots=True)
class VisitOf:
    """What a visit says of one child. `actions` is how each action of the child's plan is going, by its key."""

    child: Child
    seen: bool
    seen_alone: bool | None = None
    bedroom_seen: bool | None = None
    said: str = ""
    worries: str = ""
    changed: str = ""
    actions: Mapping[uuid.UUID, str] = field(default_factory=dict)


@action("record visit", may=of_each(may_work))
def record_visit(children: Sequence[Child], *, new: NewVisit, each: Sequence[VisitOf], by: Actor) -> Visit:
    """Records a visit to brothers and sisters. Of one that was not made no child was seen, and `each` may be empty.

    Raises:
        ValidationError: a child is left out; or was seen alone and not seen; or why it was not made is not said.
    """
    if not new.was_made:
        if not new.why_not_made:
            raise ValidationError({"why_not_made": "Enter why the visit was not made"})
        each = [VisitOf(child, seen=False) for child in children]
    one_for_each(children, [one.child for one in each])
    visit = Visit(authority_id=children[0].authority_id, by=new.visitor or by.user, **_of_household(new))
    visit.save()
    on = timezone.localdate(new.visited_at)
    for one in each:
        _to(visit, one).save()
        for action_of_plan in _actions(one):
            went(action_of_plan, one.actions[action_of_plan.pk], on=on, visit=visit)
    return visit


@action("put visit right", may=of_row(may_work))
def put_visit_right(row: VisitChild, *, to: Mapping[str, Any], because: str, by: Actor) -> VisitChild:
    """What was recorded of one child was wrong. What it said stays in the history, with the reason.

    Raises:
        ChangedSince: someone else has saved it since it was opened.
        ValidationError: the child would have been seen alone and not seen.
    """
    for name, value in to.items():
        setattr(row, name, value)
    _complain(seen=row.seen, seen_alone=row.seen_alone)
    row.save()
    return row


def _of_household(new: NewVisit) -> dict[str, Any]:
    return {name: getattr(new, name) for name in NewVisit.__slots__ if name != "visitor"}


def _to(visit: Visit, one: VisitOf) -> VisitChild:
    _complain(seen=one.seen, seen_alone=one.seen_alone)
    return VisitChild(
        visit=visit,
        child=one.child,
        on=timezone.localdate(visit.visited_at),
        seen=one.seen,
        seen_alone=one.seen_alone,
        bedroom_seen=one.bedroom_seen,
        said=one.said,
        worries=one.worries,
        changed=one.changed,
    )


def _complain(*, seen: bool, seen_alone: bool | None) -> None:
    if seen_alone and not seen:
        raise ValidationError(NEVER_SEEN_ALONE)


def _actions(one: VisitOf) -> list[PlanAction]:
    """The actions of the child's own plan that were spoken of. Those of a brother or sister are not this child's."""
    found = PlanAction.objects.filter(pk__in=one.actions, plan__child=one.child).select_related("plan")
    if len(found) != len(one.actions):
        raise ValidationError("One of these actions is not of this child's plan. Open the page again.")
    return list(found)
