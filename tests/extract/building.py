"""A record written by hand, row by row, each change by an action with its own moment."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from waypost.access import acting
from waypost.access.acting import action
from waypost.access.actor import Actor
from waypost.access.models import Authority
from waypost.access.recorded import Recorded
from waypost.access.rules import YES
from waypost.records.casework.models import Child, Identifier, Person
from waypost.records.pathway import models as held


@action("write rows", may=lambda *_: YES)
def write(_: Authority, *, rows: Iterable[Recorded], by: Actor) -> None:
    for row in rows:
        row.save()


class Builder:
    """Writes rows of one authority's record, on the day that `on` says and, without it, today."""

    def __init__(self, authority: Authority, by: Actor, monkeypatch: Any) -> None:
        self.authority, self.by, self._monkeypatch = authority, by, monkeypatch

    def save(self, *rows: Recorded) -> None:
        write(self.authority, rows=rows, by=self.by)

    @contextmanager
    def on(self, day: date) -> Any:
        """What is written within was recorded at noon of a day."""
        with self._monkeypatch.context() as patch:
            patch.setattr(acting.timezone, "now", lambda: noon(day))
            yield

    def child(self, number: str, born_on: date | None = date(2018, 5, 4), **known: Any) -> Child:
        known = {"sex": "female", "ethnicity": "WBRI", "disabilities": ["NONE"], **known}
        person = Person(authority=self.authority, born_on=born_on, **known)
        child = Child(person=person, authority=self.authority)
        self.save(person, child, Identifier(person=person, kind=Identifier.LOCAL, value=number))
        return child

    def referral(self, child: Child, day: date, decision: str = "assessment", **known: Any) -> held.Referral:
        known = {"source": "2A", "need": "N1", **known}
        referral = held.Referral(
            child=child,
            received_at=noon(day),
            received_on=day,
            decision=decision,
            decided_at=noon(day) if decision else None,
            **known,
        )
        self.save(referral)
        return referral

    def assessment(self, referral: held.Referral, day: date, done_on: date | None = None, **known: Any) -> Any:
        row = held.Assessment(
            child=referral.child, referral=referral, kind="single", started_on=day, authorised_on=done_on, **known
        )
        self.save(row)
        return row

    def enquiry(self, referral: held.Referral, day: date, decision: str = "", **known: Any) -> held.Enquiry:
        row = held.Enquiry(
            child=referral.child,
            referral=referral,
            started_on=day,
            decision=decision,
            decided_at=noon(day) if decision else None,
            **known,
        )
        self.save(row)
        return row

    def conference(self, child: Child, held_on: date | None, kind: str = "initial", **known: Any) -> Any:
        meeting = held.Conference(
            authority=self.authority,
            kind=kind,
            asked_on=held_on or date(2025, 1, 1),
            held_on=held_on,
            cancelled_on=known.pop("cancelled_on", None),
        )
        decision = known.pop("decision", "")
        row = held.ConferenceChild(
            conference=meeting,
            child=child,
            decision=decision,
            decided_at=noon(held_on or date(2025, 1, 1)) if decision else None,
            **known,
        )
        self.save(meeting, row)
        return row

    def plan(self, referral: held.Referral, day: date, category: str = "NEG", **known: Any) -> held.ProtectionPlan:
        plan = held.ProtectionPlan(child=referral.child, referral=referral, started_on=day, **known)
        self.save(plan, held.PlanCategory(plan=plan, category=category, started_on=day))
        return plan


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
