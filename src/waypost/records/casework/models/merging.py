"""Two records of one person joined, so that it can be undone; and two people who are alike and are not the same."""

from __future__ import annotations

import uuid

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from waypost.access.models import User
from waypost.access.recorded import Recorded
from waypost.records.casework.models.people import Person


class Merge(Recorded):
    """That two records were joined. `moved` is each value that the joining changed: the row, the field, from, to."""

    kept = models.ForeignKey(Person, models.PROTECT, related_name="merges")
    gone = models.ForeignKey(Person, models.PROTECT, related_name="merges_away")
    because = models.TextField()
    joined_at = models.DateTimeField()
    joined_by = models.ForeignKey(User, models.PROTECT, related_name="merges")
    moved = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_because = models.TextField(blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(kept=F("gone")), name="nobody_is_joined_to_themselves"),)

    def __str__(self) -> str:
        return "Records joined"

    @property
    def child_key(self) -> uuid.UUID | None:
        return self.kept.child_key


class NotTheSame(Recorded):
    """That two people who are alike are two people. `one` is the lower key, so that a pair stands once."""

    one = models.ForeignKey(Person, models.PROTECT, related_name="unlike")
    other = models.ForeignKey(Person, models.PROTECT, related_name="unlike_too")
    because = models.TextField()

    class Meta:
        verbose_name_plural = "not the same"
        constraints = (models.UniqueConstraint(fields=("one", "other"), name="two_people_are_told_apart_once"),)

    def __str__(self) -> str:
        return "Not the same person"
