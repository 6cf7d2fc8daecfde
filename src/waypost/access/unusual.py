"""Unusual looks: what someone did on a day that the data owner should ask about, each with why, in words.

A sign is one question of the whole trail, never a loop over its lines. Rooms that know more of a record register signs
of their own. Signs of one person, one child and one day stand together. One that is common by itself, such as a look
that only a wide role allows, is told beside others and alone brings nothing into the list.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay, TruncDate, TruncHour
from django.utils import timezone

from waypost.access.acting import action, doing
from waypost.access.actor import Actor
from waypost.access.models import Act, LookReviewed
from waypost.access.rules import Decision, No

DAY_BEGINS, DAY_ENDS = 7, 20
"""Hours of the clock in London between which a look is in the working day."""
MANY, TIMES_USUAL, USUAL_OVER = 15, 3, timedelta(days=90)
"""As many children in a day as to be asked about, where it is this many times what the person usually looks at."""
REFUSALS = 5
"""As many refusals within an hour as no slip explains."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one person did on one day: to one child's record, or to several where `child` is None."""

    by: uuid.UUID
    child: uuid.UUID | None
    day: date


@dataclass(frozen=True, slots=True)
class Asked:
    """The trail that is looked through, by a day in London, and the days that are asked about, both counted."""

    acts: QuerySet[Act]
    first: date
    last: date

    @property
    def of_the_days(self) -> QuerySet[Any]:
        return self.between(self.first, self.last)

    def between(self, first: date, last: date) -> QuerySet[Any]:
        begins = timezone.make_aware(datetime.combine(first, time.min))
        ends = timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))
        held = self.acts.exclude(by=None).filter(at__gte=begins, at__lt=ends)
        return held.annotate(day=TruncDate("at")).order_by()


Told = Iterable[tuple[Look, str]]


@dataclass(frozen=True, slots=True)
class Sign:
    """One way in which a look can be unusual. `find` gives the looks that show it, each with its words."""

    id: str
    find: Callable[[Asked], Told]
    stands_alone: bool = True


@dataclass(frozen=True, slots=True)
class Unusual:
    """A look with its signs, and its review where there is one."""

    look: Look
    signs: tuple[str, ...]
    review: LookReviewed | None


_signs: dict[str, Sign] = {}


def register(sign: Sign) -> None:
    _signs[sign.id] = sign


def unusual(asked: Asked) -> list[Unusual]:
    """What is unusual, what nobody has reviewed first, then the latest and those with most signs."""
    found: dict[Look, list[str]] = defaultdict(list)
    alone: set[Look] = set()
    for sign in _signs.values():
        for look, says in sign.find(asked):
            found[look].append(says)
            alone |= {look} if sign.stands_alone else set()
    reviewed = {
        Look(each.user_id, each.child, each.day): each
        for each in LookReviewed.objects.filter(day__range=(asked.first, asked.last)).select_related("reviewed_by")
    }
    held = [Unusual(look, tuple(signs), reviewed.get(look)) for look, signs in found.items() if look in alone]
    return sorted(held, key=lambda each: (each.review is not None, -each.look.day.toordinal(), -len(each.signs)))


def child_days(acts: QuerySet[Any], says: str) -> Told:
    """The looks of lines about one child, each once."""
    for by, child, day in acts.exclude(child=None).values_list("by", "child", "day").distinct():
        yield Look(by, child, day), says


# ---------------------------------------------------------------- signs that the trail alone shows


def _out_of_hours(asked: Asked) -> Told:
    clock = asked.of_the_days.filter(kind=Act.READ).annotate(hour=ExtractHour("at"), weekday=ExtractIsoWeekDay("at"))
    out = clock.filter(Q(hour__lt=DAY_BEGINS) | Q(hour__gte=DAY_ENDS) | Q(weekday__gte=6))
    return child_days(out, "Looked outside working hours")


def _many_children(asked: Asked) -> Told:
    """Compared with what the person usually looks at on a day on which they look at all."""
    usual: dict[uuid.UUID, list[int]] = defaultdict(list)
    for by, _, children in _children_a_day(asked, asked.first - USUAL_OVER, asked.first - timedelta(days=1)):
        usual[by].append(children)
    for by, day, children in _children_a_day(asked, asked.first, asked.last):
        mean = sum(usual[by]) / len(usual[by]) if usual[by] else 0
        if children >= max(MANY, TIMES_USUAL * mean):
            said = f"usually {mean:.0f} a day" if usual[by] else "nothing to compare it with yet"
            yield Look(by, None, day), f"Looked at {children} children ({said})"


def _children_a_day(asked: Asked, first: date, last: date) -> Iterable[tuple[uuid.UUID, date, int]]:
    looks = asked.between(first, last).filter(kind=Act.READ).exclude(child=None)
    counted = looks.values("by", "day").annotate(children=Count("child", distinct=True))
    yield from counted.values_list("by", "day", "children")


def _refused(asked: Asked) -> Told:
    refused = asked.of_the_days.filter(kind=Act.REFUSED).annotate(hour=TruncHour("at"))
    in_an_hour = refused.values("by", "day", "hour").annotate(times=Count("pk")).filter(times__gte=REFUSALS)
    for by, day, times in in_an_hour.values_list("by", "day", "times"):
        yield Look(by, None, day), f"Was refused {times} times within an hour"


for _sign in (
    Sign("out_of_hours", _out_of_hours, stands_alone=True),
    Sign("many_children", _many_children),
    Sign("refused", _refused),
):
    register(_sign)


# ---------------------------------------------------------------- reviews


def may_review(by: Actor, look: Look) -> Decision:
    if look.by == by.user.pk:
        return No("These are your own looks, so somebody else must review them.")
    return by.may("see_audit")


@action("review look", may=may_review)
def review(look: Look, *, was_justified: bool, note: str, by: Actor) -> LookReviewed:
    """The data owner has asked about a look, and says what they found."""
    done = LookReviewed.objects.create(
        user_id=look.by,
        child=look.child,
        day=look.day,
        reviewed_by=by.user,
        reviewed_at=timezone.now(),
        was_justified=was_justified,
        note=note,
    )
    doing().changed(done, look.child)
    return done


def signs_of(look: Look, asked: Asked) -> Sequence[str]:
    """Why one look is in the list; empty where it is not."""
    return next((each.signs for each in unusual(asked) if each.look == look), ())
