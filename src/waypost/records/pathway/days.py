"""Days and moments of the pathway: what a rule makes of them, and the sentence where two of them contradict."""

from __future__ import annotations

from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.utils import timezone

from waypost.access.local.reader import settings_of
from waypost.domain.calendars import ENGLAND_AND_WALES, OutsideCalendar
from waypost.domain.limits import TimescaleId
from waypost.domain.timescales import due_on
from waypost.records.casework.models import Child
from waypost.web import words

NOON = time(12)


def moment_of(on: date, at: datetime | None = None) -> datetime:
    """When something of a day was done: the moment that is given, now where the day is today, or else noon."""
    if at is not None:
        return at
    now = timezone.localtime()
    return now if now.date() == on else timezone.make_aware(datetime.combine(on, NOON))


def limit_of(timescale: TimescaleId, child: Child, *, after: date) -> date | None:
    """The last day in time under the rules of the child's authority; None where no number is set."""
    local = settings_of(child.authority, after)
    try:
        found = due_on(timescale, after=after, calendar=ENGLAND_AND_WALES, **local.clocks)
    except OutsideCalendar:
        return None
    return found if isinstance(found, date) else None


def in_order(what: str, *, first: tuple[str, date | None], then: tuple[str, date | None], field: str = "on") -> None:
    """Two days in the order that they must have. `what` says what is wrong where they have not.

        in_order("the plan ends before it starts", first=("start date", started), then=("end date", ended))

    Raises:
        ValidationError: beside `field`, with both days.
    """
    (earlier, one), (later, two) = first, then
    if one is not None and two is not None and two < one:
        raise ValidationError(
            {
                field: f"We could not save this because {what}. "
                f"Change the {later}, {words.day(two)}, or the {earlier}, {words.day(one)}."
            }
        )
