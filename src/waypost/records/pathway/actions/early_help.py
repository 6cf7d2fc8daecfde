"""Changes to early help: it opens, is planned, and ends or steps up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from waypost.access.acting import action
from waypost.access.actor import Actor
from waypost.access.models import Team, User
from waypost.access.recorded import Recorded
from waypost.domain.pathway import step
from waypost.records.casework.models import Child
from waypost.records.pathway.models import ContactChild, EarlyHelp
from waypost.records.pathway.opening import Opening, open_each, opens
from waypost.records.pathway.rules import may_work, of_row
from waypost.web import words


@opens("early_help")
def _begin(opening: Opening) -> EarlyHelp | None:
    """Early help that a decision opens, or that statutory work steps down to. One that is open already goes on."""
    if opening.child.early_help.filter(closed_on=None).exists():
        return None
    case = EarlyHelp(child=opening.child, referral=opening.referral, team=opening.team, opened_on=opening.on)
    case.contact = opening.source if isinstance(opening.source, ContactChild) else None
    case.save()
    return case


@action("open early help", may=may_work)
def open_early_help(
    child: Child,
    *,
    on: date,
    locality: str = "",
    criteria: Sequence[str] = (),
    team: Team | None = None,
    lead_worker: User | None = None,
    plan: str = "",
    by: Actor,
) -> EarlyHelp:
    """Early help that no decision opened, as for a younger brother or sister who is a candidate for it.

    Raises:
        ValidationError: the child has early help already.
    """
    if child.early_help.filter(closed_on=None).exists():
        raise ValidationError("This child has early help already.")
    case = EarlyHelp(
        child=child,
        opened_on=on,
        locality=locality,
        criteria=list(criteria),
        team=team,
        lead_worker=lead_worker,
        plan=plan,
    )
    case.save()
    return case


PLANNED = ("locality", "criteria", "team", "lead_worker", "plan")


@action("plan early help", may=of_row(may_work))
def plan_early_help(case: EarlyHelp, *, to: Mapping[str, Any], by: Actor) -> EarlyHelp:
    """Where, for whom, on what ground and how: any of `PLANNED`.

    Raises:
        ChangedSince: someone else has saved it since it was opened.
    """
    for name in PLANNED:
        if name in to:
            setattr(case, name, to[name])
    case.save()
    return case


@action("end early help", may=of_row(may_work))
def end_early_help(case: EarlyHelp, *, decision: str, why: str, at: datetime, by: Actor) -> list[Recorded]:
    """Ends early help by a decision of its step. One that steps up opens a referral, which keeps the link.

    Raises:
        ValidationError: it has ended, or would end before it began, or the child's case is open already.
    """
    on = timezone.localdate(at)
    if decision not in step("early_help").decisions:
        raise ValidationError({"decision": "Select how it ends."})
    if not case.is_open:
        raise ValidationError("This early help has ended already.")
    if on < case.opened_on:
        raise ValidationError({"on": f"The last day must be on or after {words.day(case.opened_on)}, when it opened"})
    case.ended_by, case.why, case.closed_on = decision, why, on
    case.save()
    return open_each("early_help", decision, Opening(case.child, None, case, on, by, at=at, team=case.team))
