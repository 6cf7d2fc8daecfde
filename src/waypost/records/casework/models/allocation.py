"""Who carries a case next: hand-overs, the waiting list, and cover."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from waypost.access.models import Team, User
from waypost.access.recorded import Recorded
from waypost.records.casework.models.children import Allocation, Child
from waypost.records.casework.models.dated import Dated

PRIORITIES = ((1, "Today"), (2, "This week"), (3, "Ordinary"))


class InRecord(Recorded):
    """A row that is in one child's record."""

    child: models.ForeignKey[Child, Child]

    class Meta:
        abstract = True

    @property
    def child_key(self) -> uuid.UUID:
        return self.child_id  # type: ignore[attr-defined, no-any-return]


class HandOver(InRecord):
    """A case that one worker passes to another. It is not finished until the second accepts it."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="hand_overs")
    allocation = models.ForeignKey(Allocation, models.PROTECT, null=True, blank=True, related_name="hand_overs")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    worker = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="hand_overs")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    batch = models.UUIDField(default=uuid.uuid4)
    accepted_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    why_refused = models.TextField(blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("worker", "accepted_at"), name="hand_over_by_worker"),)

    def __str__(self) -> str:
        return "Hand-over"


class Waiting(InRecord):
    """A child who waits in a team for a worker, how urgently, and since when."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="waiting")
    team = models.ForeignKey(Team, models.PROTECT, related_name="waiting")
    priority = models.PositiveSmallIntegerField(choices=PRIORITIES, default=3)
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    why = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "waiting"
        indexes = (models.Index(fields=("team", "priority", "since_at"), name="waiting_by_team"),)

    def __str__(self) -> str:
        return "Waiting for a worker"


class Cover(Dated):
    """A worker who stands in for another from one day to another, and sees their work."""

    absent = models.ForeignKey(User, models.PROTECT, related_name="covered_by")
    user = models.ForeignKey(User, models.PROTECT, related_name="covers")
    why = models.CharField(max_length=100, blank=True)

    class Meta(Dated.Meta):
        verbose_name_plural = "cover"
        constraints = (
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=~Q(absent=F("user")), name="nobody_covers_themselves"),
        )

    def __str__(self) -> str:
        return "Cover"
