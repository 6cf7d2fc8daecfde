"""Warnings: which of them someone may see, and who may give, review and end them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from waypost.access.actor import Actor
from waypost.access.rules import YES, Decision, No
from waypost.records.casework import visibility
from waypost.records.casework.models import Child, Warning
from waypost.records.casework.rules import OUT_OF_SCOPE, may_change_child


def warnings(actor: Actor) -> QuerySet[Any]:
    """The warnings on the records that someone may see."""
    return Warning.objects.filter(child__in=visibility.children(actor))


def may_warn(by: Actor, child: Child) -> Decision:
    return may_change_child(by, child)


def may_review_warning(by: Actor, warning: Warning) -> Decision:
    """Those who record on the child's record review a warning, and those whom it goes up to when nobody has."""
    child = warning.child
    if not visibility.children(by).filter(pk=child.pk).exists():
        return No(OUT_OF_SCOPE)
    if warning.ended_on is not None:
        return No("This warning has ended. Add a new one if it is needed again.")
    if by.may("approve", child.authority_id):
        return YES
    return by.may("change_person", child.authority_id)
