"""What is missing or wrong in records, in words: on a child's page, and in the list by team."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from waypost.records.casework.beside import Look
from waypost.records.casework.models import Child
from waypost.records.casework.presenters.child import called
from waypost.records.pathway import quality
from waypost.records.pathway.models import Shortcoming
from waypost.web.words import plural

PLACES: Mapping[str, tuple[str, str]] = {
    "person": ("change_person", "Open what is recorded of the child"),
    "numbers": ("child", "Open the child's numbers"),
    "referral": ("child_referrals", "Open the referrals"),
    "assessment": ("child_referrals", "Open the referrals and assessments"),
    "enquiry": ("child_protection", "Open the enquiries and conferences"),
    "conference": ("child_protection", "Open the enquiries and conferences"),
    "cin_plan": ("child_plan", "Open the plan"),
    "plan": ("child_plan", "Open the plan"),
}
"""Where each kind of row is put right."""
OF_PERSON = "change_person"


@dataclass(frozen=True, slots=True)
class Line:
    """One shortcoming. `view` and `key` are where it is put right."""

    child: uuid.UUID
    name: str
    severity: str
    title: str
    says: str
    put_right: str
    since: date
    age: str
    times: int
    view: str
    key: uuid.UUID
    place: str


def line(row: Shortcoming, today: date) -> Line:
    """A line of the list, whose child and names were read with it."""
    return _line(row, row.child, called(row.child.person.names.all(), today), today)


def _line(row: Shortcoming, child: Child, name: str, today: date) -> Line:
    kind = next((name.partition(".")[0] for name in row.fields), "person")
    view, place = PLACES.get(kind, PLACES["person"])
    return Line(
        child=child.pk,
        name=name,
        severity=row.get_severity_display(),
        title=row.title,
        says=row.says,
        put_right=row.put_right,
        since=row.found_on,
        age=age((today - row.found_on).days),
        times=row.times,
        view=view,
        key=child.person_id if view == OF_PERSON else child.pk,
        place=place,
    )


def age(days: int) -> str:
    """found today · 1 day · 12 days"""
    return plural(days, "day", "days") if days else "found today"


def first_look(look: Look) -> dict[str, Any]:
    """What a child's own page shows: nothing of a record as it was known on a day."""
    today = timezone.localdate()
    rows = quality.of_child(look.child, look.at)
    return {"shortcomings": [_line(row, look.child, "this child", today) for row in rows]}


@dataclass(frozen=True, slots=True)
class OfTeam:
    """One team's share. `key` is what the page is asked with to see it alone; 0 is for children of no team."""

    key: int
    name: str
    errors: int
    queries: int
    oldest: str


def teams(found: Iterable[Mapping[str, Any]], today: date) -> list[OfTeam]:
    return [
        OfTeam(
            key=each["team"] or 0,
            name=f"{each['team__name'] or 'No team'}, {each['authority__name']}",
            errors=each["errors"],
            queries=each["queries"],
            oldest=age((today - each["oldest"]).days),
        )
        for each in found
    ]


def since_last_week(now: int, then: int) -> str:
    """12 fewer than a week ago · as many as a week ago"""
    if now == then:
        return "As many as a week ago."
    return f"{abs(now - then):,} {'more' if now > then else 'fewer'} than a week ago."
