"""Steps that leave the usual order: which steps a child has had, and the reason that is kept where one is missing."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from waypost.access.recorded import Recorded
from waypost.domain.pathway import out_of_order, step
from waypost.records.casework.models import Child
from waypost.records.pathway import models as held

WHY = "why_out_of_order"

_ROWS: dict[str, tuple[Any, dict[str, object]]] = {
    "contact": (held.ContactChild, {}),
    "early_help": (held.EarlyHelp, {}),
    "referral": (held.Referral, {}),
    "assessment": (held.Assessment, {}),
    "strategy_discussion": (held.StrategyChild, {}),
    "section47_enquiry": (held.Enquiry, {}),
    "initial_conference": (held.ConferenceChild, {"conference__held_on__isnull": False}),
    "review_conference": (
        held.ConferenceChild,
        {"conference__held_on__isnull": False, "conference__kind": held.Conference.REVIEW},
    ),
    "transfer_in": (held.Transfer, {"direction": held.Transfer.IN}),
    "cin_plan": (held.CinPlan, {}),
    "protection_plan": (held.ProtectionPlan, {}),
}
"""The rows that show that a child has had a step."""


def complaint(step_id: str, child: Child) -> str:
    """Why a step would leave the usual order for a child; empty where it does not. At most one question a step."""
    asked = [each for each in step(step_id).after if each in _ROWS]
    had = (each for each in asked if _ROWS[each][0].objects.filter(child=child, **_ROWS[each][1]).exists())
    first = next(had, None)
    return out_of_order(step_id, had=[first] if first else [])


def note_if_out_of_order(step_id: str, row: Recorded, child: Child, *, why: str) -> None:
    """Keeps the reason for a step that left the usual order. Asked before the row itself is saved.

    Raises:
        ValidationError: it does, and nobody said why.
    """
    said = complaint(step_id, child)
    if not said:
        return
    if not why:
        raise ValidationError({WHY: f"{said} Say why it is done now."})
    held.OutOfOrder(child=child, step=step_id, row=row.pk, complaint=said, why=why).save()
