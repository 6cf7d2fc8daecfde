"""Children of the service: their record, who works with them, who is warned of what, and who may see it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from waypost.access.models import Agency, Authority, Team, User
from waypost.access.recorded import Recorded
from waypost.records.casework.models.dated import Dated
from waypost.records.casework.models.people import Person


class Child(Recorded):
    """The record that an authority keeps of a child. A sealed one is hidden from all but those named."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="child")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="children")
    is_sealed = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "children"

    def __str__(self) -> str:
        return "Child"

    @property
    def child_key(self) -> uuid.UUID:
        return self.pk


class OfChild(Dated):
    """A dated fact about a child's record."""

    child: models.ForeignKey[Child, Child]

    class Meta(Dated.Meta):
        abstract = True

    @property
    def child_key(self) -> uuid.UUID:
        return self.child_id  # type: ignore[attr-defined, no-any-return]


class Allocation(OfChild):
    """That a worker of a team carries the child's case."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="allocations")
    worker = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="allocations")
    team = models.ForeignKey(Team, models.PROTECT, related_name="allocations")

    class Meta(OfChild.Meta):
        indexes = (models.Index(fields=("worker", "ended_on"), name="allocation_by_worker"),)

    def __str__(self) -> str:
        return "Allocation"


class Involvement(OfChild):
    """That a person or an agency works with the child beside the allocated worker, and on what ground they may look."""

    KINDS = (
        ("chair", "Chairs the child's conferences"),
        ("core_group", "Is in the child's core group"),
        ("invited", "Is invited to the child's conference"),
        ("agreement", "Works with the child under an agreement in force"),
        ("audit", "Audits the child's case"),
        ("inspection", "Reads the case as part of an inspection"),
    )

    child = models.ForeignKey(Child, models.PROTECT, related_name="involvements")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="involvements")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="involvements")
    kind = models.CharField(max_length=10, choices=KINDS)

    class Meta(OfChild.Meta):
        constraints = (
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(user__isnull=False) | Q(agency__isnull=False), name="involvement_is_somebodys"
            ),
        )

    def __str__(self) -> str:
        return self.get_kind_display()


class SealReader(OfChild):
    """Someone named to see a sealed record."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="seal_readers")
    user = models.ForeignKey(User, models.PROTECT, related_name="sealed_records")

    def __str__(self) -> str:
        return "Named reader"


class Warning(OfChild):
    """Something that whoever works with the child must know first."""

    KINDS = (
        ("violence", "Risk of violence to workers"),
        ("joint_visit", "Visit in pairs"),
        ("animal", "Dangerous animal"),
        ("abduction", "Risk of abduction"),
        ("confidential_address", "The address must not be disclosed"),
        ("no_contact", "A person must not have contact with the child"),
        ("health", "Urgent health need"),
        ("other", "Other"),
    )

    child = models.ForeignKey(Child, models.PROTECT, related_name="warnings")
    kind = models.CharField(max_length=20, choices=KINDS)
    evidence = models.TextField()
    review_on = models.DateField()
    told = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.get_kind_display()


class DeclaredInterest(Dated):
    """A worker's own statement that they know a family, which keeps them out of its records."""

    user = models.ForeignKey(User, models.PROTECT, related_name="declared_interests")
    person = models.ForeignKey(Person, models.PROTECT, related_name="declared_interests")
    how = models.CharField(max_length=200)

    def __str__(self) -> str:
        return "Declared interest"


class BrokenGlass(Recorded):
    """A record opened outside its reader's work, in an emergency: why, whom they tell, until when, and what came of it.

    `told_at` is when the data owner was told; the review is theirs. One that was closed before its time says by whom.
    """

    child = models.ForeignKey(Child, models.PROTECT, related_name="broken_glass")
    user = models.ForeignKey(User, models.PROTECT, related_name="broken_glass")
    because = models.TextField()
    tells = models.CharField(max_length=200)
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    closed_because = models.TextField(blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    was_justified = models.BooleanField(null=True, blank=True)
    review_note = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "broken glass"

    def __str__(self) -> str:
        return "Broken glass"

    @property
    def child_key(self) -> uuid.UUID:
        return self.child_id
