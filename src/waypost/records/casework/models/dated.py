"""Facts that are true from one day to another, both ends counted."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, TypeVar

from django.db import models
from django.db.models import F, Q

from waypost.access.recorded import Recorded, RecordedQuerySet

M = TypeVar("M", bound="Dated", covariant=True)


def true_on(day: date, prefix: str = "") -> Q:
    """Facts that hold on a day. A fact without a start has always been true; one without an end still is."""
    started = Q(**{f"{prefix}started_on": None}) | Q(**{f"{prefix}started_on__lte": day})
    return started & (Q(**{f"{prefix}ended_on": None}) | Q(**{f"{prefix}ended_on__gte": day}))


class DatedQuerySet(RecordedQuerySet[M]):
    def on(self, day: date) -> DatedQuerySet[M]:
        """Those that hold on a day."""
        return self.filter(true_on(day))


class Dated(Recorded):
    """A fact with its days. A start that is not known is null, and so is the end of what goes on."""

    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                condition=Q(started_on=None) | Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="%(class)s_ends_after_it_starts",
            ),
        )

    def is_true_on(self, day: date) -> bool:
        return (self.started_on is None or self.started_on <= day) and (self.ended_on is None or day <= self.ended_on)
