"""Work that waits for another person's approval."""

from __future__ import annotations

import uuid

from django.apps import apps
from django.db import models
from django.db.models import F, Q

from waypost.access.models import Authority, User
from waypost.access.recorded import Recorded


class Approval(Recorded):
    """One row of a record, at one version, put before another person: what is asked, by whom, and what they said."""

    WAITING, APPROVED, RETURNED = "waiting", "approved", "returned"
    STATES = ((WAITING, "Waiting"), (APPROVED, "Approved"), (RETURNED, "Returned"))

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="approvals")
    child = models.UUIDField(null=True, blank=True)
    what = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    row = models.UUIDField()
    row_version = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=STATES, default=WAITING)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="approvals_asked")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="approvals_decided")
    decided_at = models.DateTimeField(null=True, blank=True)
    because = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(decided_by=F("asked_by")), name="nobody_approves_their_own_work"),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_by=None) | (~Q(state="waiting") & Q(decided_by__isnull=False)),
                name="approval_is_decided_by_somebody",
            ),
            models.UniqueConstraint(
                fields=("kind", "row", "row_version", "what"), condition=Q(state="waiting"), name="asked_once_at_a_time"
            ),
        )
        indexes = (models.Index(fields=("authority", "state", "asked_at"), name="approval_by_state"),)

    def __str__(self) -> str:
        return f"{self.what}: {self.get_state_display().lower()}"

    @property
    def child_key(self) -> uuid.UUID | None:
        return self.child

    @property
    def version_now(self) -> int | None:
        """The version of the row as it is now; None where it is gone."""
        found: int | None = (
            apps.get_model(self.kind)._base_manager.filter(pk=self.row).values_list("version", flat=True).first()
        )
        return found
