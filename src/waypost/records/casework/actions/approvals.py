"""Approval by another person: asked for at a version of a row, and given or refused for that version alone."""

from __future__ import annotations

from django.utils import timezone

from waypost.access.acting import action
from waypost.access.actor import Actor
from waypost.access.models import Authority
from waypost.access.recorded import Recorded
from waypost.access.rules import Decision
from waypost.records.casework.guard import may_ask_approval, may_decide
from waypost.records.casework.models import Approval


def ask_approval(record: Recorded, *, what: str, authority: Authority, by: Actor) -> Approval:
    """Puts a row, as it is now, before another person. `what` says what is asked: "Approve assessment"."""
    return _ask((record, authority), what=what, by=by)


def _may_ask(by: Actor, asked: tuple[Recorded, Authority]) -> Decision:
    return may_ask_approval(by, *asked)


@action("ask for approval", may=_may_ask)
def _ask(asked: tuple[Recorded, Authority], *, what: str, by: Actor) -> Approval:
    record, authority = asked
    approval = Approval(
        authority=authority,
        child=record.child_key,
        what=what,
        kind=record._meta.label,
        row=record.pk,
        row_version=record.version,
        asked_by=by.user,
        asked_at=timezone.now(),
    )
    approval.save()
    return approval


@action("approve", may=may_decide)
def approve(approval: Approval, *, by: Actor) -> Approval:
    """Says yes to the version that was asked about."""
    return _decided(approval, Approval.APPROVED, "", by)


@action("return for changes", may=may_decide)
def return_for_changes(approval: Approval, *, because: str, by: Actor) -> Approval:
    """Says no, and what must change."""
    return _decided(approval, Approval.RETURNED, because, by)


def _decided(approval: Approval, state: str, because: str, by: Actor) -> Approval:
    approval.state, approval.because = state, because
    approval.decided_by, approval.decided_at = by.user, timezone.now()
    approval.save()
    return approval
