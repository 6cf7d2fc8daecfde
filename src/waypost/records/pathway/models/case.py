"""What every row of the pathway shares: whose record it is in, and by whom and when a decision was made."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from waypost.access.models import Authority, User
from waypost.access.recorded import Recorded
from waypost.records.casework.models import Child


class OfCase(Recorded):
    """A row that is in one child's record."""

    child: models.ForeignKey[Child, Child]

    class Meta:
        abstract = True

    @property
    def child_key(self) -> uuid.UUID:
        return self.child_id  # type: ignore[attr-defined, no-any-return]


class OfFamily(Recorded):
    """Something that was done once for several children. What it says of each child stands in a row of that child's.

    What is written here is seen by whoever may see any of the children, so nothing stands here of one child alone.
    """

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Decided(models.Model):
    """A decision: what, why, when and by whom. Until it is made all four are empty."""

    decision = models.CharField(max_length=30, blank=True)
    why = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None) | (~Q(decision="") & Q(decided_at__isnull=False)),
                name="%(class)s_is_decided_at_a_moment",
            ),
        )

    @property
    def is_decided(self) -> bool:
        return bool(self.decision)
